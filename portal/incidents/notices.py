"""What the portal tells whoever is on call: that something was noted down, that their force was handed something."""

from collections.abc import Iterable, Mapping
from typing import Any

from portal.duties.roster import called
from portal.engine import clock
from portal.engine.notices import NoticeKind
from portal.engine.text import _l
from portal.incidents.models import Observation
from portal.incidents.queries import police_of
from portal.organisation.models import Unit, User
from portal.organisation.queries import answering


def on_call(unit: Unit) -> list[User]:
    """Whoever is on call for a force now."""
    return [turn.user for turn in called([unit], clock.now())]


def police(observation: Observation) -> Iterable[User]:
    """Whoever is on call for the police or, where nobody is written down, their chief."""
    unit = police_of(observation.commune_id)
    return (on_call(unit) or answering(unit, observation.commune_id)) if unit else ()


def handed_to(observation: Observation) -> Iterable[User]:
    """Of the force that has to confirm it: whoever answers for it, and whoever is on call."""
    unit = observation.handed_to
    return (*answering(unit, observation.commune_id), *on_call(unit)) if unit else ()


def numbered(observation: Observation) -> Mapping[str, Any]:
    return {"number": observation.number}


def by_when(observation: Observation) -> Mapping[str, Any]:
    """Until when the receipt is confirmed, as the clocks here show it."""
    until = observation.receipt_due_at.astimezone(clock.VIETNAM) if observation.receipt_due_at else None
    return {"number": observation.number, "until": f"{until:%H:%M, %d/%m/%Y}" if until else ""}


NOTICES = (
    NoticeKind(
        "OBSERVATION-NEW", _l("%(number)s was noted down: take it on or close it"), "observations.show",
        _l("New observations"), Observation, ("create",), police, numbered, waits=True,
    ),
    NoticeKind(
        "OBSERVATION-HANDED", _l("%(number)s was handed over to your force: confirm the receipt by %(until)s"),
        "observations.show", _l("Handed over to your force"), Observation, ("hand_over_observation",), handed_to,
        by_when, waits=True, by_hours=True,
    ),
)  # fmt: skip
