"""Kinds of reports, reports with their figures and written sections, and tasks that a report gives.

Every commune that works gets the usual kinds.
"""

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

from migrations.tables import create_record, day, number, refers, text, word, yes_or_no

revision = "0039_reports"
down_revision = "0038_outreach"
branch_labels = None
depends_on = None

LATER = sa.text("('')")
CARRYING = sa.table("carrying", sa.column("task_id", sa.Integer), sa.column("meeting_id", sa.Integer))
UNIT = sa.table("unit", *(sa.column(one) for one in ("id", "kind", "valid_to", "successor_id")))

# As they were usual when this was written; what a commune made of them since is its own.
RESULTS = ["order.crime", "order.traffic", "order.fire", "order.labour", "order.drugs", "weapons", "models",
           "coordination", "sentences"]  # fmt: skip
MOVEMENT = ["situation", "advice", "outreach", *RESULTS, "rural", "assessment", "tasks"]
ORDER = ["situation", "outreach", *RESULTS, "assessment", "tasks"]
TO_COMMITTEE = "Thường trực Đảng ủy xã\nUBND xã\nThành viên Ban Chỉ đạo\nLưu: VT, BCĐ"
TO_ABOVE = "UBND tỉnh\nCông an tỉnh\nĐảng ủy xã\nLưu: VT"
DEADLINES = {"month": 2, "quarter": 3, "half": 5, "nine_months": 5, "year": 7}
KINDS: tuple[dict[str, Any], ...] = (
    {
        "code": "mass_movement", "title": "Kết quả phong trào toàn dân bảo vệ an ninh Tổ quốc",
        "recipients": TO_COMMITTEE, "basis": "calendar", "length": "free", "sections": MOVEMENT, "table": False,
        "due_days": None, "body": "steering_committee",
    },
    *(
        {
            "code": f"order_{length}", "title": "Tình hình, kết quả công tác bảo đảm an ninh, trật tự",
            "recipients": TO_ABOVE, "basis": "fourteenth", "length": length, "sections": ORDER,
            "table": length != "month", "due_days": days, "body": "committee",
        }
        for length, days in DEADLINES.items()
    ),
)  # fmt: skip


def upgrade() -> None:
    _create_kinds()
    _create_reports()
    _create_parts()
    _let_reports_give_tasks()
    _fill_in()


def _create_kinds() -> None:
    create_record(
        "report_kind",
        text("code"), text("title"), text("addressee"), text("recipients"), word("basis"), word("length"),
        sa.Column("sections", sa.JSON(), nullable=False), yes_or_no("table"), number("due_days", nullable=True),
        word("body"), word("signer_role"), day("since"), yes_or_no("active"),
    )  # fmt: skip


def _create_reports() -> None:
    create_record(
        "report",
        text("number"), number("kind_id"), day("first"), day("last"), text("state"), number("version_no"),
        number("corrects_id", nullable=True), later("why_corrected"), day("approved_on", nullable=True),
        day("sent_on", nullable=True), sa.Column("text", sa.JSON(), nullable=True),
        number("document_id", nullable=True), later("stored_as"), later("file_digest"), later("file_name"),
        number("file_size", nullable=True), later("sealed"),
        sa.UniqueConstraint("commune_id", "number", name=op.f("uq_report_commune_id_number")),
        refers("report", "kind_id", "report_kind"), refers("report", "corrects_id", "report"),
        refers("report", "document_id", "official_document"),
        indexed=("kind_id", "corrects_id"),
    )  # fmt: skip
    op.create_index("ix_report_of_period", "report", ["kind_id", "first", "last"])


def _create_parts() -> None:
    create_record(
        "report_section",
        number("report_id"), text("key"), text("text"),
        sa.UniqueConstraint("report_id", "key", name=op.f("uq_report_section_report_id_key")),
        refers("report_section", "report_id", "report"),
        indexed=("report_id",),
    )  # fmt: skip
    op.create_table(
        "report_figure",
        number("id"), number("report_id"), number("position"),
        *(text(name) for name in ("figure_id", "label", "definition", "unit", "kind", "record_type")),
        *(sa.Column(name, sa.JSON(), nullable=False)
          for name in ("value", "previous_value", "ids", "previous_ids", "parts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_figure")),
        refers("report_figure", "report_id", "report"),
        sa.UniqueConstraint("report_id", "figure_id", name=op.f("uq_report_figure_report_id_figure_id")),
    )  # fmt: skip
    op.create_index(op.f("ix_report_figure_report_id"), "report_figure", ["report_id"])


def _let_reports_give_tasks() -> None:
    """The table of tasks is written anew; what refers to it stands aside for that long."""
    rows = op.get_bind()
    carried = [dict(one) for one in rows.execute(sa.select(CARRYING)).mappings()]
    rows.execute(CARRYING.delete())
    with op.batch_alter_table("action_item") as task:
        task.alter_column("meeting_id", existing_type=sa.Integer(), nullable=True)
        task.alter_column("item_id", existing_type=sa.Integer(), nullable=True)
        task.add_column(number("report_id", nullable=True))
        task.create_foreign_key(op.f("fk_action_item_report_id"), "report", ["report_id"], ["id"])
        task.create_index(op.f("ix_action_item_report_id"), ["report_id"])
    if carried:
        rows.execute(CARRYING.insert(), carried)


def _fill_in() -> None:
    rows = op.get_bind()
    working = sa.select(UNIT.c.id).where(UNIT.c.kind == "commune", UNIT.c.successor_id.is_(None))
    communes = rows.scalars(working.where(UNIT.c.valid_to.is_(None))).all()
    kinds = sa.table(
        "report_kind",
        *(sa.column(one) for one in ("commune_id", "code", "title", "addressee", "recipients", "basis", "length",
                                     "due_days", "body", "signer_role", "void_reason", "version")),
        sa.column("sections", sa.JSON()), sa.column("table", sa.Boolean()), sa.column("active", sa.Boolean()),
        sa.column("since", sa.Date()),
        *(sa.column(one, sa.DateTime(timezone=True)) for one in ("created_at", "changed_at")),
    )  # fmt: skip
    made = [_kind(commune_id, one) for commune_id in communes for one in KINDS]
    if made:
        rows.execute(kinds.insert(), made)


def _kind(commune_id: int, one: dict[str, Any]) -> dict[str, Any]:
    now = datetime.now(UTC)
    return {
        **one, "commune_id": commune_id, "addressee": "", "signer_role": "commune_leader", "since": now.date(),
        "active": True, "created_at": now, "changed_at": now, "void_reason": "", "version": 1,
    }  # fmt: skip


def later(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=False, server_default=LATER)


def downgrade() -> None:
    """Tasks that reports gave go with them."""
    rows = op.get_bind()
    rows.execute(sa.text("DELETE FROM carrying WHERE task_id IN (SELECT id FROM action_item WHERE meeting_id IS NULL)"))
    rows.execute(sa.text("DELETE FROM action_item WHERE meeting_id IS NULL"))
    carried = [dict(one) for one in rows.execute(sa.select(CARRYING)).mappings()]
    rows.execute(CARRYING.delete())
    with op.batch_alter_table("action_item") as task:
        task.drop_index(op.f("ix_action_item_report_id"))
        task.drop_constraint(op.f("fk_action_item_report_id"), type_="foreignkey")
        task.drop_column("report_id")
        task.alter_column("meeting_id", existing_type=sa.Integer(), nullable=False)
        task.alter_column("item_id", existing_type=sa.Integer(), nullable=False)
    if carried:
        rows.execute(CARRYING.insert(), carried)
    for name in ("report_figure", "report_section", "report", "report_kind"):
        op.drop_table(name)
