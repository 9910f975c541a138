"""The lists of those who run the charter read their fifty lines from an index."""

import sqlalchemy as sa
from alembic import op

revision = '0006'
down_revision = '0011'
branch_labels = None
depends_on = None

OF_THE_CHARTER = "left(kind, 8) = 'charter_'"


def upgrade() -> None:
    op.create_index('ix_adherence_place', 'adherence', ['charter_code', 'territory', 'state', 'company', 'id'], unique=False)
    op.create_index('ix_adherence_siren', 'adherence', ['charter_code', 'siren', 'created_at'], unique=False)
    op.create_index('ix_report_waiting', 'report', ['submitted_at', 'id'], unique=False, postgresql_where=sa.text("step = 'depose'"))
    op.create_index('ix_letter_charter_list', 'letter', ['state', sa.literal_column('planned_at desc'), sa.literal_column('id desc')], unique=False, postgresql_where=sa.text(OF_THE_CHARTER))
    op.create_index('ix_letter_charter_tally', 'letter', ['state', 'kind'], unique=False, postgresql_where=sa.text(OF_THE_CHARTER))


def downgrade() -> None:
    op.drop_index('ix_letter_charter_tally', table_name='letter')
    op.drop_index('ix_letter_charter_list', table_name='letter')
    op.drop_index('ix_report_waiting', table_name='report')
    op.drop_index('ix_adherence_siren', table_name='adherence')
    op.drop_index('ix_adherence_place', table_name='adherence')
