"""Keeping the days of a case as an act worked them out, and taking others over where the law gives others today."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from sqlalchemy import select

from portal.cases.duties.rules import CHECK_END
from portal.cases.models import RUNNING, BirthCorrection, Case, Reckoning, latest_check
from portal.cases.models.reckoning import ReckonedDay
from portal.cases.reckoned import running
from portal.engine import clock
from portal.engine.access import Actor
from portal.engine.db import Kept, db
from portal.engine.refusal import Plain, Refused
from portal.engine.text import mark
from portal.law.facts import digest_of
from portal.law.rule import Due
from portal.lawbook.models import RuleChange, YearOff
from portal.lawbook.queries import law_without

FIRST = "first"  # of what ran before its days were kept
CHECKED_DAY = mark("Last day that was checked, or is to be checked, by a second person")
BY_RULE = "rule"  # a number or a reading was changed by two people
Key = tuple[str, str]  # of a day: its rule and its period
One = TypeVar("One", Due, ReckonedDay)
BY_TWO = (("approve", RuleChange), ("confirm", YearOff))  # what moves days of the law in a commune


@dataclass(frozen=True)
class Differing:
    """A day that was kept, and what it would be if it were worked out today; None where there is none."""

    rule: str
    period: str
    label: str
    kept: date | None
    today: date | None


def keep_days(deeds: Sequence[tuple[str, Kept]]) -> None:
    """After a transaction's deeds: a case whose facts are others now has its days worked out and kept."""
    for deed, record in deeds:
        case = record if isinstance(record, Case) else getattr(record, "case", None)
        if isinstance(case, Case) and case.state in RUNNING and not case.keeps(case.facts):
            keep(case, deed)
        if isinstance(record, RuleChange | YearOff) and (deed, type(record)) in BY_TWO:
            _keep_by_law(record)
        if isinstance(record, BirthCorrection) and deed == "confirm":
            _keep_by_birth(record, deed)


def _keep_by_law(decided: RuleChange | YearOff) -> None:
    """Two people changed what the law says here, and saw whose days that moves."""
    law = law_without(decided)
    for case in running(decided.commune):
        keep_moved(case, BY_RULE, case.worked_out_by(law[case.type]))


def _keep_by_birth(confirmed: BirthCorrection, deed: str) -> None:
    """Two people changed the date of birth, and with it from when a shortening may be asked for."""
    theirs = select(Case).where(Case.person_id == confirmed.case.person_id, Case.state.in_(RUNNING))
    for case in db.session.scalars(theirs.where(Case.voided_at.is_(None))):
        keep_moved(case, deed, case.worked_out_by(case.regime, born_on=confirmed.replaced))


def keep(case: Case, because: str) -> Reckoning:
    """Work the days of a case out, and keep them with their reasons."""
    return _keep(case, because, case.worked_out)


@contextmanager
def keeping_what_moves(case: Case, because: str) -> Iterator[None]:
    """Keep those days of a running case that are others after a deed than before it."""
    before = case.worked_out if case.running else []
    yield
    if case.running:
        keep_moved(case, because, before)


def keep_moved(case: Case, because: str, before: Iterable[Due]) -> None:
    """Keep the days that an act moved, by how they were *before* it, and no others.

    Where the law gives others today for another reason, those that were kept go on to hold: two people decide.
    """
    was, now = _by_key(before), _by_key(case.worked_out)
    moved = {key for key in was.keys() | now.keys() if _day(was, key) != _day(now, key)}
    held = reckoned(case) if moved else None
    if held is None:
        return
    stays = (one.due for one in held.days if _key(one) not in moved)
    _keep(case, because, [*stays, *(due for key, due in now.items() if key in moved)])


def _keep(case: Case, because: str, dues: Iterable[Due]) -> Reckoning:
    kept = _made_of(case, because, dues)
    db.session.add(kept)
    kept.hold()
    return kept


def keep_missing() -> int:
    """Keep the days of cases that ran before days were kept; tells of how many."""
    lacking = select(Case).where(Case.state.in_(RUNNING), Case.voided_at.is_(None), Case.kept_facts == "")
    found = db.session.scalars(lacking).all()
    for case in found:
        keep(case, FIRST)
    return len(found)


def keep_days_of(cases: Iterable[Case]) -> None:
    """Work out and keep the days of those cases of which none are kept by their facts."""
    for case in cases:
        if not case.keeps(case.facts):
            keep(case, FIRST)


def _made_of(case: Case, because: str, found: Iterable[Due]) -> Reckoning:
    dues = sorted(found, key=lambda due: (due.due_on, due.rule, due.period))
    last = next((due for due in dues if due.kind == "end" and not due.period), None)
    return Reckoning(
        case=case, commune_id=case.commune_id, made_on=clock.today(), because=because, facts=digest_of(case.facts),
        last_on=last.due_on if last else None, days=[ReckonedDay.of(due) for due in dues],
    )  # fmt: skip


def reckoned(case: Case) -> Reckoning | None:
    """The days that hold: of the latest act."""
    return next((one for one in reversed(case.reckonings) if one.counts), None)


def differing(case: Case) -> list[Differing]:
    """The days that were kept and would be others today: by a rule that changed, or by facts that nobody decided on."""
    held = reckoned(case)
    if held is None:
        return []
    kept, today = _by_key(held.days), _by_key(case.worked_out)
    return [
        Differing(*key, (kept.get(key) or today[key]).label, _day(kept, key), _day(today, key))
        for key in sorted(kept.keys() | today.keys())
        if _day(kept, key) != _day(today, key)
    ]


def _key(due: Due | ReckonedDay) -> Key:
    return due.rule, due.period


def _by_key(dues: Iterable[One]) -> dict[Key, One]:
    return {_key(one): one for one in dues}


def _day(dues: Mapping[Key, Due | ReckonedDay], key: Key) -> date | None:
    return dues[key].due_on if key in dues else None


def checked_otherwise(case: Case) -> list[Differing]:
    """The last day that two people checked, or one asks another to check, where the case runs to another one now."""
    check = latest_check(case)
    if check is None or not check.moved_on:
        return []
    due = case.law.last_day
    return [Differing(CHECK_END, "", CHECKED_DAY, check.last_on, due.due_on if due else None)]


def ask_to_take_over(case: Case, reason: str, _by: Actor) -> Reckoning:
    """Ask a second person that the days of today hold. Raises Refused where none is another, or somebody asked."""
    if any(one.waits for one in case.reckonings):
        raise Refused(Plain(mark("Somebody has asked for it already: a second person answers.")))
    if not case.running or not differing(case):
        raise Refused(Plain(mark("No day of this case would be another today.")))
    asked_for = _made_of(case, "asked", case.worked_out)
    asked_for.state, asked_for.reason = "asked", reason
    db.session.add(asked_for)
    db.session.flush()
    return asked_for
