"""From which records duties follow, and which others renew them when they change."""

from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import and_, or_, select

from portal.cases import conduct
from portal.cases.duties import cards, rounds
from portal.cases.duties.breaches import of_review, of_warning
from portal.cases.duties.case import of_case
from portal.cases.duties.entries import of_assignment, of_check_in, of_measure
from portal.cases.duties.leaving import of_death
from portal.cases.duties.rules import (
    ASSIGNMENT_RULES,
    BIRTH_RULES,
    CASE_RULES,
    CHECK_IN_RULES,
    DEATH_RULES,
    END_RULES,
    MEASURE_RULES,
    RECKONING_RULES,
    REVIEW_RULES,
    SUMMONS_RULES,
    TERM_RULES,
    WARNING_RULES,
)
from portal.cases.duties.summonses import of_summons
from portal.cases.duties.term_changes import of_birth_correction, of_end_check, of_reckoning, of_term_change
from portal.cases.models import (
    RUNNING,
    WAITING,
    Assignment,
    BirthCorrection,
    Case,
    CheckIn,
    Death,
    EndCheck,
    Measure,
    Reckoning,
    ReviewMeeting,
    Summons,
    TermChange,
    Violation,
    WrittenWarning,
)
from portal.duties.rules import DutyRule, Source
from portal.engine.db import db
from portal.organisation.models import RoleGrant, User, line_of
from portal.people.models import Person

IN_HAND = (*RUNNING, "draft")


def cases_of(user: User) -> Iterable[Case]:
    """The cases in hand that somebody owns or helps whose account or roles change: they may need somebody else."""
    helps = select(Assignment.case_id).where(
        Assignment.assignee_id == user.id, Assignment.kind == "helper", Assignment.state == "accepted"
    )
    theirs = or_(Case.owner_id == user.id, Case.id.in_(helps))
    return db.session.scalars(select(Case).where(theirs, Case.state.in_(IN_HAND)))


def requests_to(user: User) -> Iterable[Assignment]:
    """Requests that wait for the answer of somebody whose account or roles change."""
    waiting = select(Assignment).where(Assignment.assignee_id == user.id, Assignment.state == "proposed")
    return db.session.scalars(waiting.where(Assignment.voided_at.is_(None)))


def cases_of_holder(grant: RoleGrant) -> Iterable[Case]:
    return cases_of(grant.user)


def cases_about(person: Person) -> Iterable[Case]:
    """The running cases of a person of whom something else is known now: an age moves days."""
    return db.session.scalars(select(Case).where(Case.person_id == person.id, Case.state.in_(RUNNING)))


def unfinished_help(case: Case) -> Iterable[Measure]:
    """Help whose result is still asked for; after closing it is not."""
    return [one for one in case.measures if one.result_3_on is None or one.result_6_on is None]


def unchecked_reports(case: Case) -> Iterable[CheckIn]:
    """Self-reports that a colleague took in and nobody has checked: whoever owns the case now does."""
    return [one for one in case.check_ins if one.to_check and one.checked_on is None]


def _answered_by_another(
    record: Any, rules: tuple[DutyRule, ...], wanted: Any, states: Collection[str], relation: str
) -> Source:
    """Questions to a second person, who may become another when an account or roles change; and nobody is asked any
    more once the case is closed."""

    def waiting_in(commune_id: int | None) -> Iterable[Any]:
        waiting = select(record).where(record.state.in_(states), record.voided_at.is_(None))
        return db.session.scalars(waiting.where(record.commune_id.in_(line_of(commune_id)))) if commune_id else ()

    return Source(
        record,
        rules,
        wanted,
        also=(
            (Case, lambda case: [one for one in getattr(case, relation) if one.waits]),
            (RoleGrant, lambda grant: waiting_in(grant.commune_id)),
            (User, lambda user: waiting_in(user.commune_id)),
        ),
    )


def _unsigned_in(commune_id: int | None) -> Iterable[WrittenWarning]:
    """Warnings that wait for somebody who may become another when an account or roles change."""
    waiting = select(WrittenWarning).where(WrittenWarning.state.in_(("drafted", "signed")))
    open_ = waiting.where(WrittenWarning.voided_at.is_(None), WrittenWarning.commune_id.in_(line_of(commune_id)))
    return db.session.scalars(open_) if commune_id else ()


SOURCES = (
    Source(
        Case,
        CASE_RULES,
        of_case,
        also=((RoleGrant, cases_of_holder), (User, cases_of), (Person, cases_about)),
        goes_on=lambda commune_id: and_(Case.state.in_(IN_HAND), Case.commune_id.in_(line_of(commune_id))),
    ),
    Source(
        Assignment,
        ASSIGNMENT_RULES,
        of_assignment,
        also=((RoleGrant, lambda grant: requests_to(grant.user)), (User, requests_to)),
    ),
    Source(Measure, MEASURE_RULES, of_measure, also=((Case, unfinished_help),)),
    Source(
        Summons,
        SUMMONS_RULES,
        of_summons,
        also=(
            (Case, lambda case: case.summonses),
            (Summons, lambda one: one.case.summonses),
            (Violation, lambda one: one.case.summonses),
        ),
    ),
    Source(CheckIn, CHECK_IN_RULES, of_check_in, also=((Case, unchecked_reports),)),
    _answered_by_another(TermChange, TERM_RULES, of_term_change, WAITING, "term_changes"),
    _answered_by_another(BirthCorrection, BIRTH_RULES, of_birth_correction, ("asked",), "birth_corrections"),
    _answered_by_another(Reckoning, RECKONING_RULES, of_reckoning, ("asked",), "reckonings"),
    _answered_by_another(EndCheck, END_RULES, of_end_check, ("asked",), "end_checks"),
    _answered_by_another(Death, DEATH_RULES, of_death, ("recorded",), "deaths"),
    Source(
        WrittenWarning,
        WARNING_RULES,
        of_warning,
        also=(
            (Case, lambda case: case.warnings if conduct.after_breaches(case) else ()),
            (RoleGrant, lambda grant: _unsigned_in(grant.commune_id)),
            (User, lambda user: _unsigned_in(user.commune_id)),
        ),
    ),
    Source(
        ReviewMeeting,
        REVIEW_RULES,
        of_review,
        also=((Case, lambda case: [one for one in case.reviews if one.waits] if conduct.after_breaches(case) else ()),),
    ),
    cards.SOURCE,
    *rounds.SOURCES,
)
