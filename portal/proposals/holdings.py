"""What of the proposals somebody holds by name: those that they wrote, which nobody takes over."""

from collections.abc import Callable, Sequence

from sqlalchemy import select

from portal.engine.db import db
from portal.engine.holdings import Held, Holding
from portal.engine.text import _l, mark
from portal.organisation.models import User, line_of
from portal.proposals.models import Proposal

NUMBERED = mark("Proposal %(number)s")
UNSENT, UNDER_WAY = ("draft", "returned"), ("submitted", "endorsed")


def written(*states: str) -> Callable[[User, int], Sequence[Held]]:
    """Proposals in some states, by who wrote them."""

    def held(user: User, commune_id: int) -> Sequence[Held]:
        theirs = Proposal.created_by_id == user.id, Proposal.commune_id.in_(line_of(commune_id))
        found = select(Proposal).where(*theirs, Proposal.state.in_(states), Proposal.voided_at.is_(None))
        return [Held(one, NUMBERED, {"number": one.number}) for one in db.session.scalars(found.order_by(Proposal.id))]

    return held


HOLDINGS = (
    Holding(
        "proposals.unsent", _l("Proposals in draft or returned"), written(*UNSENT),
        _l("Nobody takes over what another wrote. Their author withdraws them or, once the author is no longer in "
           "service, the chief; then they are made anew by whoever answers for the case."),
        page="proposals.show",
    ),
    Holding(
        "proposals.under_way", _l("Proposals that wait for others"), written(*UNDER_WAY),
        _l("They go on without their author. One that is returned is withdrawn by the chief and made anew."),
        page="proposals.show",
    ),
)  # fmt: skip
