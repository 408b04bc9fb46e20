"""Sheets of records that are no books, one module a room. A further one is a class of `Rows`, and a line here."""

from portal.engine.text import _l
from portal.exchange.kinds.accounts import Accounts, Grants
from portal.exchange.kinds.documents import Documents
from portal.exchange.kinds.households import Establishments, Events, Households
from portal.exchange.kinds.pledges import Calls, Campaigns, Goals, Pledges
from portal.exchange.kinds.rows import NumberedRows, Rows
from portal.exchange.kinds.steps import steps_of
from portal.exchange.kinds.units import Units
from portal.exchange.references import Numbered, Reference, UnitNamed, UserNamed
from portal.households.models import PledgeCampaign

KINDS: tuple[type[Rows], ...] = (
    Units, Accounts, Grants, Households, Events, Establishments,
    Campaigns, steps_of("campaigns", _l("Pledge campaigns - course"), PledgeCampaign), Goals, Pledges, Calls,
    Documents,
)  # fmt: skip


def names() -> dict[str, Reference]:
    """How cells name records of a kind, by the table of that kind."""
    named = (kind for kind in KINDS if issubclass(kind, NumberedRows))
    numbered = {str(kind.record.__tablename__): Numbered(kind.record, kind.key) for kind in named}
    return {"unit": UnitNamed(), "user": UserNamed(), **numbered}
