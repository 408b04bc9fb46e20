"""What is asked of phones and receipts more than once."""

from collections.abc import Collection

from sqlalchemy import func, select

from portal.engine.db import Kept, base_of, db
from portal.engine.keys import keys
from portal.offline.models import HeldSend, Phone, Receipt


def phone_among(user_id: int, tags: Collection[str]) -> Phone | None:
    """The user's own phone among those that call themselves so; the one that was there last."""
    found = select(Phone).where(Phone.user_id == user_id, Phone.tag.in_(tags))
    return db.session.scalar(found.order_by(Phone.seen_at.desc()).limit(1))


def owner(user_id: int) -> str:
    """By what a phone tells whose its store is, and nobody learns who that is."""
    return keys().digest("owner of a store", str(user_id))[:32]


def tags_of(user_id: int) -> list[str]:
    """What the user's phones call themselves."""
    return list(db.session.scalars(select(Phone.tag).where(Phone.user_id == user_id)))


def is_of_another(user_id: int, tag: str) -> bool:
    """Whether a store is known, and that of somebody else alone."""
    owners = set(db.session.scalars(select(Phone.user_id).where(Phone.tag == tag)))
    return bool(owners) and user_id not in owners


def was_forgotten_with(session_id: int | None) -> bool:
    """Whether a phone that came with this session is forgotten."""
    asked = select(Phone.id).where(Phone.session_id == session_id, Phone.forgotten_at.is_not(None))
    return session_id is not None and bool(db.session.scalar(select(asked.exists())))


def receipts_of(user_id: int, ids: Collection[str]) -> dict[str, Receipt]:
    """The receipts that a user was given for some of their items."""
    if not ids:
        return {}
    found = select(Receipt).where(Receipt.user_id == user_id, Receipt.send_id.in_(ids))
    return {one.send_id: one for one in db.session.scalars(found)}


def last_number(commune_id: int, year: int) -> int:
    """The last number that a commune gave to a receipt in a year."""
    given = select(func.max(Receipt.number)).where(Receipt.commune_id == commune_id, Receipt.year == year)
    return db.session.scalar(given) or 0


def held_of(user_id: int, ids: Collection[str]) -> list[HeldSend]:
    """What the chief has decided or has yet to decide of some items of a user."""
    if not ids:
        return []
    found = select(HeldSend).join(HeldSend.receipt).where(Receipt.user_id == user_id, Receipt.send_id.in_(ids))
    return list(db.session.scalars(found))


def record_of(receipt: Receipt) -> Kept | None:
    """What came of what was sent, by the name of its table."""
    kinds = (mapper.class_ for mapper in Kept.registry.mappers if issubclass(mapper.class_, Kept))
    kind = next((one for one in kinds if base_of(one).__tablename__ == receipt.record_type), None)
    return db.session.get(kind, receipt.record_id) if kind and receipt.record_id else None
