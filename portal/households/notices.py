"""What the portal tells people about campaigns: one was opened, pledges wait for the village head."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import select

from portal.duties.models import Notification
from portal.duties.notices import notify
from portal.engine.db import Kept, db
from portal.engine.notices import NoticeKind
from portal.engine.text import _l
from portal.engine.transaction import is_news
from portal.engine.workflow import steps_of
from portal.households.models import CampaignGoal, Pledge, PledgeBreach, PledgeCampaign
from portal.households.queries import goal_of, goals_of, head_of, waiting_at
from portal.households.workflow import UNDECIDED
from portal.organisation.models import Role, User
from portal.organisation.queries import holders, users_named

OPENED, WAIT = "CAMPAIGN-OPENED", "PLEDGES-WAIT"


def tell_of_opened(deeds: Sequence[tuple[str, Kept]]) -> None:
    """After a campaign was opened, tell the head of each village, who is led to the list of the own one."""
    if not is_news():
        return
    for campaign in [one for deed, one in deeds if deed == "open" and isinstance(one, PledgeCampaign)]:
        for goal in goals_of(campaign):
            if head := head_of(goal.village):
                notify(OPENED, goal, (head,), campaign=campaign.title, until=campaign.last_on)


def tell_of_waiting(deeds: Sequence[tuple[str, Kept]]) -> None:
    """After pledges were entered, tell the head of each village how many wait; not again before they have looked."""
    if not is_news():
        return
    entered = [record for deed, record in deeds if deed == "sign_pledge" and isinstance(record, Pledge)]
    places = {(one.campaign_id, one.village_id): one for one in entered}
    for pledge in places.values():
        goal = goal_of(pledge.campaign, pledge.village_id)
        head = head_of(goal.village) if goal else None
        if goal and head and not _told_and_unread(goal, head):
            notify(WAIT, goal, (head,), count=waiting_at(goal), campaign=goal.campaign.title)


def _told_and_unread(goal: CampaignGoal, head: User) -> bool:
    about = Notification.subject_type == goal.kind_of_record, Notification.subject_id == goal.id
    unread = Notification.user_id == head.id, Notification.kind == WAIT, Notification.read_at.is_(None)
    return bool(db.session.scalar(select(select(Notification.id).where(*about, *unread).exists())))


def deciders(breach: PledgeBreach) -> Iterable[User]:
    return holders(Role(breach.decider_role), breach.commune_id) if breach.state in UNDECIDED else ()


def proposer(breach: PledgeBreach) -> Iterable[User]:
    return (breach.author,) if breach.author else ()


def asker(breach: PledgeBreach) -> Iterable[User]:
    """Whoever asked last to take the decision back."""
    asked = [step.by_id for step in steps_of(breach) if step.name in breach.workflow.asking]
    return users_named(asked[-1:]).values()


def of_campaign(breach: PledgeBreach) -> Mapping[str, Any]:
    return {"campaign": breach.pledge.campaign.title}


NOTICES = (
    NoticeKind(
        "BREACH-WAITS", _l("%(campaign)s: a breach of a pledge waits for your decision"), "pledges.breach",
        _l("Breaches to decide on"), PledgeBreach, ("create", "ask_back"), deciders, of_campaign, waits=True,
    ),
    NoticeKind(
        "BREACH-DECIDED", _l("%(campaign)s: the breach that you proposed was decided on"), "pledges.breach",
        _l("Breaches that were decided on"), PledgeBreach, ("approve", "reject"), proposer, of_campaign,
    ),
    NoticeKind(
        "BREACH-ANSWERED", _l("%(campaign)s: what you asked about the decision on a breach was answered"),
        "pledges.breach", _l("Answers about decided breaches"), PledgeBreach, ("take_back", "keep"), asker, of_campaign,
    ),
    NoticeKind(
        OPENED, _l("%(campaign)s: people sign until %(until)s"), "campaigns.village",
        _l("Campaigns that were opened"), CampaignGoal,
    ),
    NoticeKind(
        WAIT, _l("%(campaign)s: %(count)s pledges wait for your word"), "campaigns.village",
        _l("Pledges that wait for you"), CampaignGoal, waits=True,
    ),
)  # fmt: skip
