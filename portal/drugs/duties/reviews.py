"""What the review for drugs asks of the chief: whom to call in, and of whom to decide whether they stay on the list."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from portal.drugs.models import DrugReviewEntry, DrugTest
from portal.drugs.queries import answers_review
from portal.duties.rules import DutyRule, Source, Wanted
from portal.engine.db import db
from portal.engine.text import _l
from portal.organisation.models import Role

CALL_WITHIN, DECIDE_AHEAD = timedelta(days=30), timedelta(days=7)  # our own policy: nobody stays on the list unasked

CALL_IN = DutyRule(
    "DRUG-CALL-IN", _l("Call in somebody of the review list"), _l("%(number)s: call the person in for a test"),
    _l("Open the entry"), "drug_reviews.show", Role.POLICE_CHIEF,
)  # fmt: skip
DECIDE = DutyRule(
    "DRUG-REVIEW-END", _l("Decide whether somebody stays on the review list"),
    _l("%(number)s: the review has ended: keep on the list or take off?"), _l("Open the entry"),
    "drug_reviews.show", Role.POLICE_CHIEF,
)  # fmt: skip


def of_entry(entry: DrugReviewEntry) -> Iterator[Wanted]:
    """Of people a duty names the number alone. Whoever was taken off the list is asked for no more."""
    if entry.voided_at is not None:
        return
    told: dict[str, Any] = {"values": {"number": entry.number}}
    called = min((one for one in (_called_on(entry), entry.removed_on) if one), default=None)
    yield Wanted(CALL_IN.id, "", entry.listed_on + CALL_WITHIN, Role.POLICE_CHIEF, opens_on=entry.listed_on,
                 done_on=called, **told)  # fmt: skip
    if entry.review_until:
        yield Wanted(
            DECIDE.id, entry.review_until.isoformat(), entry.review_until, Role.POLICE_CHIEF,
            opens_on=entry.review_until - DECIDE_AHEAD, done_on=entry.removed_on, **told,
        )  # fmt: skip


def _called_on(entry: DrugReviewEntry) -> date | None:
    """The day of the first test of the review that has an answer for the entry."""
    tests = select(DrugTest.taken_on).where(
        DrugTest.person_id == entry.person_id, DrugTest.taken_on >= entry.listed_on, answers_review()
    )
    return db.session.scalar(tests.order_by(DrugTest.taken_on).limit(1))


def _listed(test: DrugTest) -> Iterable[DrugReviewEntry]:
    """The entries of whoever was tested."""
    return db.session.scalars(select(DrugReviewEntry).where(DrugReviewEntry.person_id == test.person_id)).unique()


def of_reviews(completing: Source) -> Source:
    """The duties of entries of the list: these, beside those that every book has."""

    def wanted(entry: DrugReviewEntry) -> Iterator[Wanted]:
        yield from completing.wanted(entry)
        yield from of_entry(entry)

    rules = (*completing.rules, CALL_IN, DECIDE)
    return replace(completing, rules=rules, wanted=wanted, also=(*completing.also, (DrugTest, _listed)))
