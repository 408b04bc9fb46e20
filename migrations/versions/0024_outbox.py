"""Tell the versions of a mail apart and who is sending it, and which duties are owed by whoever is on call.

A turn of the roster lasts 24 hours: none ever lasted otherwise.
"""

import sqlalchemy as sa
from alembic import op

revision = "0024_outbox"
down_revision = "0023_signatures"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("outbox") as outbox:
        outbox.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
        outbox.add_column(sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("outbox") as outbox:
        outbox.alter_column("version", server_default=None)
    with op.batch_alter_table("duty_roster", recreate="never") as roster:
        roster.drop_column("hours")
    with op.batch_alter_table("duty", recreate="never") as duty:
        duty.add_column(sa.Column("on_call", sa.Boolean(), nullable=False, server_default=sa.false()))
        duty.add_column(sa.Column("due_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("duty", recreate="never") as duty:
        duty.drop_column("due_at")
        duty.drop_column("on_call")
    with op.batch_alter_table("duty_roster", recreate="never") as roster:
        roster.add_column(sa.Column("hours", sa.Integer(), nullable=False, server_default="24"))
    with op.batch_alter_table("outbox") as outbox:
        outbox.drop_column("taken_at")
        outbox.drop_column("version")
