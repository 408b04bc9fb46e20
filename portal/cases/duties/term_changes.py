"""Which duties a shortening makes, and another date of birth: a second person is asked to confirm it; of a shortening
also to agree that it is taken back."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from portal.cases.duties.rules import chief, leader
from portal.cases.models import ANSWER, BirthCorrection, CaseType, Death, EndCheck, Reckoning, TermChange
from portal.cases.second_person import chiefs_to_answer
from portal.duties.rules import Wanted
from portal.engine import clock
from portal.engine.db import db
from portal.engine.workflow import Step, steps_of
from portal.law.asking import asked
from portal.law.reintegration import EndGround
from portal.organisation.models import Role
from portal.organisation.queries import grants_of

Asked = TermChange | BirthCorrection | Reckoning | EndCheck | Death  # what puts a question to a second person


def of_term_change(change: TermChange) -> Iterator[Wanted]:
    """Somebody else than whoever recorded it compares it with the court's paper; and so each time that somebody asks
    to take it back."""
    steps = steps_of(change)
    first = next((step for step in steps if step.from_state == "recorded"), None)
    if first or change.state == "recorded":
        yield from _question(change, "CONFIRM-TERM", "", change.created_at, first)
    for place, step in enumerate(steps, 1):
        if step.name in change.workflow.asking:
            yield from _question(change, "TAKE-TERM-BACK", str(place), step.at, next(iter(steps[place:]), None))


def of_birth_correction(correction: BirthCorrection) -> Iterator[Wanted]:
    """Somebody else than whoever asked for another date of birth compares it with a paper."""
    answer = next(iter(steps_of(correction)), None)
    yield from _question(correction, "CONFIRM-BIRTH", "", correction.created_at, answer)


def of_reckoning(reckoning: Reckoning) -> Iterator[Wanted]:
    """Somebody else than whoever asked compares new days with the file and the law."""
    answer = next(iter(steps_of(reckoning)), None)
    if reckoning.waits or answer:
        yield from _question(reckoning, "CONFIRM-DAYS", "", reckoning.created_at, answer)


def of_end_check(check: EndCheck) -> Iterator[Wanted]:
    """Somebody else than the officer of the case compares the last day with its papers."""
    answer = next(iter(steps_of(check)), None)
    yield from _question(check, "CONFIRM-END", "", check.created_at, answer)


def of_death_entry(death: Death) -> Iterator[Wanted]:
    """Somebody else than whoever recorded a death compares it with the extract: that closes the case."""
    answer = next(iter(steps_of(death)), None)
    told: dict[str, Any] = {}
    if death.case.type == CaseType.REINTEGRATION:  # by the circular its end is the chair's decision
        told["asks"] = (leader, None)
        for ground in asked(death.case.regime.end_ground, death.died_on, EndGround.DEAD):
            told |= {"source": ground.source, "confirmed": ground.confirmed}
    yield from _question(death, "CONFIRM-DEATH", "", death.created_at, answer, **told)


def _question(
    change: Asked, rule: str, key: str, put_at: datetime, answer: Step | None,
    asks: tuple[str, int | None] | None = None, **told: Any,
) -> Iterator[Wanted]:  # fmt: skip
    """One question to a second person, until it is answered; *asks* says to whom, where it is not the chief."""
    due_on = clock.day_of(put_at) + ANSWER
    if answer:
        done: dict[str, Any] = {"done_on": clock.day_of(answer.at), "done_by_id": answer.by_id}
        yield Wanted(rule, key, due_on, asks[0] if asks else chief, **done, **told)
    elif change.waits and change.case.in_hand:
        yield Wanted(rule, key, due_on, *(asks or second_person(change)), **told)


def second_person(change: Any) -> tuple[str, int | None]:
    """The chief or, where the chief asks, whoever else there is; if nobody else may answer as the chief, the chair."""
    holders = {grant.user_id for grant in grants_of(Role.POLICE_CHIEF, change.commune_id)}
    others = {grant.user_id for grant in db.session.scalars(chiefs_to_answer(change, change.commune_id))}
    if not others:
        return leader, None
    return chief, next(iter(others)) if len(others) == 1 and others != holders else None
