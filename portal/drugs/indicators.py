"""What is counted of the review for drugs: people listed, tested and fined, each once, told apart by their record.

The figures of part III.2.5 of the periodic report, by its definitions. What was struck out counts nowhere, and a fine
goes with the test on which it stands; a test stands on its own.
"""

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, select
from sqlalchemy.orm import aliased

from portal.drugs.models import SOURCE_NAMES, DrugReviewEntry, DrugTest, FineDecision, TestContext, TestResult
from portal.engine.indicators import Examples, Indicator, Period, by_month, by_words
from portal.engine.text import _l
from portal.organisation.breakdowns import people_by_village
from portal.people.models import Person

ANSWERED = (TestResult.POSITIVE, TestResult.NEGATIVE)


def of_people(record: Any, period: Period) -> Select[Any]:
    """Entries that stand, of people whose record stands."""
    found: Select[Any] = (
        select(record)
        .join(Person, Person.id == record.person_id)
        .where(record.commune_id.in_(period.communes), record.voided_at.is_(None), Person.voided_at.is_(None))
    )
    return found


def listed(period: Period) -> Select[Any]:
    return of_people(DrugReviewEntry, period).where(DrugReviewEntry.listed_on.between(period.first, period.last))


def _of_review(test: Any, period: Period, *results: TestResult) -> ColumnElement[bool]:
    within: ColumnElement[bool] = test.taken_on.between(period.first, period.last)
    of_review: ColumnElement[bool] = test.context == TestContext.REVIEW
    return and_(of_review, test.result.in_(results), within)


def tested(*results: TestResult) -> Any:
    """Tests of the review with one of some results."""

    def records(period: Period) -> Select[Any]:
        return of_people(DrugTest, period).where(_of_review(DrugTest, period, *results))

    return records


def tested_negative_alone(period: Period) -> Select[Any]:
    """Tests of people of whom no result in the period is positive."""
    other, same = aliased(DrugTest), aliased(Person)
    positive = (
        select(same.identity)
        .join(other, other.person_id == same.id)
        .where(other.commune_id.in_(period.communes), other.voided_at.is_(None), same.voided_at.is_(None))
        .where(_of_review(other, period, TestResult.POSITIVE))
    )
    negative: Select[Any] = tested(TestResult.NEGATIVE)(period)
    return negative.where(Person.identity.not_in(positive))


def fined(period: Period) -> Select[Any]:
    """Fines on tests of the review that hold at the end of the last day."""
    return (
        of_people(FineDecision, period)
        .join(DrugTest, DrugTest.id == FineDecision.test_id)
        .where(DrugTest.voided_at.is_(None), DrugTest.context == TestContext.REVIEW)
        .where(FineDecision.decided_on.between(period.first, period.last), FineDecision.in_force(period.last))
    )


_TEST_PARTS = (people_by_village(DrugTest.village_id, Person.identity), by_month(DrugTest.taken_on))
_FINE_PARTS = (people_by_village(FineDecision.village_id, Person.identity), by_month(FineDecision.decided_on))
_NOT_THE_SAME = _l(
    "Not to be added to the drug users among the subjects of incidents: those are other people, counted there."
)

LISTED = Indicator(
    "drugs.review_list.persons", _l("People put on the review list"), _l("people"),
    _l(
        "Number of different people put on the review list on a day of the period. That somebody was taken off it "
        "later does not matter. Somebody who was put on it twice counts once."
    ),
    "flow", DrugReviewEntry, listed, counts=Person.identity, overlaps=True,
    breakdowns=(
        people_by_village(DrugReviewEntry.village_id, Person.identity), by_month(DrugReviewEntry.listed_on),
        by_words("source", _l("By kind of source"), DrugReviewEntry.source_kind, SOURCE_NAMES),
    ),
    examples=Examples(
        (_l("put on the list on the first or the last day of the period"), _l("put on the list and taken off since")),
        (_l("put on the list before the period"), _l("entered in error")),
    ),
)  # fmt: skip

TESTED = Indicator(
    "drugs.review_tests.persons", _l("People of the review tested"), _l("people"),
    _l(
        "Number of different people with at least one test of the review on a day of the period that was positive or "
        "negative. Tests at an incident or under management are not in it. Tested twice counts once. The day of "
        "listing does not matter."
    ),
    "flow", DrugTest, tested(*ANSWERED), counts=Person.identity, overlaps=True, breakdowns=_TEST_PARTS,
    examples=Examples(
        (_l("tested twice: once"), _l("tested, while the entry of the list was struck out")),
        (_l("an invalid test, or one without a result yet"), _l("tested at an incident or while under management")),
    ),
)  # fmt: skip
POSITIVE = Indicator(
    "drugs.review_tests.positive_persons", _l("People of the review who tested positive"), _l("people"),
    _l("Of the people of the review who were tested, those with at least one positive result in the period."),
    "flow", DrugTest, tested(TestResult.POSITIVE), counts=Person.identity, overlaps=True, breakdowns=_TEST_PARTS,
    examples=Examples(
        (_l("first negative, later positive in the period"),), (_l("positive at an incident"), _l("entered in error"))
    ),
    note=_NOT_THE_SAME,
)  # fmt: skip
NEGATIVE = Indicator(
    "drugs.review_tests.negative_persons", _l("People of the review who tested negative"), _l("people"),
    _l("People of the review who were tested, less those who were positive: all their results are negative."),
    "flow", DrugTest, tested_negative_alone, counts=Person.identity, overlaps=True, breakdowns=_TEST_PARTS,
    examples=Examples(
        (_l("tested twice, both times negative: once"),), (_l("first negative, later positive in the period"),)
    ),
)  # fmt: skip

FINED = Indicator(
    "drugs.review_fines.persons", _l("People fined after tests of the review"), _l("people"),
    _l(
        "Number of different people fined on a test of the review by a decision of the period that was not annulled on "
        "or before its last day. A warning counts. Fines for an incident are not in it."
    ),
    "flow", FineDecision, fined, counts=Person.identity, overlaps=True, breakdowns=_FINE_PARTS,
    examples=Examples(
        (_l("a warning (0 đồng)"), _l("annulled on the day after the period")),
        (
            _l("annulled on the last day of the period"), _l("on a test that was struck out"),
            _l("fined for an incident"),
        ),
    ),
    note=_NOT_THE_SAME,
)  # fmt: skip
FINES_VND = Indicator(
    "drugs.review_fines.amount_vnd", _l("Fines after tests of the review"), _l("đồng"),
    _l("Sum of the fines decided in the period on tests of the review, as they were decided, paid or not."),
    "flow", FineDecision, fined, sums=FineDecision.amount_vnd, breakdowns=_FINE_PARTS,
    examples=Examples(
        (_l("decided and not paid yet"),), (_l("fined for an incident"), _l("on a test that was struck out"))
    ),
    note=_NOT_THE_SAME,
)  # fmt: skip

INDICATORS = (LISTED, TESTED, POSITIVE, NEGATIVE, FINED, FINES_VND)
