"""Which day of its series a meeting is, wherever it was moved since, and when it was moved last."""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from alembic import op

from portal.law.days import DAYS_OFF

revision = "0022_series_days"
down_revision = "0021_held"
branch_labels = None
depends_on = None

VIETNAM, ONE_DAY, SATURDAY = timedelta(hours=7), timedelta(days=1), 5
FAR = date.max
MEETINGS = sa.table(
    "meeting", *(sa.column(name) for name in ("id", "commune_id", "series_id", "kind", "state", "voided_at")),
    sa.column("starts_at", sa.DateTime), sa.column("by_rule_on", sa.Date),
)  # fmt: skip
SERIES = sa.table(
    "meeting_series",
    *(sa.column(name) for name in ("id", "commune_id", "kind", "rule", "every_months", "day_of_month", "week")),
    sa.column("weekday", sa.Integer), sa.column("valid_from", sa.Date), sa.column("valid_to", sa.Date),
    sa.column("voided_at", sa.DateTime),
)  # fmt: skip
EXCEPTIONS = sa.table(
    "series_exception", sa.column("series_id", sa.Integer), sa.column("by_rule_on", sa.Date),
    sa.column("moved_to", sa.Date), sa.column("voided_at", sa.DateTime),
)  # fmt: skip


def upgrade() -> None:
    with op.batch_alter_table("meeting") as table:
        table.add_column(sa.Column("by_rule_on", sa.Date(), nullable=True))
        table.add_column(sa.Column("moved_on", sa.Date(), nullable=True))
    _say_which_day()


def _say_which_day() -> None:
    """Each meeting has the day by the rule that is its own: the one from which the series moved it, or that of its month
    which is nearest. One that was entered by hand belongs to a series of its kind. A day is that of one meeting: before
    others of one that was not cancelled, that its series entered, that stands nearest, that came first.
    """
    connection = op.get_bind()
    series = connection.execute(sa.select(SERIES).order_by(SERIES.c.id)).all()
    moved = {
        (one.series_id, one.moved_to): one.by_rule_on
        for one in connection.execute(sa.select(EXCEPTIONS).where(EXCEPTIONS.c.voided_at.is_(None)))
    }
    found = []
    for meeting in connection.execute(sa.select(MEETINGS).where(MEETINGS.c.voided_at.is_(None))).all():
        on = _day_here(meeting.starts_at)
        for one in series:
            if _is_of(meeting, one) and (day := moved.get((one.id, on)) or _nearest(one, on) or _own(meeting, on)):
                far = timedelta() if (one.id, on) in moved else abs(on - day)
                found.append((meeting.state == "cancelled", meeting.series_id is None, far, meeting.id, one.id, day))
    _keep(sorted(found))


def _keep(found: Iterable[tuple[bool, bool, timedelta, int, int, date]]) -> None:
    taken: set[tuple[int, date]] = set()
    placed: set[int] = set()
    for *_order, meeting_id, series_id, day in found:
        if (series_id, day) not in taken and meeting_id not in placed:
            taken.add((series_id, day))
            placed.add(meeting_id)
            of = sa.update(MEETINGS).where(MEETINGS.c.id == meeting_id)
            op.execute(of.values(series_id=series_id, by_rule_on=day))


def _is_of(meeting: sa.Row[Any], series: sa.Row[Any]) -> bool:
    """Entered from a series, or by hand for what it meets for."""
    if meeting.series_id is not None:
        return bool(meeting.series_id == series.id)
    same = (meeting.commune_id, meeting.kind) == (series.commune_id, series.kind)
    return same and series.voided_at is None


def _own(meeting: sa.Row[Any], on: date) -> date | None:
    """Where the rule has no day in its month, as after a change of the series, what it entered stands for itself."""
    return on if meeting.series_id is not None else None


def _nearest(series: sa.Row[Any], on: date) -> date | None:
    """Of the days by the rule in the month of a day the one that is nearest."""
    this = on.replace(day=1)
    before = (this - ONE_DAY).replace(day=1)  # days off may carry its day into this month
    days = [_by_rule(series, month) for month in (before, this) if _is_one_of(series, month)]
    meets = [
        day for day in days
        if day.replace(day=1) == this and series.valid_from <= day and day <= (series.valid_to or FAR)
    ]  # fmt: skip
    return min(meets, key=lambda day: abs(on - day), default=None)


def _is_one_of(series: sa.Row[Any], month: date) -> bool:
    since = (month.year - series.valid_from.year) * 12 + month.month - series.valid_from.month
    return since >= 0 and since % series.every_months == 0


def _by_rule(series: sa.Row[Any], month: date) -> date:
    """The first working day after a day of the month, or the first to fourth such weekday, or the last."""
    last = monthrange(month.year, month.month)[1]
    if series.rule == "working_day_after":
        day = month.replace(day=min(series.day_of_month or 1, last)) + ONE_DAY
        while _is_off(day):
            day += ONE_DAY
        return day
    first = 1 + ((series.weekday or 0) - month.weekday()) % 7
    day = first + (min(series.week or 1, 5) - 1) * 7
    return month.replace(day=day if day <= last else day - 7)


def _is_off(day: date) -> bool:
    return DAYS_OFF.is_off(day) if day.year in DAYS_OFF.years else day.weekday() >= SATURDAY


def _day_here(moment: datetime) -> date:
    """The calendar day here of a moment that is kept in UTC."""
    return (moment.replace(tzinfo=None) - (moment.utcoffset() or timedelta()) + VIETNAM).date()


def downgrade() -> None:
    with op.batch_alter_table("meeting", recreate="never") as table:
        table.drop_column("moved_on")
        table.drop_column("by_rule_on")
