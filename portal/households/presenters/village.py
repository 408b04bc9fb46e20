"""A campaign in one village, as its head sees it: who has not signed first, in the order of the walk."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from flask import request, url_for
from flask_babel import format_decimal
from sqlalchemy import Select

from portal.engine.access import Actor, may, reach, rights_on
from portal.engine.charts import Chart
from portal.engine.db import Kept, db
from portal.engine.intake import day_asked_for, id_in
from portal.engine.listing import Chip, Listing
from portal.engine.presentation import day_in_margin
from portal.engine.text import _, _l, ngettext
from portal.households.actions import Outcome
from portal.households.forms import WITHDRAWN, choices_at_door
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
    column_of,
    fitting,
    latest_tick,
    left_out,
    not_yet,
    pledge_of,
    signed,
    signers_in,
    standing,
    standing_calls,
    tallies,
    waiting,
    withdrawn_of,
)

MOST_CLASHES = 200
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
    withdrawn: Pledge | None = None

    @property
    def before(self) -> str:
        """What was noted down of those who have not signed: what came of the last call, or that they withdrew."""
        return self.call.result if self.call else WITHDRAWN if self.withdrawn else ""

    @property
    def noted(self) -> str:
        """The same in a sentence, with its day."""
        if self.call is not None:
            return _called(self.call)
        on = self.withdrawn.withdrawn_on if self.withdrawn else None
        return _("Withdrew the pledge on %(day)s", day=day_in_margin(on)) if on else ""

    @property
    def choices(self) -> list[tuple[str, Any]]:
        """What may be said of the door where the whole village signs one sheet."""
        return choices_at_door(self.before)

    @property
    def state(self) -> str:
        """The words of how it stands."""
        if self.pledge is not None:
            return str(self.pledge.standing.label)
        if self.call is not None:
            return str(RESULT_NAMES[self.call.result])
        return str(self.withdrawn.standing.label) if self.withdrawn else ""


CALLED_CHIPS = ("absent", "refused", "left_out")  # where calls are looked at, and struck out
TICKED = ("not_yet", *CALLED_CHIPS)  # of whom it is entered that they signed
KEPT = ("of", "show", "q", "all")  # what of the address a deed leads back to


@dataclass(frozen=True)
class Page:
    """What the page of a village shows, and what the reader may do there."""

    goal: CampaignGoal
    kind: type[Signer]
    listing: Listing
    rows: Sequence[Row]
    tally: Tally
    more: int  # how many rows the button "more" brings
    more_url: str
    kinds: Sequence[dict[str, Any]]  # of households or of establishments, where the campaign asks both
    enters: bool
    confirms: bool
    strikes: Mapping[int, Any]  # calls that the reader may strike out, by their ids
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

    @property
    def asks_day(self) -> bool:
        """What waits is confirmed as it was entered."""
        return self.shown != "waiting"

    @property
    def ticking(self) -> bool:
        """Whether the reader may tick those who are shown."""
        ticks = self.confirms if self.shown == "waiting" else self.enters and self.shown in TICKED
        return ticks and bool(self.rows)

    @property
    def tick_url(self) -> str:
        """Where the ticks are sent: with all that says which rows are shown, so that they come back if need be."""
        kept: dict[str, Any] = {"of": self.of, "show": self.shown, **here_asked()}
        return url_for("campaigns.tick", id=self.goal.id, **kept)

    @property
    def signed(self) -> str:
        """How many are to sign, behind the number of those who did."""
        due = format_decimal(self.tally.due)
        if self.kind is Household:
            return _("of %(due)s households signed", due=due)
        return _("of %(due)s establishments signed", due=due)

    @property
    def left_out(self) -> str:
        """How many are not counted among those who could sign."""
        count = self.tally.left_out
        if self.kind is Household:
            return ngettext(
                "%(num)s household moved away or is not concerned, and is not counted.",
                "%(num)s households moved away or are not concerned, and are not counted.", count,
            )  # fmt: skip
        return ngettext(
            "%(num)s establishment moved away or is not concerned, and is not counted.",
            "%(num)s establishments moved away or are not concerned, and are not counted.", count,
        )  # fmt: skip

    @property
    def all_signed(self) -> str:
        if self.kind is Household:
            return _("Every household that it concerns has signed.")
        return _("Every establishment that it concerns has signed.")

    @property
    def hint(self) -> str:
        """How ticks are sent, to whoever may tick."""
        if not self.asks_day:
            return _("Touch those of whom you know that they signed, then confirm at the bottom.")
        if self.confirms:
            return _("Touch those who signed the paper, then press “Confirm” at the bottom.")
        return _("Touch those who signed the paper, then press “Enter” at the bottom. The village head confirms them.")

    @property
    def verb(self) -> str:
        """What stands on the button before anybody is ticked."""
        return _("Confirm those ticked") if self.confirms else _("Enter those ticked")

    @property
    def verb_with_count(self) -> str:
        """What stands there once somebody is."""
        if self.kind is Household:
            return _("Confirm {count} households") if self.confirms else _("Enter {count} households")
        return _("Confirm {count} establishments") if self.confirms else _("Enter {count} establishments")

    @property
    def many(self) -> bool:
        """Whether many households can be entered at once."""
        return self.enters and self.kind is Household and self.tally.not_yet > 0


NOT_YET_NAME, SIGNED_NAME = _l("Not signed"), _l("Signed")
ALWAYS = (NOT_YET_NAME, SIGNED_NAME)


def kind_asked(campaign: PledgeCampaign) -> type[Signer] | None:
    """Of whom the address asks; None where the campaign does not ask those."""
    asked = request.args.get("of")
    kind = KINDS.get(asked) if asked else campaign.kinds[0]
    return kind if kind in campaign.kinds else None


def here_asked() -> dict[str, str]:
    """What the address says of the rows that are shown."""
    return {name: request.args[name] for name in KEPT if request.args.get(name)}


def page(goal: CampaignGoal, kind: type[Signer], user: Actor) -> Page:
    campaign = goal.campaign
    found = signers_in(kind, goal.village, campaign.counted_on)
    listing = Listing(
        found, kind, search=fitting(kind), chips=_chips(campaign, kind), orders={"walk": (kind.walk, kind.id)},
        kept=("of", "all"), endpoint="campaigns.village",
    )  # fmt: skip
    cut = _cut(listing)
    shown = rows(campaign, listing.all_rows if cut is None else list(listing.all_rows)[:cut])
    tally = tallies(campaign, kind, village=goal.village).get(goal.village.heir_id or 0, Tally())
    calls = [row.call.id for row in shown if row.call and listing.chip and listing.chip.key in CALLED_CHIPS]
    return Page(
        goal, kind, listing, shown, tally, 0 if cut is None else listing.total - len(shown), listing.url(all="yes"),
        _kinds(campaign, kind, goal), enters=campaign.state == "open" and may(user, "enter", goal),
        confirms=may(user, "confirm_pledges", goal), strikes=rights_on(user, DoorCall, calls, ("void",)),
        weeks=of_village(goal, kind, tally),
    )  # fmt: skip


def _cut(listing: Listing) -> int | None:
    """How many rows are shown at first: the few that fit a phone, all of them once they are asked for."""
    return None if request.args.get("all") or listing.total <= FIRST + 2 else FIRST


def _chips(campaign: PledgeCampaign, kind: type[Signer]) -> tuple[Chip, ...]:
    return (
        Chip("not_yet", NOT_YET_NAME, lambda: not_yet(campaign, kind)),
        Chip("waiting", _l("To be confirmed"), lambda: waiting(campaign, kind)),
        Chip("signed", SIGNED_NAME, lambda: signed(campaign, kind)),
        Chip("absent", RESULT_NAMES[CallResult.ABSENT], lambda: called(campaign, kind, (CallResult.ABSENT,))),
        Chip("refused", RESULT_NAMES[CallResult.REFUSED], lambda: called(campaign, kind, (CallResult.REFUSED,))),
        Chip("left_out", _l("Not counted"), lambda: left_out(campaign, kind)),
    )


def _kinds(campaign: PledgeCampaign, shown: type[Signer], goal: CampaignGoal) -> list[dict[str, Any]]:
    if len(campaign.kinds) == 1:
        return []
    names = {"households": _("Households"), "establishments": _("Establishments")}
    return [
        {"label": names[key], "url": url_for("campaigns.village", id=goal.id, of=key), "current": kind is shown}
        for key, kind in KINDS.items()
    ]


def rows(campaign: PledgeCampaign, signers: Sequence[Signer]) -> list[Row]:
    """Each with its pledge, or the call that stands and what they withdrew: a few questions for all."""
    pledges, calls = pledge_of(campaign, signers), standing_calls(campaign, signers)
    gone = withdrawn_of(campaign, [one for one in signers if one.id not in pledges])
    return [_row(one, pledges.get(one.id), calls.get(one.id), gone.get(one.id)) for one in signers]


def _row(signer: Signer, pledge: Pledge | None, call: DoorCall | None, withdrawn: Pledge | None = None) -> Row:
    if isinstance(signer, Household):
        about = _("Household %(door)s, %(people)s people", door=signer.door, people=signer.people)
    else:
        about = _("Establishment %(door)s, %(business)s", door=signer.door, business=signer.business)
    if pledge is not None:
        about = _("%(about)s. Signed on %(day)s", about=about, day=day_in_margin(pledge.signed_on))
    row = Row(signer, about, pledge, call, withdrawn)
    return row if pledge is not None or not row.noted else replace(row, about=f"{about}. {row.noted}")


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


def clash(outcome: Outcome, on: date | None) -> dict[str, Any]:
    """What the address says of pledges that stand with another day than was ticked now, and of calls against it."""
    found: dict[str, Sequence[Kept]] = {"clash": outcome.clashing, "against": outcome.against}
    told = {name: ",".join(str(one.id) for one in some) for name, some in found.items() if some}
    return {**told, "on": on.isoformat()} if told and on else {}


def clashes(user: Actor, goal: CampaignGoal) -> list[Clash]:
    """Of those whom the address names, as far as they are of this village and the reader may mend them."""
    ids, on = _asked("clash"), day_asked_for("on")
    if not ids or on is None:
        return []
    asked = reach(user, "mend", Pledge).where(Pledge.id.in_(ids), Pledge.campaign_id == goal.campaign_id)
    return [Clash(one, on) for one in db.session.scalars(asked.order_by(Pledge.id)) if one.signed_on != on]


@dataclass(frozen=True)
class Against:
    """Somebody of whom it is noted down that they would not sign, or are not asked, and who was ticked now."""

    call: DoorCall
    on: date

    @property
    def noted(self) -> str:
        return _called(self.call)

    @property
    def hidden(self) -> dict[str, Any]:
        """What is sent to say that they signed all the same."""
        return {f"tick_{self.call.signer_id}": "yes", "signed_on": self.on.isoformat(), "over": self.call.id}


def against(user: Actor, goal: CampaignGoal, kind: type[Signer]) -> list[Against]:
    """Of the calls that the address names, those that stand at doors of this village, where the reader may enter."""
    ids, on = _asked("against"), day_asked_for("on")
    if not ids or on is None or goal.campaign.state != "open" or not may(user, "enter", goal):
        return []
    here = signers_in(kind, goal.village, goal.campaign.counted_on).with_only_columns(kind.id).order_by(None)
    asked = reach(user, "read", DoorCall).where(DoorCall.id.in_(ids), standing(), column_of(DoorCall, kind).in_(here))
    calls = db.session.scalars(asked.where(DoorCall.campaign_id == goal.campaign_id).order_by(DoorCall.id)).all()
    return [Against(one, on) for one in calls]


def still_against() -> dict[str, str]:
    """What the address said of the calls that were looked at: those that are not settled are shown once more."""
    found = {name: request.args[name] for name in ("against", "on") if request.args.get(name)}
    return found if len(found) == 2 else {}


def _asked(name: str) -> list[int]:
    """The ids in a part of the address."""
    return [known for one in request.args.get(name, "").split(",")[:MOST_CLASHES] if (known := id_in(one))]
