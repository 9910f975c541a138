"""Which version of its file a sealed card is about."""

import sqlalchemy as sa
from alembic import op

revision = '0025'
down_revision = '0024'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('card', sa.Column('read_version', sa.Integer(), nullable=True))
    op.execute(
        "update card set read_version = (select max(version) from application_version as sent "
        "where sent.application_id = card.application_id and sent.arrived_at <= card.closed_at) "
        "where status = 'sealed'"
    )


def downgrade() -> None:
    op.drop_column('card', 'read_version')
