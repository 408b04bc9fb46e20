"""The register: households, what became of them day by day, and establishments."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Integer, Select, String, cast, literal, null, select, union_all
from sqlalchemy.orm import aliased, selectinload

from portal.engine import audit
from portal.engine.access import find
from portal.engine.db import day_after, db
from portal.engine.forms import Choice, Day, Form, Line, Optional, Required, not_in_the_future
from portal.engine.refusal import Misfit, Refused
from portal.engine.text import _l, mark
from portal.exchange.bringing import Bringing
from portal.exchange.kinds.rows import NO_RIGHT, NumberedRows, OfCommune, Rows
from portal.exchange.references import STILL_TO_COME
from portal.exchange.sheet import Facts, Verdict
from portal.exchange.taking import Taking, code_of
from portal.households.actions import (
    EstablishmentFacts,
    HouseholdFacts,
    enter_establishments,
    enter_households,
    leave,
    merge,
    move,
)
from portal.households.forms import NewEstablishmentForm, NewHouseholdForm
from portal.households.models import Establishment, Household, Stay
from portal.organisation.models import Unit

ONE_DAY = timedelta(days=1)
NUMBER = _l("Number")
GIVEN = _l("Keep the number that it has. Where it is empty, the portal gives the next one of the village.")


class HouseholdRow(OfCommune, NewHouseholdForm):
    number = Line(NUMBER, [Optional()], length=40, description=GIVEN)
    village_id = Line(
        _l("Village"), [Required()], description=_l("Where it lived first, as far as the register knows.")
    )


class EstablishmentRow(OfCommune, NewEstablishmentForm):
    number = Line(NUMBER, [Optional()], length=40, description=GIVEN)
    village_id = Line(_l("Village"), [Required()])
    until = Day(_l("Last day"), [Optional(), not_in_the_future])


class Registered(NumberedRows):
    """Who lives or does business in a village, from a day on, under a number of that village."""

    pattern: re.Pattern[str]  # of its numbers, with a sample
    sample: str
    same_by: tuple[str, ...]  # by which one that has no number in the file is found again

    def there(self, facts: Facts, bringing: Bringing) -> Any:
        if facts["number"]:
            if not self.pattern.fullmatch(facts["number"]):
                raise Refused(Misfit("number", mark("A number here looks like %(sample)s."), sample=self.sample))
            return super().there(facts, bringing)
        record: Any = self.record
        here = select(record).where(record.commune_id == bringing.of_commune(facts))
        return bringing.unclaimed(self.key, here, record, {name: facts[name] for name in self.same_by})

    def same(self, there: Any, facts: Facts, bringing: Bringing) -> Verdict:
        return super().same(there, {**facts, "number": there.number, "walk": facts["walk"] or there.walk}, bringing)

    def once(self, facts: Facts, bringing: Bringing) -> None:
        if facts["number"]:
            super().once(facts, bringing)


class Households(Registered):
    key, title, record, form = "households", _l("Households"), Household, HouseholdRow
    about = _l(
        "Who lives in the villages: each household as it was entered at first, with its people of today. What became "
        "of it since stands on the next sheet."
    )
    columns = ("number", "commune", "head", "people", "walk", "village_id", "since")
    same_by = ("head", "people", "village_id")
    pattern, sample = re.compile(r"HH-[A-Z0-9]{1,12}-[0-9]{4,9}"), "HH-NHA-0014"

    def found(self, taking: Taking) -> Select[Any]:
        return super().found(taking).options(selectinload(Household.stays))

    def said(self, one: Any, code: Any) -> dict[str, Any]:
        first = next(iter(one.standing_stays), None)
        lived = {"village_id": first.village_id, "since": first.since} if first else {}
        return {**super().said(one, code), **lived}

    def write(self, facts: Facts, bringing: Bringing) -> None:
        village, commune_id = db.session.get_one(Unit, facts["village_id"]), bringing.of_commune(facts)
        told = HouseholdFacts(facts["head"], facts["people"], facts["walk"])
        if not facts["number"]:
            bringing.claim(self.key, enter_households(village, commune_id, [told], facts["since"])[0])
            return
        one = Household(
            commune_id=commune_id, number=facts["number"], head=told.head, people=told.people,
            walk=told.walk or int(facts["number"].rpartition("-")[2]), village_id=village.id, village=village,
        )  # fmt: skip
        one.stays.append(Stay(commune_id=commune_id, village_id=village.id, village=village, since=facts["since"]))
        db.session.add(one)
        db.session.flush()


EVENTS = {
    "move": _l("Moved to another village, or came back"), "split": _l("Split from another household"),
    "merge": _l("Became part of another household"), "leave": _l("Left the commune"),
}  # fmt: skip
ORDER = {event: place for place, event in enumerate(EVENTS)}  # of those of one day


NOBODY = cast(null(), Integer)


class EventRow(OfCommune, Form):
    household_id = Line(_l("Household"), [Required()])
    what = Choice(_l("What became of it"), [Required()], choices=list(EVENTS.items()))
    on = Day(_l("First day"), [Required(), not_in_the_future], description=_l("On which it is so."))
    village_id = Line(_l("To which village"), [Optional()], description=_l("Where it moved."))
    into = Line(
        _l("The other household"), [Optional()], description=_l("From which it was split, or into which it went.")
    )


class Events(Rows):
    """What became of households, day by day: each row is told by the action that a page has for it.

    How many people live somewhere stands with the household as it is today, so no row changes that.
    """

    key, title, record, form = "households.events", _l("Households - changes"), Stay, EventRow
    about = _l("Moves, splits, mergers and departures in the order of their days.")
    columns = ("household_id", "what", "on", "village_id", "into")
    named = {"into": "household"}

    def found(self, taking: Taking) -> Select[Any]:
        earlier = aliased(Stay)
        before = select(earlier.id).where(
            earlier.household_id == Stay.household_id, earlier.voided_at.is_(None), earlier.since < Stay.since
        )
        moves = _event("move", Stay.since, Stay.village_id, NOBODY).where(before.exists())
        splits = _event("split", Stay.since, NOBODY, Household.split_from_id)
        splits = splits.where(Household.split_from_id.is_not(None), ~before.exists())
        merged = _event("merge", day_after(Stay.until), NOBODY, Household.merged_into_id).where(Stay.why == "merge")
        left = _event("leave", day_after(Stay.until), NOBODY, NOBODY).where(Stay.why == "leave")
        all_of_them = union_all(moves, splits, merged, left).subquery()
        found = select(all_of_them).join(Household, Household.id == all_of_them.c.household_id)
        found = found.where(*taking.within(Household))
        return found.order_by(all_of_them.c.on, all_of_them.c.place, code_of(Household), Household.number)

    def told(self, row: Any, taking: Taking) -> Mapping[str, Any]:
        return dict(row._mapping)

    def there(self, facts: Facts, bringing: Bringing) -> Stay | None:
        """The stay that tells the same."""
        stays = db.session.scalars(
            select(Stay).where(Stay.household_id == facts["household_id"], Stay.voided_at.is_(None))
        )
        return next((one for one in stays if _tells(one, facts)), None)

    def same(self, there: Stay, facts: Facts, bringing: Bringing) -> Verdict:
        return Verdict.THERE

    def allowed(self, facts: Facts, bringing: Bringing) -> None:
        by: Any = bringing.by
        if facts["household_id"] != STILL_TO_COME and find(by, "move", Household, facts["household_id"]) is None:
            raise Refused(Misfit("household_id", NO_RIGHT))

    def once(self, facts: Facts, bringing: Bringing) -> None:
        if facts["what"] == "move" and facts["village_id"] is None:
            raise Refused(Misfit("village_id", mark("Please say to which village it moved.")))
        if facts["what"] in ("split", "merge") and facts["into"] is None:
            raise Refused(Misfit("into", mark("Please name the other household.")))

    def write(self, facts: Facts, bringing: Bringing) -> None:
        household, on = db.session.get_one(Household, facts["household_id"]), facts["on"]
        other = db.session.get(Household, facts["into"] or 0)
        match facts["what"]:
            case "move":
                move(household, db.session.get_one(Unit, facts["village_id"]), on)
            case "leave":
                leave(household, on)
            case "merge" if other:
                people = other.people
                merge(household, other, on)
                other.people = people
            case "split" if other:
                _split(household, other, on)
        db.session.flush()


def _event(what: str, day: Any, village_id: Any, other_id: Any) -> Select[Any]:
    """The rows of one kind of event, of stays that were not struck out."""
    told = (
        Household.id.label("household_id"), literal(what, String).label("what"), day.label("on"),
        village_id.label("village_id"), other_id.label("into"), literal(ORDER[what], Integer).label("place"),
    )  # fmt: skip
    stands = Stay.voided_at.is_(None), Household.voided_at.is_(None)
    return select(*told).join(Stay, Stay.household_id == Household.id).where(*stands)


def _tells(stay: Stay, facts: Facts) -> bool:
    """Whether a stay tells what a row says of its household."""
    household, on = stay.household, facts["on"]
    match facts["what"]:
        case "move":
            return bool(stay.since == on and stay.village_id == facts["village_id"])
        case "split":
            return bool(stay.since == on and household.split_from_id == facts["into"])
    ended = stay.until is not None and stay.until == on - ONE_DAY and stay.why == facts["what"]
    return bool(ended and (facts["what"] == "leave" or household.merged_into_id == facts["into"]))


def _split(household: Household, other: Household, on: date) -> None:
    """Say from which household one came that was entered as one of its own."""
    first = household.standing_stays[0].since
    if first != on:
        raise Refused(
            Misfit("on", mark("The household lives there from %(day)s on: it was split on that day."), day=first)
        )
    if household.split_from_id is not None or other.id == household.id:
        raise Refused(Misfit("into", mark("Please choose another household.")))
    household.split_from_id, household.split_from = other.id, other
    audit.note("split_household", other)


class Establishments(Registered):
    key, title, record, form = "establishments", _l("Establishments"), Establishment, EstablishmentRow
    about = _l("Whatever does business in a village, from a day to a day.")
    columns = ("number", "commune", "trade_name", "business", "owner", "walk", "village_id", "since", "until")
    same_by = ("trade_name", "village_id", "since")
    pattern, sample = re.compile(r"CS-[A-Z0-9]{1,12}-[0-9]{3,9}"), "CS-NHA-014"

    def once(self, facts: Facts, bringing: Bringing) -> None:
        super().once(facts, bringing)
        if facts["until"] and facts["until"] < facts["since"]:
            raise Refused(Misfit("until", mark("The day must lie after %(day)s."), day=facts["since"]))

    def write(self, facts: Facts, bringing: Bringing) -> None:
        village, commune_id = db.session.get_one(Unit, facts["village_id"]), bringing.of_commune(facts)
        told = EstablishmentFacts(facts["trade_name"], facts["business"], facts["owner"] or "", facts["walk"])
        if facts["number"]:
            one = Establishment(
                commune_id=commune_id, number=facts["number"], village_id=village.id, village=village,
                trade_name=told.trade_name, business=told.business, owner=told.owner, since=facts["since"],
                walk=told.walk or int(facts["number"].rpartition("-")[2]),
            )  # fmt: skip
            db.session.add(one)
        else:
            one = enter_establishments(village, commune_id, [told], facts["since"])[0]
            bringing.claim(self.key, one)
        one.until = facts["until"]
        db.session.flush()
