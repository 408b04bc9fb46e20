"""Coordination plans, patrols with their points, logs and countersignatures, observations; files of patrols."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0017_patrols"
down_revision = "0016_registers"
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
        "coordination_plan",
        sa.Column("doc_number", sa.String(), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("superior", sa.String(), nullable=False),
        sa.Column("briefing_every", sa.String(length=40), nullable=False),
        sa.Column("patrols_a_month", sa.Integer(), nullable=False),
        *kept("coordination_plan"),
    )
    with op.batch_alter_table("coordination_plan") as coordination_plan:
        coordination_plan.create_index(op.f("ix_coordination_plan_commune_id"), ["commune_id"])
    op.create_table(
        "event_protection",
        sa.Column("occasion", sa.String(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("result", sa.String(), nullable=False),
        *kept("event_protection"),
    )
    with op.batch_alter_table("event_protection") as event_protection:
        event_protection.create_index(op.f("ix_event_protection_commune_id"), ["commune_id"])
        event_protection.create_index(op.f("ix_event_protection_held_on"), ["held_on"])
    op.create_table(
        "landmark",
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("x", sa.Integer(), nullable=False),
        sa.Column("y", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("village_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["village_id"], ["unit.id"], name=op.f("fk_landmark_village_id")),
        *kept("landmark"),
    )
    with op.batch_alter_table("landmark") as landmark:
        landmark.create_index(op.f("ix_landmark_commune_id"), ["commune_id"])
    op.create_table(
        "coordination_party",
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["coordination_plan.id"], name=op.f("fk_coordination_party_plan_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_coordination_party_unit_id")),
        sa.UniqueConstraint("plan_id", "unit_id", name=op.f("uq_coordination_party_plan_id_unit_id")),
        *kept("coordination_party"),
    )
    with op.batch_alter_table("coordination_party") as coordination_party:
        coordination_party.create_index(op.f("ix_coordination_party_commune_id"), ["commune_id"])
        coordination_party.create_index(op.f("ix_coordination_party_plan_id"), ["plan_id"])
        coordination_party.create_index(op.f("ix_coordination_party_unit_id"), ["unit_id"])
    op.create_table(
        "patrol",
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=True),
        sa.Column("planned_start_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("planned_end_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("leading_unit_id", sa.Integer(), nullable=False),
        sa.Column("leader", sa.String(), nullable=False),
        sa.Column("means", sa.String(), nullable=False),
        sa.Column("violations_found", sa.Integer(), nullable=False),
        sa.Column("conclusion", sa.String(), nullable=False),
        sa.Column("recommendation", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("log_number", sa.Integer(), nullable=False),
        sa.Column("late_told_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["leading_unit_id"], ["unit.id"], name=op.f("fk_patrol_leading_unit_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["coordination_plan.id"], name=op.f("fk_patrol_plan_id")),
        sa.UniqueConstraint("commune_id", "number", name=op.f("uq_patrol_commune_id_number")),
        *kept("patrol"),
    )
    with op.batch_alter_table("patrol") as patrol:
        patrol.create_index(op.f("ix_patrol_commune_id"), ["commune_id"])
        patrol.create_index(op.f("ix_patrol_plan_id"), ["plan_id"])
        patrol.create_index(op.f("ix_patrol_planned_start_at"), ["planned_start_at"])
        patrol.create_index("ix_patrol_started", ["commune_id", "kind", "started_at"])
        patrol.create_index(op.f("ix_patrol_state"), ["state"])
    op.create_table(
        "protection_force",
        sa.Column("protection_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["protection_id"], ["event_protection.id"], name=op.f("fk_protection_force_protection_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_protection_force_unit_id")),
        sa.UniqueConstraint("protection_id", "unit_id", name=op.f("uq_protection_force_protection_id_unit_id")),
        *kept("protection_force"),
    )
    with op.batch_alter_table("protection_force") as protection_force:
        protection_force.create_index(op.f("ix_protection_force_commune_id"), ["commune_id"])
        protection_force.create_index(op.f("ix_protection_force_protection_id"), ["protection_id"])
        protection_force.create_index(op.f("ix_protection_force_unit_id"), ["unit_id"])
    op.create_table(
        "observation",
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("happened_at", sa.Time(), nullable=True),
        sa.Column("village_id", sa.Integer(), nullable=True),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("patrol_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("handed_to_id", sa.Integer(), nullable=True),
        sa.Column("handed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("receipt_by_id", sa.Integer(), nullable=True),
        sa.Column("receipt_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["handed_to_id"], ["unit.id"], name=op.f("fk_observation_handed_to_id")),
        sa.ForeignKeyConstraint(["patrol_id"], ["patrol.id"], name=op.f("fk_observation_patrol_id")),
        sa.ForeignKeyConstraint(["receipt_by_id"], ["user.id"], name=op.f("fk_observation_receipt_by_id")),
        sa.ForeignKeyConstraint(["village_id"], ["unit.id"], name=op.f("fk_observation_village_id")),
        sa.UniqueConstraint("commune_id", "number", name=op.f("uq_observation_commune_id_number")),
        *kept("observation"),
    )
    with op.batch_alter_table("observation") as observation:
        observation.create_index(op.f("ix_observation_commune_id"), ["commune_id"])
        observation.create_index(op.f("ix_observation_handed_to_id"), ["handed_to_id"])
        observation.create_index(op.f("ix_observation_patrol_id"), ["patrol_id"])
        observation.create_index(op.f("ix_observation_state"), ["state"])
        observation.create_index(op.f("ix_observation_village_id"), ["village_id"])
    op.create_table(
        "patrol_force",
        sa.Column("patrol_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("planned_count", sa.Integer(), nullable=False),
        sa.Column("actual_count", sa.Integer(), nullable=True),
        sa.Column("in_charge", sa.String(), nullable=False),
        sa.Column("joined_on_the_way", sa.Boolean(), nullable=False),
        sa.Column("changes", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["patrol_id"], ["patrol.id"], name=op.f("fk_patrol_force_patrol_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_patrol_force_unit_id")),
        sa.UniqueConstraint("patrol_id", "unit_id", name=op.f("uq_patrol_force_patrol_id_unit_id")),
        *kept("patrol_force"),
    )
    with op.batch_alter_table("patrol_force") as patrol_force:
        patrol_force.create_index(op.f("ix_patrol_force_commune_id"), ["commune_id"])
        patrol_force.create_index(op.f("ix_patrol_force_patrol_id"), ["patrol_id"])
        patrol_force.create_index(op.f("ix_patrol_force_unit_id"), ["unit_id"])
    op.create_table(
        "patrol_log",
        sa.Column("patrol_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("leader", sa.String(), nullable=False),
        sa.Column("means", sa.String(), nullable=False),
        sa.Column("forces", sa.String(), nullable=False),
        sa.Column("stops", sa.String(), nullable=False),
        sa.Column("violations_found", sa.Integer(), nullable=False),
        sa.Column("conclusion", sa.String(), nullable=False),
        sa.Column("recommendation", sa.String(), nullable=False),
        sa.Column("logged_by_id", sa.Integer(), nullable=False),
        sa.Column("logged_for_id", sa.Integer(), nullable=False),
        sa.Column("logged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("frozen_digest", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["logged_by_id"], ["user.id"], name=op.f("fk_patrol_log_logged_by_id")),
        sa.ForeignKeyConstraint(["logged_for_id"], ["unit.id"], name=op.f("fk_patrol_log_logged_for_id")),
        sa.ForeignKeyConstraint(["patrol_id"], ["patrol.id"], name=op.f("fk_patrol_log_patrol_id")),
        sa.UniqueConstraint("patrol_id", "number", name=op.f("uq_patrol_log_patrol_id_number")),
        *kept("patrol_log"),
    )
    with op.batch_alter_table("patrol_log") as patrol_log:
        patrol_log.create_index(op.f("ix_patrol_log_commune_id"), ["commune_id"])
        patrol_log.create_index(op.f("ix_patrol_log_patrol_id"), ["patrol_id"])
    op.create_table(
        "patrol_stop",
        sa.Column("patrol_id", sa.Integer(), nullable=False),
        sa.Column("landmark_id", sa.Integer(), nullable=True),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("planned", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("attention", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["landmark_id"], ["landmark.id"], name=op.f("fk_patrol_stop_landmark_id")),
        sa.ForeignKeyConstraint(["patrol_id"], ["patrol.id"], name=op.f("fk_patrol_stop_patrol_id")),
        *kept("patrol_stop"),
    )
    with op.batch_alter_table("patrol_stop") as patrol_stop:
        patrol_stop.create_index(op.f("ix_patrol_stop_at"), ["at"])
        patrol_stop.create_index(op.f("ix_patrol_stop_commune_id"), ["commune_id"])
        patrol_stop.create_index(op.f("ix_patrol_stop_landmark_id"), ["landmark_id"])
        patrol_stop.create_index(op.f("ix_patrol_stop_patrol_id"), ["patrol_id"])
    op.create_table(
        "countersignature",
        sa.Column("log_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("on_behalf_of_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_countersignature_by_id")),
        sa.ForeignKeyConstraint(["log_id"], ["patrol_log.id"], name=op.f("fk_countersignature_log_id")),
        sa.ForeignKeyConstraint(["on_behalf_of_id"], ["user.id"], name=op.f("fk_countersignature_on_behalf_of_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_countersignature_unit_id")),
        sa.UniqueConstraint("log_id", "unit_id", name=op.f("uq_countersignature_log_id_unit_id")),
        *kept("countersignature"),
    )
    with op.batch_alter_table("countersignature") as countersignature:
        countersignature.create_index(op.f("ix_countersignature_commune_id"), ["commune_id"])
        countersignature.create_index(op.f("ix_countersignature_log_id"), ["log_id"])
        countersignature.create_index(op.f("ix_countersignature_unit_id"), ["unit_id"])
    with op.batch_alter_table("attachment") as attachment:
        attachment.add_column(sa.Column("patrol_id", sa.Integer(), nullable=True))
        attachment.create_index(op.f("ix_attachment_patrol_id"), ["patrol_id"])
        attachment.create_foreign_key(op.f("fk_attachment_patrol_id"), "patrol", ["patrol_id"], ["id"])


def downgrade() -> None:
    op.execute("DELETE FROM attachment WHERE patrol_id IS NOT NULL")
    with op.batch_alter_table("attachment") as attachment:
        attachment.drop_constraint(op.f("fk_attachment_patrol_id"), type_="foreignkey")
        attachment.drop_index(op.f("ix_attachment_patrol_id"))
        attachment.drop_column("patrol_id")
    for table in (
        "countersignature",
        "patrol_stop",
        "patrol_log",
        "patrol_force",
        "observation",
        "protection_force",
        "patrol",
        "coordination_party",
        "landmark",
        "event_protection",
        "coordination_plan",
    ):
        op.drop_table(table)
