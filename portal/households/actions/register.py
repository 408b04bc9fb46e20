"""What people do with the register: enter, move in and out, split, merge, close. Each is a deed of a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from portal.engine import audit, clock
from portal.engine.db import db
from portal.engine.refusal import Misfit, Plain, Refused
from portal.engine.text import mark
from portal.households.models import Establishment, Household, Signer, Stay
from portal.households.queries import next_number_of, signed_since
from portal.organisation.models import Unit

ONE_DAY = timedelta(days=1)
FUTURE = mark("The day lies in the future.")


@dataclass(frozen=True)
class HouseholdFacts:
    """Whom a household is called after, how many people live in it, and its place in the order of the walk.

    *number* is one that the commune gave before, which nobody has yet; without it the next of its village is given.
    """

    head: str
    people: int
    walk: int | None = None  # as its number has it, unless told
    number: str = ""


@dataclass(frozen=True)
class EstablishmentFacts:
    trade_name: str
    business: str
    owner: str = ""
    walk: int | None = None


def enter_households(village: Unit, commune_id: int, facts: Sequence[HouseholdFacts], since: date) -> list[Household]:
    """Enter households that live in a village from a day on, under the next numbers of the village."""
    _not_ahead("since", since)
    first = next_number_of(Household, village, commune_id)
    prefix, number = first[: first.rindex("-") + 1], int(first.rpartition("-")[2])
    made = []
    for place, one in enumerate(facts, start=number):
        household = Household(
            commune_id=commune_id, number=one.number or f"{prefix}{place:04d}", head=one.head, people=one.people,
            walk=one.walk or place, village_id=village.id, village=village,
        )  # fmt: skip
        household.stays.append(Stay(commune_id=commune_id, village_id=village.id, village=village, since=since))
        made.append(household)
    db.session.add_all(made)
    db.session.flush()
    return made


def change_household(household: Household, facts: HouseholdFacts) -> None:
    """Mend what the register says of a household; where it lives changes by a move."""
    household.head, household.people = facts.head, facts.people
    household.walk = facts.walk or household.walk


def move(household: Household, village: Unit, on: date) -> Stay:
    """Let a household live in another village of the commune from a day on; what it pledged goes along.

    One that had left the commune comes back by it. Raises Refused where the day does not fit its stays.
    """
    _not_ahead("on", on)
    stay = household.stay
    if household.merged_into_id is not None:
        raise Refused(Plain(mark("The household is part of another now.")))
    if stay is not None and stay.village.heir_id == village.heir_id:
        raise Refused(Misfit("village_id", mark("The household lives in this village already.")))
    _after_its_stays(household, on)
    if stay is not None:
        _not_signed_since(household, on)
        stay.until, stay.why = on - ONE_DAY, "move"
        db.session.flush()  # two stays of one household are never open at once
    begun = Stay(commune_id=household.commune_id, village_id=village.id, village=village, since=on)
    household.stays.append(begun)
    household.village_id, household.village = village.id, village
    audit.note("move_household", household)
    return begun


def split(household: Household, facts: HouseholdFacts, on: date) -> Household:
    """Make a household of some of its people, next door from a day on. It has pledged nothing yet."""
    stay = _lives_somewhere(household, on)
    if not 0 < facts.people < household.people:
        numbers = {"people": household.people, "most": household.people - 1}
        told = mark("The household has %(people)s people: from 1 to %(most)s of them can leave it.")
        raise Refused(Misfit("people", told, **numbers))
    fresh = HouseholdFacts(facts.head, facts.people, household.walk)
    made = enter_households(stay.village, household.commune_id, [fresh], on)[0]
    made.split_from_id, made.split_from = household.id, household
    household.people -= facts.people
    audit.note("split_household", household)
    return made


def merge(household: Household, into: Household, on: date) -> None:
    """Let a household become part of another of its village from a day on."""
    stay = _lives_somewhere(household, on)
    other = into.stay
    if into.id == household.id or other is None or other.village.heir_id != stay.village.heir_id:
        raise Refused(Misfit("into", mark("Please choose another household that lives in this village.")))
    _not_signed_since(household, on)
    stay.until, stay.why = on - ONE_DAY, "merge"
    household.merged_into_id, household.merged_into = into.id, into
    into.people += household.people
    audit.note("merge_household", household)


def leave(household: Household, on: date) -> None:
    """Record that a household left the commune: from this day on it is counted nowhere."""
    stay = _lives_somewhere(household, on)
    _not_signed_since(household, on)
    stay.until, stay.why = on - ONE_DAY, "leave"
    audit.note("leave_commune", household)


def _lives_somewhere(household: Household, on: date) -> Stay:
    _not_ahead("on", on)
    stay = household.stay
    if stay is None:
        raise Refused(Plain(mark("The household lives in no village of the commune now.")))
    _after_its_stays(household, on)
    return stay


def _after_its_stays(household: Household, on: date) -> None:
    """A deed comes after what is known: the days of a household never overlap."""
    known = [one for one in household.stays if one.voided_at is None]
    latest = max(((one.until or one.since) for one in known), default=None)
    if latest is not None and on <= latest:
        raise Refused(Misfit("on", mark("The day must lie after %(day)s."), day=latest))


def _not_signed_since(signer: Signer, on: date) -> None:
    """What is entered as signed where somebody was is not made untrue by saying afterwards that they were gone."""
    if day := signed_since(signer, on):
        told = mark("It is entered as having signed on %(day)s: the day must lie after, or that is mended first.")
        raise Refused(Misfit("on", told, day=day))


def _not_ahead(field: str, day: date) -> None:
    if day > clock.today():
        raise Refused(Misfit(field, FUTURE))


# ── establishments ──────────────────────────────────────────────────────────────────────────────────────────────────
def enter_establishments(
    village: Unit, commune_id: int, facts: Sequence[EstablishmentFacts], since: date
) -> list[Establishment]:
    """Enter establishments that do business in a village from a day on."""
    _not_ahead("since", since)
    first = next_number_of(Establishment, village, commune_id)
    prefix, number = first[: first.rindex("-") + 1], int(first.rpartition("-")[2])
    made = [
        Establishment(
            commune_id=commune_id, number=f"{prefix}{place:03d}", trade_name=one.trade_name, business=one.business,
            owner=one.owner, walk=one.walk or place, village_id=village.id, village=village, since=since,
        )
        for place, one in enumerate(facts, start=number)
    ]  # fmt: skip
    db.session.add_all(made)
    db.session.flush()
    return made


def change_establishment(establishment: Establishment, facts: EstablishmentFacts) -> None:
    establishment.trade_name, establishment.business = facts.trade_name, facts.business
    establishment.owner = facts.owner
    establishment.walk = facts.walk or establishment.walk


def close_establishment(establishment: Establishment, on: date) -> None:
    """Record that an establishment is no more, from this day on. Raises Refused if it is closed already."""
    _not_ahead("on", on)
    if establishment.until is not None:
        raise Refused(Plain(mark("The establishment is closed already.")))
    if on <= establishment.since:
        raise Refused(Misfit("on", mark("The day must lie after %(day)s."), day=establishment.since))
    _not_signed_since(establishment, on)
    establishment.until = on - ONE_DAY
    audit.note("close_establishment", establishment)
