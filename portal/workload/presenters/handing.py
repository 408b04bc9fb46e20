"""What somebody holds, room by room, and a hand-over as its page tells it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from flask import url_for

from portal.engine.access import Actor, may_open, rights_on
from portal.engine.holdings import Holding, holdings
from portal.engine.presentation import told
from portal.engine.refusal import Plain, Reason
from portal.engine.text import _, _l, ngettext, say
from portal.organisation.models import ROLE_NAMES, User
from portal.workload.actions import Item, Work
from portal.workload.models import HandoverLine, Outcome, WorkHandover

SHOWN = 50  # of a kind on the page before anything is done; the minutes name each
WILL = {
    Outcome.ASKED: _l("Asked of the successor"),
    Outcome.PASSED: _l("Goes to the successor at once"),
    Outcome.FOLLOWS: _l("Follows its record"),
    Outcome.STAYS: _l("Is not handed over"),
}
DONE = {**WILL, Outcome.PASSED: _l("Gone to the successor"), Outcome.STAYS: _l("Not handed over")}
SHAPES = {Outcome.ASKED: "waiting", Outcome.PASSED: "active", Outcome.FOLLOWS: "todo", Outcome.STAYS: "paused"}


@dataclass(frozen=True)
class Thing:
    """One thing that is held, in words; *why* it stays; *url*: its page, for who may open it."""

    name: str
    why: str = ""
    url: str = ""


@dataclass(frozen=True)
class Kind:
    """What somebody holds of one kind and what becomes of it. *url* is the list of it."""

    label: Any
    goes: Any
    outcome: Outcome
    word: Any
    things: Sequence[Thing]
    count: int
    url: str = ""

    @property
    def shape(self) -> str:
        return SHAPES[self.outcome]

    @property
    def shown(self) -> Sequence[Thing]:
        return self.things[:SHOWN]

    @property
    def more(self) -> int:
        return len(self.things) - len(self.shown)


def kinds(reader: Actor, work: Work) -> list[Kind]:
    """All that somebody holds; of a kind what goes and what stays stand apart."""
    by_kind = groupby(sorted(work.items, key=_place), key=_place)
    return [_kind(reader, work.giver, list(some)) for _key, some in by_kind]


def _place(item: Item) -> tuple[int, int]:
    return holdings().index(item.holding), list(Outcome).index(item.outcome)


def _kind(reader: Actor, giver: User, some: Sequence[Item]) -> Kind:
    holding, pages = some[0].holding, _pages(reader, some)
    things = [
        Thing(_name(one), told(one.reason) if one.reason else "", pages.get(one.held.record.id, "")) for one in some
    ]
    outcome, count = some[0].outcome, sum(one.held.many for one in some)
    return Kind(holding.label, holding.goes, outcome, WILL[outcome], things, count, _list(reader, giver, holding))


def _name(item: Item) -> str:
    return say(item.held.told, **item.held.values)


def _pages(reader: Actor, some: Sequence[Item]) -> dict[int, str]:
    """The pages of those that the reader may open, by their ids."""
    page, ids = some[0].holding.page, [one.held.record.id for one in some]
    readable = rights_on(reader, type(some[0].held.record), ids, ("read",)) if page else {}
    return {one: url_for(page, id=one) for one in readable}


def _list(reader: Actor, giver: User, holding: Holding) -> str:
    if not holding.endpoint or not may_open(reader, holding.endpoint):
        return ""
    arguments: dict[str, Any] = dict(holding.arguments(giver))
    return url_for(holding.endpoint, **arguments)


def in_short(work: Work | WorkHandover) -> list[str]:
    """How many are asked for, go at once, and stay."""
    asked, passed, stays = (work.count(one) for one in (Outcome.ASKED, Outcome.PASSED, Outcome.STAYS))
    parts = (
        ngettext("%(num)s asked of the successor", "%(num)s asked of the successor", asked) if asked else "",
        ngettext("%(num)s goes at once", "%(num)s go at once", passed) if passed else "",
        ngettext("%(num)s stays", "%(num)s stay", stays) if stays else "",
    )
    return [part for part in parts if part]


def told_person(user: User) -> str:
    """Somebody with what they hold today, as a line of a list."""
    roles = dict.fromkeys(str(ROLE_NAMES[grant.role]) for grant in user.held_today)
    return f"{user.full_name} ({', '.join(roles)})" if roles else user.full_name


def told_unable(people: Iterable[tuple[User, Reason]]) -> list[Thing]:
    """Colleagues who could take nothing, each with why."""
    return [Thing(told_person(user), told(reason)) for user, reason in people]


def standing(user: User) -> str:
    """Whether somebody still serves."""
    roles = dict.fromkeys(str(ROLE_NAMES[grant.role]) for grant in user.held_today)
    return ", ".join(roles) if roles else _("no longer in service")


# ── what was done ───────────────────────────────────────────────────────────────────────────────────────────────────
def lines_of(handover: WorkHandover) -> list[Kind]:
    """A hand-over that was done: what was asked, what went, what stayed and why."""
    known = {one.id: one for one in holdings()}
    ordered = sorted(handover.lines, key=lambda line: (list(Outcome).index(line.outcome), line.position))
    return [
        _of_lines(known, list(some)) for _key, some in groupby(ordered, key=lambda line: (line.outcome, line.holding))
    ]


def _of_lines(known: Mapping[str, Holding], some: Sequence[HandoverLine]) -> Kind:
    holding, things = known.get(some[0].holding), [Thing(name_of(one), why_of(one)) for one in some]
    label, goes = (holding.label, holding.goes) if holding else (some[0].holding, "")
    outcome = some[0].outcome
    return Kind(label, goes, outcome, DONE[outcome], things, sum(one.many for one in some))


def name_of(line: HandoverLine) -> str:
    return say(line.told, **line.values)


def why_of(line: HandoverLine) -> str:
    return told(Plain(line.why, **line.why_values)) if line.why else ""


def names(things: Iterable[Thing]) -> str:
    """Things with why each stays, as one paragraph."""
    return "; ".join(f"{one.name} ({one.why.rstrip('.')})" if one.why else one.name for one in things)
