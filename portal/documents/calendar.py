"""An appointment as a file that calendars take in (.ics, RFC 5545)."""

from datetime import datetime, timedelta

from portal.engine import clock

MEDIA_TYPE = "text/calendar"


def event(
    uid: str, title: str, starts_at: datetime, lasts: timedelta, place: str = "", sequence: int = 0,
    *, cancelled: bool = False,
) -> bytes:  # fmt: skip
    """The bytes of one appointment. The same *uid* with a higher *sequence* moves it, or takes it out of calendars."""
    from icalendar import Calendar, Event

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
    calendar = Calendar()
    calendar.add("prodid", "-//Commune portal//VN")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if cancelled else "PUBLISH")
    calendar.add_component(appointment)
    calendar.add_missing_timezones()
    written: bytes = calendar.to_ical()
    return written
