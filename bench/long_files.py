"""Cases that run for five years, with all that is written down meanwhile: each week a visit, each month the rest."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from bench.files import Files, Row
from bench.organisation import Commune
from portal.cases.models import Assessment, CaseType, CheckIn, Contact, ContactKind, RollCall
from portal.demo import words
from portal.law.days import add_months

HOW_MANY, MONTHS, TERM_MONTHS, WEEK = 12, 59, 60, timedelta(days=7)


class LongFiles(Files):
    """Makes suspended sentences in their last month."""

    def _case(self, number: int, commune: Commune, person: Row) -> Row:
        starts = add_months(self.today.replace(day=1), -MONTHS)
        received = starts + timedelta(days=10)
        return super()._case(number, commune, person) | {
            "number": f"{received.year}-{number:06d}", "type": CaseType.SUSPENDED_SENTENCE, "state": "open",
            "received_on": received, "reception_on": received + timedelta(days=5), "starts_on": starts,
            "term_months": TERM_MONTHS, "judgment_on": starts, "closed_on": None, "closing_reason": None,
        }  # fmt: skip

    def _recorded(self, case: Row) -> Iterator[tuple[type[Any], Row]]:
        first: date = case["starts_on"]
        for number in range(1, MONTHS):
            month = add_months(first, number)
            yield from self._written(case, month)
        day = case["received_on"]
        while day <= self.today:
            about = {"kind": ContactKind.VISIT, "happened_on": day, "note": words.MONTHS[day.month % len(words.MONTHS)]}
            yield Contact, self._of_case(Contact, case, day) | about
            day += WEEK

    def _written(self, case: Row, month: date) -> Iterator[tuple[type[Any], Row]]:
        on = month + timedelta(days=3)
        about = self._of_case(CheckIn, case, on) | {"month": month}
        yield CheckIn, about | {"received_on": on, "channel": "in_person", "state": "received", "note": ""}
        yield RollCall, about | {"held_on": on, "present": True, "note": ""}
        text = words.MONTHS[month.month % len(words.MONTHS)]
        yield Assessment, about | {"written_on": month + timedelta(days=24), "rating": None, "text": text}
