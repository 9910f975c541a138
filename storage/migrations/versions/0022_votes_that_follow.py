"""A favourite vote follows the dates of its edition, until somebody gives it its own."""

import sqlalchemy as sa
from alembic import op

revision = '0022'
down_revision = '0021'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('vote', sa.Column('follows_edition', sa.Boolean(), server_default=sa.true(), nullable=False))


def downgrade() -> None:
    op.drop_column('vote', 'follows_edition')
