"""What the organiser says of a complaint, and who decided it."""

import sqlalchemy as sa
from alembic import op

revision = '0013'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('alert', sa.Column('alleged', sa.String(), nullable=False, server_default=''))
    op.alter_column('alert', 'alleged', server_default=None)
    op.add_column('alert', sa.Column('decided_by', sa.Uuid(), nullable=True))
    op.create_foreign_key('alert_decided_by_fkey', 'alert', 'person', ['decided_by'], ['id'])


def downgrade() -> None:
    op.drop_constraint('alert_decided_by_fkey', 'alert', type_='foreignkey')
    op.drop_column('alert', 'decided_by')
    op.drop_column('alert', 'alleged')
