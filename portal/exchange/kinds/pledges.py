"""Campaigns with what each village is to reach, who signed, and who was called on and did not."""

from typing import Any

from sqlalchemy import Select, func, or_, select

from portal.engine import audit
from portal.engine.access import find
from portal.engine.db import db
from portal.engine.forms import Choice, Day, Form, Line, Number, Optional, Paragraphs, Required, not_in_the_future
from portal.engine.refusal import Misfit, Refused
from portal.engine.text import _l, mark
from portal.exchange.bringing import Bringing, still_to_come
from portal.exchange.kinds.rows import NO_RIGHT, NumberedRows, OfCommune, Rows, columns_of
from portal.exchange.moments import Moment
from portal.exchange.references import STILL_TO_COME
from portal.exchange.sheet import Facts, Verdict
from portal.exchange.taking import Taking, code_of
from portal.households.actions.campaigns import add_goals
from portal.households.actions.pledging import fits
from portal.households.actions.signers import settle_calls
from portal.households.forms import CampaignForm
from portal.households.models import (
    RESULT_NAMES,
    CampaignGoal,
    DoorCall,
    Establishment,
    Household,
    Pledge,
    PledgeCampaign,
    Signer,
    Stay,
)
from portal.households.queries import there_on
from portal.households.workflow import CAMPAIGN, PLEDGE
from portal.organisation.models import Unit
from portal.organisation.queries import villages

CAMPAIGN_NUMBER = _l("Campaign")
MOST = 100_000  # who could sign in a village


def states_of(workflow: Any) -> list[tuple[str, Any]]:
    """The states of a workflow as a list offers them."""
    return [(name, state.label) for name, state in workflow.states.items()]


class CampaignRow(OfCommune, CampaignForm):
    number = Line(_l("Number"), [Required()], length=40)
    programme_id = Line(_l("Serves the title"), [Optional()])
    state = Choice(_l("State"), choices=[("", _l("Draft")), *states_of(CAMPAIGN)])
    opened_at = Moment(_l("Opened at"), [Optional()])
    closed_at = Moment(_l("Closed at"), [Optional()])


class Campaigns(NumberedRows):
    key, title, record, form = "campaigns", _l("Pledge campaigns"), PledgeCampaign, CampaignRow
    about = _l("What people were asked to sign, from a day to a day.")
    columns = ("number", "commune", "kind", "title", "text", "target", "first_on", "last_on", "programme_id", "state",
               "opened_at", "closed_at")  # fmt: skip
    settled = {"state": "draft", "opened_at": None, "closed_at": None}

    def take(self, facts: Facts, bringing: Bringing) -> Verdict:
        return super().take({**facts, "state": facts["state"] or "draft"}, bringing)

    def write(self, facts: Facts, bringing: Bringing) -> PledgeCampaign:
        """A draft is for all villages; of one that was opened the next sheet says for which."""
        campaign = PledgeCampaign(
            commune_id=bringing.of_commune(facts), **columns_of(PledgeCampaign, facts, "commune_id")
        )
        if campaign.state == "draft":
            add_goals(campaign, villages(campaign.commune_id), {})
        db.session.add(campaign)
        db.session.flush()
        return campaign


class GoalRow(OfCommune, Form):
    campaign_id = Line(CAMPAIGN_NUMBER, [Required()])
    village_id = Line(_l("Village"), [Required()])
    count = Number(_l("How many are to sign"), [Optional()], most=MOST, description=_l("Empty: everybody."))


class OfCampaign(Rows):
    """Rows that belong to a campaign, which says of which commune they are."""

    def said(self, one: Any, code: Any) -> dict[str, Any]:
        return {field.name: getattr(one, field.name) for field in self.sheet.fields}

    def campaign(self, facts: Facts) -> PledgeCampaign:
        return db.session.get_one(PledgeCampaign, facts["campaign_id"])


class Goals(OfCampaign):
    key, title, record, form = "campaigns.goals", _l("Pledge campaigns - villages"), CampaignGoal, GoalRow
    about = _l("In which villages people are asked, and how many are to sign there.")
    columns = ("campaign_id", "village_id", "count")

    def found(self, taking: Taking) -> Select[Any]:
        found = select(CampaignGoal).join(CampaignGoal.campaign).join(Unit, Unit.id == CampaignGoal.village_id)
        found = found.where(CampaignGoal.voided_at.is_(None), PledgeCampaign.voided_at.is_(None))
        found = found.where(*taking.within(CampaignGoal))
        return found.order_by(code_of(PledgeCampaign), PledgeCampaign.number, Unit.code)

    def there(self, facts: Facts, bringing: Bringing) -> CampaignGoal | None:
        of = CampaignGoal.campaign_id == facts["campaign_id"], CampaignGoal.village_id == facts["village_id"]
        return db.session.scalar(select(CampaignGoal).where(*of))

    def same(self, there: CampaignGoal, facts: Facts, bringing: Bringing) -> Verdict:
        """A draft came for all villages: how many are to sign there is said by its row."""
        said = there.count is None and facts["count"] is not None and there.campaign.state == "draft"
        if said and bringing.by is not None:
            self.allowed(facts, bringing)
        return self.learn(there, facts, {"count": facts["count"]} if said else {}, bringing)

    def allowed(self, facts: Facts, bringing: Bringing) -> None:
        by: Any = bringing.by
        if facts["campaign_id"] != STILL_TO_COME and find(by, "edit", PledgeCampaign, facts["campaign_id"]) is None:
            raise Refused(Misfit("campaign_id", NO_RIGHT))

    def write(self, facts: Facts, bringing: Bringing) -> None:
        campaign = self.campaign(facts)
        db.session.add(CampaignGoal(commune_id=campaign.commune_id, **columns_of(CampaignGoal, facts)))
        db.session.flush()


class SignerRow(Form):
    campaign_id = Line(CAMPAIGN_NUMBER, [Required()])
    household_id = Line(_l("Household"), [Optional()])
    establishment_id = Line(_l("Establishment"), [Optional()])
    village_id = Line(
        _l("Village"), [Optional()], description=_l("Where they lived on that day. Empty: as the register has it.")
    )


class PledgeRow(SignerRow):
    signed_on = Day(_l("Day of signing"), [Required(), not_in_the_future])
    state = Choice(_l("State"), choices=[("", _l("Signed")), *states_of(PLEDGE)])
    confirmed_at = Moment(_l("Confirmed at"), [Optional()])
    confirmed_by_id = Line(_l("Confirmed by"), [Optional()])
    withdrawn_on = Day(_l("Day of the withdrawal"), [Optional(), not_in_the_future])
    breached_on = Day(_l("Day on which the breach was decided"), [Optional(), not_in_the_future])
    reason = Paragraphs(_l("Why it was withdrawn"), [Optional()], length=1000)


class OfSigners(OfCampaign):
    """What is about a household or an establishment in a campaign, on a day."""

    on: str  # the column of the day

    def found(self, taking: Taking) -> Select[Any]:
        record: Any = self.record
        found = select(record).join(record.campaign).outerjoin(record.household).outerjoin(record.establishment)
        found = found.where(record.voided_at.is_(None), PledgeCampaign.voided_at.is_(None), *taking.within(record))
        by = func.coalesce(Household.number, Establishment.number), getattr(record, self.on), record.id
        return found.order_by(code_of(PledgeCampaign), PledgeCampaign.number, *by)

    def alike(self, facts: Facts) -> list[Any]:
        """What the portal has of this signer in this campaign."""
        record: Any = self.record
        named = ("campaign_id", "household_id", "establishment_id")
        of = [getattr(record, name) == facts[name] for name in named]
        return list(db.session.scalars(select(record).where(*of, record.voided_at.is_(None)).order_by(record.id)))

    def same(self, there: Any, facts: Facts, bringing: Bringing) -> Verdict:
        return super().same(there, {**facts, "village_id": facts["village_id"] or there.village_id}, bringing)

    def allowed(self, facts: Facts, bringing: Bringing) -> None:
        by: Any = bringing.by
        if not still_to_come(facts, self.sheet.fields):
            goal = _goal(facts, self.signer(facts), facts[self.on])
            if goal is None or find(by, "enter", CampaignGoal, goal.id) is None:
                raise Refused(Misfit("campaign_id", NO_RIGHT))
            if goal.campaign.state != "open":
                raise Refused(Misfit("campaign_id", mark("Nothing is signed in this campaign now.")))
        self.not_settled(facts)

    def signer(self, facts: Facts) -> Signer:
        if facts["household_id"] is not None:
            return db.session.get_one(Household, facts["household_id"])
        return db.session.get_one(Establishment, facts["establishment_id"])

    def once(self, facts: Facts, bringing: Bringing) -> None:
        if (facts["household_id"] is None) == (facts["establishment_id"] is None):
            raise Refused(Misfit("household_id", mark("Please name a household or an establishment, and not both.")))
        if not still_to_come(facts, self.sheet.fields):
            self.fits(facts)

    def fits(self, facts: Facts) -> None:
        """Raise Refused where the campaign does not ask them, or they were not there on that day."""
        campaign, signer, on = self.campaign(facts), self.signer(facts), facts[self.on]
        if type(signer) not in campaign.kinds:
            raise Refused(Misfit("campaign_id", mark("The campaign does not ask them.")))
        if campaign.state == "draft":
            raise Refused(Misfit("campaign_id", mark("Nothing is signed in this campaign now.")))
        if not there_on(type(signer), [signer.id], on):
            told = mark("%(name)s was not in the commune on that day. Please look at the day, or leave them out.")
            raise Refused(Misfit(self.on, told, name=signer.name))

    def kept(self, facts: Facts) -> Facts:
        """What a row says by the columns of its record."""
        signer = self.signer(facts)
        place = facts["village_id"] or _village_of(signer, facts[self.on])
        kept = columns_of(self.record, facts)
        return {**kept, "commune_id": self.campaign(facts).commune_id, "village_id": place}


class Pledges(OfSigners):
    """Who signed. What a photo shows, and by which sheet of paper it came, stays behind."""

    key, title, record, form = "pledges", _l("Pledges"), Pledge, PledgeRow
    about = _l("Who signed on which day. On a page only signatures come in; the village head confirms them there.")
    columns = ("campaign_id", "household_id", "establishment_id", "village_id", "signed_on", "state", "confirmed_at",
               "confirmed_by_id", "withdrawn_on", "breached_on", "reason")  # fmt: skip
    settled = {"state": "signed", "confirmed_at": None, "confirmed_by_id": None, "withdrawn_on": None,
               "breached_on": None, "reason": ""}  # fmt: skip
    on = "signed_on"

    def take(self, facts: Facts, bringing: Bringing) -> Verdict:
        return super().take({**facts, "state": facts["state"] or "signed"}, bringing)

    def there(self, facts: Facts, bringing: Bringing) -> Pledge | None:
        """That of the same day; of two the one in the same state, as where somebody withdrew and signed anew."""
        of_day = [one for one in self.alike(facts) if one.signed_on == facts["signed_on"]]
        free = [one for one in of_day if not bringing.is_claimed(self.key, one)]
        return next((one for one in free if one.state == facts["state"]), None) or next(iter(free), None)

    def once(self, facts: Facts, bringing: Bringing) -> None:
        super().once(facts, bringing)
        bringing.coming.add(named_by(facts))

    def fits(self, facts: Facts) -> None:
        super().fits(facts)
        fits(self.campaign(facts), facts["signed_on"])
        needed = {"confirmed": "confirmed_at", "withdrawn": "withdrawn_on", "breached": "breached_on"}
        missing = needed.get(facts["state"])
        if missing and facts[missing] is None:
            raise Refused(Misfit(missing, mark("Please say when: the state tells that it happened.")))
        ended = {"withdrawn": ("withdrawn_on", "breached_on"), "breached": ("breached_on",)}
        if any(facts[name] and name not in ended.get(facts["state"], ()) for name in ended["withdrawn"]):
            raise Refused(Misfit("state", mark("The days say that it was withdrawn or breached, the state does not.")))
        if facts["withdrawn_on"] and facts["withdrawn_on"] < facts["signed_on"]:
            told = mark("It was signed on %(day)s and cannot be withdrawn before.")
            raise Refused(Misfit("withdrawn_on", told, day=facts["signed_on"]))
        holds = [one for one in self.alike(facts) if one.state != "withdrawn"]
        if holds and facts["state"] != "withdrawn":
            told = mark("The portal holds that they signed on %(day)s.")
            raise Refused(Misfit("signed_on", told, day=holds[0].signed_on))

    def write(self, facts: Facts, bringing: Bringing) -> None:
        pledge = Pledge(**self.kept(facts))
        db.session.add(pledge)
        if bringing.by is not None:
            audit.note("sign_pledge", pledge)
        db.session.flush()
        bringing.claim(self.key, pledge)


class CallRow(SignerRow):
    on = Day(_l("Day"), [Required(), not_in_the_future])
    result = Choice(
        _l("What came of it"), [Required()], choices=[(one.value, name) for one, name in RESULT_NAMES.items()]
    )


class Calls(OfSigners):
    """Who was called on. The latest stands where nobody signed."""

    key, title, record, form = "pledges.calls", _l("Pledges - calls"), DoorCall, CallRow
    about = _l("Who was called on and did not sign: not at home, refused, moved away, not concerned.")
    columns = ("campaign_id", "household_id", "establishment_id", "village_id", "on", "result")
    on = "on"

    def there(self, facts: Facts, bringing: Bringing) -> DoorCall | None:
        told = [one for one in self.alike(facts) if (one.on, one.result) == (facts["on"], facts["result"])]
        return next((one for one in told if not bringing.is_claimed(self.key, one)), None)

    def write(self, facts: Facts, bringing: Bringing) -> None:
        call = DoorCall(**self.kept(facts), standing=False)
        db.session.add(call)
        if bringing.by is not None:
            audit.note("call", call)
        settle_calls(self.campaign(facts), [self.signer(facts)])
        bringing.claim(self.key, call)


def named_by(facts: Facts) -> tuple[str, str]:
    """Under which name a file keeps in mind a pledge that it brings: who signed, in which campaign, on which day."""
    names = ("campaign_id", "household_id", "establishment_id", "signed_on")
    return str(Pledge.__tablename__), "/".join(str(facts[name]) for name in names)


def _village_of(signer: Signer, on: Any) -> int:
    """Where somebody lived on a day."""
    if isinstance(signer, Establishment):
        return signer.village_id
    lived = Stay.household_id == signer.id, Stay.voided_at.is_(None), Stay.since <= on
    found = select(Stay.village_id).where(*lived, or_(Stay.until.is_(None), Stay.until >= on))
    return db.session.scalars(found).first() or signer.village_id


def _goal(facts: Facts, signer: Signer, on: Any) -> CampaignGoal | None:
    """The campaign in the village in which somebody lived on a day, or in what took that one over."""
    village = db.session.get_one(Unit, facts["village_id"] or _village_of(signer, on))
    of = CampaignGoal.campaign_id == facts["campaign_id"], CampaignGoal.village_id.in_((village.id, village.heir_id))
    return db.session.scalars(select(CampaignGoal).where(*of)).first()
