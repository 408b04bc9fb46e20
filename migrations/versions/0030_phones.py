"""Phones, receipts for what they sent, and what came from them too late."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0030_phones"
down_revision = "0029_pledges"
branch_labels = None
depends_on = None


def kept(table: str) -> list[Any]:
    """What every record of a commune has."""
    return [
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("commune_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("void_reason", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["commune_id"], ["unit.id"], name=op.f(f"fk_{table}_commune_id")),
        sa.ForeignKeyConstraint(["created_by_id"], ["user.id"], name=op.f(f"fk_{table}_created_by_id")),
        sa.ForeignKeyConstraint(["changed_by_id"], ["user.id"], name=op.f(f"fk_{table}_changed_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    ]


def upgrade() -> None:
    op.create_table(
        "phone",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("tag", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("secret", sa.String(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("waiting", sa.Integer(), nullable=False),
        sa.Column("forgotten_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_phone_user_id")),
        sa.UniqueConstraint("user_id", "tag", name=op.f("uq_phone_user_id_tag")),
        *kept("phone"),
    )
    with op.batch_alter_table("phone") as phone:
        phone.create_index(op.f("ix_phone_commune_id"), ["commune_id"])
        phone.create_index(op.f("ix_phone_user_id"), ["user_id"])
    op.create_table(
        "receipt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("phone_id", sa.Integer(), nullable=False),
        sa.Column("commune_id", sa.Integer(), nullable=False),
        sa.Column("send_id", sa.String(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("record_type", sa.String(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=True),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("phone_said", sa.String(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["commune_id"], ["unit.id"], name=op.f("fk_receipt_commune_id")),
        sa.ForeignKeyConstraint(["phone_id"], ["phone.id"], name=op.f("fk_receipt_phone_id")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_receipt_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_receipt")),
        sa.UniqueConstraint("commune_id", "year", "number", name=op.f("uq_receipt_commune_id_year_number")),
        sa.UniqueConstraint("user_id", "send_id", name=op.f("uq_receipt_user_id_send_id")),
    )
    with op.batch_alter_table("receipt") as receipt:
        receipt.create_index(op.f("ix_receipt_phone_id"), ["phone_id"])
    op.create_table(
        "held_send",
        sa.Column("receipt_id", sa.Integer(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("about_id", sa.Integer(), nullable=True),
        sa.Column("typed", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["receipt_id"], ["receipt.id"], name=op.f("fk_held_send_receipt_id")),
        sa.UniqueConstraint("receipt_id", name=op.f("uq_held_send_receipt_id")),
        *kept("held_send"),
    )
    with op.batch_alter_table("held_send") as held_send:
        held_send.create_index(op.f("ix_held_send_commune_id"), ["commune_id"])
        held_send.create_index(op.f("ix_held_send_state"), ["state"])


def downgrade() -> None:
    for table in ("held_send", "receipt", "phone"):
        op.drop_table(table)
