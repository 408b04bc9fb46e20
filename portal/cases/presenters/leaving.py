"""Custody, a move and a death as pages tell them: what rests, which steps are left by whose clock, what followed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for

from portal.cases import owed
from portal.cases.duties.leaving import steps_of_move
from portal.cases.models import CUSTODY_KIND_NAMES, Case, CaseType, Death, Move
from portal.cases.presenters.term import Pending
from portal.engine import clock
from portal.engine.access import Actor, may
from portal.engine.presentation import day, noted
from portal.engine.story import StepTold
from portal.engine.text import _, _l, mark, say
from portal.engine.workflow import steps_of
from portal.law import community, moving
from portal.law.asking import asked
from portal.law.rule import Due
from portal.organisation.presenters import stories

COMMUNE, AGENCY, NEW_COMMUNE, COURT = _l("the commune"), _l("the agency"), _l("the new commune"), _l("the court")
WHOSE = {"report": COMMUNE, "same_province": AGENCY, "other_province": AGENCY, "decide": AGENCY, "handover": COMMUNE}


@dataclass(frozen=True)
class ToldStep:
    """A step that the law gives days for: until when, whose it is, and when it was done."""

    label: str
    whose: str
    due: str
    done: str
    shape: str
    note: str
    source: str
    confirmed: bool


def _told(due: Due, whose: Any, done_on: date | None) -> ToldStep:
    late = done_on is None and due.due_on < clock.today()
    return ToldStep(
        say(due.label), str(whose), day(due.due_on), day(done_on), "done" if done_on else "overdue" if late else "todo",
        noted(due), due.source, due.confirmed,
    )  # fmt: skip


# ── a move ──────────────────────────────────────────────────────────────────────────────────────────────────────────
def steps(case: Case) -> list[ToldStep]:
    """The steps of a change of residence with the clocks of both communes; nothing where none was asked for."""
    move = case.move
    return [*_steps(case, move)] if move is not None else []


def _steps(case: Case, move: Move) -> Iterator[ToldStep]:
    dues = steps_of_move(case, move)
    done = {"report": move.told_on, "same_province": move.agreed_on, "other_province": move.agreed_on,
            "decide": move.decided_on, "handover": move.received_on, "": move.decided_on}  # fmt: skip
    for due in dues:
        yield _told(due, WHOSE.get(due.period, AGENCY), done.get(due.period))
    last = next((due.due_on for due in dues if due.period == "handover"), None)
    for due in moving.taken_on(move.received_on or last, case.regime.PARAMETERS):
        yield _told(due, NEW_COMMUNE, None)


# ── custody ─────────────────────────────────────────────────────────────────────────────────────────────────────────
def told_of_term(case: Case) -> str:
    """What custody makes of the term, as far as the law of the type says."""
    if case.type == CaseType.DRUG_USER_MANAGEMENT:
        return _("The custody is recorded. The management keeps its last day.")
    return _(
        "It is recorded, and the file stays open. The law that the portal knows does not say whether the term runs "
        "meanwhile: the last day stays as it is printed or was worked out."
    )


def pending(case: Case, user: Actor) -> list[Pending]:
    """What rests in a running case and why, a death that waits, a move that is under way."""
    if not case.running:
        return []
    return [*_death(case, user), *_custody(case), *_move(case, user)]


def _death(case: Case, user: Actor) -> Iterator[Pending]:
    death = case.death
    if death is not None:
        url = url_for("cases.dead", id=death.id) if may(user, "read", death) else ""
        text = _("Nothing that the person would owe is asked for. A second person confirms it, which closes the case.")
        yield Pending(_("A death waits for confirmation"), text, url, _("Open the entry"))


def _custody(case: Case) -> Iterator[Pending]:
    one = case.custody
    if one is None:
        return
    title = _("%(what)s, since %(day)s", what=CUSTODY_KIND_NAMES[one.kind], day=day(one.detained_on))
    if not (one.holds and owed.rests_in_custody(case, clock.today())):
        yield Pending(title, _("The file stays open; what the person owes is asked for as before."), "", "")
    else:
        found = community.paused(clock.today(), in_custody=True, parameters=case.regime.PARAMETERS)
        source = f" ({found[0].source})" if found and case.type != CaseType.DRUG_USER_MANAGEMENT else ""
        text = _("Paused, information only: what is owed month by month rests, and the file stays open.")
        yield Pending(title, f"{text}{source}", "", "")


def _move(case: Case, user: Actor) -> Iterator[Pending]:
    move = case.move
    if move is None or case.type == CaseType.DRUG_USER_MANAGEMENT:
        return
    if move.refused:
        yield Pending(_("The agency decided that the person stays"), move.decision, "", "")
        return
    clocks = [f"{one.label}: {one.due} ({one.whose})" for one in steps(case) if not one.done]
    title = _("Moves to %(where)s", where=move.moves_to)
    url = url_for("cases.move", id=case.id) if may(user, "record", case) else ""
    yield Pending(title, "; ".join(clocks), url, _("Record what was done"))


# ── a death ─────────────────────────────────────────────────────────────────────────────────────────────────────────
def story_of_death(death: Death) -> Sequence[StepTold]:
    return stories.story_of(death, steps_of(death), mark("%(who)s recorded the death"))


def after_death(death: Death) -> list[ToldStep]:
    """What agency and court owe, counted from the day on which the commune reported the death."""
    if death.reported_on is None:
        return []
    done = (death.court_told_on, death.decided_on)
    dues = asked(death.case.regime.death, death.reported_on, done)
    return [_told(due, whose, on) for due, whose, on in zip(dues, (AGENCY, COURT), done, strict=False)]
