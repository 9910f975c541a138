"""An application may change category: its former answers are kept, and versions say theirs."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0027'
down_revision = '0026'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('application', sa.Column('set_aside', postgresql.JSONB(), server_default=sa.text("'{}'::jsonb"), nullable=False))
    op.add_column('application_version', sa.Column('category', sa.String(), server_default='', nullable=False))
    op.execute(
        "update application_version as sent set category = application.category "
        "from application where application.id = sent.application_id"
    )


def downgrade() -> None:
    op.drop_column('application_version', 'category')
    op.drop_column('application', 'set_aside')
