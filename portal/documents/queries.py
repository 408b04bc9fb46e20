"""What is asked of files more than once."""

from collections.abc import Sequence

from sqlalchemy import func, select

from portal.documents.models import Attachment, AttachmentKind
from portal.engine.access import Actor, reach
from portal.engine.db import db


def bytes_kept_by(user_id: int | None) -> int:
    """How much somebody has attached so far; what was struck out lies there still."""
    return int(db.session.scalar(select(func.sum(Attachment.size)).where(Attachment.created_by_id == user_id)) or 0)


def of_proposal(user: Actor, proposal_id: int) -> Sequence[Attachment]:
    """The files of a proposal that the reader may read, the newest first."""
    asked = reach(user, "read", Attachment).where(Attachment.proposal_id == proposal_id)
    return db.session.scalars(asked.order_by(Attachment.id.desc())).all()


def of_patrol(user: Actor, patrol_id: int) -> Sequence[Attachment]:
    """The files of a patrol that the reader may read, the oldest first."""
    asked = reach(user, "read", Attachment).where(Attachment.patrol_id == patrol_id)
    return db.session.scalars(asked.order_by(Attachment.id)).all()


def signed_page_of(proposal_id: int) -> Attachment | None:
    """The scan of the signed page that holds."""
    asked = select(Attachment).where(
        Attachment.proposal_id == proposal_id,
        Attachment.kind == AttachmentKind.SIGNED_PAGE,
        Attachment.voided_at.is_(None),
    )
    return db.session.scalar(asked.order_by(Attachment.id.desc()).limit(1))
