"""The agenda: compiled from what the rooms declare, and from what people propose."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from portal.duties.notices import notify
from portal.engine import audit, clock
from portal.engine.agenda import Contribution, agenda_sources
from portal.engine.db import Kept, db
from portal.engine.indicators import Period
from portal.engine.refusal import Plain, Refused
from portal.engine.reviews import review_sources
from portal.engine.text import _, as_on_paper, mark
from portal.meetings.models import (
    LATE_ITEM,
    NO_LONGER,
    PART_KINDS,
    REPORTING,
    REVIEWS,
    AgendaFigure,
    AgendaItem,
    Meeting,
)
from portal.meetings.queries import looks_back_from, period_of, unit_of_kind
from portal.meetings.reviewing import compared, figures_beside, in_words
from portal.organisation.models import Unit

CLOSING = "closing"
Figures = list[tuple[str, str, str]]
Key = tuple[str, str | None, int | None]


@dataclass
class Entry:
    """An item as the declarations ask for it."""

    source_id: str
    unit: Unit
    title: str
    text: str = ""
    figures: Figures = field(default_factory=list)
    subject: Kept | None = None
    restricted: bool = False

    @property
    def key(self) -> Key:
        about = self.subject
        return (self.source_id, about.kind_of_record if about else None, about.id if about else None)


def compile_agenda(meeting: Meeting) -> None:
    """Put the agenda together from the records of the period. Own words, proposals and what was struck out stay.

    It looks back on whole days, the last of them before it is compiled; the next meeting goes on from there.
    Raises Refused once the invitations are out: what was sent is not changed behind anybody's back.
    """
    if meeting.state != "scheduled":
        raise Refused(Plain(mark("The invitations are out, so the agenda stays as it was sent.")))
    meeting.period_first = looks_back_from(meeting.kind, meeting.commune_id, meeting.day)
    meeting.period_last = last_whole_day(meeting)
    with as_on_paper():
        entries = list(_entries(meeting, period_of(meeting)))
    kept = {(one.source_id, one.subject_type, one.subject_id): one for one in meeting.items if one.source_id}
    order = [item for entry in entries if (item := _agree(meeting, kept.get(entry.key), entry))]
    wanted = {entry.key for entry in entries}
    for key, item in kept.items():
        if key not in wanted and item.voided_at is None:
            item.voided_at, item.void_reason = clock.now(), NO_LONGER
    _number(meeting, order)
    meeting.compiled_at = clock.now()
    audit.note("compile", meeting)


def last_whole_day(meeting: Meeting) -> date:
    """The last day of which an agenda that is compiled now can tell the whole: not that of the meeting, nor today."""
    return max(meeting.period_first, min(meeting.day, clock.today()) - timedelta(days=1))


def _number(meeting: Meeting, order: list[AgendaItem]) -> None:
    """What the rooms say first, then what people proposed, the conclusions last."""
    proposed = [item for item in meeting.items if not item.source_id and item.voided_at is None]
    closing = [item for item in order if item.source_id == CLOSING]
    told = [item for item in order if item.voided_at is None and item not in closing]
    for number, item in enumerate((*told, *proposed, *closing), start=1):
        item.position = number


def _entries(meeting: Meeting, period: Period) -> Iterator[Entry]:
    """All entries in the order in which they are heard: the chair's, then each force's report and what it brings."""
    told = [(source, one) for source in agenda_sources() for one in source.contributions(period)]
    units = {part: unit_of_kind(meeting.commune_id, kind, meeting.day) for part, kind in PART_KINDS.items()}
    chair = units["chair"] or meeting.chair_unit
    for source, one in told:
        if source.part == "chair":
            yield _own(source.id, chair, one)
    if meeting.kind in REVIEWS:
        yield _review(chair, period)
    for part in REPORTING:
        if unit := units[part]:
            of_part = [(source, one) for source, one in told if source.part == part]
            yield _report(part, unit, [one for _source, one in of_part if one.subject is None])
            yield from (_own(source.id, unit, one) for source, one in of_part if one.subject is not None)
    yield Entry(CLOSING, chair, _("Conclusions and tasks until the next meeting"))


def _review(chair: Unit, period: Period) -> Entry:
    """What a review looks back on: the figures of all rooms beside those of a year before, the work of each force."""
    told = compared(review_sources(), period)
    text = "\n".join(in_words(period, told))
    return Entry("meetings.review", chair, _("Results of the coordination"), text, figures_beside(told))


def _own(source_id: str, unit: Unit, one: Contribution) -> Entry:
    return Entry(source_id, unit, str(one.title), str(one.text), _figures(one), one.subject, one.restricted)


def _report(part: str, unit: Unit, told: list[Contribution]) -> Entry:
    """The report of a force: the figures of all rooms that have some for it, and what they say."""
    text = "\n".join(f"{one.title}: {one.text}" for one in told if str(one.text))
    figures = [figure for one in told for figure in _figures(one)]
    return Entry(f"report.{part}", unit, _("Report of %(unit)s", unit=unit.name), text, figures)


def _figures(one: Contribution) -> Figures:
    return [(str(label), str(value), str(opens)) for label, value, opens in one.figures]


def _agree(meeting: Meeting, item: AgendaItem | None, entry: Entry) -> AgendaItem | None:
    """Make an item, or bring it in line; None for one that somebody struck out."""
    if item is not None and item.voided_at is not None and item.void_reason != NO_LONGER:
        return None
    if item is None:
        item = AgendaItem(
            meeting=meeting, commune_id=meeting.commune_id, position=0, title="", source_id=entry.source_id
        )
        item.subject_type, item.subject_id = entry.key[1:]
        db.session.add(item)
    facts: dict[str, Any] = {
        "title": entry.title, "text": entry.text, "unit_id": entry.unit.id, "unit": entry.unit,
        "restricted": entry.restricted, "voided_at": None, "void_reason": "",
    }  # fmt: skip
    for name, value in facts.items():
        if getattr(item, name) != value:
            setattr(item, name, value)
    _put_figures(meeting, item, entry.figures)
    return item


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
    if item.late:
        notify(LATE_ITEM, meeting, (meeting.chair,), number=meeting.number)
    if meeting.state == "scheduled":
        _number(meeting, [one for one in sorted(meeting.items, key=lambda one: one.position) if one.source_id])
    return item


def admit(item: AgendaItem, by_id: int | None) -> None:
    """Let a late item be heard."""
    if not item.waits:
        raise Refused(Plain(mark("This item does not wait to be admitted.")))
    item.admitted_at, item.admitted_by_id = clock.now(), by_id
    audit.note("admit", item)


def write_words(item: AgendaItem, words: str, by_id: int | None) -> None:
    """Write what a force has to say on an item, until the minutes lie before the chair."""
    if not item.meeting.changes_agenda:
        raise Refused(Plain(mark("The minutes are written: nothing is added to them any more.")))
    item.own_words, item.words_at, item.words_by_id = words, clock.now(), by_id
