"""What is promised about everything that phones send: the portal in small, without a database, a form or a page.

`Promise.judge` says what must be answered to an item, and remembers what must be there afterwards.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

RECEIVED, HELD, REFUSED, CONFLICT = (frozenset({one}) for one in ("received", "held", "refused", "conflict"))
STANDS_AGAINST = REFUSED | CONFLICT  # something else is there: which of the two is said depends on who may read it
NO_DAY = "31/02/2026"
Wire = dict[str, Any]


def readable(sent: Wire) -> bool:
    return all(isinstance(value, str) for _name, value in sent["typed"])


@dataclass
class Kept:
    """What a receipt stands for. *decided* is said of what was held: held, taken or refused."""

    sent: Wire
    state: frozenset[str]
    number: int | None = None
    decided: str = ""
    photos: set[str] = field(default_factory=set)  # that wait for the chief together with their text


@dataclass
class Promise:
    """What must be there, receipts by person and id, and what came of them."""

    roles: dict[str, list[list[datetime | None]]]  # from when to when each person holds theirs
    patrol_versions: dict[int, int] = field(default_factory=dict)  # as they stand now
    pledge_versions: dict[int, int] = field(default_factory=dict)  # likewise, by household; none where it just moved
    receipts: dict[tuple[str, str], Kept] = field(default_factory=dict)
    photos: dict[tuple[str, str], str] = field(default_factory=dict)  # with the text that each belongs to
    notes: Counter[str] = field(default_factory=Counter)
    signed: dict[int, str] = field(default_factory=dict)  # the day, by household
    unconfirmed: set[int] = field(default_factory=set)  # households whose signature the village head did not tick
    calls: dict[int, tuple[str, str]] = field(default_factory=dict)  # day and result, where nobody has signed
    call_ids: dict[int, int] = field(default_factory=dict)  # of those that stand, by household; none of a new one
    months: Counter[tuple[int, str]] = field(default_factory=Counter)
    away: set[int] = field(default_factory=set)  # cases that are closed, or another commune's now
    answered: dict[int, str] = field(default_factory=dict)  # by the military, by patrol
    by_border: dict[int, bool] = field(default_factory=dict)  # what the border post answered, and that it was so
    attached: int = 0

    def held(self, who: str, at: datetime) -> bool:
        return any(begun <= at and (ended is None or at < ended) for begun, ended in self.roles[who] if begun)

    def judge(self, who: str, sent: Wire) -> frozenset[str]:
        """What may be answered, and from now on must be there."""
        if not readable(sent):
            return REFUSED
        key = who, sent["id"]
        if known := self.receipts.get(key):
            return known.state if known.sent == sent else CONFLICT
        late = not self.held(who, datetime.fromisoformat(sent["written"]))
        state = HELD if late else self.do(sent)
        if state in (RECEIVED, HELD):
            self.receipts[key] = Kept(sent, state, decided="held" if late else "")
        return state

    def do(self, sent: Wire, by_chief: bool = False) -> frozenset[str]:
        """What comes of an item for whoever may write it."""
        return getattr(self, "_" + sent["form"].partition(".")[2])(sent, dict(sent["typed"]), by_chief)

    def _report(self, _sent: Wire, typed: dict[str, str], by_chief: bool) -> frozenset[str]:
        if typed["happened_on"] == NO_DAY:
            return REFUSED
        self.notes[typed["text"]] += 1
        return RECEIVED

    _observation = _report

    def _door(self, _sent: Wire, typed: dict[str, str], by_chief: bool) -> frozenset[str]:
        door, day = int(typed["household"]), typed["signed_on"]
        if day == NO_DAY:
            return REFUSED
        if typed["result"] != "signed":
            if door in self.signed:
                return REFUSED  # nothing is noted down there, and whoever wrote it is told
            later = _in_order(day) >= _in_order(self.calls.get(door, ("",))[0])
            if later and self.calls.get(door) != (day, typed["result"]):
                self.calls[door] = day, typed["result"]  # what was said on a later day stands, whenever it comes
                self.call_ids.pop(door, None)
            return RECEIVED
        over = typed["pledge_version"], typed["call_version"]
        return self.tick(door, day, confirms=not by_chief, over=over)

    def tick(self, door: int, day: str, *, confirms: bool, over: tuple[str, str] = ("", "")) -> frozenset[str]:
        """A household signed on a day; another day than the one that stands wants to be sent over it, and so does a
        signature where they had refused."""
        before, (pledge, call) = self.signed.get(door), over
        if before not in (None, day) and (not pledge or pledge != str(self.pledge_versions.get(door))):
            return CONFLICT
        refused = before is None and self.calls.get(door, ("", ""))[1] == "refused"
        if refused and (not call or call != str(self.call_ids.get(door))):
            return CONFLICT
        if before is None:
            self.calls.pop(door, None)
        if before is None and not confirms:
            self.unconfirmed.add(door)
        if before != day or (confirms and door in self.unconfirmed):
            self.pledge_versions.pop(door, None)
        if before == day and confirms:
            self.unconfirmed.discard(door)
        self.signed[door] = day
        return RECEIVED

    def _check_in(self, sent: Wire, typed: dict[str, str], by_chief: bool) -> frozenset[str]:
        month = sent["about"], typed["month"]
        if sent["about"] in self.away or self.months[month]:
            return STANDS_AGAINST
        if typed["received_on"] == NO_DAY:
            return REFUSED
        self.months[month] = 1
        return RECEIVED

    def _answer(self, sent: Wire, typed: dict[str, str], by_chief: bool) -> frozenset[str]:
        patrol = sent["about"]
        over = patrol in self.answered or self.by_border.get(patrol) is False
        if over or int(typed["version"]) != self.patrol_versions[patrol]:
            return STANDS_AGAINST
        if typed["answer"] == "dispute" and not typed["reason"]:
            return REFUSED
        self.answered[patrol] = {"sign": "signed", "dispute": "disputed"}[typed["answer"]]
        return RECEIVED

    def asked_of_held(self, who: str, id: str) -> frozenset[str]:
        """What is said of an item that waits for the chief, or was decided."""
        return self.receipts[who, id].state

    def waiting(self) -> list[tuple[str, str]]:
        return [key for key, one in self.receipts.items() if one.decided == "held"]

    def take_over(self, key: tuple[str, str]) -> bool:
        """The chief does it: whether it could be done, as things stand now. Nobody speaks for another force."""
        kept = self.receipts[key]
        if kept.sent["form"] == "patrols.answer" or self.do(kept.sent, by_chief=True) != RECEIVED:
            return False
        kept.state, kept.decided = RECEIVED, "taken"
        self.attached += len(kept.photos)
        return True

    def refuse(self, key: tuple[str, str]) -> None:
        self.receipts[key].state, self.receipts[key].decided = REFUSED, "refused"


def _in_order(day: str) -> list[str]:
    """A day as it is typed, so that it can be compared: year, month, day."""
    return day.split("/")[::-1]
