"""When a report that is owed is late: one rule for the calendar, the duties and whoever compares communes.

A deadline is the day by which a report is sent. The version that was sent first meets it or misses it; a correction of
a report that was sent is no other report, and is late for nothing.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from portal.engine import clock
from portal.engine.text import ngettext
from portal.reports.models import Report

LOOKED_BACK = timedelta(days=400)  # at periods that ended: a yearly report stays owed until the next


def first_sent(versions: Iterable[Report]) -> Report | None:
    """The version that reached those to whom the report is owed."""
    sent = [one for one in versions if one.state == "sent" and one.sent_on is not None]
    return min(sent, key=lambda one: one.version_no, default=None)


def days_late(due: date | None, sent: Report | None) -> int:
    """By how many days a report was sent after its day, or is overdue today; none in time or without a deadline."""
    until = sent.sent_on if sent is not None and sent.sent_on is not None else clock.today()
    return 0 if due is None else max(0, (until - due).days)


def late_by(days: int) -> str:
    return str(ngettext("Late by %(num)s day", "Late by %(num)s days", days))
