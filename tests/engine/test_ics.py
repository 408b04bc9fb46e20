"""An appointment as a file for calendars."""

from datetime import date, datetime, timedelta

import pytest

from portal.engine import clock
from portal.engine.ics import event

AT = clock.moment(date(2026, 12, 7), 8)


def read(content):
    from icalendar import Calendar

    calendar = Calendar.from_ical(content)
    return calendar, calendar.walk("VEVENT")[0]


def test_an_appointment_says_what_when_and_where_in_the_time_of_viet_nam():
    _calendar, found = read(event("hop-1@by", "Giao ban tháng 12; ANTT", AT, timedelta(hours=2), "Hội trường UBND xã"))
    assert str(found["summary"]) == "Giao ban tháng 12; ANTT"
    assert str(found["location"]) == "Hội trường UBND xã"
    starts, ends = found.decoded("dtstart"), found.decoded("dtend")
    assert isinstance(starts, datetime)
    assert (starts, ends) == (AT, AT + timedelta(hours=2))
    assert starts.utcoffset() == timedelta(hours=7)


@pytest.mark.parametrize(("cancelled", "told"), [(False, "CONFIRMED"), (True, "CANCELLED")])
def test_an_appointment_that_moved_or_was_cancelled_replaces_the_one_of_before(cancelled, told):
    calendar, found = read(event("hop-1@by", "Giao ban", AT, timedelta(hours=2), sequence=3, cancelled=cancelled))
    assert (str(found["uid"]), int(found["sequence"]), str(found["status"])) == ("hop-1@by", 3, told)
    assert str(calendar["method"]) == ("CANCEL" if cancelled else "PUBLISH")


def test_no_line_is_longer_than_75_bytes_and_what_was_typed_begins_no_line_of_its_own():
    content = event("hop-1@by", "Ấ" * 90 + "\r\nATTENDEE:x", AT, timedelta(hours=1))
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert not any(line.startswith(b"ATTENDEE") for line in content.split(b"\r\n"))
