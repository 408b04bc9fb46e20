"""Items while they are heard: what is said, what is concluded, who does it."""

from dataclasses import dataclass
from datetime import date

from portal.engine import audit, clock
from portal.engine.access import Actor, may
from portal.engine.db import db, touch
from portal.engine.refusal import Busy, Forbidden, Misfit, Plain, Refused
from portal.engine.text import mark
from portal.engine.voiding import void
from portal.meetings.actions.holding import being_heard, still_held
from portal.meetings.models import ActionItem, AgendaItem, EarlierOutcome, ItemDraft, Outcome
from portal.organisation.models import Unit

Said = tuple[Outcome | None, str, str, str]  # in words, why nothing was concluded, why it was without the quorum


@dataclass(frozen=True)
class Order:
    """What a unit has to do by a day."""

    text: str
    unit: Unit
    due_on: date


def take_up(item: AgendaItem, by_id: int | None) -> None:
    """Hold an item while one writes it. Raises Refused where it is not heard, Busy while somebody else writes."""
    being_heard(item)
    if held := item.held_from(by_id):
        raise Busy(item, *held)
    item.held_by_id, item.held_at = by_id, clock.now()


def let_go(item: AgendaItem, by_id: int | None) -> None:
    """Leave an item to others."""
    if item.held_by_id == by_id:
        item.held_by_id, item.held_at = None, None


def write_down(item: AgendaItem, heard: str, by_id: int | None) -> None:
    """Keep what is said on an item, whose draft is over then."""
    take_up(item, by_id)
    item.heard_text, item.draft = heard, None


def keep_so_far(item: AgendaItem, heard: str, draft: ItemDraft, by_id: int | None) -> None:
    """Keep what is said on an item while it is said, and what is typed of an outcome that is not given yet."""
    take_up(item, by_id)
    item.heard_text = heard
    draft.item_id = item.id
    if draft.adds_to(item):
        db.session.merge(draft)
    else:
        item.draft = None


def conclude(
    item: AgendaItem,
    outcome: Outcome,
    by_id: int | None,
    *,
    text: str = "",
    why_none: str = "",
    why_without_quorum: str = "",
    order: Order | None = None,
) -> None:
    """Record the outcome of an item, with whoever has to do something by a day.

    Raises Refused while the quorum is not there, and at the field: no reason for no conclusion or for one that too few
    heard, an order without owner, a day before the meeting.
    """
    take_up(item, by_id)
    if missing := item.meeting.without_quorum():
        raise Refused(*missing)
    if outcome == Outcome.NO_CONCLUSION and not why_none.strip():
        raise Refused(Misfit("no_conclusion_reason", mark("Please say why nothing was concluded.")))
    _check_orders(item, outcome, order)
    if outcome != item.outcome and item.meeting.runs_now:
        item.concluded_at = clock.now()
    none = why_none if outcome == Outcome.NO_CONCLUSION else ""
    _put(item, (outcome, text, none, _why_without_quorum(item, outcome, why_without_quorum)))
    if order:
        give(item, order)
    audit.note("conclude", item)


def _check_orders(item: AgendaItem, outcome: Outcome, order: Order | None) -> None:
    """An instruction says who carries it out; what it ordered does not stay behind without it."""
    if outcome == Outcome.INSTRUCTED and order is None and not item.open_tasks:
        raise Refused(Misfit("unit_id", mark("An order needs a unit that carries it out.")))
    if outcome == Outcome.NO_CONCLUSION and order:
        raise Refused(Misfit("task", mark("Where nothing was concluded, nobody is told to do something.")))
    if item.open_tasks and (outcome == Outcome.NO_CONCLUSION or item.outcome == Outcome.INSTRUCTED != outcome):
        text = mark("Tasks came out of this item. Strike them out first, or take the outcome back with them.")
        raise Refused(Misfit("outcome", text))


def _put(item: AgendaItem, said: Said, reason: str = "") -> None:
    """Let an outcome take the place of the one that stands, if there is one: what was said of that is kept."""
    stands = item.outcome, item.outcome_text, item.no_conclusion_reason, item.why_without_quorum
    if item.outcome and stands != said:
        kept = EarlierOutcome(
            item=item, commune_id=item.commune_id, outcome=item.outcome, words=" ".join(filter(None, stands[1:])),
            reason=reason,
        )  # fmt: skip
        db.session.add(kept)
    item.outcome, item.outcome_text, item.no_conclusion_reason, item.why_without_quorum = said


def take_back_outcome(item: AgendaItem, reason: str, by: Actor) -> None:
    """Leave an item open again, with the reason. What was said stays in the story; its tasks are struck out with it.

    Raises Refused while one of them is done or dropped, Forbidden where its tasks are not theirs to strike out.
    """
    take_up(item, by.id)
    if item.outcome is None:
        raise Refused(Plain(mark("This item has no outcome.")))
    for task in item.open_tasks:
        if not may(by, "void", task):
            text = mark("Tasks came out of this item, which somebody else strikes out: the office or a leader.")
            raise Forbidden(Plain(text), wanted="void", record=task)
        void(task, reason)
    _put(item, (None, "", "", ""), reason)
    let_go(item, by.id)
    audit.note("take_back_outcome", item)


def leave_open(item: AgendaItem, order: Order | None = None) -> None:
    """Save an item without an outcome, perhaps with a task. Raises Refused where an outcome stands."""
    if item.outcome:
        text = mark("An outcome stands. Choose another, or take it back and say why.")
        raise Refused(Misfit("outcome", text))
    if order:
        give(item, order)


def _why_without_quorum(item: AgendaItem, outcome: Outcome, why: str) -> str:
    """The chair decides whether an item is concluded that too few heard, and it is written down why."""
    if outcome == Outcome.NO_CONCLUSION or not item.lacks_quorum:
        return ""
    if not why.strip():
        meeting = item.meeting
        text = mark("%(present)s of %(all)s units were there for this item; %(quorum)s are needed. "
                    "Please say why the chair concludes it all the same.")  # fmt: skip
        told = {"present": len(meeting.units_at(item)), "all": len(meeting.units_needed), "quorum": meeting.quorum}
        raise Refused(Misfit("why_without_quorum", text, **told))
    return why


def give(item: AgendaItem, order: Order) -> ActionItem:
    """Give a task out of an item."""
    meeting = item.meeting
    if order.due_on < meeting.day:
        raise Refused(Misfit("due_on", mark("A task cannot be due before the meeting that gives it.")))
    task = ActionItem(
        meeting=meeting, item=item, commune_id=meeting.commune_id, text=order.text, unit=order.unit,
        unit_id=order.unit.id, due_on=order.due_on,
    )  # fmt: skip
    db.session.add(task)
    return task


def take_back(task: ActionItem, reason: str) -> None:
    """Strike out a task that was entered in error while the meeting is still written down."""
    still_held(task.meeting)
    touch(task.item)
    void(task, reason)
