"""Keys of programs may be narrower than their person: for reading only, for one edition only."""

import sqlalchemy as sa
from alembic import op

revision = '0035'
down_revision = '0034'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('api_token', sa.Column('reads_only', sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column('api_token', sa.Column('edition_id', sa.Uuid(), nullable=True))
    op.create_foreign_key('api_token_edition_id_fkey', 'api_token', 'edition', ['edition_id'], ['id'])


def downgrade() -> None:
    op.drop_constraint('api_token_edition_id_fkey', 'api_token', type_='foreignkey')
    op.drop_column('api_token', 'edition_id')
    op.drop_column('api_token', 'reads_only')
