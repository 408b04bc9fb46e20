"""Sheets of records that are no books, one module a room. A further one is a class of `Rows`, and a line here."""

from portal.engine.text import _l
from portal.exchange.kinds.accounts import Accounts, Grants
from portal.exchange.kinds.coordination import Landmarks, Plans
from portal.exchange.kinds.documents import Documents
from portal.exchange.kinds.households import Establishments, Events, Households
from portal.exchange.kinds.named import Dated
from portal.exchange.kinds.patrols import Forces, Logs, Patrols, Signatures, Stops
from portal.exchange.kinds.pledges import Calls, Campaigns, Goals, Pledges
from portal.exchange.kinds.roster import Roster
from portal.exchange.kinds.rows import NumberedRows, Rows
from portal.exchange.kinds.steps import steps_of
from portal.exchange.kinds.units import Units
from portal.exchange.references import Numbered, Reference, UnitNamed, UserNamed
from portal.households.models import PledgeCampaign
from portal.organisation.models import CoordinationPlan
from portal.patrols.models import Landmark, Patrol

KINDS: tuple[type[Rows], ...] = (
    Units, Accounts, Grants, Households, Events, Establishments,
    Campaigns, steps_of("campaigns", _l("Pledge campaigns - course"), PledgeCampaign), Goals, Pledges, Calls,
    Documents,
    Plans, Landmarks, Patrols, steps_of("patrols", _l("Patrols - course"), Patrol), Forces, Stops, Logs, Signatures,
    Roster,
)  # fmt: skip


def names() -> dict[str, Reference]:
    """How cells name records of a kind, by the table of that kind."""
    named = (kind for kind in KINDS if issubclass(kind, NumberedRows))
    numbered = {str(kind.record.__tablename__): Numbered(kind.record, kind.key) for kind in named}
    dated = {
        "coordination_plan": Dated(CoordinationPlan, "doc_number", "dated_on", Plans.key),
        "landmark": Dated(Landmark, "name", "valid_from", Landmarks.key),
    }
    return {"unit": UnitNamed(), "user": UserNamed(), **numbered, **dated}
