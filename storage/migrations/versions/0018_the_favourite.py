"""The favourite vote: its window, its candidates, its voices without names, and its links."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = '0018'
down_revision = '0015'
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
NOW = sa.text('clock_timestamp()')


def upgrade() -> None:
    op.create_table(
        'vote',
        sa.Column('id', sa.Uuid(), primary_key=True),
        sa.Column('edition_id', sa.Uuid(), sa.ForeignKey('edition.id'), nullable=False, unique=True),
        sa.Column('phase', sa.String(), nullable=False),
        sa.Column('opens_at', INSTANT, nullable=False),
        sa.Column('closes_at', INSTANT, nullable=False),
        sa.Column('publishes_at', INSTANT, nullable=False),
        sa.Column('window_version', sa.Integer(), nullable=False),
        sa.Column('announced_only', sa.Boolean(), nullable=False),
        sa.Column('lacks_candidates', sa.Boolean(), nullable=False),
        sa.Column('is_tied', sa.Boolean(), nullable=False),
        sa.Column('ended_at', INSTANT, nullable=True),
        sa.Column('purged_at', INSTANT, nullable=True),
        sa.Column('chosen_id', sa.Uuid(), nullable=True),
        sa.Column('chosen_reason', sa.String(), nullable=False),
        sa.Column('results', JSONB(), nullable=True),
        sa.Column('created_at', INSTANT, server_default=NOW, nullable=False),
    )
    op.create_table(
        'vote_candidate',
        sa.Column('id', sa.Uuid(), primary_key=True),
        sa.Column('vote_id', sa.Uuid(), sa.ForeignKey('vote.id'), nullable=False),
        sa.Column('application_id', sa.Uuid(), sa.ForeignKey('application.id'), nullable=False),
        sa.Column('shown', JSONB(), nullable=False),
        sa.Column('score', sa.Numeric(5, 2), nullable=True),
        sa.UniqueConstraint('vote_id', 'application_id'),
    )
    op.create_index('ix_vote_candidate_application_id', 'vote_candidate', ['application_id'])
    op.create_table(
        'vote_burst',
        sa.Column('id', sa.Uuid(), primary_key=True),
        sa.Column('vote_id', sa.Uuid(), sa.ForeignKey('vote.id'), nullable=False),
        sa.Column('shared', sa.String(), nullable=False),
        sa.Column('fingerprint', sa.String(), nullable=False),
        sa.Column('reason', sa.String(), nullable=False),
        sa.Column('voices', sa.Integer(), nullable=False),
        sa.Column('by_person', sa.Uuid(), sa.ForeignKey('person.id'), nullable=False),
        sa.Column('at', INSTANT, nullable=False),
        sa.Column('request_id', sa.Uuid(), nullable=False, unique=True),
    )
    op.create_index('ix_vote_burst_vote_id', 'vote_burst', ['vote_id'])
    op.create_table(
        'voice',
        sa.Column('id', sa.Uuid(), primary_key=True),
        sa.Column('vote_id', sa.Uuid(), sa.ForeignKey('vote.id'), nullable=False),
        sa.Column('mailbox', sa.String(), nullable=False),
        sa.Column('domain', sa.String(), nullable=False),
        sa.Column('origin', sa.String(), nullable=False),
        sa.Column('candidate_id', sa.Uuid(), sa.ForeignKey('vote_candidate.id'), nullable=False),
        sa.Column('arrived_at', INSTANT, nullable=False),
        sa.Column('burst_id', sa.Uuid(), sa.ForeignKey('vote_burst.id'), nullable=True),
        sa.UniqueConstraint('vote_id', 'mailbox'),
    )
    op.create_index('ix_voice_count', 'voice', ['vote_id', 'candidate_id', 'burst_id'])
    op.create_table(
        'voice_link',
        sa.Column('id', sa.Uuid(), primary_key=True),
        sa.Column('vote_id', sa.Uuid(), sa.ForeignKey('vote.id'), nullable=False),
        sa.Column('mailbox', sa.String(), nullable=False),
        sa.Column('domain', sa.String(), nullable=False),
        sa.Column('origin', sa.String(), nullable=False),
        sa.Column('withdraws', sa.Boolean(), nullable=False),
        sa.Column('candidate_id', sa.Uuid(), sa.ForeignKey('vote_candidate.id'), nullable=True),
        sa.Column('created_at', INSTANT, server_default=NOW, nullable=False),
        sa.Column('used_at', INSTANT, nullable=True),
    )
    op.create_index('ix_voice_link_mailbox', 'voice_link', ['vote_id', 'mailbox', 'created_at'])
    op.create_index('ix_voice_link_origin', 'voice_link', ['vote_id', 'origin', 'created_at'])


def downgrade() -> None:
    for table in ('voice_link', 'voice', 'vote_burst', 'vote_candidate', 'vote'):
        op.drop_table(table)
