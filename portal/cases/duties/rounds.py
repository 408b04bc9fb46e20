"""What a monthly round leaves to be done once its records are there: the head signs them, and the list goes up."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, select

from portal.cases.duties.rules import ASSESSMENT, CLIMB, ROLL_CALL, chief, leader
from portal.cases.models import RUNNING, Assessment, Case, RollCall, RoundKind, RoundSignature
from portal.cases.monthly_round import first_month_of_chief, round_of, to_be_signed
from portal.cases.months import spelled
from portal.documents.models import OfficialDocument
from portal.duties.models import Duty
from portal.duties.rules import DutyRule, Source, Wanted
from portal.engine import clock
from portal.engine.db import db
from portal.engine.text import _l
from portal.law.rule import Due
from portal.organisation.models import Unit, UnitKind, line_of

SENT = "ROUND-SENT"
SIGN = {RoundKind.ASSESSMENTS: "SIGN-ASSESSMENTS", RoundKind.ROLL_CALL: "SIGN-ROLL-CALL"}
RECORDS: dict[RoundKind, Any] = {RoundKind.ASSESSMENTS: Assessment, RoundKind.ROLL_CALL: RollCall}
LOOKING_BACK = timedelta(days=62)  # what is older was signed on paper
ASKS = {RoundKind.ASSESSMENTS: ASSESSMENT, RoundKind.ROLL_CALL: ROLL_CALL}  # what is owed of each person first

SIGN_RULES = (
    DutyRule(SIGN[RoundKind.ASSESSMENTS], _l("Sign the assessments of a month"),
             _l("Round of %(month)s: assessments to be signed (%(count)s)"), _l("Read and sign"),
             "cases.sign_round", chief, (("commune_leader", 3), ("inspector", 10)), monthly=True, decision=True,
             arguments={"kind": str(RoundKind.ASSESSMENTS)}, law=("COM-ASSESS-MONTHLY",)),
    DutyRule(SIGN[RoundKind.ROLL_CALL], _l("Sign the roll-call of a month"),
             _l("Round of %(month)s: roll-calls to be signed (%(count)s)"), _l("Read and sign"),
             "cases.sign_round", chief, (("commune_leader", 3), ("inspector", 10)), monthly=True, decision=True,
             arguments={"kind": str(RoundKind.ROLL_CALL)}, law=("COM-ROLLCALL",)),
)  # fmt: skip
SENT_RULES = (
    DutyRule(SENT, _l("Send the list of a round to the superior body"),
             _l("Round of %(month)s: the signed list is to be registered and sent"), _l("Open the signed round"),
             "cases.signed_round", chief, CLIMB[1:], law=("COM-ASSESS-MONTHLY", "COM-ROLLCALL")),
)  # fmt: skip


def of_police(unit: Unit) -> Iterator[Wanted]:
    """Each of the last months of which the law asks something of anybody, or something was recorded.

    Whoever signed all that is recorded has done what was owed.
    """
    if unit.kind != UnitKind.POLICE or unit.commune_id is None:
        return
    for kind, rule in SIGN.items():
        waiting, signed = _waiting(kind, unit.commune_id), _signed(kind, unit.commune_id)
        for month in sorted({*waiting, *signed, *_asked(kind, unit.commune_id)}):
            on = round_of(kind, month)
            told = {"month": spelled(on), "count": waiting.get(month, 0)}
            done: dict[str, Any] = {}
            if month in signed and month not in waiting:
                last = signed[month]
                told["count"] = last.count
                done = {"done_on": clock.day_of(last.signed_at), "done_by_id": last.signed_by_id}
            if due := to_be_signed(kind, month, unit.commune_id):
                head = _head(kind, month, unit.commune_id)
                yield Wanted(rule, f"{on:%Y-%m}", due.due_on, head, values=told, **_by_law(due), **done)


def _by_law(due: Due) -> dict[str, Any]:
    """Whence the day comes, and from when on it can be done."""
    return {"opens_on": due.opens_on, "source": due.source, "confirmed": due.confirmed}


def _asked(kind: RoundKind, commune_id: int) -> set[date]:
    """The months of which something is owed of anybody in a round that has begun."""
    today = clock.today()
    found = select(Duty.key).distinct().where(
        Duty.commune_id.in_(line_of(commune_id)), Duty.rule == ASKS[kind], Duty.dropped_on.is_(None),
        Duty.due_on >= today - LOOKING_BACK, Duty.key.like("____-__"),
    )  # fmt: skip
    months = (date.fromisoformat(f"{key}-01") for key in db.session.scalars(found))
    return {month for month in months if month >= today - LOOKING_BACK and round_of(kind, month) <= today}


def _head(kind: RoundKind, month: date, commune_id: int) -> str:
    return leader if kind == RoundKind.ASSESSMENTS and month < first_month_of_chief(commune_id) else chief


def _waiting(kind: RoundKind, commune_id: int) -> dict[date, int]:
    """How many records of each month wait for a signature."""
    record = RECORDS[kind]
    unsigned = or_(record.signature_id.is_(None), record.signature.has(RoundSignature.voided_at.is_not(None)))
    found = select(record.month, func.count()).where(
        record.commune_id.in_(line_of(commune_id)), record.voided_at.is_(None), unsigned,
        record.month >= clock.today() - LOOKING_BACK,
    )  # fmt: skip
    return {row[0]: row[1] for row in db.session.execute(found.group_by(record.month))}


def _signed(kind: RoundKind, commune_id: int) -> dict[date, RoundSignature]:
    """The last signature under each month."""
    found = select(RoundSignature).where(
        RoundSignature.commune_id.in_(line_of(commune_id)), RoundSignature.kind == kind,
        RoundSignature.voided_at.is_(None), RoundSignature.month >= clock.today() - LOOKING_BACK,
    )  # fmt: skip
    return {one.month: one for one in db.session.scalars(found.order_by(RoundSignature.id))}


def of_signature(signature: RoundSignature) -> Iterator[Wanted]:
    """The list of what the chief signed goes up by the same day; it is done with number, day and scan in the register.

    What was signed late is late from that day on.
    """
    if signature.voided_at or signature.role != chief:
        return
    due = to_be_signed(signature.kind, signature.month, signature.commune_id)
    if due is None:
        return
    page = signature.document
    done: dict[str, Any] = {}
    if page is not None and page.issued:
        done = {"done_on": clock.day_of(page.changed_at), "done_by_id": page.changed_by_id}
    told = {"month": spelled(round_of(signature.kind, signature.month))}
    yield Wanted(SENT, "", due.due_on, chief, values=told, **_by_law(due), **done)


def _police_of(records: Sequence[Any]) -> Iterable[Unit]:
    """The police of the communes of which something was recorded or signed."""
    communes = {one.commune_id for one in records}
    heirs = select(Unit.heir_id).where(Unit.id.in_(communes))
    here = Unit.commune_id.in_(heirs), Unit.kind == UnitKind.POLICE, Unit.valid_to.is_(None)
    return db.session.scalars(select(Unit).where(*here))


def _signature_of(document: OfficialDocument) -> Iterable[RoundSignature]:
    about = document.subject_type == RoundSignature.__tablename__ and document.subject_id
    found = db.session.get(RoundSignature, about) if about else None
    return (found,) if found is not None else ()


def _has_rounds(commune_id: int) -> ColumnElement[bool]:
    """The police of a commune in which a case runs: a new month asks for a new round."""
    here = line_of(commune_id)
    runs = exists().where(Case.commune_id.in_(here), Case.state.in_(RUNNING))
    return and_(Unit.commune_id.in_(here), Unit.kind == UnitKind.POLICE, runs)


SOURCES: tuple[Source, ...] = (
    Source(
        Unit, SIGN_RULES, of_police,
        goes_on=_has_rounds,
        also_many=tuple((kind, _police_of) for kind in (Case, Assessment, RollCall, RoundSignature)),
    ),
    Source(RoundSignature, SENT_RULES, of_signature, also=((OfficialDocument, _signature_of),)),
)  # fmt: skip
