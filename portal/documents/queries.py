"""What is asked of files more than once."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import ColumnElement, and_, exists, func, not_, or_, select
from sqlalchemy.orm import selectinload

from portal.documents.models import Attachment, AttachmentKind, Direction, OfficialDocument
from portal.engine.access import Actor, reach
from portal.engine.db import Kept, base_of, db
from portal.organisation.models import Unit, UnitKind


def bytes_kept_by(user_id: int | None) -> int:
    """How much somebody has attached so far; what was struck out lies there still."""
    return int(db.session.scalar(select(func.sum(Attachment.size)).where(Attachment.created_by_id == user_id)) or 0)


def of_proposal(user: Actor, proposal_id: int) -> Sequence[Attachment]:
    """The files of a proposal that the reader may read, the newest first."""
    asked = reach(user, "read", Attachment).where(Attachment.proposal_id == proposal_id)
    return db.session.scalars(asked.order_by(Attachment.id.desc())).all()


def files_of(user: Actor, record: Kept) -> Sequence[Attachment]:
    """The files of a patrol or an observation that the reader may read, the oldest first."""
    column = getattr(Attachment, f"{record.kind_of_record}_id")
    asked = reach(user, "read", Attachment).where(column == record.id)
    return db.session.scalars(asked.order_by(Attachment.id)).all()


def of_sheet(user: Actor, sheet_id: int) -> Sequence[Attachment]:
    """The photos of a signed sheet that the reader may read, the oldest first."""
    asked = reach(user, "read", Attachment).where(Attachment.pledge_sheet_id == sheet_id)
    return db.session.scalars(asked.order_by(Attachment.id)).all()


def document_of(subject: Kept, code: str = "") -> OfficialDocument | None:
    """The document that was written for a record, as its unit's register has it: the latest, or that of a kind."""
    return next(iter(documents_of(subject, code)), None)


def documents_of(subject: Kept, code: str = "") -> Sequence[OfficialDocument]:
    """All that were written for a record, or those of a kind, the latest first."""
    about = OfficialDocument.subject_type == subject.kind_of_record, OfficialDocument.subject_id == subject.id
    found = select(OfficialDocument).where(*about, OfficialDocument.voided_at.is_(None))
    if code:
        found = found.where(OfficialDocument.code == code)
    options = selectinload(OfficialDocument.files)
    return db.session.scalars(found.options(options).order_by(OfficialDocument.id.desc())).all()


def written_for(document: OfficialDocument) -> Kept | None:
    """The record for which a document was written: the other way round of `document_of`."""
    if not document.subject_id:
        return None
    kept = (mapper.class_ for mapper in Kept.registry.mappers if issubclass(mapper.class_, Kept))
    record = next(one for one in kept if base_of(one).__tablename__ == document.subject_type)
    return db.session.get(base_of(record), document.subject_id)


def stands_on(document: OfficialDocument) -> Kept | None:
    """The record that waits for this entry: while it stands, its paper has its number here and nowhere else."""
    record = written_for(document)
    return record if record is not None and record.voided_at is None else None


def never_entered(model: type[Kept], code: str) -> ColumnElement[bool]:
    """The condition of records for which no paper of a kind was ever entered, not even one that was struck out."""
    about = OfficialDocument.subject_type == base_of(model).__tablename__, OfficialDocument.subject_id == model.id
    return not_(exists().where(*about, OfficialDocument.code == code))


def is_issued() -> ColumnElement[bool]:
    """The condition of documents that went out signed, for queries; `OfficialDocument.issued` is its twin."""
    scan = (
        exists()
        .where(Attachment.document_id == OfficialDocument.id, Attachment.kind == AttachmentKind.SIGNED_PAGE)
        .where(Attachment.voided_at.is_(None))
    )
    shown = or_(scan, and_(OfficialDocument.afterwards != "", OfficialDocument.vouched_by_id.is_not(None)))
    return and_(is_outgoing(), OfficialDocument.number != "", OfficialDocument.dated_on.is_not(None), shown)


def stands_at() -> ColumnElement[date]:
    """The day under which a register has a document: it came, it was signed, it was drafted, or else was entered."""
    one = OfficialDocument
    return func.coalesce(one.received_on, one.dated_on, one.drafted_on, func.date(one.created_at))


def is_outgoing() -> ColumnElement[bool]:
    return OfficialDocument.direction == Direction.OUTGOING


def waits_for_signature() -> ColumnElement[bool]:
    """The condition of documents that go out and are not issued yet."""
    return and_(is_outgoing(), OfficialDocument.voided_at.is_(None), not_(is_issued()))


def fitting(words: str) -> ColumnElement[bool]:
    """Documents by what was typed, folded, of number, abstract or sender."""
    return OfficialDocument.folded.contains(words, autoescape=True)


def force_on(commune: Unit, kinds: Collection[UnitKind], day: date) -> Unit:
    """The body of a commune whose register a paper of a day stands in; the commune itself where it has none."""
    own = Unit.commune_id == commune.id, Unit.kind.in_(kinds), Unit.valid_from <= day
    found = select(Unit).where(*own, or_(Unit.valid_to.is_(None), Unit.valid_to >= day)).order_by(Unit.id)
    return db.session.scalars(found).first() or commune
