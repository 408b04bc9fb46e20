"""The figures of the review for drugs, counted once more: plain Python over plain rows, from the definitions."""

from dataclasses import dataclass
from datetime import date

from tests.reports.calendar_by_hand import within


@dataclass
class Listing:
    person: int
    listed_on: date
    removed_on: date | None = None
    where: str = "here"
    voided: bool = False


@dataclass
class Fine:
    decided_on: date
    amount_vnd: int
    annulled_on: date | None = None
    voided: bool = False


@dataclass
class Test:
    person: int
    taken_on: date
    context: str
    result: str
    fine: Fine | None = None
    where: str = "here"
    voided: bool = False

    __test__ = False


@dataclass
class Told:
    same: list[int]  # of each person's record, who it is
    struck: set[int]  # records of people that were entered in error
    listings: list[Listing]
    tests: list[Test]
    at_incidents: list[tuple[int, Fine]]  # fines that stand on an incident


def figures(told: Told, first: date, last: date) -> dict[str, int]:
    """Every figure of the period."""

    def counts(one: Listing | Test) -> bool:
        return not one.voided and one.where != "elsewhere" and one.person not in told.struck

    listed = {told.same[one.person] for one in told.listings if counts(one) and within(one.listed_on, first, last)}
    review = [one for one in told.tests if counts(one) and one.context == "review"]
    taken = [one for one in review if within(one.taken_on, first, last) and one.result in ("positive", "negative")]
    tested = {told.same[one.person] for one in taken}
    positive = {told.same[one.person] for one in taken if one.result == "positive"}
    fined = [(one.person, one.fine) for one in review if one.fine and _holds(one.fine, first, last)]
    return {
        "drugs.review_list.persons": len(listed),
        "drugs.review_tests.persons": len(tested),
        "drugs.review_tests.positive_persons": len(positive),
        "drugs.review_tests.negative_persons": len(tested) - len(positive),
        "drugs.review_fines.persons": len({told.same[person] for person, _fine in fined}),
        "drugs.review_fines.amount_vnd": sum(fine.amount_vnd for _person, fine in fined),
    }


def _holds(fine: Fine, first: date, last: date) -> bool:
    annulled = fine.annulled_on is not None and fine.annulled_on <= last
    return not fine.voided and within(fine.decided_on, first, last) and not annulled
