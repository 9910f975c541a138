"""conflicts: what ties, who said it, whether it stands, and what was decided

Revision ID: 0037
Revises: 0036
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

WORDS = {"tie": "", "sign": "", "standing": "confirmed", "decision": "", "set_aside": ""}


def upgrade() -> None:
    for name, word in WORDS.items():
        op.add_column("conflict", sa.Column(name, sa.String(), server_default=word, nullable=False))
    op.add_column("conflict", sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("conflict", sa.Column("decided_by", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        "fk_conflict_decided_by_person", "conflict", "person", ["decided_by"], ["id"]
    )
    op.add_column(
        "conflict",
        sa.Column("ranks", postgresql.JSONB(), server_default=sa.text("'[]'"), nullable=False),
    )
    op.add_column(
        "juror",
        sa.Column("ties", postgresql.JSONB(), server_default=sa.text("'[]'"), nullable=False),
    )


def downgrade() -> None:
    op.drop_column("juror", "ties")
    for name in ("ranks", "decided_by", "decided_at", *WORDS):
        op.drop_column("conflict", name)
