"""signed pages: what a file is to its record

Revision ID: 0003_signed_pages
Revises: 0002_accounts
"""

import sqlalchemy as sa
from alembic import op

revision = "0003_signed_pages"
down_revision = "0002_accounts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Whatever was attached so far is an ordinary file."""
    kind = sa.Enum("file", "signed_page", name="attachmentkind", native_enum=False, length=40)
    with op.batch_alter_table("attachment") as table:
        table.add_column(sa.Column("kind", kind, nullable=False, server_default="file"))


def downgrade() -> None:
    with op.batch_alter_table("attachment") as table:
        table.drop_column("kind")
