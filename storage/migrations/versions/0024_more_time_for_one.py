"""More time for one company, with its reason."""

import sqlalchemy as sa
from alembic import op

revision = '0024'
down_revision = '0023'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('application', sa.Column('extended_until', sa.DateTime(timezone=True), nullable=True))
    op.create_table('extension',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('application_id', sa.Uuid(), nullable=False),
    sa.Column('cycle_id', sa.Uuid(), nullable=False),
    sa.Column('until', sa.DateTime(timezone=True), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_person', sa.Uuid(), nullable=False),
    sa.Column('request_id', sa.Uuid(), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_by', sa.Uuid(), nullable=True),
    sa.Column('ended_reason', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['application_id'], ['application.id']),
    sa.ForeignKeyConstraint(['by_person'], ['person.id']),
    sa.ForeignKeyConstraint(['cycle_id'], ['cycle.id']),
    sa.ForeignKeyConstraint(['ended_by'], ['person.id']),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('request_id')
    )
    op.create_index('ix_extension_application_id', 'extension', ['application_id'], unique=False)
    op.create_index('ix_extension_list', 'extension', ['cycle_id', 'at'], unique=False)
    op.create_index('ix_extension_in_force', 'extension', ['application_id'], unique=True, postgresql_where=sa.text('ended_at is null'))


def downgrade() -> None:
    op.drop_table('extension')
    op.drop_column('application', 'extended_until')
