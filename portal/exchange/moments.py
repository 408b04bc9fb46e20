"""Moments in cells: a day with its hour in Viet Nam, to the minute, as people write it."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

from wtforms import StringField

from portal.engine import clock
from portal.engine.forms import FIRST_YEAR, LAST_YEAR
from portal.engine.text import _

FORM = "%d/%m/%Y %H:%M"
_TYPED = re.compile(r"[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}[ ,]+[0-9]{1,2}[:.h][0-9]{2}")
_EARLY = timedelta(minutes=1)  # a moment is kept to the second, and told to the minute


def to_the_minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)


def as_typed(moment: datetime) -> str:
    return f"{moment.astimezone(clock.VIETNAM):{FORM}}"


class Moment(StringField):  # type: ignore[misc]  # its base has no types
    """A day with its hour. It lies in the past, unless it may lie *ahead*."""

    data: Any  # an aware moment, once it is valid

    def __init__(self, label: Any = None, validators: Any = (), *, ahead: bool = False, **options: Any) -> None:
        super().__init__(label, validators, **options)
        self.ahead = ahead

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = valuelist[0].strip() if valuelist else ""
        self.data = None
        if not typed:
            return
        moment = _read(typed)
        if not FIRST_YEAR <= moment.year <= LAST_YEAR:
            raise ValueError(_("The year must lie between %(first)s and %(last)s.", first=FIRST_YEAR, last=LAST_YEAR))
        if not self.ahead and moment > clock.now() + _EARLY:
            raise ValueError(_("This lies in the future."))
        self.data = moment


def _read(typed: str) -> datetime:
    """A moment as it was typed. Raises ValueError, in the reader's words."""
    told = _("This is no moment. Please write day and hour as dd/mm/yyyy hh:mm.")
    if not _TYPED.fullmatch(typed):
        raise ValueError(told)
    day, hour = re.split(r"[ ,]+", typed)
    try:
        read = datetime.strptime(f"{day} {re.sub('[.h]', ':', hour)}", FORM).replace(tzinfo=clock.VIETNAM)
    except ValueError as error:
        raise ValueError(told) from error
    return read.astimezone(UTC)
