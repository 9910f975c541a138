"""What still waits is found at once, and a refusal is kept with what it answers."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0011'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('request', sa.Column('refusal', postgresql.JSONB(astext_type=sa.Text()), nullable=True))
    op.create_index('ix_request_waiting', 'request', ['arrived_at', 'id'], unique=False, postgresql_where=sa.text('settled is false'))
    op.create_index('ix_letter_untaken', 'letter', ['planned_at', 'id'], unique=False, postgresql_where=sa.text("state = 'planned' and attempt is null"))
    op.create_index('ix_application_created', 'application', ['created_at', 'id'], unique=False)


def downgrade() -> None:
    op.drop_index('ix_application_created', table_name='application')
    op.drop_index('ix_letter_untaken', table_name='letter')
    op.drop_index('ix_request_waiting', table_name='request')
    op.drop_column('request', 'refusal')
