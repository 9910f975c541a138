"""An edition is led from its preparation to its final, at the level that each cycle has."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0014'
down_revision = '0013'
branch_labels = None
depends_on = None

DOCUMENT = postgresql.JSONB(astext_type=sa.Text())
OF_BEFORE = (
    ('edition', 'phase', sa.String(), 'by_hand'),
    ('edition', 'plan', DOCUMENT, '{}'),
    ('edition', 'frame', DOCUMENT, '{}'),
    ('cycle', 'level', sa.String(), 'territorial'),
    ('cycle', 'parts', DOCUMENT, '[]'),
)


def upgrade() -> None:
    for table, name, kind, value in OF_BEFORE:
        op.add_column(table, sa.Column(name, kind, nullable=False, server_default=value))
        op.alter_column(table, name, server_default=None)
    op.execute("update cycle set level = territory where territory in ('national', 'internal')")
    op.add_column('edition', sa.Column('quorum', sa.Integer(), nullable=True))
    op.add_column('edition', sa.Column('cutoff_at', sa.DateTime(timezone=True), nullable=True))
    op.add_column('edition', sa.Column('entered_at', sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        'regrouping',
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.Column('cycle_id', sa.Uuid(), nullable=False),
        sa.Column('category', sa.String(), nullable=False),
        sa.Column('kind', sa.String(), nullable=False),
        sa.Column('into_cycle_id', sa.Uuid(), nullable=True),
        sa.Column('request_id', sa.Uuid(), nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), server_default=sa.text('clock_timestamp()'), nullable=False),
        sa.ForeignKeyConstraint(['cycle_id'], ['cycle.id']),
        sa.ForeignKeyConstraint(['into_cycle_id'], ['cycle.id']),
        sa.PrimaryKeyConstraint('id'),
        sa.UniqueConstraint('cycle_id', 'category'),
        sa.UniqueConstraint('request_id'),
    )
    op.create_index('ix_regrouping_into_cycle_id', 'regrouping', ['into_cycle_id'], unique=False)
    op.create_table(
        'insider',
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.Column('cycle_id', sa.Uuid(), nullable=False),
        sa.Column('kind', sa.String(), nullable=False),
        sa.Column('value', sa.String(), nullable=False),
        sa.ForeignKeyConstraint(['cycle_id'], ['cycle.id']),
        sa.PrimaryKeyConstraint('id'),
        sa.UniqueConstraint('cycle_id', 'kind', 'value'),
    )
    op.create_index('ix_insider_value', 'insider', ['value'], unique=False)


def downgrade() -> None:
    op.drop_table('insider')
    op.drop_table('regrouping')
    for name in ('entered_at', 'cutoff_at', 'quorum'):
        op.drop_column('edition', name)
    for table, name, _, _ in reversed(OF_BEFORE):
        op.drop_column(table, name)
