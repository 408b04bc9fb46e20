"""The agenda: compiled from what the rooms declare, and from what people propose."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from portal.engine import audit, clock
from portal.engine.agenda import Contribution, Hearing, agenda_sources, titled
from portal.engine.db import Kept, db
from portal.engine.indicators import Period
from portal.engine.refusal import Plain, Refused
from portal.engine.reviews import review_sources
from portal.engine.text import as_on_paper, mark
from portal.engine.voiding import put_back, take_out
from portal.meetings.models import (
    BEFORE,
    NO_LONGER,
    PART_KINDS,
    REPORTING,
    REVIEWS,
    SUBJECT,
    AgendaFigure,
    AgendaItem,
    Meeting,
    MeetingKind,
)
from portal.meetings.models.item import is_report
from portal.meetings.queries import heard_by, looks_back_from
from portal.meetings.reviewing import ALL_ROOMS, compared, figures_beside, item_of, named_in_words, work_in_words
from portal.organisation.models import Unit
from portal.organisation.queries import forces_on

CLOSING = "closing"
Figures = list[tuple[str, str, str]]
Key = tuple[str, int | None, str | None, int | None]


@dataclass
class Entry:
    """An item as the declarations ask for it."""

    source_id: str
    unit: Unit
    title: str  # a marked text, or what people typed
    text: str = ""
    figures: Figures = field(default_factory=list)
    subject: Kept | None = None
    restricted: bool = False
    values: Mapping[str, str] = field(default_factory=dict)  # that the title names
    typed: bool = False  # whether people typed the title

    @property
    def key(self) -> Key:
        about = self.subject
        return _key(self.source_id, self.unit, about.kind_of_record if about else None, about.id if about else None)


def _key(source_id: str, unit: Unit, subject_type: str | None, subject_id: int | None) -> Key:
    """By what an item is found again: a report is that of its force, through a merger too."""
    return source_id, unit.heir_id if is_report(source_id) else None, subject_type, subject_id


def compile_agenda(meeting: Meeting) -> bool:
    """Put the agenda together from the records of the period. Own words, proposals and what was struck out stay.

    It looks back on whole days, the last of them before it is compiled; the next meeting goes on from there.
    Whoever is invited is told where their invitations named other items: gives back whether they did.
    Raises Refused once the meeting has begun: what is heard then is what the invited could read before.
    """
    if meeting.state not in BEFORE:
        raise Refused(Plain(mark("The agenda is compiled until the meeting begins, and no more.")))
    meeting.period_first = looks_back_from(meeting.kind, meeting.commune_id, meeting.day)
    meeting.period_last = last_whole_day(meeting)
    before = _named(meeting)
    entries_of = _of_its_subject if meeting.kind == MeetingKind.AD_HOC else _entries
    with as_on_paper():
        entries = list(entries_of(meeting, heard_by(meeting)))
    kept = {
        _key(one.source_id, one.unit, one.subject_type, one.subject_id): one for one in meeting.items if one.source_id
    }
    for number, entry in enumerate(entries, start=1):
        _agree(meeting, kept.get(entry.key), entry, number)
    wanted = {entry.key for entry in entries}
    for key, item in kept.items():
        if key not in wanted and item.voided_at is None:
            item.reported = False
            take_out(item, NO_LONGER)
    _number(meeting)
    meeting.compiled_at = clock.now()
    invited_to_other = meeting.state == "convened" and _named(meeting) != before
    audit.note("change_agenda" if invited_to_other else "compile", meeting)
    return invited_to_other


def _named(meeting: Meeting) -> list[str]:
    """What invitations say of the agenda: its items, in their order."""
    return [item.title for item in meeting.agenda]


def last_whole_day(meeting: Meeting) -> date:
    """The last day of which an agenda that is compiled now can tell the whole: not that of the meeting, nor today."""
    return max(meeting.period_first, min(meeting.day, clock.today()) - timedelta(days=1))


def _number(meeting: Meeting) -> None:
    """What the rooms say first, then what people proposed, the conclusions last; after them what still waits."""
    for number, item in enumerate((*sorted(meeting.agenda, key=_place), *meeting.late_items), start=1):
        if item.position != number:
            item.position = number


def _place(item: AgendaItem) -> tuple[bool, bool, int]:
    return item.source_id == CLOSING, not item.source_id, item.position


def _entries(meeting: Meeting, period: Hearing) -> Iterator[Entry]:
    """All entries in the order in which they are heard: the chair's, then each force's report and what it brings.

    Where several units are of one kind each reports; what the rooms bring for their part stands with the first.
    """
    told = [(source, one) for source in agenda_sources() for one in source.contributions(period)]
    units = _units(meeting)
    chair = next(iter(units["chair"]), meeting.chair_unit)
    for source, one in told:
        if source.part == "chair":
            yield _own(source.id, chair, one)
    if meeting.kind in REVIEWS:
        yield from _review(chair, period)
    for part in REPORTING:
        if units[part]:
            first, *others = units[part]
            of_part = [(source, one) for source, one in told if source.part == part]
            yield _report(part, first, [one for _source, one in of_part if one.subject is None])
            yield from (_report(part, unit, []) for unit in others)
            yield from (_own(source.id, first, one) for source, one in of_part if one.subject is not None)
    yield _closing(chair)


def _of_its_subject(meeting: Meeting, _period: Hearing) -> Iterator[Entry]:
    """An extraordinary meeting speaks of what it was called for; anything else is put on its agenda by somebody."""
    yield Entry(SUBJECT, meeting.chair_unit, meeting.subject, typed=True)
    yield _closing(meeting.chair_unit)


def _closing(chair: Unit) -> Entry:
    return Entry(CLOSING, chair, mark("Conclusions and tasks until the next meeting"))


def _units(meeting: Meeting) -> dict[str, list[Unit]]:
    """Whose turn it is in each part of the agenda, as the forces stand on the day of the meeting."""
    standing = forces_on(meeting.commune_id, meeting.day)
    return {part: [unit for unit in standing if unit.kind == kind] for part, kind in PART_KINDS.items()}


def _review(chair: Unit, period: Period) -> Iterator[Entry]:
    """What a review looks back on: the figures of all rooms beside those of a year before, the work of each force.

    What a room tells only to whoever holds a right stands apart: the same people read it as on the page of the review.
    """
    told = compared(review_sources(), period)
    openly = [one for one in told if one.source.right is None]
    text = "\n".join((*work_in_words(period), *named_in_words(openly)))
    yield Entry(ALL_ROOMS, chair, mark("Results of the coordination"), text, figures_beside(openly))
    for one in told:
        if one.source.right:
            title, values = mark("Results: %(what)s"), {"what": one.source.label}
            text, figures = "\n".join(named_in_words([one])), figures_beside([one])
            yield Entry(item_of(one.source), chair, title, text, figures, restricted=True, values=values)


def _own(source_id: str, unit: Unit, one: Contribution) -> Entry:
    return Entry(
        source_id, unit, one.title, str(one.text), _figures(one), one.subject, one.restricted, one.values
    )  # fmt: skip


def _report(part: str, unit: Unit, told: list[Contribution]) -> Entry:
    """The report of a force: the figures of all rooms that have some for it, and what they say."""
    text = "\n".join(f"{one.called}: {one.text}" for one in told if str(one.text))
    figures = [figure for one in told for figure in _figures(one)]
    title, values = mark("Report of %(unit)s"), {"unit": unit.name}
    return Entry(f"report.{part}", unit, title, text, figures, values=values)


def _figures(one: Contribution) -> Figures:
    return [(str(label), str(value), str(opens)) for label, value, opens in one.figures]


def _agree(meeting: Meeting, item: AgendaItem | None, entry: Entry, number: int) -> None:
    """Make an item, or bring it in line; what somebody struck out stays as it is."""
    if item is not None and item.struck_out:
        return
    if item is None:
        item = AgendaItem(
            meeting=meeting, commune_id=meeting.commune_id, position=number, title="", source_id=entry.source_id
        )
        item.subject_type, item.subject_id = entry.key[2:]
        db.session.add(item)
    facts: dict[str, Any] = {
        "position": number, **_titled(entry), "text": entry.text, "unit_id": entry.unit.id, "unit": entry.unit,
        "restricted": entry.restricted, "reported": True,
    }  # fmt: skip
    for name, value in facts.items():
        if getattr(item, name) != value:
            setattr(item, name, value)
    put_back(item)
    _put_figures(meeting, item, entry.figures)


def _titled(entry: Entry) -> dict[str, Any]:
    """The title as papers have it, and what it was composed of."""
    if entry.typed:
        return {"title": entry.title, "title_text": "", "title_values": None}
    with as_on_paper():
        on_paper = titled(entry.title, entry.values)
    return {"title": on_paper, "title_text": entry.title, "title_values": dict(entry.values) or None}


def _put_figures(meeting: Meeting, item: AgendaItem, figures: Figures) -> None:
    if [(one.label, one.value, one.opens) for one in item.figures] == figures and all(
        (one.first, one.last) == (meeting.period_first, meeting.period_last) for one in item.figures
    ):
        return
    days = {"first": meeting.period_first, "last": meeting.period_last}
    item.figures = [AgendaFigure(label=label, value=value, opens=opens, **days) for label, value, opens in figures]


def propose_item(meeting: Meeting, unit: Unit, title: str, text: str, *, restricted: bool = False) -> AgendaItem:
    """Put something on the agenda. After the invitations it is late, and waits for the chair."""
    if not meeting.changes_agenda:
        raise Refused(Plain(mark("The meeting is over: its agenda stays as it is.")))
    last = max((one.position for one in meeting.items), default=0)
    item = AgendaItem(
        meeting=meeting, commune_id=meeting.commune_id, position=last + 1,
        title=title, text=text, unit=unit, unit_id=unit.id, restricted=restricted, late=meeting.state != "scheduled",
    )  # fmt: skip
    db.session.add(item)
    if not item.late:
        _number(meeting)
    return item


def admit(item: AgendaItem, by_id: int | None) -> None:
    """Let a late item be heard, before the meeting comes to its conclusions."""
    if not item.waits:
        raise Refused(Plain(mark("This item does not wait to be admitted.")))
    item.admitted_at, item.admitted_by_id = clock.now(), by_id
    _number(item.meeting)
    audit.note("admit", item)


def write_words(item: AgendaItem, words: str, by_id: int | None) -> None:
    """Write what a force has to say on an item, until the minutes lie before the chair."""
    if not item.meeting.changes_agenda:
        raise Refused(Plain(mark("The minutes are written: nothing is added to them any more.")))
    item.own_words, item.words_at, item.words_by_id = words, clock.now(), by_id
