"""retention

Revision ID: 0034
Revises: 0033
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

LIVING = "status not in ('withdrawn', 'lapsed')"


def upgrade() -> None:
    op.create_table(
        "retention_run",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workflow_run", sa.String(), nullable=False),
        sa.Column("found", JSONB(), nullable=False),
        sa.Column(
            "at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("workflow_run"),
    )
    # A file that was emptied names no company any more: there may be many in one category.
    _once(f"{LIVING} and siret <> ''")


def downgrade() -> None:
    _once(LIVING)
    op.drop_table("retention_run")


def _once(where: str) -> None:
    op.drop_index("ix_application_once", table_name="application")
    op.create_index(
        "ix_application_once",
        "application",
        ["cycle_id", "siret", "category"],
        unique=True,
        postgresql_where=sa.text(where),
    )
