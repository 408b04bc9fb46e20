"""Sheets of records that are no books, one module a room. A further one is a class of `Rows`, and a line here."""

from collections.abc import Mapping

from portal.engine.text import _l
from portal.exchange.kinds import cases, observations, people
from portal.exchange.kinds.accounts import Accounts, Grants
from portal.exchange.kinds.coordination import Landmarks, Plans
from portal.exchange.kinds.documents import Documents
from portal.exchange.kinds.households import Establishments, Events, Households
from portal.exchange.kinds.patrols import Forces, Logs, Patrols, Signatures, Stops
from portal.exchange.kinds.pledges import Calls, Campaigns, Goals, Pledges
from portal.exchange.kinds.roster import Roster
from portal.exchange.kinds.rows import Rows
from portal.exchange.kinds.steps import steps_of
from portal.exchange.kinds.units import Units
from portal.exchange.references import Reference
from portal.exchange.sheet import Sheet
from portal.households.models import PledgeCampaign
from portal.patrols.models import Patrol

KINDS: tuple[type[Rows], ...] = (
    Units, Accounts, Grants, Households, Events, Establishments,
    Campaigns, steps_of("campaigns", _l("Pledge campaigns - course"), PledgeCampaign), Goals, Pledges, Calls,
    Documents,
    Plans, Landmarks, Patrols, steps_of("patrols", _l("Patrols - course"), Patrol), Forces, Stops, Logs, Signatures,
    Roster,
)  # fmt: skip


def sheets_of_kinds(known: Mapping[str, Reference]) -> list[Sheet]:
    made = (kind(known).sheet for kind in KINDS)
    return [*made, *people.sheets(known), *observations.sheets(known), *cases.sheets(known)]
