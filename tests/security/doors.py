"""Households, establishments, campaigns and pledges full of markers: in the village of the head who is asked, in
another village of the commune, and in the commune beside it. One household of each signed in the village from which it
moved."""

from datetime import timedelta

from sqlalchemy import select

from portal.documents import actions as filing
from portal.documents import store
from portal.documents.intake import accept
from portal.engine import clock
from portal.engine.db import db
from portal.engine.transaction import transaction
from portal.forces import actions as forces
from portal.forces.actions import Number
from portal.households import actions
from portal.households.models import CallResult, CampaignGoal, DoorCall, Household, PledgeCampaign, Target
from portal.households.queries import not_signed
from portal.organisation import actions as accounts
from portal.outreach import actions as outreach
from portal.outreach.models import SessionForm
from tests.builders import Commune
from tests.documents import files
from tests.households.doors import (
    HEADS,
    SIGNED,
    a_campaign,
    breached,
    goal,
    pledges_of,
    some_establishments,
    some_households,
    ticked,
)
from tests.security.world import Marked, remember_versions

DOORS = {"door": "BPH", "door_sister": "NHA"}
FAR = "far_door"
OTHER = {"BPH": "NHA", "NHA": "BPH"}
GROUPS = ("door", "shop", "campaign", "sheet", "hotline", "held", "breach")


class Door(Marked):
    """A village's campaign with what belongs to it, and the marker words that they carry."""

    @property
    def far(self) -> bool:
        return self.place == FAR

    @property
    def words(self) -> dict[str, str]:
        place = self.place.replace("_", "").upper()
        return {group: f"MK{group.upper()}AT{place}" for group in GROUPS}


def build(commune: Commune, neighbour: Commune) -> dict[str, Door]:
    here = {name: _door(name, commune, village) for name, village in DOORS.items()}
    return {**here, FAR: _door(FAR, neighbour, "BPH")}


def _door(name: str, commune: Commune, village: str) -> Door:
    marked = Door(name)
    words = marked.words
    households = some_households(commune, 3, village, head=f"Nàng {words['door']}")
    shops = some_establishments(commune, 1, village, name=f"Quán {words['shop']}", owner=words["shop"])
    campaign = a_campaign(commune, title=words["campaign"], text=words["campaign"], target=Target.BOTH)
    drafted = a_campaign(commune, title=words["campaign"], state="draft")
    head = HEADS[village]
    with clock.telling(clock.now() - timedelta(hours=1)):
        ticked(commune, campaign, households[:1], by=head, village=village)
        ticked(commune, campaign, shops, by=head, village=village)
        marked.ids["pledge_sheet"] = _sheet(commune, goal(commune, campaign, village), households[2], words["sheet"])
        marked.ids["call"] = db.session.scalars(
            select(DoorCall.id).where(DoorCall.household_id == households[2].id)
        ).one()
    of = goal(commune, campaign, village)
    (unsigned,) = some_households(commune, 1, village, head=f"Nàng {words['door']}")
    with transaction(commune.officer):
        marked.ids["printed"] = actions.print_list(of).id
    with transaction(commune.officer2):
        breach = actions.propose_breach(pledges_of(shops[0])[0], SIGNED, words["breach"], commune.officer2)
    marked.ids |= _breached(commune, campaign, village, words)
    marked.ids |= _moved(commune, campaign, village, words)
    marked.ids |= _for_the_phone(commune, village, words)
    marked.ids |= {
        "breach": breach.id, "unsigned": unsigned.id,
        "establishment": shops[0].id, "campaign": campaign.id, "drafted": drafted.id,
        "goal": of.id, "pledge": pledges_of(households[0])[0].id,
    }  # fmt: skip
    remember_versions(marked)
    return marked


def _breached(commune: Commune, campaign: PledgeCampaign, village: str, words: dict[str, str]) -> dict[str, int]:
    """Two households whose breach was decided; of one of them somebody asks to take that back."""
    found = some_households(commune, 2, village, head=f"Nàng {words['door']}")
    ticked(commune, campaign, found, by=HEADS[village], village=village)
    decided, asked_back = (breached(commune, pledges_of(one)[0], by="officer2", word=words["breach"]) for one in found)
    with transaction(commune.officer2):
        asked_back.workflow.take("ask_back", asked_back, commune.officer2, words["breach"])
    return {
        "household": found[0].id, "breached": decided.pledge_id, "decided": decided.id, "asked_back": asked_back.id,
    }  # fmt: skip


def _moved(commune: Commune, campaign: PledgeCampaign, village: str, words: dict[str, str]) -> dict[str, int]:
    """A household that signed in the other village, and lives here now."""
    before = OTHER[village]
    (one,) = some_households(commune, 1, before, head=f"Nàng {words['door']}")
    ticked(commune, campaign, [one], by=HEADS[before], village=before)
    with transaction(commune.clerk):
        actions.move(one, commune.place(village), clock.today())
    return {"moved": one.id, "moved_pledge": pledges_of(one)[0].id}


def _sheet(commune: Commune, of: CampaignGoal, left: Household, word: str) -> int:
    """All but one, with a photo of the sheet."""
    content = files.pdf(b"3 0 obj (" + word.encode() + b")")
    stored = store.keep(accept(content, f"{word}.pdf", len(content)))
    with transaction(commune.officer):
        among = [one.id for one in db.session.scalars(not_signed(of))]
        sheet, _outcome = actions.sign_all_but(of, {left.id: CallResult.ABSENT}, among, SIGNED, commune.officer)
        filing.attach(sheet, stored, commune.officer.id, 10**6, title=word, dated_on=SIGNED)
        return int(sheet.id)


def _for_the_phone(commune: Commune, village: str, words: dict[str, str]) -> dict[str, int]:
    """What a village head's phone shows: a number to call, a meeting that was held, the card that opened it."""
    head = getattr(commune, HEADS[village])
    with transaction(commune.clerk):
        hotline = forces.publish(commune.id, Number(f"Trực {words['hotline']}", "113", words["hotline"], 1))
        card, _digits = accounts.make_card(head.grants[0])
    with transaction(head):
        accounts.use_card(card)
    with transaction(head):
        held = outreach.record_session(commune.place(village), SessionForm.OTHER, 42, topic=words["held"])
    return {"hotline": hotline.id, "card": card.id, "held": held.id}
