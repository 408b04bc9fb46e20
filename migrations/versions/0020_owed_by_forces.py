"""Say which force owes a duty, and keep every hand-over of an observation."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0020_owed_by_forces"
down_revision = "0019_files_of_forces"
branch_labels = None
depends_on = None

HANDED = ("handed_at", "receipt_by_id", "receipt_at")  # of the last hand-over, on the observation until now
OBSERVATION = sa.table(
    "observation", *(sa.column(name) for name in ("id", "commune_id", "handed_to_id", "receipt_by_id")),
    sa.column("handed_at", sa.DateTime(timezone=True)), sa.column("receipt_at", sa.DateTime(timezone=True)),
)  # fmt: skip
HAND_OVER = sa.table(
    "hand_over",
    *(sa.column(name) for name in ("observation_id", "commune_id", "unit_id", "created_by_id", "receipt_by_id")),
    *(sa.column(name, sa.DateTime(timezone=True)) for name in ("at", "receipt_at", "created_at", "changed_at")),
    sa.column("void_reason"), sa.column("version"),
)  # fmt: skip
AUDIT = sa.table("audit_event", *(sa.column(one) for one in ("sequence", "action", "record_type", "record_id", "user_id")))


def upgrade() -> None:
    """The night fills in which force owes what is open. Nothing refers to observations, so they are written anew."""
    op.execute(  # in place: the table of duties has indexes that would be lost
        "ALTER TABLE duty ADD COLUMN owner_unit_id INTEGER CONSTRAINT fk_duty_owner_unit_id REFERENCES unit (id)"
    )
    handed = _handed()
    with op.batch_alter_table("observation") as observation:
        observation.drop_constraint(op.f("fk_observation_receipt_by_id"), type_="foreignkey")
        for column in HANDED:
            observation.drop_column(column)
    _create()
    if handed:
        op.get_bind().execute(HAND_OVER.insert(), handed)


def _handed() -> Sequence[dict[str, Any]]:
    """What was handed over, and by whom: of that the trail alone knows."""
    rows = op.get_bind()
    by = {
        record_id: user_id
        for record_id, user_id in rows.execute(
            sa.select(AUDIT.c.record_id, AUDIT.c.user_id)
            .where(AUDIT.c.record_type == "observation", AUDIT.c.action == "hand_over_observation")
            .order_by(AUDIT.c.sequence)
        )
    }
    asked = sa.select(OBSERVATION).where(OBSERVATION.c.handed_to_id.is_not(None), OBSERVATION.c.handed_at.is_not(None))
    return [
        {
            "observation_id": one.id, "commune_id": one.commune_id, "unit_id": one.handed_to_id, "at": one.handed_at,
            "receipt_by_id": one.receipt_by_id, "receipt_at": one.receipt_at, "created_by_id": by.get(one.id),
            "created_at": one.handed_at, "changed_at": one.receipt_at or one.handed_at, "void_reason": "", "version": 1,
        }
        for one in rows.execute(asked.order_by(OBSERVATION.c.id))
    ]  # fmt: skip


def _create() -> None:
    op.create_table(
        "hand_over",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("commune_id", sa.Integer(), nullable=False),
        sa.Column("observation_id", sa.Integer(), nullable=False),
        sa.Column("from_unit_id", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("receipt_by_id", sa.Integer(), nullable=True),
        sa.Column("receipt_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("void_reason", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["commune_id"], ["unit.id"], name=op.f("fk_hand_over_commune_id")),
        sa.ForeignKeyConstraint(["observation_id"], ["observation.id"], name=op.f("fk_hand_over_observation_id")),
        sa.ForeignKeyConstraint(["from_unit_id"], ["unit.id"], name=op.f("fk_hand_over_from_unit_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_hand_over_unit_id")),
        sa.ForeignKeyConstraint(["receipt_by_id"], ["user.id"], name=op.f("fk_hand_over_receipt_by_id")),
        sa.ForeignKeyConstraint(["created_by_id"], ["user.id"], name=op.f("fk_hand_over_created_by_id")),
        sa.ForeignKeyConstraint(["changed_by_id"], ["user.id"], name=op.f("fk_hand_over_changed_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hand_over")),
    )
    with op.batch_alter_table("hand_over") as hand_over:
        hand_over.create_index(op.f("ix_hand_over_commune_id"), ["commune_id"])
        hand_over.create_index(op.f("ix_hand_over_observation_id"), ["observation_id"])


def downgrade() -> None:
    with op.batch_alter_table("observation") as observation:
        observation.add_column(sa.Column("handed_at", sa.DateTime(timezone=True), nullable=True))
        observation.add_column(sa.Column("receipt_by_id", sa.Integer(), nullable=True))
        observation.add_column(sa.Column("receipt_at", sa.DateTime(timezone=True), nullable=True))
        observation.create_foreign_key(op.f("fk_observation_receipt_by_id"), "user", ["receipt_by_id"], ["id"])
    last = "FROM hand_over WHERE observation_id = observation.id ORDER BY id DESC LIMIT 1"
    for column, kept in zip(HANDED, ("at", "receipt_by_id", "receipt_at"), strict=True):
        op.execute(f"UPDATE observation SET {column} = (SELECT {kept} {last})")
    op.drop_table("hand_over")
    with op.batch_alter_table("duty", recreate="never") as duty:
        duty.drop_column("owner_unit_id")
