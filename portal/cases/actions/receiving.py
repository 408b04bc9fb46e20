"""Receiving a person: what the session held, and what was made good afterwards."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, time

from portal.cases.actions.keeping import keeping_what_moves
from portal.cases.actions.minors import against_representative, against_unconfirmed
from portal.cases.actions.recording import record_reception
from portal.cases.models import (
    Case,
    Reception,
    Summons,
    SummonsOutcome,
    SummonsPurpose,
    reception_of,
    waiting_summons,
)
from portal.documents import actions as filing
from portal.documents.queries import document_of
from portal.engine import audit, clock, voiding
from portal.engine.access import Actor
from portal.engine.db import db, touch
from portal.engine.refusal import Misfit, Reason, Refused
from portal.engine.text import mark
from portal.law.community import ReceptionItem

RECEIVED = "receive"  # as the trail tells it


@dataclass(frozen=True)
class Session:
    """What is told of a reception. *committed_on* is the day on which the commitment was signed, if not that day."""

    held_on: date
    items: Collection[str] = ()
    begun_at: time | None = None
    closed_at: time | None = None
    place: str = ""
    committed_on: date | None = None
    representative: str = ""
    representative_confirms: bool = False
    participants: str = ""
    statements: str = ""

    @property
    def only_a_day(self) -> bool:
        told = (self.items, self.begun_at, self.closed_at, self.place, self.committed_on, self.representative,
                self.participants, self.statements)  # fmt: skip
        return not any(told)

    @property
    def signed_on(self) -> date:
        return self.committed_on or self.held_on


def receive(case: Case, session: Session, by: Actor, reason: str = "") -> Reception | None:
    """Write the reception down, or complete it: another day than before needs a reason.

    Of a reception from before there was more than its day, only that day may be corrected; then there is nothing to
    give back. Raises Refused where hours or days contradict one another, or where a minor's representative has not
    confirmed.
    """
    known, old = reception_of(case), case.reception_on
    record_reception(case, session.held_on, by, reason)
    if against := list(_against(case, session)):
        raise Refused(*against)
    if known is None and old is not None and session.only_a_day:
        return None
    reception = known or Reception(case=case, commune_id=case.commune_id)
    _write(reception, session, first=known is None)
    db.session.add(reception)
    _answer_summons(case, session.held_on)
    touch(case)
    db.session.flush()
    audit.note(RECEIVED, reception)
    return reception


def _write(reception: Reception, session: Session, *, first: bool) -> None:
    reception.held_on, reception.items = session.held_on, list(session.items)
    reception.begun_at, reception.closed_at, reception.place = session.begun_at, session.closed_at, session.place
    signed = ReceptionItem.COMMITMENT in session.items
    reception.committed_on = session.signed_on if signed else None
    reception.representative, reception.representative_confirms = (
        session.representative, session.representative_confirms
    )  # fmt: skip
    reception.participants, reception.statements = session.participants, session.statements
    whole = len(reception.items) == len(ReceptionItem)
    if not whole:
        reception.completed_on = None
    elif reception.completed_on is None:
        reception.completed_on = session.held_on if first else clock.today()


def _against(case: Case, session: Session) -> Iterator[Reason]:
    yield from _against_hours(session)
    if session.committed_on and session.committed_on < session.held_on:
        yield Misfit("committed_on", mark("It is signed at the reception, or made good after it."))
    if session.committed_on and session.committed_on > clock.today():
        yield Misfit("committed_on", mark("The day lies in the future."))
    if session.only_a_day:
        return
    person = case.person
    if ReceptionItem.COMMITMENT in session.items:
        yield from against_representative(person, session.signed_on, session.representative)
        yield from against_unconfirmed(person, session.signed_on, confirmed=session.representative_confirms)


def _against_hours(session: Session) -> Iterator[Reason]:
    if session.begun_at and session.closed_at and session.closed_at < session.begun_at:
        yield Misfit("closed_at", mark("The session cannot be closed before it began."))
    if ReceptionItem.MINUTES in session.items and not (session.begun_at and session.closed_at):
        field = "closed_at" if session.begun_at else "begun_at"
        yield Misfit(field, mark("Minutes tell at what hour a session began and was closed."))


def _answer_summons(case: Case, held_on: date) -> None:
    """Whoever was received has obeyed the summons."""
    summons = waiting_summons(case, SummonsPurpose.RECEPTION)
    if summons is not None and summons.summoned_on <= held_on:
        summons.outcome, summons.outcome_on = SummonsOutcome.CAME, held_on


def strike_out(record: Summons | Reception, by: Actor, reason: str) -> None:
    """Take a summons or a reception back that was entered in error, with its paper. Without a reception the case waits
    for one again."""
    case, document = record.case, document_of(record)
    voiding.void(record, reason)
    if document is not None and document.voided_at is None:
        filing.strike_out(document, reason)
    if isinstance(record, Summons):
        return
    with keeping_what_moves(case, "correct_reception"):
        case.reception_on = None
    case.workflow.tell("correct_reception", case, by, reason)
