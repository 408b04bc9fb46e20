"""A patrol on its page: what each force said, the entries of the log, what happened to it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from portal.engine import clock
from portal.engine.presentation import day_in_margin, hour
from portal.engine.story import StepTold
from portal.engine.text import _, mark, ngettext
from portal.engine.workflow import State, steps_of
from portal.organisation.presenters.stories import story_of
from portal.organisation.queries import force_of
from portal.patrols.models import Countersignature, LandmarkKind, Outcome, Patrol, PatrolForce, PatrolStop
from portal.patrols.presenters.steps import Button, passing

ATTENTION = "soon"  # the shape of a point that wants it
OUTCOMES = {Outcome.LOGGED: "done", Outcome.SIGNED: "done", Outcome.DISPUTED: "returned", Outcome.AGREED: "none"}


@dataclass(frozen=True)
class Cell:
    """A force on the strip: its people, and what it said to the log."""

    name: str
    people: str
    shape: str
    state: str
    when: str = ""
    mine: bool = False
    reason: str = ""
    changes: str = ""


@dataclass(frozen=True)
class Entry:
    """A line of the log: an hour, a point, what was seen; the day where the patrol lies on several."""

    hour: str
    name: str
    text: str
    shape: str
    day: str = ""
    word: str = ""  # what the shape says, where it says something of its own
    action: Button | None = None  # of a point that was not passed yet


def cells(patrol: Patrol, user: Any) -> list[Cell]:
    """One for each force that was asked along, in that order."""
    mine = force_of(user.acting).heir_id if user.acting else None
    answers = {one.unit_id: one for one in patrol.log.signatures} if patrol.log else {}
    return [_cell(patrol, force, answers.get(force.unit_id), mine=force.unit.heir_id == mine) for force in patrol.asked]


def _cell(patrol: Patrol, force: PatrolForce, answer: Countersignature | None, *, mine: bool) -> Cell:
    name, people = force.unit.title, people_of(force)
    if answer:
        words = {
            Outcome.LOGGED: _("Wrote the log"), Outcome.SIGNED: _("Signed"), Outcome.DISPUTED: _("Disputed"),
            Outcome.AGREED: _("Took no part, and says so"),
        }  # fmt: skip
        return Cell(
            name, people, OUTCOMES[answer.outcome], str(words[answer.outcome]), _when(answer.at), mine, answer.reason,
            force.changes,
        )  # fmt: skip
    if patrol.state == "logged" and force in patrol.unheard:
        asked = _("Left out: your word is asked") if mine else _("Left out: its word is asked")
        return Cell(name, people, "waiting", asked, _left(patrol), mine, "", force.changes)
    if not force.takes_part:
        return Cell(name, people, "none", _("Takes no part"), "", mine, "", force.changes)
    if not force.signs:
        return Cell(name, people, "none", _("Does not sign in the portal"), "", mine, "", force.changes)
    if patrol.log is None:
        return Cell(name, people, "todo", _("Takes part"), "", mine, "", force.changes)
    if patrol.state != "logged":
        return Cell(name, people, "todo", _("Not signed"), "", mine, "", force.changes)
    waits = _("Waits for your signature") if mine else _("Waits for its signature")
    return Cell(name, people, "waiting", waits, _left(patrol), mine, "", force.changes)


def people_of(force: PatrolForce) -> str:
    count = ngettext("%(num)s person", "%(num)s people", force.count)
    if force.in_charge and force.count:
        return str(_("%(count)s, in charge: %(name)s", count=count, name=force.in_charge))
    return str(count)


def _left(patrol: Patrol) -> str:
    """How many days are left to answer."""
    if patrol.log is None:
        return ""
    days = (patrol.log.answer_by - clock.today()).days
    if days < 0:
        return str(ngettext("%(num)s day past", "%(num)s days past", -days))
    return str(_("until today")) if days == 0 else str(ngettext("%(num)s day left", "%(num)s days left", days))


def _when(at: datetime) -> str:
    return f"{day_in_margin(clock.day_of(at))}, {hour(at)}"


def entries(patrol: Patrol, *, notes: bool) -> list[Entry]:
    """Start, points and end in the order of the hours; what was not passed yet stands last, to be noted as one goes.

    Once the patrol has ended, what nobody reached stands before its end, and says so.
    """
    under_way = notes and patrol.state == "under_way"
    start = [_entry(patrol, patrol.started_at, _("Set out"), patrol.means)] if patrol.started_at else []
    end = [_entry(patrol, patrol.ended_at, _("End of the patrol"))] if patrol.ended_at else []
    passed = [_entry(patrol, stop.at, stop.name, stop.text, _shape(stop)) for stop in patrol.passed if stop.at]
    if end:
        return [*start, *passed, *(Entry("", one.name, _("Not reached"), "cancelled") for one in patrol.ahead), *end]
    to_pass = [Entry("", one.name, "", "todo", action=passing(one) if under_way else None) for one in patrol.ahead]
    return [*start, *passed, *to_pass]


def _entry(patrol: Patrol, at: datetime, name: str, text: str = "", shape: str = "dot") -> Entry:
    day = day_in_margin(clock.day_of(at)) if len(patrol.span.days) > 1 else ""
    return Entry(hour(at), name, text, shape, day, _("wants attention") if shape == ATTENTION else "")


def _shape(stop: PatrolStop) -> str:
    marker = stop.landmark is not None and stop.landmark.kind == LandmarkKind.BORDER_MARKER
    return ATTENTION if stop.attention else "right" if marker else "dot"


def heading(patrol: Patrol) -> str:
    """What the entries are: nothing is a log before anybody set out."""
    return _("Points to pass") if patrol.state == "planned" and not patrol.passed else _("Log")


def shown_state(patrol: Patrol) -> State:
    """How it stands; that it did not set out is told before all else."""
    return State(_("Not started"), "overdue") if patrol.is_late else patrol.standing


def told_after(patrol: Patrol) -> str:
    """What whoever signed is told: whether others are asked still, and what follows where nobody is."""
    if patrol.state == "closed":
        return _("Every force has signed, and the patrol is closed.")
    if patrol.state == "countersigned":
        return _("Every force has signed. What was recommended stays open.")
    return str(patrol.standing.label)


def span(patrol: Patrol) -> str:
    """From when to when; with the day of the end where it is another one."""
    first, last = clock.day_of(patrol.begins_at), clock.day_of(patrol.ends_at)
    until = hour(patrol.ends_at) + ("" if first == last else f", {day_in_margin(last)}")
    return str(_("%(first)s to %(last)s", first=hour(patrol.begins_at), last=until))


def size(patrol: Patrol) -> str:
    people = ngettext("%(num)s person", "%(num)s people", patrol.people)
    forces = ngettext("%(num)s force", "%(num)s forces", len(patrol.present))
    return f"{people}, {forces}"


SHAPES = {"dispute": "returned", "cancel": "cancelled"}


def story(patrol: Patrol) -> list[StepTold]:
    """One sentence a step, the latest first."""
    return story_of(patrol, steps_of(patrol), mark("%(who)s planned the patrol"), SHAPES)
