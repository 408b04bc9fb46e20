"""What is written down of a move to another commune, and of the file that is handed over."""

from collections.abc import Iterator, Mapping
from datetime import date, time
from typing import Any

from portal.cases.actions.running import refuse_unless_running
from portal.cases.actions.taking_on import offer_to_new_commune
from portal.cases.duties.rules import HANDOVERS
from portal.cases.models import Case, CaseType, ClosingReason, FileHandover, Move, Receiver
from portal.engine.db import db, touch
from portal.engine.refusal import Conflict, Misfit, Plain, Reason, Refused
from portal.engine.text import mark
from portal.engine.voiding import void
from portal.law.common import refuse_hand_over

NOT_MANAGED = mark("Only of somebody whose use of drugs is managed this is recorded here.")
NOT_ASKED = mark("No change of residence was decided on here yet. Propose it first.")
NO_TRANSFER = mark("The transfer is decided on first: propose it, and hand the file over once it is approved.")
NEITHER_YET = mark("Please say on which day the agency decided, and what.")


def record_move(case: Case, **told: Any) -> Move:
    """Write down that somebody who is managed moves to another commune, or what was done about it since.

    Raises Refused where the days contradict one another.
    """
    if case.type != CaseType.DRUG_USER_MANAGEMENT:
        raise Refused(Plain(NOT_MANAGED))
    days = {name: told[name] for name in ("known_on", "told_on", "arrived_on", "received_on")}
    refuse_unless_running(case, **days)
    if against := [*_against_hours(told)]:
        raise Refused(*against)
    move = case.move or Move(case=case, commune_id=case.commune_id)
    return _written(case, move, told)


def begin_move(case: Case, moves_to: str, asked_on: date, *, other_province: bool | None, proposal_id: int) -> Move:
    """The change of residence that was decided on here goes to the agency: its steps are recorded as they come in."""
    move = Move(
        case=case, commune_id=case.commune_id, moves_to=moves_to, known_on=asked_on, known_time=time(),
        other_province=other_province, proposal_id=proposal_id,
    )  # fmt: skip
    db.session.add(move)
    db.session.flush()
    touch(case)
    return move


def record_steps(case: Case, **told: Any) -> Move:
    """Write down what became of a change of residence: reported, agreed on, decided.

    Raises Refused where the days contradict one another, or nobody decided here that it is asked for.
    """
    move = case.move
    if move is None:
        raise Refused(Plain(NOT_ASKED))
    refuse_unless_running(case, **{name: told[name] for name in ("told_on", "agreed_on", "decided_on")})
    if against := [*_against_steps(move, told)]:
        raise Refused(*against)
    return _written(case, move, told)


def _written(case: Case, move: Move, told: Mapping[str, Any]) -> Move:
    for name, value in told.items():
        setattr(move, name, value)
    db.session.add(move)
    touch(case)
    return move


def _against_hours(told: Mapping[str, Any]) -> Iterator[Reason]:
    known, there = told["known_on"], told["arrived_on"]
    if told["told_on"] and told["told_on"] < known:
        yield Misfit("told_on", mark("Nobody is told before it is known."))
    if bool(told["arrived_on"]) != bool(told["arrived_time"]):
        field = "arrived_time" if told["arrived_on"] else "arrived_on"
        yield Misfit(field, mark("Please give the day and the hour of the arrival: the time runs from then."))
    if told["received_on"] and (there is None or told["received_on"] < there):
        yield Misfit("received_on", mark("This follows the arrival, whose day is given first."))


def _against_steps(move: Move, told: Mapping[str, Any]) -> Iterator[Reason]:
    """Each step follows the one before, and the first the paper by which it is asked."""
    before = max(move.known_on, _asked_by(move))
    for name in ("told_on", "agreed_on", "decided_on"):
        day = told[name]
        if day and day < before:
            yield Misfit(name, mark("This follows what was done on %(day)s."), day=before)
        before = max(before, day) if day else before
    if (told["decided_on"] is None) != (told["granted"] is None):
        yield Misfit("granted" if told["decided_on"] else "decided_on", NEITHER_YET)
    if move.transfer_id and not told["granted"]:
        yield Misfit("granted", mark("The transfer was approved by this decision already."))


def _asked_by(move: Move) -> date:
    """The day of the paper that reports it: of the proposal that was decided on here."""
    return _paper_of(move.case, move.proposal_id) or move.known_on


def _paper_of(case: Case, proposal_id: int | None) -> date | None:
    found: date | None = next((one.decided_on for one in case.proposals if one.id == proposal_id), None)
    return found


def hand_over(
    case: Case, to: Receiver, handed_on: date, receiver: str, items: str, received_by: str = "",
    note: str = "",
) -> FileHandover:  # fmt: skip
    """Write down that the file was handed over. To the new commune, that closes the case here; to the agency, before
    the end, it is the last day that is assessed.

    Raises Refused without an approved transfer, or to the agency long before the end; Conflict where the file is there
    already.
    """
    refuse_unless_running(case, handed_on=handed_on)
    if before := next((one for one in case.handovers if one.counts and one.to == to), None):
        raise Conflict(before, Plain(mark("The file was handed over on %(day)s already."), day=before.handed_on))
    move = case.move
    if to == Receiver.COMMUNE and (move is None or move.transfer_id is None):
        raise Refused(Misfit("to", NO_TRANSFER))
    if to == Receiver.AGENCY and (against := [*_too_early(case, handed_on)]):
        raise Refused(*against)
    handover = FileHandover(
        case=case, commune_id=case.commune_id, to=to, handed_on=handed_on, receiver=receiver, items=items,
        received_by=received_by, note=note,
    )  # fmt: skip
    if not handover.lines:
        raise Refused(Misfit("items", mark("Please list what is handed over, a line a document.")))
    db.session.add(handover)
    touch(case)
    if to == Receiver.AGENCY:
        case.handed_over_on = handed_on
    elif move is not None:
        _goes(case, move, handed_on)
    db.session.flush()
    return handover


def _too_early(case: Case, handed_on: date) -> Iterator[Misfit]:
    """The months of a term are assessed until its file goes; so it goes shortly before the end, or after a death."""
    if case.death:
        return
    owed, last = next((due for due in case.law.calendar if due.rule in HANDOVERS), None), case.law.last_day
    if owed and last:
        yield from (Misfit.by("handed_on", one) for one in refuse_hand_over(handed_on, owed, last.due_on))


def _goes(case: Case, move: Move, handed_on: date) -> None:
    """The case ends here as transferred; the new commune, where it works with us, finds it as a draft."""
    before = max((day for day in (move.decided_on, _paper_of(case, move.transfer_id)) if day), default=handed_on)
    if handed_on < before:
        raise Refused(Misfit("handed_on", mark("This follows what was done on %(day)s."), day=before))
    move.received_on = handed_on
    offer_to_new_commune(case, move)
    case.close(handed_on, ClosingReason.TRANSFERRED)


def strike_out(handover: FileHandover, reason: str) -> None:
    """Mark a hand-over as entered in error: the file is owed again."""
    void(handover, reason)
    if handover.to == Receiver.AGENCY:
        handover.case.handed_over_on = None
