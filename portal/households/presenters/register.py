"""Households and establishments on a desk: lists, and what is known of one of them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from portal.engine import clock
from portal.engine.access import Actor, holds, reach, rights_on
from portal.engine.db import db
from portal.engine.listing import Chip, Listing
from portal.engine.presentation import day
from portal.engine.text import _, _l
from portal.engine.workflow import Step
from portal.households.models import CampaignGoal, Establishment, Household, Pledge, PledgeBreach, Signer, Stay
from portal.households.queries import fitting, here_on, in_village, pledges_of
from portal.organisation.models import Unit, line_of
from portal.organisation.presenters import stories
from portal.organisation.queries import users_named, villages

UNBROKEN = ("signed", "confirmed")
WHY = {
    "move": _l("moved within the commune"),
    "merge": _l("became part of another household"),
    "leave": _l("left the commune"),
}


TAKEN_BACK = {
    "move": _l("It then lives on where it lived before, as if it had never moved."),
    "merge": _l("It is then a household of its own again, and its people leave the other."),
    "leave": _l("It then lives on where it lived last."),
    "split": _l("Its people then belong to the household that they came from, and this one is struck out."),
}


def taking_back(household: Household) -> str:
    """What follows where the last event is taken back."""
    return str(TAKEN_BACK.get(household.last_event, ""))


def villages_of(user: Actor) -> list[Unit]:
    """The villages by which the register is read; none for whoever reads that of one alone."""
    return villages(user.acting.commune_id) if user.acting and not holds(user, "confirm_pledges", CampaignGoal) else []


def listing(found: Select[Any], kind: type[Signer], villages: Sequence[Unit]) -> Listing:
    """The register, village by village."""
    today = clock.today()
    chips = [Chip("here", _l("All"), lambda: here_on(kind, today))]
    chips += [_chip(kind, village) for village in villages]
    chips.append(Chip("gone", _l("No longer here"), lambda: ~here_on(kind, today)))
    by_walk: tuple[Any, ...] = (kind.village_id, kind.walk)
    by_name: tuple[Any, ...] = (Household.sort_key,) if kind is Household else (Establishment.folded,)
    return Listing(
        found.where(kind.voided_at.is_(None)), kind, search=fitting(kind), chips=chips,
        orders={"walk": by_walk, "name": by_name}, options=(joinedload(kind.village),),
    )  # fmt: skip


def _chip(kind: type[Signer], village: Unit) -> Chip:
    today = clock.today()
    return Chip(str(village.id), village.short_name, lambda: in_village(kind, village.id) & here_on(kind, today))


def chips(listing: Listing) -> list[Any]:
    """Those that show something, and the one that is shown: many villages of a line may have nobody in the register."""
    return [one for one in listing.shown_chips() if one.count or one.current]


def pledges_to_breach(found: Select[Any], villages: Sequence[Unit], kept: Sequence[str]) -> Listing:
    """Pledges of households that hold, the latest first, village by village; *kept* stays in the address."""
    holding = found.join(Pledge.household).where(Pledge.voided_at.is_(None), Pledge.state.in_(UNBROKEN))
    return Listing(
        holding, Pledge, search=fitting(Household),
        chips=[Chip("all", _l("All")), *(_chip_of_pledges(village) for village in villages)],
        orders={"newest": (Pledge.signed_on.desc(), Household.walk)}, kept=kept,
        options=(joinedload(Pledge.household), joinedload(Pledge.campaign), joinedload(Pledge.village)),
    )  # fmt: skip


def _chip_of_pledges(village: Unit) -> Chip:
    return Chip(str(village.id), village.short_name, lambda: Household.village_id.in_(line_of(village.id)))


@dataclass(frozen=True)
class PledgeRow:
    """A pledge on the page of whoever signed: in which campaign, how it stands, what may be done with it."""

    pledge: Pledge
    about: str
    may: frozenset[str]
    corrected: Sequence[str]  # who put another day of signing, from which to which, and why
    breaches: Sequence[PledgeBreach]  # those that the reader may open


def pledges(user: Actor, signer: Signer) -> list[PledgeRow]:
    found = db.session.scalars(pledges_of(signer, reach(user, "read", Pledge)).options(
        joinedload(Pledge.campaign), joinedload(Pledge.author), joinedload(Pledge.confirmed_by),
        joinedload(Pledge.household),
    )).all()  # fmt: skip
    ids = [one.id for one in found]
    held = rights_on(user, Pledge, ids, ("mend", "withdraw", "void", "propose_breach"))
    corrected, breaches = _corrected(found), _breaches(user, ids)
    return [
        PledgeRow(
            one, _about(one, signer), _possible(one, held.get(one.id, frozenset())), corrected[one.id], breaches[one.id]
        )
        for one in found
    ]


def _corrected(pledges: Sequence[Pledge]) -> dict[int, list[str]]:
    """How the day of signing of some pledges was corrected, by their ids."""
    by_id, told = {one.id: one for one in pledges}, defaultdict[int, list[str]](list)
    of = Step.record_type == Pledge.__tablename__, Step.record_id.in_(by_id), Step.name == "correct_day"
    steps = db.session.scalars(select(Step).where(*of).order_by(Step.id)).all()
    people = users_named({one for step in steps for one in (step.by_id, step.on_behalf_of_id)})
    for step in steps:
        sentence = stories.sentence(by_id[step.record_id], step, people)
        told[step.record_id].append(f"{day(clock.day_of(step.at))}, {sentence}: {step.reason}")
    return told


def _breaches(user: Actor, ids: Sequence[int]) -> dict[int, list[PledgeBreach]]:
    """What the reader may know of breaches of some pledges, by their ids: what happened is told on their own page."""
    told = defaultdict[int, list[PledgeBreach]](list)
    asked = reach(user, "read", PledgeBreach).where(PledgeBreach.pledge_id.in_(ids), PledgeBreach.voided_at.is_(None))
    for breach in db.session.scalars(asked.order_by(PledgeBreach.id)):
        told[breach.pledge_id].append(breach)
    return told


def _possible(pledge: Pledge, held: frozenset[str]) -> frozenset[str]:
    """Nothing of what was struck out; a pledge that ended is withdrawn no more, nor struck out against a decision."""
    if pledge.voided_at is not None:
        return frozenset()
    if pledge.state not in UNBROKEN:
        held -= {"mend", "withdraw", "propose_breach"}
    return held - {"void"} if pledge.against_voiding else held


def _about(pledge: Pledge, shown: Signer) -> str:
    entered = pledge.author.full_name if pledge.author else str(_("The portal"))
    told = [_("entered by %(name)s", name=entered)]
    if pledge.signer_id != shown.id:
        told.insert(0, _("by %(number)s, which is part of it now", number=pledge.signer.number))
    if pledge.confirmed_by and pledge.confirmed_at:
        told.append(_("confirmed by %(name)s on %(day)s", name=pledge.confirmed_by.full_name,
                      day=day(clock.day_of(pledge.confirmed_at))))  # fmt: skip
    if pledge.withdrawn_on:
        told.append(_("withdrawn on %(day)s: %(reason)s", day=day(pledge.withdrawn_on), reason=pledge.reason))
    if pledge.breached_on:
        told.append(_("breach decided on %(day)s", day=day(pledge.breached_on)))
    if pledge.voided_at:
        told.append(_("struck out: %(reason)s", reason=pledge.void_reason))
    return ", ".join(told)


def why(stay: Stay) -> str:
    return str(WHY[stay.why]) if stay.why in WHY else ""
