"""What the portal tells whoever keeps a register: that a paper was decided on and waits for its number."""

from collections.abc import Iterable, Mapping
from typing import Any

from portal.documents.models import OfficialDocument
from portal.engine.notices import NoticeKind
from portal.engine.text import _l
from portal.organisation.models import Role, UnitKind, User
from portal.organisation.queries import answering, grants_of

OF_THE_OFFICE = (UnitKind.COMMITTEE, UnitKind.COMMUNE)  # whose register the office's clerk keeps, not their head


def keepers(document: OfficialDocument) -> Iterable[User]:
    """Whoever keeps the register in which a document waits, deputies too: of two border posts the one it belongs to."""
    if not document.waits:
        return ()
    if document.unit.kind in OF_THE_OFFICE:
        return dict.fromkeys(grant.user for grant in grants_of(Role.OFFICE_CLERK, document.commune_id))
    return answering(document.unit, document.commune_id)


def symbol(document: OfficialDocument) -> Mapping[str, Any]:
    return {"symbol": document.symbol}


NOTICES = (
    NoticeKind(
        "DOCUMENT-WAITS", _l("A paper waits for its number and the scan of the signed page: %(symbol)s"),
        "register.show", _l("Papers to be registered"), OfficialDocument, ("create", "hand_on"), keepers, symbol,
        waits=True,
    ),
)  # fmt: skip
