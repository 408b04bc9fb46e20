"""Which duty a phone makes: to decide what it sent too late."""

from collections.abc import Iterator

from portal.duties.rules import DutyRule, Source, Wanted
from portal.engine import clock
from portal.engine.text import _l
from portal.engine.workflow import steps_of
from portal.offline.models import HeldSend
from portal.organisation.models import Role

RULE = DutyRule(
    "DECIDE-LATE-SEND", _l("Decide what was sent too late"),
    _l("No. %(number)s was written after a role had ended: decide"), _l("Look at it"),
    "offline.show_held", Role.POLICE_CHIEF, ((Role.COMMUNE_LEADER, 5),), decision=True,
)  # fmt: skip


def of_held(held: HeldSend) -> Iterator[Wanted]:
    steps = steps_of(held)
    yield Wanted(
        RULE.id, "", clock.day_of(held.created_at), Role.POLICE_CHIEF, values={"number": str(held.receipt.number)},
        done_on=clock.day_of(steps[-1].at) if steps else None, done_by_id=steps[-1].by_id if steps else None,
    )  # fmt: skip


SOURCES = (Source(HeldSend, (RULE,), of_held),)
