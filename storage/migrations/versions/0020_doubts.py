"""A file that was admitted may be doubted; a prize may be declined, and a decision made again."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0020'
down_revision = '0017'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('doubt',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('application_id', sa.Uuid(), nullable=False),
    sa.Column('step', sa.String(), nullable=False),
    sa.Column('rules', postgresql.JSONB(astext_type=sa.Text()), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('opened_by', sa.Uuid(), nullable=False),
    sa.Column('until', sa.DateTime(timezone=True), nullable=False),
    sa.Column('reminded_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('reply', sa.String(), nullable=False),
    sa.Column('replied_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('replied_by', sa.Uuid(), nullable=True),
    sa.Column('conclusion', sa.String(), nullable=False),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decided_by', sa.Uuid(), nullable=True),
    sa.Column('ranks', postgresql.JSONB(astext_type=sa.Text()), nullable=False),
    sa.ForeignKeyConstraint(['application_id'], ['application.id']),
    sa.ForeignKeyConstraint(['decided_by'], ['person.id']),
    sa.ForeignKeyConstraint(['opened_by'], ['person.id']),
    sa.ForeignKeyConstraint(['replied_by'], ['person.id']),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index(op.f('ix_doubt_application_id'), 'doubt', ['application_id'], unique=False)
    op.create_index('ix_doubt_once', 'doubt', ['application_id'], unique=True, postgresql_where=sa.text("step in ('doubt_open', 'doubt_replied')"))
    op.create_table('doubt_piece',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('application_id', sa.Uuid(), nullable=False),
    sa.Column('doubt_id', sa.Uuid(), nullable=True),
    sa.Column('part', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('media_type', sa.String(), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.String(), nullable=False),
    sa.Column('request_id', sa.Uuid(), nullable=False),
    sa.Column('added_at', sa.DateTime(timezone=True), server_default=sa.text('clock_timestamp()'), nullable=False),
    sa.Column('added_by', sa.Uuid(), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['added_by'], ['person.id']),
    sa.ForeignKeyConstraint(['application_id'], ['application.id']),
    sa.ForeignKeyConstraint(['doubt_id'], ['doubt.id']),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('application_id', 'request_id', 'sha256')
    )
    op.create_index(op.f('ix_doubt_piece_application_id'), 'doubt_piece', ['application_id'], unique=False)
    op.create_index(op.f('ix_doubt_piece_doubt_id'), 'doubt_piece', ['doubt_id'], unique=False)
    op.add_column('application', sa.Column('renounced_at', sa.DateTime(timezone=True), nullable=True))
    op.create_table('amendment',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('cycle_id', sa.Uuid(), nullable=False),
    sa.Column('category', sa.String(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('document', postgresql.JSONB(astext_type=sa.Text()), nullable=False),
    sa.Column('fingerprint', sa.String(), nullable=False),
    sa.Column('signed_by', sa.Uuid(), nullable=False),
    sa.Column('signed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('request_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['cycle_id'], ['cycle.id']),
    sa.ForeignKeyConstraint(['signed_by'], ['person.id']),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('cycle_id', 'number'),
    sa.UniqueConstraint('request_id')
    )


def downgrade() -> None:
    op.drop_table('amendment')
    op.drop_column('application', 'renounced_at')
    op.drop_table('doubt_piece')
    op.drop_table('doubt')
