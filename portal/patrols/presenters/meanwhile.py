"""What somebody else noted while a form was open, told to whoever sends it."""

from collections.abc import Iterable, Mapping
from typing import Any

from portal.engine.presentation import moment
from portal.engine.refusal import Conflict, Refused
from portal.engine.text import _
from portal.patrols.forms import LogForm
from portal.patrols.models import Patrol, PatrolStop
from portal.patrols.presenters.page import people_of
from portal.patrols.workflow import WRITABLE

Pairs = list[tuple[str, str]]


def of_log(form: LogForm, patrol: Patrol, kept: Mapping[str, Any], noted: Iterable[PatrolStop]) -> Pairs:
    """What stands where the log says something else: of the points that somebody *noted*, and of the whole log where
    somebody else has written it, even if the patrol is closed by now."""
    points = [_stands(stop) for stop in noted if form.differs_at(stop, kept)]
    written = patrol.log is not None and patrol.state not in WRITABLE
    return [*form.changed_meanwhile(kept, written=written), *points]


def of_point(refused: Refused | None) -> Pairs:
    """How a point stands that another had noted already."""
    stop = refused.record if isinstance(refused, Conflict) else None
    return [_stands(stop)] if isinstance(stop, PatrolStop) else []


def of_team(patrol: Patrol, refused: Refused | None) -> Pairs:
    """Who is along and with which means, where somebody else noted a change of it."""
    if not isinstance(refused, Conflict):
        return []
    return [*((force.unit.title, people_of(force)) for force in patrol.asked), (_("Means"), patrol.means or "–")]


def _stands(stop: PatrolStop) -> tuple[str, str]:
    told = (moment(stop.at) if stop.at else "–", stop.text, _("wants attention") if stop.attention else "")
    return stop.name, ", ".join(one for one in told if one)
