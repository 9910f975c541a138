"""Evidence of a company about a complaint, roles that change, a report owed by a new file."""

import sqlalchemy as sa
import sqlmodel
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0019'
down_revision = '0014'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index('ix_alert_author', 'alert', ['author_id', 'received_at'], unique=False)
    op.create_table('alert_evidence',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('alert_id', sa.Uuid(), nullable=False),
    sa.Column('part', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('media_type', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('sha256', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('request_id', sa.Uuid(), nullable=False),
    sa.Column('added_at', sa.DateTime(timezone=True), server_default=sa.text('clock_timestamp()'), nullable=False),
    sa.Column('added_by', sa.Uuid(), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['added_by'], ['person.id'], ),
    sa.ForeignKeyConstraint(['alert_id'], ['alert.id'], ),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index(op.f('ix_alert_evidence_alert_id'), 'alert_evidence', ['alert_id'], unique=False)
    op.create_table('adherence_role_change',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('adherence_id', sa.Uuid(), nullable=False),
    sa.Column('role', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('before', postgresql.JSONB(astext_type=sa.Text()), nullable=False),
    sa.Column('after', postgresql.JSONB(astext_type=sa.Text()), nullable=False),
    sa.Column('reason', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('by_person', sa.Uuid(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), server_default=sa.text('clock_timestamp()'), nullable=False),
    sa.ForeignKeyConstraint(['adherence_id'], ['adherence.id'], ),
    sa.ForeignKeyConstraint(['by_person'], ['person.id'], ),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index(op.f('ix_adherence_role_change_adherence_id'), 'adherence_role_change', ['adherence_id'], unique=False)
    op.add_column('adherence', sa.Column('next_head', postgresql.JSONB(astext_type=sa.Text()), nullable=True))
    op.add_column('report', sa.Column('owed_by', sa.Uuid(), nullable=True))
    op.create_index(op.f('ix_report_owed_by'), 'report', ['owed_by'], unique=False)
    op.create_foreign_key('report_owed_by_fkey', 'report', 'adherence', ['owed_by'], ['id'])


def downgrade() -> None:
    op.drop_constraint('report_owed_by_fkey', 'report', type_='foreignkey')
    op.drop_index(op.f('ix_report_owed_by'), table_name='report')
    op.drop_column('report', 'owed_by')
    op.drop_column('adherence', 'next_head')
    op.drop_index(op.f('ix_adherence_role_change_adherence_id'), table_name='adherence_role_change')
    op.drop_table('adherence_role_change')
    op.drop_index(op.f('ix_alert_evidence_alert_id'), table_name='alert_evidence')
    op.drop_table('alert_evidence')
    op.drop_index('ix_alert_author', table_name='alert')
