"""Anybody who is listed, tested and fined."""

from datetime import date
from typing import Any

from hypothesis import strategies as st

from portal.drugs import indicators
from portal.drugs.models import DrugReviewEntry, DrugTest, FineDecision, TestContext, TestResult
from portal.incidents.models import Incident
from tests.reports import drugs_by_hand as hand
from tests.reports.randomly.rows import (
    FIRST_ID,
    PEOPLE,
    Places,
    Room,
    days,
    identities,
    often,
    perhaps,
    put,
    rarely,
    some,
    where,
)

who = st.integers(0, PEOPLE - 1)
fine = st.builds(hand.Fine, days, st.sampled_from([0, 1_500_000, 3_000_000_000]), perhaps, rarely)


def _fined_only_if_positive(test: hand.Test) -> hand.Test:
    if test.result != "positive":
        test.fine = None
    return test


test = st.builds(
    hand.Test, person=who, taken_on=days, context=often(["review"], TestContext), fine=st.none() | fine, where=where,
    result=often(["positive", "negative"], TestResult), voided=rarely,
).map(_fined_only_if_positive)  # fmt: skip
told = st.builds(
    hand.Told,
    same=identities,
    struck=st.sets(who, max_size=1),
    listings=some(st.builds(hand.Listing, who, days, perhaps, where, rarely)),
    tests=some(test, 16),
    at_incidents=some(st.tuples(who, fine), 2),
)


def tell(places: Places, told: Any) -> None:
    places.people(told.same, told.struck)
    put(DrugReviewEntry, [
        places.entry(number, one, person_id=FIRST_ID + one.person, listed_on=one.listed_on, removed_on=one.removed_on,
                     village_id=places.at(one.where, "BPH"))
        for number, one in enumerate(told.listings)
    ])  # fmt: skip
    put(DrugTest, [
        places.entry(number, one, person_id=FIRST_ID + one.person, context=one.context, taken_on=one.taken_on,
                     result=one.result)
        for number, one in enumerate(told.tests)
    ])  # fmt: skip
    on_tests = [(number, one.where, one.person, one.fine) for number, one in enumerate(told.tests) if one.fine]
    put(FineDecision, [
        {**_fine(places, number, person, one, test_id=FIRST_ID + number), "commune_id": places.at(where)}
        for number, where, person, one in on_tests
    ])  # fmt: skip
    put(Incident, [
        {"id": FIRST_ID, "commune_id": places.commune.id, "number": "T", "kind": "security", "text": "",
         "detected_on": date(2024, 1, 1), "village_id": places.at("here", "BPH")}
    ])  # fmt: skip
    put(FineDecision, [
        _fine(places, 100 + number, person, one, incident_id=FIRST_ID)
        for number, (person, one) in enumerate(told.at_incidents)
    ])  # fmt: skip


def _fine(places: Places, number: int, person: int, one: hand.Fine, **on: int) -> dict[str, Any]:
    return places.entry(
        number, one, person_id=FIRST_ID + person, decided_on=one.decided_on, amount_vnd=one.amount_vnd,
        annulled_on=one.annulled_on, **on,
    )  # fmt: skip


DAY = date(2024, 8, 31)
EACH = hand.Told(
    list(range(PEOPLE)), set(), [hand.Listing(0, DAY)],
    [
        hand.Test(0, DAY, "review", "positive", hand.Fine(DAY, 1_500_000)),
        hand.Test(1, DAY, "review", "negative"),
    ],
    [],
)  # fmt: skip
ROOM = Room("drugs", indicators.INDICATORS, told, tell, hand.figures, EACH)
