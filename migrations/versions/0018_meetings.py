"""Meetings: series, agendas, attendance, minutes, tasks; and the excerpts that return to other records."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0018_meetings"
down_revision = "0017_patrols"
branch_labels = None
depends_on = None

TABLES = (
    "meeting_series", "excerpt", "meeting", "series_exception", "agenda_item", "attendance", "minutes", "action_item", "agenda_figure", "erratum", "item_attendance",
)  # fmt: skip


def create_table(name: str, *parts: Any) -> None:
    key = sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}"))
    op.create_table(name, sa.Column("id", sa.Integer(), nullable=False), *parts, key)


def create_record(name: str, *parts: Any) -> None:
    """A table of records: whose commune, who made them and changed them last, and whether they were struck out."""
    create_table(
        name,
        sa.Column("commune_id", sa.Integer(), nullable=False),
        *parts,
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("void_reason", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["commune_id"], ["unit.id"], name=op.f(f"fk_{name}_commune_id")),
        sa.ForeignKeyConstraint(["created_by_id"], ["user.id"], name=op.f(f"fk_{name}_created_by_id")),
        sa.ForeignKeyConstraint(["changed_by_id"], ["user.id"], name=op.f(f"fk_{name}_changed_by_id")),
    )
    with op.batch_alter_table(name) as table:
        table.create_index(op.f(f"ix_{name}_commune_id"), ["commune_id"])


def upgrade() -> None:
    create_record(
        "meeting_series",
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("rule", sa.String(length=40), nullable=False),
        sa.Column("every_months", sa.Integer(), nullable=False),
        sa.Column("day_of_month", sa.Integer(), nullable=True),
        sa.Column("week", sa.Integer(), nullable=True),
        sa.Column("weekday", sa.Integer(), nullable=True),
        sa.Column("hour", sa.Integer(), nullable=False),
        sa.Column("minute", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("chair_unit_id", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["chair_unit_id"], ["unit.id"], name=op.f("fk_meeting_series_chair_unit_id")),
    )
    create_table(
        "excerpt",
        sa.Column("record_type", sa.String(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("from_type", sa.String(), nullable=False),
        sa.Column("from_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("concluded_on", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_excerpt_by_id")),
    )
    with op.batch_alter_table("excerpt") as table:
        table.create_index("ix_excerpt_from", ["from_type", "from_id"])
        table.create_index("ix_excerpt_of", ["record_type", "record_id"])
    create_record(
        "meeting",
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("chair_id", sa.Integer(), nullable=False),
        sa.Column("chair_unit_id", sa.Integer(), nullable=False),
        sa.Column("secretary_id", sa.Integer(), nullable=False),
        sa.Column("period_first", sa.Date(), nullable=False),
        sa.Column("period_last", sa.Date(), nullable=False),
        sa.Column("quorum", sa.Integer(), nullable=False),
        sa.Column("invitation", sa.Integer(), nullable=False),
        sa.Column("compiled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("conclusion", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["chair_id"], ["user.id"], name=op.f("fk_meeting_chair_id")),
        sa.ForeignKeyConstraint(["chair_unit_id"], ["unit.id"], name=op.f("fk_meeting_chair_unit_id")),
        sa.ForeignKeyConstraint(["secretary_id"], ["user.id"], name=op.f("fk_meeting_secretary_id")),
        sa.ForeignKeyConstraint(["series_id"], ["meeting_series.id"], name=op.f("fk_meeting_series_id")),
    )
    with op.batch_alter_table("meeting") as table:
        table.create_index("ix_meeting_held", ["commune_id", "kind", "held_on"])
        table.create_index("ix_meeting_number", ["commune_id", "number"], unique=True)
        table.create_index(op.f("ix_meeting_series_id"), ["series_id"])
    create_record(
        "series_exception",
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("by_rule_on", sa.Date(), nullable=False),
        sa.Column("moved_to", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["series_id"], ["meeting_series.id"], name=op.f("fk_series_exception_series_id")),
    )
    with op.batch_alter_table("series_exception") as table:
        table.create_index(op.f("ix_series_exception_series_id"), ["series_id"])
    create_record(
        "agenda_item",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.String(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("subject_type", sa.String(), nullable=True),
        sa.Column("subject_id", sa.Integer(), nullable=True),
        sa.Column("restricted", sa.Boolean(), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("admitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("admitted_by_id", sa.Integer(), nullable=True),
        sa.Column("own_words", sa.String(), nullable=False),
        sa.Column("words_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("words_by_id", sa.Integer(), nullable=True),
        sa.Column("heard_text", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=True),
        sa.Column("outcome_text", sa.String(), nullable=False),
        sa.Column("no_conclusion_reason", sa.String(), nullable=False),
        sa.Column("held_by_id", sa.Integer(), nullable=True),
        sa.Column("held_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["admitted_by_id"], ["user.id"], name=op.f("fk_agenda_item_admitted_by_id")),
        sa.ForeignKeyConstraint(["held_by_id"], ["user.id"], name=op.f("fk_agenda_item_held_by_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_agenda_item_meeting_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_agenda_item_unit_id")),
        sa.ForeignKeyConstraint(["words_by_id"], ["user.id"], name=op.f("fk_agenda_item_words_by_id")),
    )
    with op.batch_alter_table("agenda_item") as table:
        table.create_index(op.f("ix_agenda_item_meeting_id"), ["meeting_id"])
        table.create_index("ix_agenda_item_subject", ["subject_type", "subject_id"])
        table.create_index(op.f("ix_agenda_item_unit_id"), ["unit_id"])
    create_record(
        "attendance",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("needed", sa.Boolean(), nullable=False),
        sa.Column("comes", sa.Boolean(), nullable=True),
        sa.Column("present", sa.Boolean(), nullable=True),
        sa.Column("substitute_for", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_attendance_meeting_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_attendance_unit_id")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_attendance_user_id")),
    )
    with op.batch_alter_table("attendance") as table:
        table.create_index(op.f("ix_attendance_meeting_id"), ["meeting_id"])
        table.create_index(op.f("ix_attendance_unit_id"), ["unit_id"])
        table.create_index(op.f("ix_attendance_user_id"), ["user_id"])
    create_record(
        "minutes",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("paragraphs", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("secretary", sa.String(), nullable=False),
        sa.Column("chair", sa.String(), nullable=False),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approved_by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["approved_by_id"], ["user.id"], name=op.f("fk_minutes_approved_by_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_minutes_meeting_id")),
        sa.UniqueConstraint("meeting_id", name=op.f("uq_minutes_meeting_id")),
    )
    create_record(
        "action_item",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("result", sa.String(), nullable=False),
        sa.Column("carried", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["agenda_item.id"], name=op.f("fk_action_item_item_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_action_item_meeting_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_action_item_unit_id")),
    )
    with op.batch_alter_table("action_item") as table:
        table.create_index(op.f("ix_action_item_item_id"), ["item_id"])
        table.create_index(op.f("ix_action_item_meeting_id"), ["meeting_id"])
        table.create_index("ix_action_item_open", ["commune_id", "state", "due_on"])
        table.create_index(op.f("ix_action_item_unit_id"), ["unit_id"])
    create_table(
        "agenda_figure",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("opens", sa.String(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["agenda_item.id"], name=op.f("fk_agenda_figure_item_id")),
    )
    with op.batch_alter_table("agenda_figure") as table:
        table.create_index(op.f("ix_agenda_figure_item_id"), ["item_id"])
    create_record(
        "erratum",
        sa.Column("minutes_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["minutes_id"], ["minutes.id"], name=op.f("fk_erratum_minutes_id")),
    )
    with op.batch_alter_table("erratum") as table:
        table.create_index(op.f("ix_erratum_minutes_id"), ["minutes_id"])
    create_record(
        "item_attendance",
        sa.Column("attendance_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("present", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["attendance_id"], ["attendance.id"], name=op.f("fk_item_attendance_attendance_id")),
        sa.ForeignKeyConstraint(["item_id"], ["agenda_item.id"], name=op.f("fk_item_attendance_item_id")),
        sa.UniqueConstraint("attendance_id", "item_id", name=op.f("uq_item_attendance_attendance_id_item_id")),
    )
    with op.batch_alter_table("item_attendance") as table:
        table.create_index(op.f("ix_item_attendance_attendance_id"), ["attendance_id"])
        table.create_index(op.f("ix_item_attendance_item_id"), ["item_id"])


def downgrade() -> None:
    for name in reversed(TABLES):
        op.drop_table(name)
