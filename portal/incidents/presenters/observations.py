"""Observations as pages show them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for
from sqlalchemy import Select

from portal.duties.models import DutyRoster
from portal.duties.roster import called_now
from portal.engine import clock
from portal.engine.access import Actor, may, rights
from portal.engine.listing import Chip, Listing
from portal.engine.presentation import day, day_in_margin, whole
from portal.engine.story import StepTold
from portal.engine.text import _, _l, mark
from portal.engine.versions import carried
from portal.engine.workflow import State, steps_of
from portal.incidents.models import Agency, HandOver, Incident, Observation, Source
from portal.incidents.queries import confirmed, loaded, open_, police_of
from portal.incidents.workflow import OPEN, belongs_to_none
from portal.organisation.models import Unit, UnitKind, User
from portal.organisation.presenters.stories import name, story_of
from portal.organisation.queries import force_of, users_named


def listing(observations: Select[Any]) -> Listing:
    chips = (
        Chip("open", _l("Open"), open_, "waiting"),
        Chip("receipt", _l("Waiting for a receipt"), _waiting),
        Chip("incident", _l("Became an incident"), lambda: Observation.state == "incident", "done"),
        Chip("closed", _l("Closed"), lambda: Observation.state == "closed"),
    )
    orders = {"newest": (Observation.happened_on.desc(), Observation.id.desc())}
    return Listing(observations, Observation, chips=chips, orders=orders, options=loaded(), protected=True)


def _waiting() -> Any:
    return open_() & Observation.handed_to_id.is_not(None) & ~confirmed()


def heading(observation: Observation) -> str:
    """Where it was, and when: a number alone tells nobody which one it is."""
    told = {"where": whole(observation.where), "day": day(observation.happened_on)}
    return _("%(where)s, %(day)s", **told) if observation.where else _("Observation of %(day)s", **told)


@dataclass(frozen=True)
class Row:
    """An observation in a list: where and when it was, and how it stands; the force that has it stands beside."""

    observation: Observation
    heading: str
    standing: State


def row(observation: Observation) -> Row:
    waits = State(_("Waiting for a receipt"), "waiting")
    return Row(observation, heading(observation), waits if observation.waits_for_receipt else observation.standing)


def standing(observation: Observation) -> State:
    """How it stands; whose receipt it waits for is told before all else."""
    if observation.waits_for_receipt and observation.handed_to:
        return State(_("Waits for the receipt of %(unit)s", unit=observation.handed_to.title), "waiting")
    return observation.standing


@dataclass(frozen=True)
class Ways:
    """What the reader may do: *main* is the filled button, *links* are the other steps. *receives*: it came to them."""

    main: Mapping[str, Any] | None
    links: Sequence[tuple[str, str]]
    receives: bool


def ways(user: Actor, observation: Observation) -> Ways:
    allowed = rights(user, observation, ("become", "join", "receive", "hand_over", "close"))
    receives = observation.waits_for_receipt and "receive" in allowed
    open_, free = observation.state in OPEN, belongs_to_none(observation) and observation.state != "closed"
    links = (
        ("become", free, _("Make it an incident")),
        ("join", free, _("Add it to an incident that is there")),
        ("hand_over", open_ and not observation.confirmed, _("Hand it over to a force")),
        ("close", open_, _("Close the observation")),
    )
    found = [(label, _to(page, observation)) for page, stands, label in links if stands and page in allowed]
    return Ways(_receipt(observation) if receives else _taking_on(user, observation), found, receives)


def _receipt(observation: Observation) -> Mapping[str, Any]:
    return _posted(observation, _("Confirm the receipt"), _to("receive", observation))


def _taking_on(user: Actor, observation: Observation) -> Mapping[str, Any] | None:
    """For the force that has it; without one, it is the police's."""
    elsewhere = held_elsewhere(user, observation)
    if elsewhere or not observation.workflow.is_open_to(user, observation, "accept"):
        return None
    return _posted(observation, _("Take it on"), _to("take", observation, transition="accept"))


def held_elsewhere(user: Any, observation: Observation) -> Unit | None:
    """The force that has it and has not taken it on yet, where that is not the reader's own."""
    held = observation.held_by if observation.state == "received" else None
    own = force_of(user.acting).heir_id if user.acting else None
    return held if held and held.heir_id != own else None


def waited_for(user: Actor, observation: Observation) -> str:
    """Whose step is the next, and since when, for those whose it is not."""
    held, handed = held_elsewhere(user, observation), observation.handed
    if held is None or handed is None or handed.receipt_at is None:
        return ""
    since = day_in_margin(clock.day_of(handed.receipt_at))
    return _("Waits for %(unit)s to take it on, since %(day)s", unit=held.title, day=since)


def _to(page: str, observation: Observation, **more: Any) -> str:
    return url_for(f"observations.{page}", id=observation.id, **more)


def _posted(observation: Observation, label: str, url: str) -> Mapping[str, Any]:
    return {"label": label, "url": url, "kind": "main", "icon": "check", "post": True, "hidden": carried(observation)}


def incident_of(user: Actor, observation: Observation) -> Incident | None:
    """What it turned out to be, for whoever may open that."""
    incident = observation.incident
    return incident if incident is not None and may(user, "read", incident) else None


def as_incident(observation: Observation) -> Mapping[str, Any]:
    """What the form of an incident takes over from what was seen."""
    return {
        "village_id": str(observation.village_id or ""), "location": observation.place, "text": observation.text,
        "occurred_on": observation.happened_on, "happened_at": observation.happened_at,
        "detected_on": observation.happened_on, "detected_by": found_by(observation),
    }  # fmt: skip


AGENCY_OF = {
    UnitKind.POLICE: Agency.COMMUNE_POLICE, UnitKind.MILITARY: Agency.MILITARY,
    UnitKind.BORDER_POST: Agency.BORDER_GUARD, UnitKind.SECURITY_TEAM: Agency.VILLAGE_TEAM,
    UnitKind.VILLAGE: Agency.VILLAGE_TEAM,
}  # fmt: skip


def found_by(observation: Observation) -> Agency | None:
    """Who found it, as far as that is known: the force that led the patrol, the village that told it, else the force
    of whoever noted it down. Nothing where they acted for several, or for one that finds no incidents."""
    if observation.patrol is not None:
        return AGENCY_OF.get(observation.patrol.leading_unit.kind)
    if observation.source == Source.VILLAGE:
        return Agency.VILLAGE_TEAM
    grants = observation.author.grants if observation.author else ()
    kinds = {grant.unit.kind for grant in grants if grant.held_at(observation.created_at)}
    found = {AGENCY_OF.get(kind) for kind in kinds}
    return found.pop() if len(found) == 1 else None


def turns(user: Actor, observation: Observation) -> list[DutyRoster]:
    """Who is on call for the force that has to answer now, to be called by whoever may read the roster."""
    unit = observation.handed_to if observation.waits_for_receipt else None
    if observation.state == "received" and unit is None:
        unit = observation.held_by or police_of(observation.commune_id)
    return called_now(user, [unit] if unit else [])


def forces(user: Actor, units: Iterable[Unit]) -> list[tuple[str, str]]:
    """Pairs for a list of forces to choose from, each with whoever is on call for it."""
    named = {turn.unit_id: turn for turn in called_now(user, units)}
    return [(str(unit.id), _with_turn(unit, named.get(unit.id))) for unit in units]


def _with_turn(unit: Unit, turn: DutyRoster | None) -> str:
    return _("%(unit)s, on call: %(name)s", unit=unit.title, name=turn.user.full_name) if turn else unit.title


def story(observation: Observation) -> Sequence[StepTold]:
    """What happened to it, the latest first."""
    told = story_of(observation, steps_of(observation), mark("%(who)s noted it down"))[::-1]
    ids = {one_id for one in observation.hand_overs for one_id in (one.created_by_id, one.receipt_by_id)}
    people = users_named(ids)
    for handed in observation.hand_overs:
        told += _handed_over(handed, people)
    return sorted(told, key=lambda one: one.at)[::-1]


def _handed_over(handed: HandOver, people: Mapping[int, User]) -> Iterator[StepTold]:
    """That it was handed over, and that it came: by whom, of which force."""
    giver = _of_force(name(people, handed.created_by_id), handed.from_unit)
    yield StepTold(handed.at, _("%(who)s handed it over to %(unit)s", who=giver, unit=handed.unit.title))
    if handed.receipt_at and handed.receipt_by_id:
        receiver = _of_force(name(people, handed.receipt_by_id), handed.unit)
        yield StepTold(handed.receipt_at, _("%(who)s confirmed the receipt", who=receiver))


def _of_force(name: str, unit: Unit | None) -> str:
    return _("%(name)s (%(role)s)", name=name, role=unit.title) if unit else name
