"""Every version of a calendar is kept, and what is sent says under which it was."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0015'
down_revision = '0019'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'calendar_version',
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.Column('cycle_id', sa.Uuid(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.Column('calendar', postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column('act', sa.String(), nullable=False),
        sa.Column('reason', sa.String(), nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('by_person', sa.Uuid(), nullable=True),
        sa.Column('request_id', sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(['by_person'], ['person.id']),
        sa.ForeignKeyConstraint(['cycle_id'], ['cycle.id']),
        sa.PrimaryKeyConstraint('id'),
        sa.UniqueConstraint('cycle_id', 'version'),
        sa.UniqueConstraint('request_id'),
    )
    # What was in force before versions were kept is the first that is known.
    op.execute(
        "insert into calendar_version (id, cycle_id, version, calendar, act, reason, at) "
        "select gen_random_uuid(), id, calendar_version, calendar, 'open_cycle', '', created_at from cycle"
    )
    op.add_column('application_version', sa.Column('calendar_version', sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column('application_version', 'calendar_version')
    op.drop_table('calendar_version')
