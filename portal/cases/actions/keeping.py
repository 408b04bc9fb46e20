"""Keeping the days of a case as an act worked them out, and taking others over where the law gives others today."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from portal.cases.duties.rules import CHECK_END
from portal.cases.models import RUNNING, Case, Reckoning, latest_check
from portal.cases.models.reckoning import ReckonedDay
from portal.cases.reckoned import running
from portal.engine import clock
from portal.engine.access import Actor
from portal.engine.db import Kept, db
from portal.engine.refusal import Plain, Refused
from portal.engine.text import mark
from portal.law.asking import Answers, asked
from portal.law.facts import digest_of
from portal.law.rule import Due
from portal.lawbook.models import RuleChange, YearOff

FIRST = "first"  # of what ran before its days were kept
CHECKED_DAY = mark("Last day that was checked, or is to be checked, by a second person")
BY_RULE = "rule"  # a number or a reading was changed by two people


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
        if (deed, type(record)) in (("approve", RuleChange), ("confirm", YearOff)):
            _keep_anew(running(record.commune))  # type: ignore[attr-defined]


def _keep_anew(cases: Iterable[Case]) -> None:
    """Two people changed what the law says here, and saw whose days that moves."""
    for case in cases:
        if differing(case):
            keep(case, BY_RULE)


def keep(case: Case, because: str) -> Reckoning:
    """Work the days of a case out, and keep them with their reasons."""
    kept = _worked_out(case, because)
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


def _worked_out(case: Case, because: str) -> Reckoning:
    dues = days_today(case)
    last = next((due for due in dues if due.kind == "end" and not due.period), None)
    return Reckoning(
        case=case, commune_id=case.commune_id, made_on=clock.today(), because=because, facts=digest_of(case.facts),
        last_on=last.due_on if last else None, days=[ReckonedDay.of(due) for due in dues],
    )  # fmt: skip


def days_today(case: Case) -> list[Due]:
    """The days that follow from the facts of a case by the law of today, whatever was kept."""
    answers = Answers(case.regime, case.facts)
    return [*answers.calendar, *asked(case.regime.reception, case.received_on, case.reception_on)]


def reckoned(case: Case) -> Reckoning | None:
    """The days that hold: of the latest act."""
    return next((one for one in reversed(case.reckonings) if one.counts), None)


def differing(case: Case) -> list[Differing]:
    """The days that were kept and would be others today: by a rule that changed, or by facts that nobody decided on."""
    held = reckoned(case)
    if held is None:
        return []
    kept = {(one.rule, one.period): one for one in held.days}
    today = {(due.rule, due.period): due for due in days_today(case)}
    return [
        Differing(*key, (kept.get(key) or today[key]).label, kept[key].due_on if key in kept else None,
                  today[key].due_on if key in today else None)
        for key in sorted(kept.keys() | today.keys())
        if (kept[key].due_on if key in kept else None) != (today[key].due_on if key in today else None)
    ]  # fmt: skip


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
    asked_for = _worked_out(case, "asked")
    asked_for.state, asked_for.reason = "asked", reason
    db.session.add(asked_for)
    db.session.flush()
    return asked_for
