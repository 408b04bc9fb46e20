"""From when to when a patrol is out, and on which of its days an hour lies."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from portal.engine import clock

LONGEST = timedelta(days=3)  # what lasts longer is written as several


@dataclass(frozen=True)
class Span:
    """Two moments and all between them, to the minute as people write it."""

    first: datetime
    last: datetime

    def __contains__(self, at: datetime) -> bool:
        return _minute(self.first) <= _minute(at) <= _minute(self.last)

    @property
    def days(self) -> Sequence[date]:
        """The calendar days on which it lies, as far as a patrol may last."""
        begins = clock.day_of(self.first)
        further = clock.day_of(min(self.last, self.first + LONGEST)) - begins
        return [begins + timedelta(days=number) for number in range(max(further.days, 0) + 1)]

    def moment_of(self, hour: time, day: date | None = None) -> datetime | None:
        """The moment of an hour on the way: on the day that is said, else on the only one on which it lies within.

        None where that is not one of several days: somebody has to say the day.
        """
        if day or len(self.days) == 1:
            return clock.at(day or self.days[0], hour)
        within = [at for one in self.days if (at := clock.at(one, hour)) in self]
        return within[0] if len(within) == 1 else None


def _minute(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)
