"""One application is closed as the duplicate of another."""

import sqlalchemy as sa
from alembic import op

revision = '0026'
down_revision = '0025'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('duplicate',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('application_id', sa.Uuid(), nullable=False),
    sa.Column('kept_id', sa.Uuid(), nullable=False),
    sa.Column('before', sa.String(), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_person', sa.Uuid(), nullable=False),
    sa.Column('request_id', sa.Uuid(), nullable=False),
    sa.Column('undone_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('undone_by', sa.Uuid(), nullable=True),
    sa.Column('undone_reason', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['application_id'], ['application.id']),
    sa.ForeignKeyConstraint(['by_person'], ['person.id']),
    sa.ForeignKeyConstraint(['kept_id'], ['application.id']),
    sa.ForeignKeyConstraint(['undone_by'], ['person.id']),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('request_id')
    )
    op.create_index('ix_duplicate_in_force', 'duplicate', ['application_id'], unique=True, postgresql_where=sa.text('undone_at is null'))
    op.create_index('ix_duplicate_kept_id', 'duplicate', ['kept_id'], unique=False)


def downgrade() -> None:
    op.drop_table('duplicate')
