"""The adherents of a charter in the order of their names, for the list of a campaign."""

from alembic import op

revision = '0021'
down_revision = '0020'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index('ix_adherence_named', 'adherence', ['charter_code', 'company', 'id'], unique=False)


def downgrade() -> None:
    op.drop_index('ix_adherence_named', table_name='adherence')
