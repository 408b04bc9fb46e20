"""On which day a judgment of the example was pronounced, and by which court: each existed on that day."""

from datetime import date, timedelta

from portal.demo import working_days
from portal.demo.units import MERGED_ON
from portal.law.days import add_months

DISTRICT_COURT, AREA_COURT = "TAND huyện Ngọc Hồi", "TAND khu vực"
CUSTODY, TRIALS = timedelta(days=30), timedelta(days=60)  # before a trial at least, and in how many days they were


def court_on(day: date) -> str:
    """The court of first instance of a day: those of the districts ended with the districts."""
    return DISTRICT_COURT if day < MERGED_ON else AREA_COURT


def year_of(released_on: date, prison_months: int) -> int:
    """The year in which a prison term was pronounced, by the day on which it was over."""
    return _first_trial(released_on, prison_months).year


def day_of(code: str, released_on: date, prison_months: int | None, paper: str) -> date:
    """A working day soon after the custody began that the term counts from, in the year that the paper bears."""
    year = int(paper.split("/")[1])
    first = _first_trial(released_on, prison_months or 0)
    return working_days.some_day(
        max(first, date(year, 1, 2)), min(first + TRIALS, date(year, 12, 30)), code, "judgment"
    )  # fmt: skip


def _first_trial(released_on: date, prison_months: int) -> date:
    return add_months(released_on, -prison_months) + CUSTODY
