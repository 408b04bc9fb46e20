"""What the portal tells whoever keeps a register or reads it: that a paper waits for its number, or for their word."""

from collections.abc import Iterable, Mapping
from typing import Any

from portal.documents.models import OfficialDocument
from portal.engine.notices import NoticeKind
from portal.engine.text import _l
from portal.organisation.models import Role, Unit, UnitKind, User
from portal.organisation.queries import answering, grants_of

OF_THE_OFFICE = (UnitKind.COMMITTEE, UnitKind.COMMUNE)  # whose register the office's clerk keeps, not their head


def keepers(document: OfficialDocument) -> Iterable[User]:
    """Whoever keeps the register in which a document waits, deputies too: of two border posts the one it belongs to."""
    return _keepers_of(document.unit, document.commune_id) if document.waits else ()


def lost_a_number(document: OfficialDocument) -> Iterable[User]:
    """Whoever keeps the register in which its number is free again, also where another unit's has the paper now."""
    return _keepers_of(document.dropped_from or document.unit, document.commune_id)


def _keepers_of(unit: Unit, commune_id: int) -> Iterable[User]:
    if unit.kind in OF_THE_OFFICE:
        return dict.fromkeys(grant.user for grant in grants_of(Role.OFFICE_CLERK, commune_id))
    return answering(unit, commune_id)


def seconds(document: OfficialDocument) -> Iterable[User]:
    """Whoever could vouch for a paper that is recorded afterwards without its page: all that read the register."""
    if not document.to_be_vouched:
        return ()
    colleagues = grants_of(Role.POLICE_OFFICER, document.commune_id) if document.unit.kind == UnitKind.POLICE else ()
    heads = answering(document.unit, document.commune_id)
    found = dict.fromkeys((*keepers(document), *heads, *(grant.user for grant in colleagues)))
    return [user for user in found if user.id != document.afterwards_by_id]


def number(document: OfficialDocument) -> Mapping[str, Any]:
    return {"number": document.number}


def dropped(document: OfficialDocument) -> Mapping[str, Any]:
    return {"number": document.dropped}


def symbol(document: OfficialDocument) -> Mapping[str, Any]:
    return {"symbol": document.symbol}


NOTICES = (
    NoticeKind(
        "DOCUMENT-WAITS", _l("A paper waits for its number and the scan of the signed page: %(symbol)s"),
        "register.show", _l("Papers to be registered"), OfficialDocument, ("create", "hand_on"), keepers, symbol,
        waits=True,
    ),
    NoticeKind(
        "DOCUMENT-ANEW", _l("Others sign a paper, or later, so it is signed anew: %(number)s is free again"),
        "register.show", _l("Papers to be signed anew"), OfficialDocument, ("sign_anew",), lost_a_number, dropped,
        waits=True,
    ),
    NoticeKind(
        "DOCUMENT-TO-VOUCH", _l("%(number)s is said to have gone out without its signed page: who vouches for it?"),
        "register.show", _l("Papers to vouch for"), OfficialDocument, ("record_afterwards",), seconds, number,
        waits=True,
    ),
)  # fmt: skip
