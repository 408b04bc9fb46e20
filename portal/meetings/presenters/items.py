"""The agenda as rows: when, what, whose turn, its figures, what was concluded, and what this reader may do with it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import url_for

from portal.engine.access import Actor, reach, rights_on
from portal.engine.agenda import subject_of
from portal.engine.db import db
from portal.engine.presentation import day, hour
from portal.engine.text import _, ngettext, say
from portal.meetings.models import (
    BEFORE,
    OUTCOME_WORDS,
    ActionItem,
    AgendaFigure,
    AgendaItem,
    Meeting,
    Outcome,
)
from portal.meetings.presenters import outcomes
from portal.meetings.presenters.figures import opened
from portal.meetings.queries import load

RIGHTS = ("write_words", "record", "admit", "void")
SHAPES = {Outcome.AGREED: "done", Outcome.INSTRUCTED: "right", Outcome.NOTED: "done", Outcome.NO_CONCLUSION: "paused"}


@dataclass(frozen=True)
class TaskLine:
    """A task under its item; its addresses where this reader may open it, or strike it out."""

    text: str
    url: str = ""
    strike_url: str = ""


@dataclass(frozen=True)
class ItemRow:
    """One item as the page draws it. A *hidden* one shows its number only."""

    number: int
    at: str
    length: str
    shape: str
    title: str
    compiled: bool = False  # said by the records, in the language of papers
    on_paper: bool = False  # its title too: of an older agenda, or of what people typed when they called the meeting
    hidden: bool = False
    restricted: bool = False
    late: bool = False
    lines: Sequence[str] = ()
    figures: Sequence[tuple[str, str, str]] = ()
    subject_url: str = ""
    unit: str = ""
    words: Sequence[str] = ()
    words_by: str = ""
    missing: str = ""
    heard: Sequence[str] = ()
    outcome: str = ""
    outcome_shape: str = ""
    outcome_text: str = ""
    away: Sequence[str] = ()
    tasks: Sequence[TaskLine] = ()
    actions: Sequence[Mapping[str, Any]] = field(default_factory=tuple)
    struck: str = ""
    report_url: str = ""  # where this reader has yet to write the report of their force
    record: Mapping[str, Any] | None = None  # where it is written down now, as the next one


def leading(rows: Sequence[ItemRow]) -> Mapping[str, Any] | None:
    """The button that leads on while a meeting is in session: its first item that has no outcome yet."""
    return next((one.record for one in rows if one.record), None)


def rows(user: Actor, meeting: Meeting, readable: set[int]) -> list[ItemRow]:
    """The items that are heard, with their hours; then late ones that wait, then those that were struck out.

    What the records told once and then no more is gone from the page; the trail has it.
    """
    allowed = rights_on(user, AgendaItem, readable, RIGHTS)
    links = _links(user, [item for item in meeting.items if item.id in readable])
    given = tasks(user, [item for item in meeting.items if item.id in readable])
    timed = {item.id: hour(at) for item, at in meeting.starts()}
    struck = [item for item in meeting.items if item.voided_at and not item.vanished and item.id in readable]
    listed, following = [*meeting.agenda, *meeting.late_items, *struck], next_open(meeting)
    return [
        _row(
            user,
            meeting,
            item,
            timed.get(item.id, ""),
            links,
            given.get(item.id, ()),
            allowed.get(item.id, frozenset()),
            is_next=item is following,
        )
        if item.id in readable
        else ItemRow(item.position, timed.get(item.id, ""), _length(item), "todo", _("Restricted item"), hidden=True)
        for item in listed
    ]


def tasks(user: Actor, items: Iterable[AgendaItem]) -> dict[int, list[TaskLine]]:
    """The tasks that some items gave, by item: one question for what the reader may do with all of them."""
    found = [task for item in items for task in item.open_tasks]
    allowed = rights_on(user, ActionItem, [task.id for task in found], ("read", "void"))
    lines: dict[int, list[TaskLine]] = {}
    for task in found:
        may = allowed.get(task.id, frozenset())
        told = {"unit": task.unit.title, "what": task.text, "day": day(task.due_on)}
        line = TaskLine(
            _("%(unit)s: %(what)s, due %(day)s", **told),
            url_for("meetings.task", id=task.id) if "read" in may else "",
            url_for("meetings.strike_task", id=task.id) if "void" in may and _is_struck(task) else "",
        )
        lines.setdefault(task.item_id, []).append(line)
    return lines


def _is_struck(task: ActionItem) -> bool:
    """Whether a task can be struck out now, by whoever may."""
    return task.meeting.state == "held" and not task.against_voiding


def takes_back(item: AgendaItem, given: Iterable[TaskLine]) -> bool:
    """Whether an outcome can be taken back by whoever records the item: its tasks go with it, if they may strike out
    each of them."""
    return item.meeting.state == "held" and item.concluded and all(line.strike_url for line in given)


def away(item: AgendaItem) -> list[str]:
    """Who of those who came was not there for an item, and what that means for its outcome."""
    meeting = item.meeting
    if not meeting.took_place:
        return []
    left = ", ".join(one.called for one in meeting.invited if one.present and not one.present_at(item))
    found = [_("Not there for this item: %(names)s.", names=left)] if left else []
    if item.lacks_quorum and meeting.has_quorum:
        told = {"present": len(meeting.units_at(item)), "all": len(meeting.units_needed), "quorum": meeting.quorum}
        found.append(_("%(present)s of %(all)s units were there for it; %(quorum)s are needed.", **told))
    if why := item.explained_without_quorum:
        found.append(_("Concluded all the same: %(reason)s", reason=why))
    return found


def _length(item: AgendaItem) -> str:
    return str(ngettext("%(num)s minute", "%(num)s minutes", item.minutes))


def _links(user: Actor, items: Iterable[AgendaItem]) -> dict[tuple[str, int], str]:
    """Where the records are that the items are about, of those that the reader may open: one question a type."""
    wanted: dict[str, set[int]] = {}
    for item in items:
        if item.subject_type and item.subject_id:
            wanted.setdefault(item.subject_type, set()).add(item.subject_id)
    found: dict[tuple[str, int], str] = {}
    for name, ids in wanted.items():
        if known := subject_of(name):
            kind, page = known
            asked = reach(user, "read", kind).where(kind.id.in_(ids)).with_only_columns(kind.id)
            found |= {(name, one): url_for(page, id=one) for one in db.session.scalars(asked)}
    return found


def _row(
    user: Actor, meeting: Meeting, item: AgendaItem, at: str, links: Mapping[tuple[str, int], str],
    given: Sequence[TaskLine], allowed: frozenset[str], *, is_next: bool,
) -> ItemRow:  # fmt: skip
    outcome = item.outcome
    return ItemRow(
        number=item.position,
        at=at,
        length=_length(item) if at else "",
        shape=_shape(meeting, item),
        title=item.called,
        compiled=bool(item.source_id),
        on_paper=bool(item.source_id) and not item.title_text,
        restricted=item.restricted,
        late=item.waits,
        lines=_lines(item.text),
        figures=[(one.label, one.value, figure_url(user, one)) for one in item.figures],
        subject_url=links.get((item.subject_type or "", item.subject_id or 0), ""),
        unit=item.unit.title if not item.is_report else "",
        words=_lines(item.own_words),
        words_by=_by(item),
        missing=_missing(meeting, item),
        heard=_lines(item.heard_text),
        outcome=str(OUTCOME_WORDS[outcome]) if outcome else "",
        outcome_shape=SHAPES[outcome] if outcome else "",
        outcome_text=item.said_of_outcome,
        away=away(item) if item.concluded or item.heard_apart else (),
        tasks=given,
        actions=_actions(meeting, item, given, allowed, is_next=is_next),
        struck=say(item.void_reason) if item.voided_at else "",
        report_url=_report_url(meeting, item, allowed),
        record=_record(item) if "record" in allowed and is_next else None,
    )


def _lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]


def _by(item: AgendaItem) -> str:
    if not item.own_words or item.words_by is None:
        return ""
    return _("%(name)s, %(day)s", name=item.words_by.full_name, day=day(item.words_at))


def _missing(meeting: Meeting, item: AgendaItem) -> str:
    """That a force has not written yet, and until when it may."""
    if not item.is_report or item.own_words or meeting.state not in BEFORE:
        return ""
    if meeting.words_due_on == meeting.day:
        return _("Nothing written yet. It may be until the meeting begins.")
    return _("Nothing written yet. It may be until %(day)s.", day=day(meeting.words_due_on))


def _shape(meeting: Meeting, item: AgendaItem) -> str:
    if item.voided_at is not None:
        return "cancelled"
    if item.waits:
        return "waiting"
    if item.outcome:
        return SHAPES[item.outcome]
    if _missing(meeting, item):
        return "soon"
    return "right" if not item.source_id else "todo"


def figure_url(user: Actor, figure: AgendaFigure) -> str:
    """Where a figure opens its records, if it does for this reader."""
    return opened(user, figure.opens, figure.first, figure.last)


def _actions(
    meeting: Meeting, item: AgendaItem, given: Sequence[TaskLine], allowed: frozenset[str], *, is_next: bool
) -> list[Mapping[str, Any]]:
    """What this reader may do with the item now."""
    found: list[Mapping[str, Any]] = []
    if item.voided_at is not None:
        return found
    if item.waits and "admit" in allowed:
        url = url_for("meetings.admit", id=item.id)
        found.append({"label": _("Admit"), "url": url, "post": True, "hidden": {"version": item.version}})
    if meeting.state == "held" and not item.against_hearing and "record" in allowed:
        found.append(_record(item) if is_next else _recorded(item))
    if meeting.changes_agenda and item.is_report and "write_words" in allowed:
        verb = _("Change the words") if item.own_words else _("Write it")
        found.append({"label": verb, "url": url_for("meetings.words", id=item.id), "kind": "soft"})
    if "record" in allowed and takes_back(item, given):
        url = url_for("meetings.take_back", id=item.id)
        found.append({"label": _("Take the outcome back"), "url": url, "kind": "quiet"})
    if meeting.took_place and item.restricted and item.heard:
        found.append({"label": _("Annex (.docx)"), "url": url_for("meetings.annex_paper", id=item.id), "kind": "quiet"})
    if "void" in allowed and not item.against_voiding:
        found.append(
            {"label": _("Take off the agenda"), "url": url_for("meetings.strike", id=item.id), "kind": "quiet"}
        )
    return found


def _report_url(meeting: Meeting, item: AgendaItem, allowed: frozenset[str]) -> str:
    missing = meeting.changes_agenda and item.voided_at is None and item.is_report and not item.own_words
    return url_for("meetings.words", id=item.id) if missing and "write_words" in allowed else ""


def next_open(meeting: Meeting) -> AgendaItem | None:
    """While it is in session, the first item that has no outcome yet."""
    waiting = (item for item in meeting.agenda if item.heard and item.outcome is None)
    return next(waiting, None) if meeting.state == "held" else None


def after(item: AgendaItem) -> AgendaItem | None:
    """The item that is heard after this one."""
    agenda = [one for one in item.meeting.agenda if one.heard]
    return next((one for one in agenda if one.position > item.position), None)


def _record(item: AgendaItem) -> Mapping[str, Any]:
    label = _("Record item %(number)s", number=item.position)
    return {"label": label, "url": url_for("meetings.record", id=item.id), "kind": "main"}


def _recorded(item: AgendaItem) -> Mapping[str, Any]:
    """Quietly, as one of many: what is written down is mended, what comes later waits for its turn."""
    label = _("Change the record") if item.outcome or item.heard_text else _("Take minutes")
    return {"label": label, "url": url_for("meetings.record", id=item.id), "kind": "quiet"}


def around(user: Actor, item: AgendaItem) -> dict[str, Any]:
    """What stands around the form in which an item is written down."""
    load(item.meeting)
    given = tasks(user, [item]).get(item.id, ())
    return {
        "held": item.held_from(user.id), "away": away(item), "tasks": given, "takes_back": takes_back(item, given),
        "earlier": outcomes.told([item], {item.id}), "following": after(item),
        "figures": [(one.label, one.value, figure_url(user, one)) for one in item.figures],
    }  # fmt: skip
