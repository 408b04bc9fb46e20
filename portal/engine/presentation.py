"""What templates may use besides macros: filters for days and numbers, and questions to records."""

import re
from datetime import date, datetime
from typing import Any

from flask import Flask, current_app, request
from flask_babel import format_date, format_datetime, format_decimal
from flask_login import current_user

from portal.engine import access, clock, drawing, versions
from portal.engine.devices import device
from portal.engine.refusal import Reason
from portal.engine.text import _, say


def day(value: date | datetime | None, pattern: str = "") -> str:
    """23/11/2026, whatever the language."""
    if isinstance(value, datetime):
        value = clock.day_of(value)
    if not value:
        return ""
    if pattern:
        return str(format_date(value, pattern))
    return f"{value.day:02}/{value.month:02}/{value.year:04}"


def day_in_margin(value: date | None) -> str:
    """In the margin the present year goes without saying."""
    return day(value)[: 5 if value and value.year == clock.today().year else None]


def under_day(value: date) -> str:
    """What stands small under 04/01 in the margin: the weekday, after the year where it is another one."""
    name = format_date(value, "EEEE").replace(" ", "\N{NO-BREAK SPACE}")
    return name if value.year == clock.today().year else f"{value.year}, {name}"


def under_hour(value: datetime) -> str:
    """What stands small under 04/01 where hours are told: the hour, after the year where it is another one."""
    year = clock.day_of(value).year
    return hour(value) if year == clock.today().year else f"{year}, {hour(value)}"


def weekday(value: date) -> str:
    """Wednesday, 25/11/2026."""
    return _("%(weekday)s, %(day)s", weekday=format_date(value, "EEEE"), day=day(value))


def in_cell(value: str | int | date | None) -> str:
    """What a column of a table says, as its reader's language writes it."""
    if isinstance(value, date):
        return day(value)
    return str(format_decimal(value)) if isinstance(value, int) else value or ""


def hour(value: datetime | None) -> str:
    return format_datetime(value, "HH:mm") if value else ""


def moment(value: datetime | None) -> str:
    """14:02, 23/11/2026, whatever the language."""
    return f"{value.astimezone(clock.VIETNAM):%H:%M}, {day(value)}" if value else ""


_PARTED = re.compile(
    r"(?<=\bĐiều) (?=\w)|(?<=\bkhoản) (?=\w)|(?<=\bđiểm) (?=\w)|(?<=\bcòn) (?=\d)"
    r"|(?<=\d) (?=(?:ngày|tháng|days?|months?)\b)"
)
_OF_ASSEMBLY = re.compile(r"\b\d+/(\d{4})/QH\d+")  # the number of an act of the National Assembly


def unparted(text: str) -> str:
    """Words that no line end parts from what they belong to: a clause from its number, a number from its unit."""
    return _PARTED.sub("\N{NO-BREAK SPACE}", str(text))


_SHORT_AFTER = re.compile(r"(\w+) (?=(\w{1,4})\b)")


def whole(name: str) -> str:
    """A name whose short last syllables no line end parts from it: "Bờ Y", "suối Đăk Ba"."""
    return _SHORT_AFTER.sub(_joined, str(name))


def _joined(found: re.Match[str]) -> str:
    named = found[1][0].isupper() and found[2][0].isupper()
    return f"{found[1]}\N{NO-BREAK SPACE}" if named else found[0]


_TELEPHONE = re.compile(r"(\d{4})(\d?)(\d{3})(\d{3})")


def telephone(number: str) -> str:
    """A number as one reads it aloud: "0260 3 500 113", "0912 345 678". A short one stands as it is."""
    found = _TELEPHONE.fullmatch(number.replace(" ", ""))
    return "\N{NO-BREAK SPACE}".join(filter(None, found.groups())) if found else number


def by_year(source: str) -> str:
    """A source with the short names of its acts, for a table: "Luật THAHS 41/2019/QH14" is "Luật THAHS 2019"."""
    return _OF_ASSEMBLY.sub(r"\1", str(source))


def told(reason: Reason) -> str:
    """A refusal's sentence in the reader's language."""
    return say(reason.message, **{name: _number(value) for name, value in reason.numbers.items()})


def told_with_source(reason: Reason) -> str:
    """The same with its clause, where there is room for nothing but words: at a field of a form."""
    doubt = "" if reason.confirmed else "; " + _("Not confirmed under the 2025 law")
    return f"{told(reason)} ({reason.source}{doubt})" if reason.source else told(reason)


def number(value: float | None) -> str:
    """As the reader writes it; nothing where there is none, as of a share of nothing."""
    return "" if value is None else str(format_decimal(value))


FEWEST_PARTED = 10_000  # what is less may be a year


def _number(value: Any) -> Any:
    if isinstance(value, int) and value >= FEWEST_PARTED:
        return number(value)
    return day(value) if isinstance(value, date) else value


def noted(due: Any) -> str:
    """What stands under a day of the law, with the days in it as the reader writes them."""
    return say(due.note, **{name: _number(value) for name, value in due.note_values.items()}) if due.note else ""


def whole_address(path: str) -> str:
    """The address of a page for whoever comes from elsewhere: written on paper, or read by a camera."""
    return str(current_app.config["ADDRESS"] or request.url_root.rstrip("/")) + path


def init_app(app: Flask) -> None:
    app.jinja_env.filters.update(
        day=day,
        noted=noted,
        day_in_margin=day_in_margin,
        weekday=weekday,
        under_day=under_day,
        under_hour=under_hour,
        device=device,
        hour=hour,
        in_cell=in_cell,
        moment=moment,
        told=told,
        told_with_source=told_with_source,
        unparted=unparted,
        telephone=telephone,
        by_year=by_year,
        whole=whole,
        say=say,
        number=number,
        upright=drawing.upright,
        lying=drawing.lying,
        small=drawing.small,
    )
    app.jinja_env.globals.update(
        see=lambda record, field: access.see(current_user, record, field),
        may=lambda action, record: access.may(current_user, action, record),
        holds=lambda action, record: access.holds(current_user, action, record),
        carried=versions.carried,
        today=clock.today,
    )
