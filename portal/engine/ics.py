"""What calendars take in (.ics, RFC 5545): one appointment as a file, and what somebody owes as a feed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from portal.engine import clock

MEDIA_TYPE = "text/calendar"
ASKED_EVERY = timedelta(hours=1)  # what a feed tells programs; some of them keep to it


@dataclass(frozen=True)
class Entry:
    """What stands in a feed: on a whole day or, where hours count, at a moment. *text* and *url* may be left empty."""

    uid: str
    title: str
    on: date
    changed_at: datetime
    at: datetime | None = None
    text: str = ""
    url: str = ""
    sequence: int = 0


def event(
    uid: str, title: str, starts_at: datetime, lasts: timedelta, place: str = "", sequence: int = 0,
    *, cancelled: bool = False,
) -> bytes:  # fmt: skip
    """The bytes of one appointment. The same *uid* with a higher *sequence* moves it, or takes it out of calendars."""
    from icalendar import Event

    appointment = Event()
    appointment.add("uid", uid)
    appointment.add("sequence", sequence)
    appointment.add("dtstamp", clock.now())
    appointment.add("dtstart", starts_at.astimezone(clock.VIETNAM))
    appointment.add("dtend", (starts_at + lasts).astimezone(clock.VIETNAM))
    appointment.add("summary", title)
    if place:
        appointment.add("location", place)
    appointment.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    calendar = _calendar("CANCEL" if cancelled else "PUBLISH")
    calendar.add_component(appointment)
    calendar.add_missing_timezones()
    written: bytes = calendar.to_ical()
    return written


def feed(name: str, entries: Iterable[Entry]) -> bytes:
    """The bytes of a calendar that programs ask for again and again. Moments are told in UTC, days are whole.

    The zone is told beside them, also since a calendar is never without a component.
    """
    from icalendar import Timezone

    calendar = _calendar("PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", str(clock.VIETNAM))
    calendar.add("refresh-interval", ASKED_EVERY, {"VALUE": "DURATION"})
    calendar.add("x-published-ttl", f"PT{ASKED_EVERY // timedelta(hours=1)}H")
    calendar.add_component(Timezone.from_tzid(str(clock.VIETNAM)))
    for entry in entries:
        calendar.add_component(_written(entry))
    written: bytes = calendar.to_ical()
    return written


def _calendar(method: str) -> Any:
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//Commune portal//VN")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    return calendar


def _written(entry: Entry) -> Any:
    """A whole day blocks nobody's time; a moment is a point, without an end."""
    from icalendar import Event

    written = Event()
    written.add("uid", entry.uid)
    written.add("sequence", entry.sequence)
    written.add("dtstamp", entry.changed_at.astimezone(UTC))
    written.add("last-modified", entry.changed_at.astimezone(UTC))
    written.add("dtstart", entry.at.astimezone(UTC) if entry.at else entry.on)
    if entry.at is None:
        written.add("dtend", entry.on + timedelta(days=1))
    written.add("transp", "TRANSPARENT")
    written.add("summary", entry.title)
    for field, value in (("description", entry.text), ("url", entry.url)):
        if value:
            written.add(field, value)
    return written
