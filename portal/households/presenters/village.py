"""A campaign in one village, as its head sees it: who has not signed first, in the order of the walk."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import request, url_for
from sqlalchemy import Select

from portal.engine.access import Actor, reach
from portal.engine.charts import Chart
from portal.engine.db import db
from portal.engine.listing import Chip, Listing
from portal.engine.presentation import day_in_margin
from portal.engine.text import _, _l
from portal.households.models import (
    RESULT_NAMES,
    CallResult,
    CampaignGoal,
    DoorCall,
    Establishment,
    Household,
    Pledge,
    PledgeCampaign,
    Signer,
)
from portal.households.presenters.weeks import of_village
from portal.households.queries import (
    Tally,
    called,
    fitting,
    latest_tick,
    left_out,
    not_yet,
    pledge_of,
    signed,
    signers_in,
    standing_calls,
    tallies,
    waiting,
)

MOST_CLASHES = 200
_ID = re.compile(r"[1-9][0-9]{0,8}")
FIRST = 8  # rows of what has not signed that a phone shows before "more"
CALLED = {
    CallResult.ABSENT: _l("Not at home on %(day)s"),
    CallResult.REFUSED: _l("Refused to sign on %(day)s"),
    CallResult.MOVED: _l("Moved away, said on %(day)s"),
    CallResult.NOT_APPLICABLE: _l("Not concerned, said on %(day)s"),
}
KINDS: dict[str, type[Signer]] = {"households": Household, "establishments": Establishment}


@dataclass(frozen=True)
class Row:
    """Somebody of the list: who, under which number, and what is known of them in the campaign."""

    signer: Signer
    about: str
    pledge: Pledge | None
    call: DoorCall | None

    @property
    def state(self) -> str:
        """The words of how it stands."""
        if self.pledge is not None:
            return str(self.pledge.standing.label)
        return str(RESULT_NAMES[self.call.result]) if self.call else ""


@dataclass(frozen=True)
class Page:
    """What the page of a village shows."""

    goal: CampaignGoal
    kind: type[Signer]
    listing: Listing
    rows: Sequence[Row]
    tally: Tally
    more: int  # how many rows the button "more" brings
    more_url: str
    kinds: Sequence[dict[str, Any]]  # of households or of establishments, where the campaign asks both
    weeks: Chart | None = None

    @property
    def chips(self) -> list[Any]:
        """Those that show something, and the one that is shown."""
        return [one for one in self.listing.shown_chips() if one.count or one.current or one.label in ALWAYS]

    @property
    def shown(self) -> str:
        return self.listing.chip.key if self.listing.chip else ""

    @property
    def of(self) -> str:
        return "households" if self.kind is Household else "establishments"


NOT_YET, SIGNED = _l("Not signed"), _l("Signed")
ALWAYS = (NOT_YET, SIGNED)


def kind_asked(campaign: PledgeCampaign) -> type[Signer] | None:
    """Of whom the address asks; None where the campaign does not ask those."""
    asked = request.args.get("of")
    kind = KINDS.get(asked) if asked else campaign.kinds[0]
    return kind if kind in campaign.kinds else None


def page(goal: CampaignGoal, kind: type[Signer]) -> Page:
    campaign = goal.campaign
    found = signers_in(kind, goal.village, campaign.counted_on)
    listing = Listing(
        found, kind, search=fitting(kind), chips=_chips(campaign, kind), orders={"walk": (kind.walk, kind.id)},
        kept=("of", "all"),
    )  # fmt: skip
    cut = _cut(listing)
    signers = listing.all_rows if cut is None else list(listing.all_rows)[:cut]
    tally = tallies(campaign, kind, village=goal.village).get(goal.village.heir_id or 0, Tally())
    more = 0 if cut is None else listing.total - len(signers)
    return Page(
        goal, kind, listing, rows(campaign, signers), tally, more, listing.url(all="yes"), _kinds(campaign, kind),
        of_village(goal, kind, tally),
    )  # fmt: skip


def _cut(listing: Listing) -> int | None:
    """How many rows are shown at first: the few that fit a phone, all of them once they are asked for."""
    return None if request.args.get("all") or listing.total <= FIRST + 2 else FIRST


def _chips(campaign: PledgeCampaign, kind: type[Signer]) -> tuple[Chip, ...]:
    return (
        Chip("not_yet", NOT_YET, lambda: not_yet(campaign, kind)),
        Chip("waiting", _l("To be confirmed"), lambda: waiting(campaign, kind)),
        Chip("signed", SIGNED, lambda: signed(campaign, kind)),
        Chip("absent", RESULT_NAMES[CallResult.ABSENT], lambda: called(campaign, kind, (CallResult.ABSENT,))),
        Chip("refused", RESULT_NAMES[CallResult.REFUSED], lambda: called(campaign, kind, (CallResult.REFUSED,))),
        Chip("left_out", _l("Not counted"), lambda: left_out(campaign, kind)),
    )


def _kinds(campaign: PledgeCampaign, shown: type[Signer]) -> list[dict[str, Any]]:
    if len(campaign.kinds) == 1:
        return []
    names = {"households": _("Households"), "establishments": _("Establishments")}
    here = request.view_args or {}
    return [
        {"label": names[key], "url": url_for(request.endpoint or "", **here, of=key), "current": kind is shown}
        for key, kind in KINDS.items()
    ]


def rows(campaign: PledgeCampaign, signers: Sequence[Signer]) -> list[Row]:
    """Each with its pledge and the call that stands: two questions for all."""
    pledges, calls = pledge_of(campaign, signers), standing_calls(campaign, signers)
    return [_row(one, pledges.get(one.id), calls.get(one.id)) for one in signers]


def _row(signer: Signer, pledge: Pledge | None, call: DoorCall | None) -> Row:
    if isinstance(signer, Household):
        about = _("Household %(door)s, %(people)s people", door=signer.door, people=signer.people)
    else:
        about = _("Establishment %(door)s, %(business)s", door=signer.door, business=signer.business)
    if pledge is not None:
        about = _("%(about)s. Signed on %(day)s", about=about, day=day_in_margin(pledge.signed_on))
    elif call is not None:
        about = f"{about}. {_called(call)}"
    return Row(signer, about, pledge, call)


def _called(call: DoorCall) -> str:
    return str(CALLED[call.result]) % {"day": day_in_margin(call.on)}


def to_undo(user: Actor, goal: CampaignGoal) -> tuple[datetime, int] | None:
    """The moment of the reader's last ticks here, if they may still take them back, and how many there were."""
    return latest_tick(goal, user.id)


def of_sheet(found: Select[Any]) -> list[Row]:
    pledges = db.session.scalars(found).all()
    return [_row(one.signer, one, None) for one in pledges]


@dataclass(frozen=True)
class Clash:
    """Somebody who is entered with another day than was ticked now: both days, and by whom the first was entered."""

    pledge: Pledge
    other: date


def clashes(user: Actor, goal: CampaignGoal) -> list[Clash]:
    """Of those whom the address names, as far as they are of this village and the reader may mend them."""
    ids = [int(one) for one in request.args.get("clash", "").split(",")[:MOST_CLASHES] if _ID.fullmatch(one)]
    on = _day(request.args.get("on", ""))
    if not ids or on is None:
        return []
    asked = reach(user, "mend", Pledge).where(Pledge.id.in_(ids), Pledge.campaign_id == goal.campaign_id)
    return [Clash(one, on) for one in db.session.scalars(asked.order_by(Pledge.id)) if one.signed_on != on]


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None
