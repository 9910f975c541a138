"""sealed journal

Revision ID: 0031
Revises: 0030
"""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

# Words may be erased, for good; nothing else of a line changes once it is written.
REFUSE = """
CREATE FUNCTION keep_as_written() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND TG_TABLE_NAME = 'journal' THEN
        IF NEW.reason = '' AND (to_jsonb(NEW) - 'reason') = (to_jsonb(OLD) - 'reason') THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'a line of % is never changed nor deleted', TG_TABLE_NAME;
END $$
"""
KEEP = """
CREATE TRIGGER keep_as_written BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION keep_as_written()
"""


def upgrade() -> None:
    op.create_table(
        "sealed_line",
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("line_id", sa.BigInteger(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column(
            "sealed_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("position"),
        sa.UniqueConstraint("line_id"),
    )
    op.create_index("ix_sealed_line_hash", "sealed_line", ["hash"], unique=False)
    op.execute(REFUSE)
    for table in ("journal", "sealed_line"):
        op.execute(KEEP.format(table=table))


def downgrade() -> None:
    for table in ("journal", "sealed_line"):
        op.execute(f"DROP TRIGGER keep_as_written ON {table}")
    op.execute("DROP FUNCTION keep_as_written()")
    op.drop_table("sealed_line")
