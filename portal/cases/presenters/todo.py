"""What a case needs next: its open duties, soonest first, each with the page that clears it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from portal.cases.models import Case
from portal.cases.presenters.words import duty_title, left, shape_of, shape_word, window
from portal.duties.models import Duty
from portal.duties.presenter import asked_right, clearing_page, rules
from portal.duties.queries import own_among
from portal.duties.rules import DutyRule
from portal.engine import clock
from portal.engine.access import Actor
from portal.engine.presentation import day
from portal.engine.text import _
from portal.organisation.models import ROLE_NAMES

AHEAD = timedelta(days=31)
MOST = 5  # a new file asks for as many at once


@dataclass(frozen=True)
class Todo:
    """An open duty of the case."""

    shape: str
    word: str  # read out in place of the shape
    title: str
    text: str
    in_doubt: bool
    label: str
    url: str
    possible: bool  # its days have begun


def todo(case: Case, duties: Iterable[Duty], user: Actor, rights: frozenset[str]) -> list[Todo]:
    """The soonest ones: what is late, what is due within a month, and rights that opened."""
    until = clock.today() + AHEAD
    near: Sequence[Duty] = [one for one in duties if one.due_on <= until or one.owner_id == user.id][:MOST]
    own = own_among(user, near)
    return [_todo(case, one, user, rights, mine=one.id in own) for one in near]


def _todo(case: Case, duty: Duty, user: Actor, rights: frozenset[str], *, mine: bool) -> Todo:
    label, url = _way(duty, rights, mine=mine)
    shape = shape_of(duty.due_on, is_right=duty.is_right)
    return Todo(
        shape=shape,
        word=shape_word(shape),
        title=duty_title(duty, case),
        text=_sentence(duty, user),
        in_doubt=not duty.confirmed,
        label=label,
        url=url,
        possible=(duty.opens_on or clock.today()) <= clock.today(),
    )


def _sentence(duty: Duty, user: Actor) -> str:
    if duty.is_right:
        return (
            _("since %(day)s.", day=day(duty.due_on)) if duty.days_left <= 0 else _("on %(day)s.", day=day(duty.due_on))
        )
    when = _("%(window)s, %(away)s.", window=window(duty.opens_on, duty.due_on), away=left(duty.due_on))
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


def _way(duty: Duty, rights: frozenset[str], *, mine: bool) -> tuple[str, str]:
    """The link that clears a duty, if the reader may use it, with the words that its rule has for it."""
    rule = rules().get(duty.rule)
    if rule is None or not _may_clear(rule, rights, mine=mine):
        return "", ""
    return str(rule.verb), clearing_page(duty, rule)


def _may_clear(rule: DutyRule, rights: frozenset[str], *, mine: bool) -> bool:
    """By their rights in the case or, where the page asks for another record, as the one who owes it."""
    record, action = asked_right(rule)
    return action in rights if record is Case else mine
