"""Places in the final are offered to laureates, whose files go up."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0016'
down_revision = '0018'
branch_labels = None
depends_on = None

DOCUMENT = postgresql.JSONB(astext_type=sa.Text())
AT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column('application', sa.Column('entry', sa.String(), nullable=False, server_default='applied'))
    op.alter_column('application', 'entry', server_default=None)
    op.add_column('application', sa.Column('origin_id', sa.Uuid(), nullable=True))
    op.create_foreign_key('application_origin_id_fkey', 'application', 'application', ['origin_id'], ['id'])
    op.create_index('ix_application_origin_id', 'application', ['origin_id'], unique=False)
    op.add_column('attachment', sa.Column('stored_as', sa.Uuid(), nullable=True))
    op.create_table(
        'promotion',
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.Column('cycle_id', sa.Uuid(), nullable=False),
        sa.Column('category', sa.String(), nullable=False),
        sa.Column('rules', DOCUMENT, nullable=False),
        sa.Column('threshold', sa.Integer(), nullable=False),
        sa.Column('status', sa.String(), nullable=False),
        sa.Column('created_at', AT, server_default=sa.text('clock_timestamp()'), nullable=False),
        sa.Column('settled_at', AT, nullable=True),
        sa.Column('turn', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['cycle_id'], ['cycle.id']),
        sa.PrimaryKeyConstraint('id'),
        sa.UniqueConstraint('cycle_id', 'category'),
    )
    op.create_table(
        'place_offer',
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.Column('promotion_id', sa.Uuid(), nullable=False),
        sa.Column('application_id', sa.Uuid(), nullable=False),
        sa.Column('rank', sa.Integer(), nullable=False),
        sa.Column('status', sa.String(), nullable=False),
        sa.Column('offered_at', AT, nullable=False),
        sa.Column('until', AT, nullable=False),
        sa.Column('answered_at', AT, nullable=True),
        sa.Column('by_person', sa.Uuid(), nullable=True),
        sa.Column('reason', sa.String(), nullable=False),
        sa.Column('evidence', DOCUMENT, nullable=False),
        sa.Column('fingerprint', sa.String(), nullable=False),
        sa.Column('final_file_id', sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(['promotion_id'], ['promotion.id']),
        sa.ForeignKeyConstraint(['application_id'], ['application.id']),
        sa.ForeignKeyConstraint(['by_person'], ['person.id']),
        sa.ForeignKeyConstraint(['final_file_id'], ['application.id']),
        sa.PrimaryKeyConstraint('id'),
        sa.UniqueConstraint('promotion_id', 'application_id'),
    )
    op.create_index('ix_place_offer_application_id', 'place_offer', ['application_id'], unique=False)
    op.create_index('ix_place_offer_final_file_id', 'place_offer', ['final_file_id'], unique=False)


def downgrade() -> None:
    op.drop_table('place_offer')
    op.drop_table('promotion')
    op.drop_column('attachment', 'stored_as')
    op.drop_index('ix_application_origin_id', table_name='application')
    op.drop_constraint('application_origin_id_fkey', 'application', type_='foreignkey')
    op.drop_column('application', 'origin_id')
    op.drop_column('application', 'entry')
