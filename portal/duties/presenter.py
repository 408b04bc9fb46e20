"""Duties as rows of a page: a sentence that names person and fact, the source, and the verb that clears it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from flask import current_app, url_for
from sqlalchemy import inspect, select
from sqlalchemy.orm import with_polymorphic

from portal.duties.actions import sources
from portal.duties.models import Duty, DutyRoster
from portal.duties.queries import own_among
from portal.duties.roster import called
from portal.duties.rules import DutyRule, Tell
from portal.engine import clock
from portal.engine.access import Actor, within
from portal.engine.db import db
from portal.engine.presentation import day_in_margin
from portal.engine.text import _, ngettext, say
from portal.law import catalogue
from portal.organisation.models import ROLE_NAMES, Role
from portal.people.models import Person

WEEK = timedelta(days=7)
HOUR = 60  # minutes
MOST = 300  # rows of a page: more than that nobody clears in a week


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
    mine: bool  # the reader's own, not one that has climbed to them
    whose: str
    decision: bool = False

    @property
    def by_the_hour(self) -> bool:
        """Whether it is due by a clock of hours that ends within a day, or has ended."""
        due_at = self.duty.due_at
        return due_at is not None and due_at <= clock.now() + timedelta(days=1)


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
    """Make the rows of a page: one question for all names and cases, and one for what the records are called.

    Duties that would read the same are one row.
    """
    known, (roles, shown) = rules(), _as_one(duties)
    named, opened = _known(user, {duty.case_id for duty in shown if duty.case_id is not None})
    told = [duty for duty in shown if duty.case_id is None or duty.case_id in named]
    titles, turns = _titles(user, told), _turns(shown)
    own, beside = own_among(user, shown), _beside(shown, known)
    closed = _closed(user, [duty for duty in shown if duty.id not in own and duty.case_id is None], known)
    return [
        _row(
            duty,
            known[duty.rule],
            titles,
            turns.get(duty.id),
            mine=duty.id in own,
            closed=duty.id in closed,
            named=duty.case_id in named,
            about=roles.get(duty.id) or beside.get(duty.id) or _about(duty, named, opened),
        )
        for duty in shown
        if duty.rule in known
    ]


def _known(user: Actor, ids: Collection[int]) -> tuple[set[int], set[int]]:
    """The cases whose person the reader may name, and those that they may read: a duty may be theirs before either."""
    if not ids:
        return set(), set()
    case: Any = inspect(Duty).relationships["case"].mapper.class_
    asked = select(case.id, within(user, "read_name", Person), within(user, "read", case)).join(case.person)
    found = db.session.execute(asked.where(case.id.in_(ids))).all()
    return {row[0] for row in found if row[1]}, {row[0] for row in found if row[2]}


def _closed(user: Actor, duties: Iterable[Duty], known: Mapping[str, DutyRule]) -> set[int]:
    """Which of other people's duties are done on a page that the reader may not open: one question a kind of page."""
    asked: dict[tuple[type[Any], str], dict[int, set[int]]] = {}
    for duty in duties:
        if duty.rule in known and isinstance(right := asked_right(known[duty.rule]), tuple):
            asked.setdefault(right, {}).setdefault(_subject(duty, known[duty.rule]), set()).add(duty.id)
    closed: set[int] = set()
    for (record, action), subjects in asked.items():
        open_ = db.session.scalars(select(record.id).where(record.id.in_(subjects), within(user, action, record)))
        closed |= set().union(*(subjects[one] for one in subjects.keys() - set(open_)))
    return closed


def _titles(user: Actor, duties: Iterable[Duty]) -> dict[tuple[str, int], str]:
    """What the subjects are called, where a rule's sentence wants it; whoever may not read them sees a number."""
    wanted: dict[str, set[int]] = {}
    for duty in duties:
        if duty.values.keys() & {"title", "number"}:
            wanted.setdefault(duty.subject_type, set()).add(duty.subject_id)
    found = {}
    for source in sources():
        name = source.record.__tablename__
        if source.called and (ids := wanted.get(name)):
            whole: Any = with_polymorphic(source.record, "*")
            readable = select(source.record.id).where(source.record.id.in_(ids), within(user, "read", source.record))
            for one in db.session.scalars(select(whole).where(whole.id.in_(readable))).unique():
                found[name, one.id] = source.called(one)
    return found


def _as_one(duties: Iterable[Duty]) -> tuple[Mapping[int, str], list[Duty]]:
    """Let the first stand for several that would read the same: roles of one person. With the roles, by its id."""
    alike: dict[Any, list[Duty]] = {}
    for duty in duties:
        of_role = duty.rule, duty.owner_id, duty.owner_role, when(duty), duty.values.get("user")
        alike.setdefault(of_role if "role" in duty.values else duty.id, []).append(duty)
    named = {some[0].id: "; ".join(map(_role, some)) for some in alike.values() if "role" in some[0].values}
    return named, [some[0] for some in alike.values()]


def _role(duty: Duty) -> str:
    return str(ROLE_NAMES[Role(duty.values["role"])])


def _turns(duties: Iterable[Duty]) -> dict[int, DutyRoster]:
    """Who is on call now for what is owed so, by the ids of the duties: one question, and only where there are any."""
    forces = {duty.id: duty.owner_unit for duty in duties if duty.on_call and duty.owner_unit}
    found = {turn.unit.heir_id: turn for turn in called(forces.values(), clock.now())}
    return {duty_id: found[unit.heir_id] for duty_id, unit in forces.items() if unit.heir_id in found}


def _beside(duties: Iterable[Duty], known: Mapping[str, DutyRule]) -> dict[int, str]:
    """What rules tell more of the subjects of duties, by the ids of the duties: rules that tell the same ask once."""
    alike: dict[Tell, list[Duty]] = {}
    for duty in duties:
        if duty.rule in known and (tell := known[duty.rule].beside):
            alike.setdefault(tell, []).append(duty)
    found: dict[int, str] = {}
    for tell, some in alike.items():
        told = tell({duty.subject_id for duty in some})
        found |= {duty.id: told[duty.subject_id] for duty in some if duty.subject_id in told}
    return found


def _row(
    duty: Duty, rule: DutyRule, titles: Mapping[tuple[str, int], str], turn: DutyRoster | None, *, mine: bool,
    closed: bool, named: bool, about: str,
) -> Row:  # fmt: skip
    name = duty.case.person.full_name if named else _("Name withheld")
    values = {"name": name, **duty.values}
    if title := titles.get((duty.subject_type, duty.subject_id)):
        values |= {"title": title, "number": title}
    url, verb = ("", "") if closed else _way(duty, rule, mine=mine)
    standing = when(duty)
    return Row(
        duty=duty,
        when=standing,
        day=day_in_margin(duty.due_on),
        sub=_margin(duty),
        title=say((standing == "overdue" and rule.late) or rule.sentence, **values),
        text=about,
        url=url,
        verb=verb,
        mine=mine,
        whose=whose(duty, turn),
        decision=rule.decision and mine and duty.values.get("count") != 0,  # nothing waits for it yet
    )


def _about(duty: Duty, named: set[int], opened: set[int]) -> str:
    """The kind of case and the village, as far as the reader may know them."""
    kind = str(duty.case.type_name) if duty.case_id in opened else ""
    village = duty.case.person.village if duty.case_id in named else None
    return ", ".join(part for part in (kind, village.name if village else "") if part)


def whose(duty: Duty, turn: DutyRoster | None = None) -> str:
    """The name of whoever owes it or is on call for it; where nobody is, the force or the role."""
    if duty.owner:
        return duty.owner.full_name
    if turn:
        return _("%(name)s, on call", name=turn.user.full_name)
    return duty.owner_unit.title if duty.owner_unit else str(ROLE_NAMES[Role(duty.owner_role)])


def _way(duty: Duty, rule: DutyRule, *, mine: bool) -> tuple[str, str]:
    """The page that clears a duty, for whoever owes it; for those to whom it has climbed, the case that it is about."""
    if not mine and duty.case_id is not None:
        return url_for("cases.show", id=duty.case_id), _("Look at the case")
    return clearing_page(duty, rule), str(rule.verb)


def clearing_page(duty: Duty, rule: DutyRule) -> str:
    """The address of the page on which a duty is done."""
    about: dict[str, Any] = {"month": duty.key} if rule.monthly else {}
    return url_for(rule.endpoint, id=_subject(duty, rule), **rule.arguments, **about)


def _subject(duty: Duty, rule: DutyRule) -> int:
    return duty.id if rule.endpoint == "duties.finish" else duty.subject_id


def asked_right(rule: DutyRule) -> tuple[type[Any], str]:
    """The right that this page asks for, and on which record."""
    view: Any = current_app.view_functions[rule.endpoint]
    access: tuple[type[Any], str] = view.access
    return access


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


def _margin(duty: Duty) -> str:
    """Beside the day: where hours count, how many are left; else how far the day is."""
    if duty.is_right:
        return since(duty.due_on)
    return hours_left(duty.due_at) if duty.due_at else how_far(duty.due_on)


def hours_left(until: datetime) -> str:
    """What is left until a moment, or how long ago it was: whole hours, else minutes. Weekends count like any day."""
    left = int((until - clock.now()).total_seconds() / 60)
    if left <= -HOUR:
        return str(ngettext("%(num)s hour past", "%(num)s hours past", -left // HOUR))
    if left < 0:
        return str(ngettext("%(num)s minute past", "%(num)s minutes past", -left))
    if left < HOUR:
        return str(ngettext("%(num)s minute left", "%(num)s minutes left", left))
    return str(ngettext("%(num)s hour left", "%(num)s hours left", left // HOUR))


def how_far(due_on: date) -> str:
    """Beside the day: how many days it is past, or the weekday."""
    left = (due_on - clock.today()).days
    if left < 0:
        return str(ngettext("%(num)s day past", "%(num)s days past", -left))
    return {0: _("today"), 1: _("tomorrow")}.get(left) or _weekday(due_on)


def since(opened_on: date) -> str:
    """The same of a right, which is open from its day on and never late."""
    days = (clock.today() - opened_on).days
    return str(ngettext("open for %(num)s day", "open for %(num)s days", days)) if days > 0 else how_far(opened_on)


def _weekday(on: date) -> str:
    names: tuple[Any, ...] = (
        _("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"),
    )  # fmt: skip
    return str(names[on.weekday()])
