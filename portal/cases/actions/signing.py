"""One signature under all that a round brought and nobody had signed: each record is marked, and told by the trail."""

import hashlib
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from portal.cases.models import Assessment, Case, RollCall, RoundKind, RoundSignature
from portal.documents import actions as filing
from portal.documents.queries import force_on
from portal.engine import audit, clock, voiding
from portal.engine.access import Actor, reach
from portal.engine.db import db
from portal.engine.refusal import Conflict, Plain, Refused
from portal.engine.text import mark
from portal.organisation.models import Unit, UnitKind, User
from portal.people.models import Person

SIGNED_RECORDS: dict[RoundKind, Any] = {RoundKind.ASSESSMENTS: Assessment, RoundKind.ROLL_CALL: RollCall}
KEEPERS = {"police_chief": (UnitKind.POLICE,), "commune_leader": (UnitKind.COMMITTEE,)}
DEPUTY = "KT"


class OthersWritten(Conflict):
    """What waits for the signature is something else than the page showed."""


def unsigned(user: Actor, kind: RoundKind, month: date) -> Sequence[Any]:
    """What was recorded of a month and waits for the user's signature, by name."""
    record = SIGNED_RECORDS[kind]
    open_ = or_(record.signature_id.is_(None), record.signature.has(RoundSignature.voided_at.is_not(None)))
    asked = reach(user, "sign", record).where(record.month == month, record.voided_at.is_(None), open_)
    by_name = asked.join(record.case).join(Case.person).order_by(Person.sort_key, record.id)
    person = joinedload(record.case).joinedload(Case.person).joinedload(Person.village)
    return db.session.scalars(by_name.options(person)).unique().all()


def signatures(user: Actor, kind: RoundKind, month: date) -> Sequence[RoundSignature]:
    """Those that were set under a month so far, the oldest first."""
    asked = reach(user, "read", RoundSignature).where(
        RoundSignature.kind == kind, RoundSignature.month == month, RoundSignature.voided_at.is_(None)
    )
    return db.session.scalars(asked.order_by(RoundSignature.id)).all()


def seal_of(records: Sequence[Any]) -> str:
    """Tells whether other records, or other versions of them, wait than those that were shown."""
    told = repr(sorted((one.id, one.version) for one in records))
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def sign_round(kind: RoundKind, month: date, shown: str, by: User) -> RoundSignature:
    """Sign all that waits. Raises OthersWritten unless that is what the page showed, Refused where nothing waits."""
    records = unsigned(by, kind, month)
    if not records:
        raise Refused(Plain(mark("Nothing waits for a signature.")))
    if seal_of(records) != shown:
        told = mark("%(count)s records wait for the signature now, others than when this page was opened.")
        raise OthersWritten(None, Plain(told, count=len(records)))
    grant = by.acting
    commune = db.session.get_one(Unit, records[0].commune_id)
    today = clock.today()
    signature = RoundSignature(
        commune_id=records[0].commune_id, kind=kind, month=month, count=len(records), signed_by_id=by.id,
        unit_id=force_on(commune.heir or commune, KEEPERS[grant.role], today).id if grant else commune.id,
        role=grant.role if grant else "", signed_at=clock.now(),
        capacity=(grant.capacity or (DEPUTY if grant.on_behalf_of_id else "")) if grant else "",
    )  # fmt: skip
    db.session.add(signature)
    db.session.flush()
    audit.note("sign_round", signature)
    for record in records:
        record.signature_id = signature.id
        audit.note("sign_with_others", record)
    return signature


def strike_out(signature: RoundSignature, reason: str) -> None:
    """Take a signature back as made in error: what stood under it waits for another, and its list is struck out."""
    document = signature.document
    voiding.void(signature, reason)
    if document is not None:
        filing.strike_out(document, reason)


def covered(signature: RoundSignature) -> Sequence[Any]:
    """What stands under a signature, by name."""
    record = SIGNED_RECORDS[signature.kind]
    asked = select(record).where(record.signature_id == signature.id)
    by_name = asked.join(record.case).join(Case.person).order_by(Person.sort_key, record.id)
    person = joinedload(record.case).joinedload(Case.person).joinedload(Person.village)
    return db.session.scalars(by_name.options(person)).unique().all()
