"""The way of a proposal of the example: by the law of its day endorsed, decided and told, each by whoever may."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from typing import Any

from portal.demo import acts, working_days
from portal.demo.course import decider
from portal.demo.deeds import Deed, Scene, on
from portal.law import approval
from portal.proposals import actions as proposals
from portal.proposals.models import Proposal

People = tuple[str, str, str]  # officer, chief and chair
ASKED, ENDORSED, DECIDED, TOLD = 9, 10, 10, 15  # the hours


def decided_on(row: str, submitted_on: date) -> date:
    """A working day for each step that the law of the day has."""
    return working_days.after(submitted_on, 2 if approval.chain(row, submitted_on).endorser else 1)


def way(key: str, row: str, submitted_on: date, people: People, *, told: bool = True) -> Iterator[Deed]:
    """From the day on which it was submitted to that on which it is told; *row* is its row in the table of the law."""
    officer, chief, chair = people
    chain = approval.chain(row, submitted_on)
    if chain.endorser:
        yield on(working_days.after(submitted_on), ENDORSED, chief, partial(acts.take, key, "endorse"))
    decides_on = decided_on(row, submitted_on)
    by = decider(chair, key) if chain.decider == approval.CHAIR else chief
    yield on(decides_on, DECIDED, by, partial(acts.take, key, "approve"))
    if told:
        yield on(decides_on, TOLD, officer, partial(acts.take, key, "communicate"))


def propose(
    key: str, kind: type[Proposal], reason: str, content: Mapping[str, Any], scene: Scene
) -> None:  # fmt: skip
    """Write a proposal of a kind for the file that the key names, and submit it."""
    case = scene.case(key.partition("/")[0], "propose")
    acts.submit(key, proposals.propose(kind, case, reason, **content), scene)
