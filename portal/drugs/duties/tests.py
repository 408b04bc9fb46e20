"""What a positive test asks for: by the hour since 01/07/2026, before whoever is on call for the commune police."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Any

from portal.books import source_of
from portal.books.book import Book
from portal.drugs.models import DrugTest
from portal.duties.rules import DutyRule, Source, Wanted, of_force
from portal.engine import clock
from portal.engine.text import _l
from portal.law import drug_use
from portal.law.asking import asked
from portal.law.rule import Due
from portal.organisation.models import Role
from portal.organisation.queries import police_on

AT_ONCE = ((Role.POLICE_CHIEF, -1), (Role.INSPECTOR, -1))  # on the day itself, once its hours have passed
DECIDE, VERIFY, NOTICE, DETERMINE = "DRU-DECIDE", "DRU-VERIFY", "DRU-VERIFY.notice", "DRU-REUSE"

RULES = (
    DutyRule(
        DECIDE, _l("Decide after a positive test"), _l("%(number)s: the management is to be decided within the hours"),
        _l("Propose the management"), "drug_tests.show", Role.POLICE_CHIEF, AT_ONCE, law=(DECIDE,),
    ),
    DutyRule(
        VERIFY, _l("Verify where the person lives"), _l("%(number)s: where the person lives is to be verified"),
        _l("Record the day"), "drug_tests.edit", Role.POLICE_OFFICER, ((Role.POLICE_CHIEF, 1),), law=(VERIFY,),
    ),
    DutyRule(
        NOTICE, _l("Lay the file before the chair"),
        _l("%(number)s: the file is to be laid before the chair"), _l("Propose the management"), "drug_tests.show",
        Role.POLICE_OFFICER, ((Role.POLICE_CHIEF, 1),), law=(NOTICE,),
    ),
    DutyRule(
        DETERMINE, _l("Determine after new use"), _l("%(number)s: whether the person is addicted is to be determined"),
        _l("Record the outcome"), "drug_tests.edit", Role.POLICE_OFFICER, ((Role.POLICE_CHIEF, 7),), law=(DETERMINE,),
    ),
)  # fmt: skip


def of_test(test: DrugTest) -> Iterator[Wanted]:
    """Of a positive test of somebody who lives here. Before its moment is written down, nothing can be counted."""
    if not test.positive or test.village_id is None or test.result_at is None or test.from_paper:
        return
    if test.to_determine:
        yield _determine(test)
    elif due := test.to_decide:
        yield _by_the_hour(test, due)
    else:
        yield from _verify(test)


def _told(test: DrugTest) -> dict[str, Any]:
    return {"values": {"number": test.number}}


def _done(test: DrugTest, on: date | None) -> dict[str, Any]:
    return {"done_on": on, "done_by_id": test.changed_by_id} if on else {}


def _by_the_hour(test: DrugTest, due: Due) -> Wanted:
    due_at = clock.at(due.due_at.date(), due.due_at.time()) if due.due_at else None
    done = _done(test, test.answered_on)
    more = {"due_at": due_at, "source": due.source, "confirmed": due.confirmed, **done, **_told(test)}
    police = police_on(test.commune_id, clock.today())
    if police is None:
        return Wanted(DECIDE, "", due.due_on, Role.POLICE_CHIEF, **more)
    return of_force(police, DECIDE, "", due.due_on, on_call=True, **more)


def _verify(test: DrugTest) -> Iterator[Wanted]:
    """Until 30/06/2026: verify the residence, then lay the file before the chair."""
    check = partial(drug_use.residence_check, parameters=test.law)
    days = (test.residence_checked_on, test.answered_on)
    for due, done_on in zip(asked(check, test.received_on, days), days, strict=False):
        done = _done(test, done_on)
        yield Wanted(
            NOTICE if due.period else VERIFY, "", due.due_on, Role.POLICE_OFFICER, owner_id=test.created_by_id,
            source=due.source, confirmed=due.confirmed, **done, **_told(test),
        )  # fmt: skip


def _determine(test: DrugTest) -> Wanted:
    """Since 01/07/2026 new use within the year leads to the determination; the act names no day, so at once."""
    rule = test.law.on(test.taken_on)[DETERMINE]
    done = _done(test, test.determined_on)
    return Wanted(
        DETERMINE, "", test.received_on or test.taken_on, Role.POLICE_OFFICER, owner_id=test.created_by_id,
        source=rule.source, confirmed=rule.confirmed, **done, **_told(test),
    )  # fmt: skip


def source_of_tests(book: Book) -> Source:
    """The duties of tests: to complete what was written in a hurry, and what a result asks for."""
    usual = source_of(book)

    def wanted(test: DrugTest) -> Iterator[Wanted]:
        yield from usual.wanted(test)
        yield from of_test(test)

    return Source(usual.record, (*usual.rules, *RULES), wanted, also=usual.also)
