"""What the portal tells whoever keeps a register: that a paper was decided on and waits for its number."""

from collections.abc import Iterable, Mapping
from typing import Any

from portal.documents.models import OfficialDocument
from portal.engine.notices import NoticeKind
from portal.engine.text import _l
from portal.organisation.models import Role, UnitKind, User
from portal.organisation.queries import holders

KEEPERS = {
    UnitKind.COMMITTEE: Role.OFFICE_CLERK, UnitKind.COMMUNE: Role.OFFICE_CLERK, UnitKind.POLICE: Role.POLICE_CHIEF,
    UnitKind.MILITARY: Role.MILITARY_COMMAND, UnitKind.BORDER_POST: Role.BORDER_GUARD,
}  # fmt: skip


def keepers(document: OfficialDocument) -> Iterable[User]:
    """Whoever keeps the register in which a document waits."""
    role = KEEPERS.get(document.unit.kind)
    return holders(role, document.commune_id) if role and document.waits else ()


def symbol(document: OfficialDocument) -> Mapping[str, Any]:
    return {"symbol": document.symbol}


NOTICES = (
    NoticeKind(
        "DOCUMENT-WAITS", _l("A paper waits for its number and the scan of the signed page: %(symbol)s"),
        "register.show", _l("Papers to be registered"), OfficialDocument, ("create", "hand_on"), keepers, symbol,
        waits=True,
    ),
)  # fmt: skip
