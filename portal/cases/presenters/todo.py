"""What a case needs next: its open duties, soonest first, each with the page that clears it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import url_for

from portal.cases.models import Case
from portal.cases.presenters.words import away, duty_title, shape_of, window
from portal.duties.models import Duty
from portal.engine import clock
from portal.engine.access import Actor
from portal.engine.presentation import day
from portal.engine.text import _, _l
from portal.organisation.models import ROLE_NAMES

AHEAD = timedelta(days=31)
MOST = 4

# what clears a duty: the right it takes, the page, further values of the address, and the words of the link
Way = tuple[str, str, Mapping[str, Any], object]
PROPOSE_COMPLETION: Way = ("propose", "proposals.new", {"kind": "completion"}, _l("Propose completion"))
PROPOSE_HELPER: Way = ("propose", "proposals.new", {"kind": "helper"}, _l("Propose a helper"))
WAYS: Mapping[str, Way] = {
    "COM-SELF-REPORT": ("record", "cases.check_in", {}, _l("Record it as handed in")),
    "RS-PRESENT-MONTHLY": ("record", "cases.check_in", {}, _l("Record it as handed in")),
    "COM-ROLLCALL": ("record", "cases.roll_call", {}, _l("Record the roll-call")),
    "COM-ASSESS-MONTHLY": ("record", "cases.assessment", {}, _l("Write the assessment")),
    "COM-ASSIGN-OFFICER": ("assign", "cases.assign", {}, _l("Assign an officer")),
    "COM-HELPER-PROPOSE": PROPOSE_HELPER,
    "REI-HELPER": PROPOSE_HELPER,
    "COM-HELPER-ANEW": PROPOSE_HELPER,
    "CERTIFICATE": PROPOSE_COMPLETION,
}


@dataclass(frozen=True)
class Todo:
    """An open duty of the case."""

    shape: str
    title: str
    text: str
    in_doubt: bool
    label: str
    url: str


def todo(case: Case, duties: Iterable[Duty], user: Actor, rights: frozenset[str]) -> list[Todo]:
    """The soonest ones: what is late, what is due within a month, and rights that opened."""
    until = clock.today() + AHEAD
    near: Sequence[Duty] = [one for one in duties if one.due_on <= until or one.owner_id == user.id]
    return [_todo(case, one, user, rights) for one in near[:MOST]]


def _todo(case: Case, duty: Duty, user: Actor, rights: frozenset[str]) -> Todo:
    label, url = _way(case, duty, rights)
    return Todo(
        shape=shape_of(duty.due_on, is_right=duty.is_right),
        title=duty_title(duty, case),
        text=_sentence(duty, user),
        in_doubt=not duty.confirmed,
        label=label,
        url=url,
    )


def _sentence(duty: Duty, user: Actor) -> str:
    if duty.is_right:
        return (
            _("since %(day)s.", day=day(duty.due_on)) if duty.days_left <= 0 else _("on %(day)s.", day=day(duty.due_on))
        )
    when = _("%(window)s, %(away)s.", window=window(duty.opens_on, duty.due_on), away=away(duty.due_on))
    whose = _whose(duty, user)
    return _("%(when)s It is with %(whose)s.", when=when, whose=whose) if whose else when


def _whose(duty: Duty, user: Actor) -> str:
    """Who owes it, if it is not the reader."""
    if duty.owner is not None:
        return "" if duty.owner_id == user.id else duty.owner.full_name
    acting = user.acting
    if acting is not None and acting.role == duty.owner_role:
        return ""
    return str(ROLE_NAMES.get(duty.owner_role, ""))  # type: ignore[call-overload]


def _way(case: Case, duty: Duty, rights: frozenset[str]) -> tuple[str, str]:
    """The link that clears a duty, if the reader may use it."""
    way = WAYS.get(duty.rule)
    if way is None or way[0] not in rights:
        return "", ""
    _right, endpoint, values, label = way
    about: dict[str, Any] = {"month": duty.key} if way[0] == "record" and duty.key else {}
    return str(label), url_for(endpoint, id=case.id, **values, **about)
