"""People who are listed, tested and fined, for the tests of these books."""

from datetime import date
from typing import Any

from portal.books import actions
from portal.cases.models import Case  # noqa: F401 - the records that these refer to by name
from portal.drugs.models import DrugReviewEntry, DrugTest, FineDecision, TestContext, TestResult
from portal.engine.indicators import Period
from portal.engine.transaction import transaction
from portal.people.models import Person
from tests.builders import Commune

AUGUST = date(2024, 8, 1), date(2024, 8, 31)


def period(commune: Commune, first: date = AUGUST[0], last: date = AUGUST[1]) -> Period:
    return Period(first, last, (commune.id,))


def listed(commune: Commune, name: str = "A Mlôn", on: date = date(2024, 8, 5), **more: Any) -> DrugReviewEntry:
    facts = {"full_name": name, "village_id": commune.place("BPH").id, "listed_on": on, **more}
    return _written(DrugReviewEntry, commune, facts, on)


def a_test(
    commune: Commune, who: Person | str, on: date = date(2024, 8, 12), result: TestResult = TestResult.POSITIVE,
    context: TestContext = TestContext.REVIEW,
) -> DrugTest:  # fmt: skip
    whom = {"full_name": who} if isinstance(who, str) else {"person_id": who.id}
    return _written(DrugTest, commune, {**whom, "taken_on": on, "result": result, "context": context}, on)


def fined(commune: Commune, test: DrugTest, on: date = date(2024, 8, 15), vnd: int = 1_500_000, **more: Any) -> Any:
    return _written(FineDecision, commune, {"test_id": test.id, "decided_on": on, "amount_vnd": vnd, **more}, on)


def _written(record: Any, commune: Commune, facts: dict[str, Any], on: date) -> Any:
    with transaction(commune.officer):
        return actions.write_down(record, commune.id, facts, commune.officer)
