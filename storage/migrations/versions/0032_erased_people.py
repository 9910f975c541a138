"""erased people

Revision ID: 0032
Revises: 0031
"""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

NOW = sa.text("clock_timestamp()")


def upgrade() -> None:
    instant = sa.DateTime(timezone=True)
    op.add_column("person", sa.Column("seen_at", instant, server_default=NOW, nullable=False))
    op.add_column("person", sa.Column("warned_at", instant, nullable=True))
    op.add_column("person", sa.Column("erased_at", instant, nullable=True))


def downgrade() -> None:
    for column in ("erased_at", "warned_at", "seen_at"):
        op.drop_column("person", column)
