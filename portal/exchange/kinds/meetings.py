"""Meetings with their agendas, who was there, the minutes as they were approved, and the tasks that they gave.

Who said, heard or signed something at a meeting cannot say it again, so only the command takes any of it in. Minutes
lie in another portal under another key: they are bound there anew, if they were intact where they came from. Figures of
an agenda, what an item was about, and excerpts stay behind.
"""

from collections.abc import Mapping
from typing import Any, ClassVar

from sqlalchemy import Select, select
from sqlalchemy.orm import selectinload

from portal.engine.db import db
from portal.engine.forms import BooleanField, Choice, Day, Form, Line, Number, Optional, Paragraphs, Required
from portal.engine.refusal import Misfit, Refused
from portal.engine.text import _l, mark
from portal.exchange.bringing import Bringing, agreeing
from portal.exchange.kinds.rows import ByCommand, LinesOf, NumberedRows, OfCommune, Rows, columns_of
from portal.exchange.moments import Moment
from portal.exchange.reading import Misread
from portal.exchange.references import Reference
from portal.exchange.sheet import NO, YES, Both, Facts, Verdict
from portal.exchange.taking import Taking, code_of
from portal.meetings.models import (
    KIND_NAMES,
    OUTCOME_NAMES,
    TOOK_PLACE,
    ActionItem,
    AgendaItem,
    Attendance,
    Meeting,
    Minutes,
)
from portal.meetings.models.minutes import bound
from portal.meetings.models.task import Carrying
from portal.meetings.models.wording import WITHHELD
from portal.meetings.workflow import MEETING, TASK

MOST, LONG = 1000, 20_000  # units, positions and minutes; letters of what was heard of an item
YES_OR_NO = [("", ""), ("y", YES), ("n", NO)]
SAID = {"y": True, "n": False}
_MEETING, _ITEM = _l("Meeting"), _l("Item")


class MeetingRow(OfCommune):
    number = Line(_l("Number"), [Required()], length=40)
    kind = Choice(_l("Kind"), [Required()], choices=[(one.value, name) for one, name in KIND_NAMES.items()])
    subject = Line(_l("Subject"), [Optional()], length=400)
    starts_at = Moment(_l("Called for"), [Required()], ahead=True)
    where = Line(_l("Place"), [Required()], length=200)
    chair_id = Line(_l("Chair"), [Required()])
    chair_unit_id = Line(_l("Unit that calls it"), [Required()])
    secretary_id = Line(_l("Secretary"), [Required()])
    period_first = Day(_l("Looks back from"), [Required()])
    period_last = Day(_l("Looks back to"), [Required()])
    quorum = Number(_l("Quorum"), [Required()], most=MOST)
    invitation = Number(_l("How often people were invited"), [Optional()], most=MOST)
    series_id = Line(_l("Series"), [Optional()], description=_l("Its number in this file."))
    by_rule_on = Day(_l("Its day by the rule of its series"), [Optional()])
    moved_on = Day(_l("Moved on"), [Optional()])
    state = Choice(_l("State"), [Required()], choices=[(name, one.label) for name, one in MEETING.states.items()])
    held_on = Day(_l("Held on"), [Optional()])
    began_at = Moment(_l("Began at"), [Optional()])
    ended_at = Moment(_l("Ended at"), [Optional()])
    conclusion = Paragraphs(_l("Conclusion of the chair"), [Optional()], length=LONG)


class Meetings(ByCommand, NumberedRows):
    key, title, record, form = "meetings", _l("Meetings"), Meeting, MeetingRow
    about = _l("Meetings as they were called and held. Only the command takes them in.")
    columns = ("number", "commune", "kind", "subject", "starts_at", "where", "chair_id", "chair_unit_id",
               "secretary_id", "period_first", "period_last", "quorum", "invitation", "series_id", "by_rule_on",
               "moved_on", "state", "held_on", "began_at", "ended_at", "conclusion")  # fmt: skip

    def take(self, facts: Facts, bringing: Bringing) -> Verdict:
        return super().take({**facts, "invitation": facts["invitation"] or 0}, bringing)

    def said(self, one: Any, code: Any) -> dict[str, Any]:
        return {**super().said(one, code), "where": one.place}

    def once(self, facts: Facts, bringing: Bringing) -> None:
        super().once(facts, bringing)
        missing = [name for name in ("held_on", "began_at") if facts["state"] in TOOK_PLACE and facts[name] is None]
        if missing:
            raise Refused(*(Misfit(one, mark("Please say when: the state tells that it happened.")) for one in missing))
        if facts["ended_at"] and facts["began_at"] and facts["ended_at"] <= facts["began_at"]:
            raise Refused(Misfit("ended_at", mark("The end lies before the start.")))

    def write(self, facts: Facts, bringing: Bringing) -> None:
        kept = columns_of(Meeting, facts)
        db.session.add(Meeting(commune_id=bringing.of_commune(facts), place=facts["where"], **kept))
        db.session.flush()


class AttendanceRow(Form):
    meeting_id = Line(_MEETING, [Required()])
    unit_id = Line(_l("Unit"), [Required()])
    user_id = Line(_l("Account"), [Optional()])
    name = Line(_l("Name"), [Optional()], length=120)
    title = Line(_l("Office"), [Optional()], length=120)
    needed = BooleanField(_l("Counts for the quorum"), [Optional()])
    comes = Choice(_l("Comes"), [Optional()], choices=YES_OR_NO)
    present = Choice(_l("Present"), [Optional()], choices=YES_OR_NO)
    came_at = Moment(_l("Came at"), [Optional()])
    left_at = Moment(_l("Left at"), [Optional()])
    substitute_for = Line(_l("In whose place"), [Optional()], length=120)


class Attendances(ByCommand, LinesOf):
    key, title, record, form = "meetings.attendance", Both(Meetings.title, _l("Attendance")), Attendance, AttendanceRow
    about = _l("Who was invited, what they answered, and who was there.")
    columns = ("meeting_id", "unit_id", "user_id", "name", "title", "needed", "comes", "present", "came_at", "left_at",
               "substitute_for")  # fmt: skip
    of, keys, order = Meeting, ("meeting_id", "unit_id", "user_id", "name"), (Attendance.id,)

    def take(self, facts: Facts, bringing: Bringing) -> Verdict:
        meant = {name: SAID.get(facts[name]) for name in ("comes", "present")}
        return super().take({**facts, **meant, "name": facts["name"] or ""}, bringing)

    def told(self, row: Any, taking: Taking) -> Mapping[str, Any]:
        words = {value: word for word, value in SAID.items()}
        said = self.said(row[0], taking.code)
        return {**said, **{name: words.get(said[name]) for name in ("comes", "present")}}


class ItemRow(Form):
    meeting_id = Line(_MEETING, [Required()])
    position = Number(_l("Place on the agenda"), [Required()], most=MOST)
    title = Line(_l("What the item is about"), [Required()], length=1000)
    text = Paragraphs(_l("Text"), [Optional()], length=LONG)
    minutes = Number(_l("Minutes that it takes"), [Required()], most=MOST)
    source_id = Line(_l("Where it comes from"), [Optional()], description=_l("Empty: somebody proposed it."))
    unit_id = Line(_l("Whose turn it is"), [Required()])
    restricted = BooleanField(_l("Restricted"), [Optional()])
    late = BooleanField(_l("Late"), [Optional()])
    admitted_at = Moment(_l("Admitted at"), [Optional()])
    admitted_by_id = Line(_l("Admitted by"), [Optional()])
    own_words = Paragraphs(_l("What the unit reports"), [Optional()], length=LONG)
    words_at = Moment(_l("Written at"), [Optional()])
    words_by_id = Line(_l("Written by"), [Optional()])
    heard_text = Paragraphs(_l("What was heard"), [Optional()], length=LONG)
    outcome = Choice(
        _l("Outcome"), [Optional()], choices=[("", ""), *((one.value, name) for one, name in OUTCOME_NAMES.items())]
    )
    concluded_at = Moment(_l("Concluded at"), [Optional()])
    outcome_text = Paragraphs(_l("Conclusion"), [Optional()], length=LONG)
    no_conclusion_reason = Paragraphs(_l("Why nothing was concluded"), [Optional()], length=LONG)
    why_without_quorum = Paragraphs(_l("Why it was concluded without the quorum"), [Optional()], length=LONG)


class Items(ByCommand, LinesOf):
    key, title, record, form = "meetings.items", Both(Meetings.title, _l("Agenda")), AgendaItem, ItemRow
    about = _l("What stood on the agenda, what was said of it, and what came of it.")
    columns = ("meeting_id", "position", "title", "text", "minutes", "source_id", "unit_id", "restricted", "late",
               "admitted_at", "admitted_by_id", "own_words", "words_at", "words_by_id", "heard_text", "outcome",
               "concluded_at", "outcome_text", "no_conclusion_reason", "why_without_quorum")  # fmt: skip
    of, keys, order = Meeting, ("meeting_id", "position"), (AgendaItem.position, AgendaItem.id)


class MinutesRow(Form):
    meeting_id = Line(_MEETING, [Required()])
    paragraph = Number(_l("Paragraph"), [Required()], least=1, most=MOST * 10)
    heading = Paragraphs(_l("Heading"), [Optional()], length=LONG)
    text = Paragraphs(_l("Text"), [Optional()], length=LONG)
    item = Number(_ITEM, [Optional()], most=MOST, description=_l("Its place on the agenda."))
    secretary = Line(_l("Secretary"), [Required()], length=120)
    chair = Line(_l("Chair"), [Required()], length=120)
    approved_at = Moment(_l("Approved at"), [Required()])
    approved_by_id = Line(_l("Approved by"), [Required()])
    intact = BooleanField(_l("As it was frozen"), [Optional()], description=_l("No: somebody changed it afterwards."))


class MinutesOf(ByCommand, Rows):
    """A row a paragraph, since no cell holds the minutes of a long meeting; each says who approved them.

    Of a restricted item whoever may not read it gets the number alone, as on the page.
    """

    key, title, record, form = "meetings.minutes", Both(Meetings.title, _l("Minutes")), Minutes, MinutesRow
    about = _l("The minutes, word for word as they were approved. Corrections stay behind.")
    columns = ("meeting_id", "paragraph", "heading", "text", "item", "secretary", "chair", "approved_at",
               "approved_by_id", "intact")  # fmt: skip

    def found(self, taking: Taking) -> Select[Any]:
        found = select(Minutes).join(Minutes.meeting).where(Minutes.voided_at.is_(None), Meeting.voided_at.is_(None))
        loaded = selectinload(Minutes.meeting).selectinload(Meeting.items)
        return found.where(*taking.within(Minutes)).order_by(code_of(Meeting), Meeting.number).options(loaded)

    def told(self, row: Any, taking: Taking) -> list[Mapping[str, Any]]:
        minutes, rows = row[0], list[Mapping[str, Any]]()
        for place, one in enumerate(minutes.told, start=1):
            open_ = not one.item_id or taking.tells(AgendaItem, one.item_id)
            if open_ or one.heading:
                rows.append(self.said((minutes, place), taking.code) | ({} if open_ else {"text": WITHHELD}))
        return rows

    def said(self, one: Any, code: Any) -> dict[str, Any]:
        minutes, place = one
        told = minutes.told[place - 1]
        positions = {item.id: item.position for item in minutes.meeting.items if item.voided_at is None}
        names = ("meeting_id", "secretary", "chair", "approved_at", "approved_by_id", "intact")
        return {**{name: getattr(minutes, name) for name in names}, "paragraph": place, "heading": told.heading,
                "text": told.text, "item": positions.get(told.item_id)}  # fmt: skip

    def there(self, facts: Facts, bringing: Bringing) -> tuple[Minutes, int] | None:
        minutes = _minutes(facts)
        return (minutes, facts["paragraph"]) if minutes and facts["paragraph"] <= len(minutes.paragraphs) else None

    def same(self, there: Any, facts: Facts, bringing: Bringing) -> Verdict:
        return agreeing(self.said(there, None), facts)

    def write(self, facts: Facts, bringing: Bringing) -> None:
        minutes = _minutes(facts) or self._begun(facts)
        if facts["paragraph"] != len(minutes.paragraphs) + 1:
            raise Refused(Misfit("paragraph", mark("Paragraphs come one after the other, from 1 on.")))
        item = _item(facts["meeting_id"], facts["item"]) if facts["item"] else None
        told = [facts["heading"] or "", facts["text"] or "", item.id if item else 0]
        minutes.paragraphs = [*minutes.paragraphs, told]
        minutes.digest = bound(minutes.paragraphs) if facts["intact"] else ""
        db.session.flush()

    @staticmethod
    def _begun(facts: Facts) -> Minutes:
        meeting = db.session.get_one(Meeting, facts["meeting_id"])
        names = ("secretary", "chair", "approved_at", "approved_by_id")
        minutes = Minutes(
            meeting=meeting, commune_id=meeting.commune_id, paragraphs=[], digest="",
            **{name: facts[name] for name in names},
        )  # fmt: skip
        db.session.add(minutes)
        return minutes


def _minutes(facts: Facts) -> Minutes | None:
    return db.session.scalar(select(Minutes).where(Minutes.meeting_id == facts["meeting_id"]))


def _item(meeting_id: int, position: int) -> AgendaItem:
    """The item at a place on an agenda. Raises Refused."""
    of = AgendaItem.meeting_id == meeting_id, AgendaItem.position == position, AgendaItem.voided_at.is_(None)
    found = db.session.scalars(select(AgendaItem).where(*of).order_by(AgendaItem.id)).first()
    if found is None:
        raise Refused(Misfit("item", mark("The agenda has no item at this place.")))
    return found


class TaskRow(Form):
    meeting_id = Line(_MEETING, [Required()])
    item = Number(_ITEM, [Optional()], most=MOST, description=_l("Its place on the agenda."))
    text = Paragraphs(_l("What is to be done"), [Required()], length=LONG)
    unit_id = Line(_l("Unit"), [Required()])
    due_on = Day(_l("Due on"), [Required()])
    state = Choice(_l("State"), [Required()], choices=[(name, one.label) for name, one in TASK.states.items()])
    ended_on = Day(_l("Ended on"), [Optional()])
    result = Paragraphs(_l("Result"), [Optional()], length=LONG)
    carried = Line(
        _l("Found open by"), [Optional()], length=4000,
        description=_l("The numbers of later meetings, with semicolons between."),
    )  # fmt: skip


class Tasks(ByCommand, LinesOf):
    key, title, record, form = "meetings.tasks", Both(Meetings.title, _l("Tasks")), ActionItem, TaskRow
    about = _l("What meetings gave units to do, and what became of it.")
    columns: ClassVar[tuple[str, ...]] = (
        "meeting_id", "item", "text", "unit_id", "due_on", "state", "ended_on", "result", "carried"
    )  # fmt: skip
    of: ClassVar[Any] = Meeting
    order = (ActionItem.id,)
    keys = ("meeting_id", "unit_id", "text", "due_on")

    def __init__(self, known: Mapping[str, Reference]) -> None:
        super().__init__(known)
        self.meetings = known["meeting"]

    def said(self, one: Any, code: Any) -> dict[str, Any]:
        numbers = sorted(self.meetings.shown(each.meeting_id) or "" for each in one.carryings)
        carried, item = "; ".join(one for one in numbers if one), one.item.position if one.item else None
        return {**super().said(one, code), "item": item, "carried": carried}

    def once(self, facts: Facts, bringing: Bringing) -> None:
        self._carried(facts, bringing)
        if (facts["ended_on"] is None) != (facts["state"] == "open"):
            raise Refused(Misfit("ended_on", mark("What was done or dropped says since when, and nothing else does.")))

    def _carried(self, facts: Facts, bringing: Bringing) -> list[int]:
        named = [one.strip() for one in (facts["carried"] or "").split(";") if one.strip()]
        try:
            return [self.meetings.found(one, bringing) for one in named]
        except Misread as misread:
            raise Refused(Misfit("carried", misread.message)) from misread

    def write(self, facts: Facts, bringing: Bringing) -> None:
        task = self.made(facts)
        task.item = _item(facts["meeting_id"], facts["item"]) if facts.get("item") else None
        task.carryings = [Carrying(meeting_id=one) for one in self._carried(facts, bringing)]
        db.session.add(task)
        db.session.flush()
        bringing.claim(self.key, task)
