"""What stands in the way of a further proposal for a case, told before anybody types one."""

from dataclasses import dataclass

from flask import url_for

from portal.cases.models import AssignmentKind, Case
from portal.engine.text import _
from portal.proposals.models import Proposal, under_way


@dataclass(frozen=True)
class InTheWay:
    """Something that must end first, with the page on which it stands."""

    title: str
    text: str
    label: str
    url: str


def in_the_way(kind: type[Proposal], case: Case) -> InTheWay | None:
    """Another proposal of a kind of which there is one at a time, or somebody who has not answered yet."""
    if other := under_way(kind, case):
        return _proposal(other)
    return _request(case, kind.asks) if kind.asks else None


def _proposal(other: Proposal) -> InTheWay:
    title = _("%(number)s is under way: %(state)s.", number=other.number, state=other.standing.label)
    text = _("Only one proposal of this kind can be under way for a case.")
    return InTheWay(title, text, _("Open the proposal"), url_for("proposals.show", id=other.id))


def _request(case: Case, asks: AssignmentKind) -> InTheWay | None:
    waiting = case.proposed(asks)
    if waiting is None:
        return None
    title = _("%(name)s has been asked and has not answered yet.", name=waiting.assignee.full_name)
    text = _("Another helper can be proposed once the answer is there.")
    return InTheWay(title, text, _("Look at the request"), url_for("cases.assignment", id=waiting.id))
