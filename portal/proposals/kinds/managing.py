"""What the kinds about the management of drug users share: who is competent, who is managed, and off the list."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, select

from portal.cases.models import RUNNING, Case
from portal.drugs.models import DrugReviewEntry, DrugTest, TestResult
from portal.engine import clock
from portal.engine.db import db
from portal.engine.refusal import Plain, Reason
from portal.engine.text import mark
from portal.law import approval, competence, drug_use
from portal.law.results import Ground, Refusal
from portal.organisation.models import line_of
from portal.people.models import Person
from portal.proposals.models import Condition, Proposal

CHAIN = "drug_user_management"
NOT_OPEN = mark("The case is not open.")


def not_competent(proposal: Proposal) -> Iterator[Reason]:
    """Why whoever it waits for may not decide any more: the law gave the decision to another office meanwhile."""
    chain = approval.chain(proposal.chain_row, clock.today())
    if proposal.submitted_on is not None and proposal.decider_role not in (None, chain.decider):
        told = mark("Another office decides this since %(day)s. Return it, so that it is submitted anew to that one.")
        numbers = {"day": chain.holds_from} if chain.holds_from else {}
        yield Refusal(told, numbers, "DRU-DECIDE", chain.source, chain.confirmed, chain.holds_from)


def forbidden(ground: Ground | None) -> list[Reason]:
    """What the law calls for instead, as the reason against a decision."""
    if ground is None:
        return []
    told = (ground.message, ground.numbers, ground.rule, ground.source, ground.confirmed, ground.holds_from)
    return [Refusal(*told)]


def new_use_calls_for(case: Case, day: date, *, addicted: bool | None) -> list[Reason]:
    """What drugs used again within the year call for by the law of a day, as the reason against a decision."""
    return forbidden(drug_use.reuse(day, addicted=addicted, parameters=case.regime.PARAMETERS))


def unless_open(case: Case) -> list[Reason]:
    return [] if case.running else [Plain(NOT_OPEN)]


def the_same(person: Person) -> Select[Any]:
    """The records of one person, by their ids: two with one national number are one."""
    return select(Person.id).where(Person.identity == person.identity)


def managed_now(person: Person, commune_id: int, besides: Case | None = None) -> Case | None:
    """The running case in which somebody is managed already."""
    cases = db.session.scalars(Case.managements_of(person, commune_id).where(Case.state.in_(RUNNING))).unique()
    return next((one for one in cases if one is not besides), None)


def used_again(case: Case) -> Sequence[DrugTest]:
    """The positive tests of somebody during the management, on whatever occasion, the latest first."""
    found = select(DrugTest).where(
        DrugTest.person_id.in_(the_same(case.person)), DrugTest.result == TestResult.POSITIVE,
        DrugTest.voided_at.is_(None), DrugTest.commune_id.in_(line_of(case.commune_id)),
    )  # fmt: skip
    tests = db.session.scalars(found.order_by(DrugTest.taken_on.desc(), DrugTest.id.desc())).unique()
    return [one for one in tests if one.is_within(case)]


def determined(case: Case) -> DrugTest | None:
    """The latest test of the person after which it was determined whether they are addicted."""
    found = select(DrugTest).where(
        DrugTest.person_id.in_(the_same(case.person)), DrugTest.determined_on.is_not(None),
        DrugTest.voided_at.is_(None), DrugTest.commune_id.in_(line_of(case.commune_id)),
    )  # fmt: skip
    return db.session.scalars(found.order_by(DrugTest.determined_on.desc(), DrugTest.id.desc())).unique().first()


def signer_in_doubt(act: str, case: Case) -> Iterator[Condition]:
    """A decision of the chair from before 01/07/2026 that the chief ends since: to be reviewed."""
    found = competence.ends_drug_management(act, clock.today(), case.decision_on or case.starts_on)
    if not found.confirmed:
        day = case.decision_on or case.starts_on
        yield Condition("note", "signer_in_doubt", {"day": day}, found.source, found.confirmed, found.rule)


def take_off_the_list(case: Case, ended_on: date, why: str) -> None:
    """Whoever is managed no more leaves the list of those who are reviewed on the day that the law names."""
    day = drug_use.off_the_list(ended_on, case.regime.PARAMETERS).due_on
    listed = select(DrugReviewEntry).where(
        DrugReviewEntry.person_id.in_(the_same(case.person)), DrugReviewEntry.removed_on.is_(None),
        DrugReviewEntry.voided_at.is_(None), DrugReviewEntry.commune_id.in_(line_of(case.commune_id)),
    )  # fmt: skip
    for entry in db.session.scalars(listed).unique():
        entry.removed_on, entry.removal_reason = max(day, entry.listed_on), why
