"""That somebody broke what they pledged: who proposed it, who decided, and what came of it since.

A breach bears no number that anybody knows, so it has one that holds in the one file, by which its steps name it.
"""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Select, and_, select
from sqlalchemy.orm import selectinload

from portal.engine.access import find
from portal.engine.db import db
from portal.engine.forms import Choice, Day, Number, Optional, Required, not_in_the_future
from portal.engine.refusal import Misfit, Refused
from portal.engine.text import _l, mark
from portal.exchange.bringing import Bringing
from portal.exchange.kinds.pledges import Pledges, SignerRow, named_by, states_of
from portal.exchange.kinds.rows import NO_RIGHT, NumberedInFileRows
from portal.exchange.kinds.standing import OfAuthor, author_of
from portal.exchange.references import STILL_TO_COME
from portal.exchange.sheet import Facts
from portal.exchange.taking import Taking
from portal.households.actions.breaches import check_breach, propose_breach
from portal.households.forms import BreachForm
from portal.households.models import Pledge, PledgeBreach, PledgeCampaign
from portal.households.workflow import BREACH
from portal.organisation.models import ROLE_NAMES, Role

DECIDED = ("approved", "rejected", "taking_back", "taken_back")
BREACHED = ("approved", "taking_back")  # in which the pledge itself is breached
DECIDERS = [("", ""), *((role.value, ROLE_NAMES[role]) for role in (Role.POLICE_CHIEF, Role.COMMUNE_LEADER))]


class BreachRow(OfAuthor, SignerRow):
    number = Number(
        _l("Number in this file"), [Required()], least=1,
        description=_l("1, 2, 3 and so on. By it the other sheets of this file name the breach."),
    )  # fmt: skip
    signed_on = Day(_l("Day of signing"), [Required(), not_in_the_future])
    happened_on, reason = BreachForm.happened_on, BreachForm.reason
    state = Choice(_l("State"), choices=states_of(BREACH), default="proposed")
    decider_role = Choice(_l("Who decides"), [Optional()], choices=DECIDERS)
    decided_on = Day(_l("Decided on"), [Optional(), not_in_the_future])


class Breaches(NumberedInFileRows):
    """On a page one is proposed, and somebody else decides there."""

    key, title, record, form = f"{Pledges.key}.breaches", _l("Pledges - breaches"), PledgeBreach, BreachRow
    about = _l("That somebody broke what they pledged. On a page it is only proposed; it is decided there by another.")
    columns = ("number", "campaign_id", "household_id", "establishment_id", "signed_on", "happened_on", "reason",
               "state", "decider_role", "decided_on", "author")  # fmt: skip
    settled = {"state": "proposed", "decider_role": "", "decided_on": None}
    named = {"campaign_id": "pledge_campaign", "household_id": "household", "establishment_id": "establishment",
             "author": "user"}  # fmt: skip
    rights = {"create": (Pledge, "propose_breach")}

    def found(self, taking: Taking) -> Select[Any]:
        return super().found(taking).where(of_standing()).options(selectinload(PledgeBreach.pledge))

    def said(self, one: Any, code: Any) -> dict[str, Any]:
        names = ("campaign_id", "household_id", "establishment_id", "signed_on")
        of_pledge = {name: getattr(one.pledge, name) for name in names}
        return {**super().said(one, code), **of_pledge, "author": one.created_by_id}

    def there(self, facts: Facts, bringing: Bringing) -> Any:
        of = [one.id for one in _pledges(facts)]
        named = PledgeBreach.pledge_id.in_(of), PledgeBreach.happened_on == facts["happened_on"]
        found = select(PledgeBreach).where(*named, PledgeBreach.voided_at.is_(None)).order_by(PledgeBreach.id)
        return self.likest(db.session.scalars(found), facts, bringing)

    def allowed(self, facts: Facts, bringing: Bringing) -> None:
        by: Any = bringing.by
        pledge = _pledge(facts)
        if pledge is not None and find(by, "propose_breach", Pledge, pledge.id) is None:
            raise Refused(Misfit("campaign_id", NO_RIGHT))
        self.not_settled(facts)

    def once(self, facts: Facts, bringing: Bringing) -> None:
        super().once(facts, bringing)
        author_of(facts, bringing)
        if against := list(_misfits(facts, bringing)):
            raise Refused(*against)
        if bringing.by is not None and (pledge := _pledge(facts)) is not None:
            check_breach(pledge, facts["happened_on"])
            if not bringing.first_time(f"{self.key}, under way", str(pledge.id)):
                told = mark("Another breach of this pledge stands in the file. One is under way at a time.")
                raise Refused(Misfit("signed_on", told))

    def write(self, facts: Facts, bringing: Bringing) -> None:
        pledge: Any = _pledge(facts)
        if bringing.by is not None:
            breach = propose_breach(pledge, facts["happened_on"], facts["reason"], bringing.by)
        else:
            names = ("happened_on", "reason", "state", "decider_role", "decided_on")
            told = {name: facts[name] for name in names}
            breach = PledgeBreach(
                commune_id=pledge.commune_id, pledge=pledge, pledge_id=pledge.id, created_by_id=facts["author"], **told
            )
            db.session.add(breach)
            db.session.flush()
        self.made(breach, facts, bringing)


def of_standing() -> Any:
    """The condition of a breach to leave: its pledge leaves as well."""
    in_standing = Pledge.campaign.has(PledgeCampaign.voided_at.is_(None))
    return PledgeBreach.pledge.has(and_(Pledge.voided_at.is_(None), in_standing))


def _pledges(facts: Facts) -> list[Pledge]:
    """What the portal has of the signer in the campaign of that day, what holds before what was withdrawn."""
    named = ("campaign_id", "household_id", "establishment_id", "signed_on")
    of = [getattr(Pledge, name) == facts[name] for name in named]
    found = db.session.scalars(select(Pledge).where(*of, Pledge.voided_at.is_(None)).order_by(Pledge.id))
    return sorted(found, key=lambda one: one.state == "withdrawn")


def _pledge(facts: Facts) -> Pledge | None:
    return next(iter(_pledges(facts)), None)


def _misfits(facts: Facts, bringing: Bringing) -> Iterator[Misfit]:
    pledge, state = _pledge(facts), facts["state"]
    if (facts["household_id"] is None) == (facts["establishment_id"] is None):
        yield Misfit("household_id", mark("Please name a household or an establishment, and not both."))
    elif pledge is None and not _is_coming(facts, bringing):
        yield Misfit("signed_on", mark("There is no pledge of theirs of this day."))
    if facts["happened_on"] < facts["signed_on"]:
        told = mark("A breach lies between %(day)s, when it was signed, and today.")
        yield Misfit("happened_on", told, day=facts["signed_on"])
    if (facts["decided_on"] is not None) != (state in DECIDED):
        yield Misfit("decided_on", mark("What was decided says on which day, and nothing else does."))
    if bringing.by is None and not facts["decider_role"]:
        yield Misfit("decider_role", mark("Please say who decides, or who did."))
    if pledge is not None and state in BREACHED and pledge.state != "breached":
        yield Misfit("state", mark("The pledge itself is not breached."))


def _is_coming(facts: Facts, bringing: Bringing) -> bool:
    """Whether the pledge is one that the same file only brings."""
    to_come = STILL_TO_COME in (facts["campaign_id"], facts["household_id"], facts["establishment_id"])
    return not bringing.writes and (to_come or named_by(facts) in bringing.coming)
