"""Say in each reader's language the titles that the portal composes, and who came late to a meeting or left early.

Titles that name nothing but a unit, a number and a day are taken apart again; what else was composed before stays as it
was written.
"""

import re

import sqlalchemy as sa
from alembic import op

revision = "0026_hours_and_titles"
down_revision = "0025_files_of_observations"
branch_labels = None
depends_on = None

ITEMS = sa.table(
    "agenda_item", *(sa.column(name) for name in ("id", "source_id", "title", "title_text")),
    sa.column("title_values", sa.JSON(none_as_null=True)),
)  # fmt: skip
REPORT = r"(?P<unit>.+) báo cáo", "Report of %(unit)s"
COMPOSED = {
    "closing": (r"Kết luận, giao việc đến kỳ họp sau", "Conclusions and tasks until the next meeting"),
    "meetings.minutes": (r"Biên bản (?P<number>\S+), ngày (?P<day>\S+)", "Minutes of %(number)s, %(day)s"),
    "meetings.tasks": (r"Việc giao từ kỳ trước", "Tasks from earlier meetings"),
    "meetings.review": (r"Kết quả công tác phối hợp trong kỳ", "Results of the coordination"),
    "duties.overdue": (r"Việc quá hạn", "Duties past their day"),
    "cases.breaches": (r"Hồ sơ (?P<number>\S+): có vi phạm cần trao đổi", "Case %(number)s: a breach to be spoken of"),
    "patrols.recommended": (r"Kiến nghị của lượt tuần tra (?P<number>\S+)", "Recommended by patrol %(number)s"),
    **dict.fromkeys(("report.police", "report.military", "report.border"), REPORT),
}


def upgrade() -> None:
    with op.batch_alter_table("agenda_item", recreate="never") as item:
        item.add_column(sa.Column("title_text", sa.String(), nullable=False, server_default=""))
        item.add_column(sa.Column("title_values", sa.JSON(), nullable=True))
        item.add_column(sa.Column("concluded_at", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("attendance", recreate="never") as attendance:
        attendance.add_column(sa.Column("came_at", sa.DateTime(timezone=True), nullable=True))
        attendance.add_column(sa.Column("left_at", sa.DateTime(timezone=True), nullable=True))
    _take_apart(op.get_bind())


def _take_apart(connection: sa.Connection) -> None:
    """What the titles of items were composed of, where it can be told from them."""
    found = connection.execute(sa.select(ITEMS.c.id, ITEMS.c.source_id, ITEMS.c.title)).all()
    for one in found:
        pattern, text = COMPOSED.get(one.source_id, ("", ""))
        if text and (parts := re.fullmatch(pattern, one.title)):
            change = {"title_text": text, "title_values": parts.groupdict() or None}
            connection.execute(sa.update(ITEMS).where(ITEMS.c.id == one.id).values(change))


def downgrade() -> None:
    with op.batch_alter_table("attendance", recreate="never") as attendance:
        attendance.drop_column("left_at")
        attendance.drop_column("came_at")
    with op.batch_alter_table("agenda_item", recreate="never") as item:
        item.drop_column("concluded_at")
        item.drop_column("title_values")
        item.drop_column("title_text")
