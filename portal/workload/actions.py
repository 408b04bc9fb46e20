"""Handing somebody's whole work to a successor: one deed over what all rooms say that they hold."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from portal.engine import audit
from portal.engine.access import Actor, rights_on
from portal.engine.db import db
from portal.engine.holdings import Held, Holding, Passing, holdings
from portal.engine.refusal import Conflict, Misfit, Plain, Reason, Refused
from portal.engine.text import mark
from portal.organisation.models import Unit, User
from portal.workload.models import HandoverLine, Outcome, WorkHandover

NOT_YOURS = mark("It is not yours to hand over: whoever answers for it does that.")
NOTHING_GOES = mark("%(name)s could take none of it. Please choose somebody else.")
OTHERWISE = mark("What %(name)s holds is something else than when this page was opened. Nothing is handed over yet.")


@dataclass(frozen=True)
class Item:
    """One thing that somebody holds, and what becomes of it; *reason* where something stands against that it goes."""

    holding: Holding
    held: Held
    outcome: Outcome
    reason: Reason | None = None

    @property
    def goes(self) -> bool:
        """Whether it changes hands, at once or once the successor has accepted."""
        return self.outcome in (Outcome.ASKED, Outcome.PASSED)


@dataclass(frozen=True)
class Work:
    """All that somebody holds in a commune, as it would be handed to somebody."""

    giver: User
    taker: User | None
    items: Sequence[Item]

    @property
    def fingerprint(self) -> str:
        """What a page carries of it: another one once anything is held, or goes, otherwise.

        What follows a record is told by that one.
        """
        own = (one for one in self.items if one.outcome != Outcome.FOLLOWS)
        told = "|".join(f"{one.holding.id} {one.held.record.id} {one.outcome}" for one in own)
        return hashlib.sha256(told.encode()).hexdigest()[:32]

    def count(self, outcome: Outcome) -> int:
        return sum(one.held.many for one in self.items if one.outcome == outcome)


def work_of(giver: User, taker: User | None, by: Actor, commune_id: int) -> Work:
    """Ask all rooms what somebody holds, and what of it could go to a successor; nobody in particular without one."""
    return Work(giver, taker, [item for one in holdings() for item in _items(one, giver, taker, by, commune_id)])


def _items(holding: Holding, giver: User, taker: User | None, by: Actor, commune_id: int) -> Iterator[Item]:
    found = holding.held(giver, commune_id)
    if not found or holding.pass_on is None:
        yield from (Item(holding, one, Outcome.FOLLOWS if holding.follows else Outcome.STAYS) for one in found)
        return
    ids = {one.record.id for one in found}
    allowed = rights_on(by, type(found[0].record), ids, ("pass_on",))
    goes = Outcome.ASKED if holding.asks else Outcome.PASSED
    for one in found:
        reason = holding.against(one.record, taker) if allowed.get(one.record.id) else Plain(NOT_YOURS)
        yield Item(holding, one, Outcome.STAYS if reason else goes, reason)


def hand_over(work: Work, shown: str, on: date, reason: str, by: Actor, unit: Unit) -> WorkHandover:
    """Hand over what can be, ask for what needs an answer, and keep a line of all of it.

    Raises Conflict if it is something else than what a page had *shown*, Refused where nothing would change hands:
    there are no minutes of nothing.
    """
    giver, taker = work.giver, work.taker
    if taker is None:
        raise Refused(Misfit("taker_id", mark("Please choose one of the list.")))
    if shown != work.fingerprint:
        raise Conflict(None, Plain(OTHERWISE, name=giver.full_name))
    if not work.items:
        raise Refused(Plain(mark("%(name)s holds nothing that could be handed over."), name=giver.full_name))
    if not any(item.goes for item in work.items):
        raise Refused(Misfit("taker_id", NOTHING_GOES, name=taker.full_name))
    made = WorkHandover(
        commune_id=unit.commune_id or unit.id, giver=giver, giver_id=giver.id, taker=taker, taker_id=taker.id,
        unit=unit, unit_id=unit.id, on=on, reason=reason, giver_left=not giver.held_today,
    )  # fmt: skip
    db.session.add(made)
    for position, item in enumerate(work.items, start=1):
        _pass(item, Passing(giver, taker, by, reason))
        made.lines.append(_line(made, position, item))
    db.session.flush()
    audit.note("hand_work_over", made)
    return made


def _pass(item: Item, passing: Passing) -> None:
    if item.goes and item.holding.pass_on is not None:
        item.holding.pass_on(item.held.record, passing)


def _line(made: WorkHandover, position: int, item: Item) -> HandoverLine:
    """What is kept of it. Why it stays is said by the reason, else by what its room says of the whole kind."""
    why = item.reason
    return HandoverLine(
        commune_id=made.commune_id, position=position, holding=item.holding.id,
        subject_type=item.held.record.kind_of_record, subject_id=item.held.record.id, told=item.held.told,
        values=dict(item.held.values), many=item.held.many, outcome=item.outcome, why=why.message if why else "",
        why_values=dict(why.numbers) if why else {},
    )  # fmt: skip
