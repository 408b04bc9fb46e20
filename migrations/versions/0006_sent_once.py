"""Remember which forms were taken, so that one that is sent twice is one deed."""

import sqlalchemy as sa
from alembic import op

revision = "0006_sent_once"
down_revision = "0005_next_duty"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sending",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("send_id", sa.String(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_sending_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sending")),
        sa.UniqueConstraint("user_id", "send_id", name=op.f("uq_sending_user_id_send_id")),
    )
    with op.batch_alter_table("sending") as sending:
        sending.create_index(op.f("ix_sending_at"), ["at"])


def downgrade() -> None:
    op.drop_table("sending")
