"""Bind the records that a frozen figure counted by a digest of their own, so that a report is read without them.

A report whose seal holds is sealed anew; one that was changed since its approval keeps the seal that tells so.
"""

import hashlib
import json
from typing import Any

import sqlalchemy as sa
from alembic import op

from portal.engine.keys import keys

revision = "0043_records_of_figures"
down_revision = "0042_frames_of_reports"
branch_labels = None
depends_on = None

SIGNED = ("approved", "sent")
REPORTS = sa.table(
    "report", *(sa.column(name) for name in ("id", "kind_id", "state", "file_digest", "sealed")),
    sa.column("first", sa.Date()), sa.column("last", sa.Date()), sa.column("text", sa.JSON()),
)  # fmt: skip
FIGURES = sa.table(
    "report_figure", *(sa.column(name) for name in ("id", "report_id", "position", "figure_id", "records_digest")),
    *(sa.column(name, sa.JSON()) for name in ("value", "previous_value", "ids", "previous_ids")),
)  # fmt: skip


def upgrade() -> None:
    with op.batch_alter_table("report_figure", recreate="never") as figure:
        figure.add_column(sa.Column("records_digest", sa.String(), nullable=False, server_default=""))
    connection = op.get_bind()
    _digest(connection)
    _seal(connection, before=_with_ids, after=_with_digests)


def downgrade() -> None:
    _seal(op.get_bind(), before=_with_digests, after=_with_ids)
    with op.batch_alter_table("report_figure", recreate="never") as figure:
        figure.drop_column("records_digest")


def _digest(connection: sa.Connection) -> None:
    for (id,) in connection.execute(sa.select(FIGURES.c.id)).all():
        asked = sa.select(FIGURES.c.ids, FIGURES.c.previous_ids).where(FIGURES.c.id == id)
        content = json.dumps([*connection.execute(asked).one()], separators=(",", ":"))
        digest = hashlib.sha256(content.encode()).hexdigest()
        connection.execute(sa.update(FIGURES).where(FIGURES.c.id == id).values(records_digest=digest))


def _seal(connection: sa.Connection, before: Any, after: Any) -> None:
    for report in connection.execute(sa.select(REPORTS).where(REPORTS.c.state.in_(SIGNED))).all():
        if report.sealed == _sealed(connection, report, before):
            sealed = _sealed(connection, report, after)
            connection.execute(sa.update(REPORTS).where(REPORTS.c.id == report.id).values(sealed=sealed))


def _sealed(connection: sa.Connection, report: Any, figures: Any) -> str:
    frozen = [
        report.id, report.kind_id, report.first.isoformat(), report.last.isoformat(), report.text, report.file_digest,
        figures(connection, report),
    ]  # fmt: skip
    content = json.dumps(frozen, ensure_ascii=False, separators=(",", ":"))
    return keys().digest("report", hashlib.sha256(content.encode()).hexdigest())


def _with_ids(connection: sa.Connection, report: Any) -> list[Any]:
    return _figures(connection, report, "ids", "previous_ids")


def _with_digests(connection: sa.Connection, report: Any) -> list[Any]:
    return _figures(connection, report, "records_digest")


def _figures(connection: sa.Connection, report: Any, *names: str) -> list[Any]:
    columns = [FIGURES.c[name] for name in ("figure_id", "value", "previous_value", *names)]
    asked = sa.select(*columns).where(FIGURES.c.report_id == report.id).order_by(FIGURES.c.position)
    return [list(row) for row in connection.execute(asked)]
