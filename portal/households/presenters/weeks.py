"""How a campaign goes on week by week, as a chart: of all villages together, of each, on its own page."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from flask_babel import format_decimal

from portal.engine import clock
from portal.engine.charts import Bar, Chart, Limit, Part
from portal.engine.presentation import day
from portal.engine.text import _
from portal.households.models import CampaignGoal, PledgeCampaign, Signer
from portal.households.queries import Tally, signed_by_day

MOST_COLUMNS = 16
WEEK = 7


def ends(campaign: PledgeCampaign) -> list[date]:
    """The last days of the weeks of a campaign so far; of a long one, of longer spans."""
    last = min(campaign.last_on, max(campaign.first_on, clock.today()))
    days = (last - campaign.first_on).days + 1
    each = WEEK * max(1, -(-days // (WEEK * MOST_COLUMNS)))
    found = [campaign.first_on + timedelta(days=each * number - 1) for number in range(1, -(-days // each) + 1)]
    return [min(one, last) for one in found]


def chart(key: str, title: str, signed: Mapping[date, int], ends: Sequence[date], tally: Tally) -> Chart:
    """How many of those who signed on some days had done so by the end of each week, against how many are to."""
    goal = _("Goal: %(count)s", count=format_decimal(tally.due))
    bars = [Bar(day(end), (Part(_until(end, signed)),), day(end, "dd/MM")) for end in ends]
    return Chart(
        key, title, _finding(signed, ends[-1], tally), _("By the end of"), _("Signed"), bars,
        limit=Limit(tally.due, goal) if tally.due > 0 else None,
        empty="" if tally.signed else _("Nobody has signed yet."),
    )  # fmt: skip


def _until(end: date, signed: Mapping[date, int]) -> int:
    return sum(count for on, count in signed.items() if on <= end)


def _finding(signed: Mapping[date, int], end: date, tally: Tally) -> str:
    lately = _until(end, signed) - _until(end - timedelta(days=WEEK), signed)
    return _(
        "%(signed)s of %(due)s signed by %(day)s, %(lately)s of them in the last seven days",
        signed=format_decimal(tally.signed), due=format_decimal(tally.due), day=day(end),
        lately=format_decimal(lately),
    )  # fmt: skip


def of_village(goal: CampaignGoal, kind: type[Signer], tally: Tally) -> Chart | None:
    """Of one village; None where nobody lives there, or before the campaign is opened."""
    if goal.campaign.state == "draft" or not tally.here:
        return None
    signed = signed_by_day(goal.campaign, kind, village=goal.village).get(goal.village.heir_id or 0, {})
    return chart("weeks", _("Signed week by week"), signed, ends(goal.campaign), tally)
