"""What pledges have to say at a meeting: how many signed in the period, how far the open campaigns are, who lags."""

from collections.abc import Iterator

from sqlalchemy import select

from portal.engine.agenda import AgendaSource, Contribution, Told, counted
from portal.engine.db import db
from portal.engine.indicators import Period
from portal.engine.text import _, _l, mark
from portal.households.indicators import INDICATORS
from portal.households.models import Establishment, PledgeCampaign, Signer
from portal.households.queries import Tally, tallies
from portal.organisation.models import Unit

MOST_NAMED = 3  # villages that are furthest behind


def pledges(period: Period) -> Iterator[Contribution]:
    figures = [told for one in INDICATORS if (told := counted(one, period)).value]
    within = PledgeCampaign.commune_id.in_(period.communes), PledgeCampaign.voided_at.is_(None)
    open_ = PledgeCampaign.state == "open", PledgeCampaign.first_on <= period.last
    behind = []
    for campaign in db.session.scalars(select(PledgeCampaign).where(*within, *open_).order_by(PledgeCampaign.id)):
        by_village: dict[int, Tally] = {}
        for kind in campaign.kinds:
            counted_here = {unit: one for unit, one in tallies(campaign, kind).items() if one.here}
            figures.append(_signed(campaign, kind, sum(counted_here.values(), Tally())))
            for unit, one in counted_here.items():
                by_village[unit] = by_village.get(unit, Tally()) + one
        behind.append(_behind(campaign, by_village))
    if figures:
        yield Contribution(mark("Pledges"), " ".join(line for line in behind if line), tuple(figures))


def _signed(campaign: PledgeCampaign, kind: type[Signer], whole: Tally) -> Told:
    """How many signed, of households and of establishments apart."""
    if kind is Establishment:
        told = _("%(campaign)s, establishments: signed of %(due)s", campaign=campaign.title, due=whole.due)
    else:
        told = _("%(campaign)s: signed of %(due)s", campaign=campaign.title, due=whole.due)
    return Told(told, whole.signed, "campaigns.index")


def _behind(campaign: PledgeCampaign, by_village: dict[int, Tally]) -> str:
    """The villages that are furthest behind, by name."""
    lagging = sorted((one for one in by_village.items() if not one[1].reached), key=lambda one: one[1].percent)
    names = [
        f"{db.session.get_one(Unit, unit).name} {tally.signed}/{tally.due}" for unit, tally in lagging[:MOST_NAMED]
    ]
    if not names:
        return ""
    return _("%(campaign)s, furthest behind: %(names)s.", campaign=campaign.title, names=", ".join(names))


AGENDA = (AgendaSource("households.pledges", _l("Pledges"), "police", 50, pledges),)
