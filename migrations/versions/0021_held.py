"""Why an item was concluded that fewer units heard than are needed."""

import sqlalchemy as sa
from alembic import op

revision = "0021_held"
down_revision = "0018_meetings"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("agenda_item", recreate="never") as item:
        item.add_column(sa.Column("why_without_quorum", sa.String(), nullable=False, server_default=""))


def downgrade() -> None:
    with op.batch_alter_table("agenda_item", recreate="never") as item:
        item.drop_column("why_without_quorum")
