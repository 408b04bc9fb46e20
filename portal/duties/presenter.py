"""Duties as rows of a page: a sentence that names person and fact, the source, and the verb that clears it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import url_for
from sqlalchemy import select

from portal.duties.actions import sources
from portal.duties.models import Duty
from portal.duties.rules import DutyRule
from portal.engine import clock
from portal.engine.access import Actor, within
from portal.engine.db import db
from portal.engine.presentation import day_in_margin
from portal.engine.text import _, ngettext, say
from portal.law import catalogue
from portal.people.models import Person

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Row:
    """One duty, as `components/duty.html` draws it."""

    duty: Duty
    when: str  # overdue today later ahead right
    day: str
    sub: str
    title: str
    text: str
    url: str
    verb: str


def rules() -> dict[str, DutyRule]:
    return {rule.id: rule for source in sources() for rule in source.rules}


def sources_of(rule: DutyRule) -> list[tuple[str, bool]]:
    """Where the law of today has the rules that a duty follows, each once, and whether somebody has seen them there."""
    today = clock.today()
    return list(dict.fromkeys(
        (version.source, version.confirmed)
        for version in catalogue.rules()
        if version.key in rule.law
        and version.holds_from <= today
        and (version.holds_until is None or version.holds_until >= today)
    ))  # fmt: skip


def rows(user: Actor, duties: Iterable[Duty]) -> list[Row]:
    """Make the rows of a page: one question for all names."""
    shown, known = list(duties), rules()
    people = {duty.case.person_id for duty in shown if duty.case}
    asked = select(Person.id).where(Person.id.in_(people), within(user, "read_name", Person))
    named = set(db.session.scalars(asked)) if people else set()
    return [_row(user, duty, known[duty.rule], named) for duty in shown if duty.rule in known]


def _row(user: Actor, duty: Duty, rule: DutyRule, named: set[int]) -> Row:
    case = duty.case
    name = case.person.full_name if case and case.person_id in named else _("Name withheld")
    village = case.person.village.title if case and case.person_id in named and case.person.village else ""
    url, verb = _way(user, duty, rule)
    about = ", ".join(part for part in (str(case.type_name) if case else "", village) if part)
    return Row(
        duty=duty,
        when=when(duty),
        day=day_in_margin(duty.due_on),
        sub=how_far(duty.due_on),
        title=say(rule.sentence, **{"name": name, **duty.values}),
        text=about,
        url=url,
        verb=verb,
    )  # fmt: skip


def _way(user: Actor, duty: Duty, rule: DutyRule) -> tuple[str, str]:
    """The page that clears a duty, for whoever owes it; for those to whom it has climbed, the case that it is about."""
    acting = user.acting
    mine = duty.owner_id == user.id or (duty.owner_id is None and acting is not None and duty.owner_role == acting.role)
    if not mine and duty.case_id is not None:
        return url_for("cases.show", id=duty.case_id), _("Look at the case")
    subject_id = duty.id if rule.endpoint == "duties.finish" else duty.subject_id
    about: dict[str, Any] = {"month": duty.key} if rule.monthly else {}
    return url_for(rule.endpoint, id=subject_id, **rule.arguments, **about), str(rule.verb)


def when(duty: Duty) -> str:
    """Under which head a duty stands. What is due on a day off stands under today from the working day before."""
    today = clock.today()
    if duty.is_right:
        return "right"
    if duty.due_on < today:
        return "overdue"
    if duty.due_on == today or (duty.alert_on is not None and duty.alert_on <= today):
        return "today"
    return "later" if duty.due_on <= today + WEEK else "ahead"


def how_far(due_on: date) -> str:
    """Beside the day: how many days it is past, or the weekday."""
    left = (due_on - clock.today()).days
    if left < 0:
        return str(ngettext("%(num)s day past", "%(num)s days past", -left))
    return {0: _("today"), 1: _("tomorrow")}.get(left) or _weekday(due_on)


def _weekday(on: date) -> str:
    names: tuple[Any, ...] = (
        _("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"),
    )  # fmt: skip
    return str(names[on.weekday()])
