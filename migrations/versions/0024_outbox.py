"""Tell the versions of a mail apart, and who is sending it."""

import sqlalchemy as sa
from alembic import op

revision = "0024_outbox"
down_revision = "0018_meetings"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("outbox") as outbox:
        outbox.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
        outbox.add_column(sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("outbox") as outbox:
        outbox.alter_column("version", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("outbox") as outbox:
        outbox.drop_column("taken_at")
        outbox.drop_column("version")
