"""What a request of somebody about their data, and a round of closed files, ask of whom."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from portal.duties.rules import DutyRule, Source, Wanted
from portal.engine import clock
from portal.engine.text import _l
from portal.engine.workflow import Step, steps_of
from portal.organisation.models import Role
from portal.people.models import PersonRequest
from portal.privacy.models import RetentionRound

DECIDE = timedelta(days=7)  # our own policy: nothing presses, and it is for good
TELL = timedelta(days=3)  # our own policy

LADDER = ((Role.COMMUNE_LEADER, 0), (Role.INSPECTOR, 3))
OF_REQUEST = (
    DutyRule("ANSWER-PERSON", _l("Answer what somebody asks of their data"), _l("Request %(title)s: to be answered"),
             _l("Read and answer"), "privacy.request", Role.POLICE_CHIEF, LADDER, law=("PD-EXTRACT", "PD-CORRECT")),
    DutyRule("TELL-PERSON", _l("Hand over the answer about somebody's data"),
             _l("Request %(title)s: hand over the answer"), _l("Hand over"), "privacy.request", Role.POLICE_OFFICER,
             ((Role.POLICE_CHIEF, 0),)),
)  # fmt: skip
OF_ROUND = (
    DutyRule("DECIDE-ROUND", _l("Decide on a round of closed files"), _l("Round %(title)s: to be decided"),
             _l("Read and decide"), "privacy.round", Role.COMMUNE_LEADER, decision=True),
)  # fmt: skip


def of_request(request: PersonRequest) -> Iterator[Wanted]:
    """The answer by the day of the law, then the paper into the person's hands."""
    if request.voided_at or request.state == "withdrawn":
        return
    steps = {one.name: one for one in steps_of(request)}
    said = steps.get("answer") or steps.get("refuse")
    yield Wanted(
        "ANSWER-PERSON", "", request.due_on, Role.POLICE_CHIEF, source=request.source, confirmed=request.confirmed,
        values={"title": request.number}, **_done(said),
    )  # fmt: skip
    if said:
        yield Wanted(
            "TELL-PERSON", "", clock.day_of(said.at) + TELL, Role.POLICE_OFFICER, owner_id=request.created_by_id,
            values={"title": request.number}, **_done(steps.get("tell")),
        )  # fmt: skip


def of_round(round_: RetentionRound) -> Iterator[Wanted]:
    if round_.voided_at or round_.state == "withdrawn":
        return
    steps = [one for one in steps_of(round_) if one.name in ("approve", "reject")]
    yield Wanted(
        "DECIDE-ROUND", "", round_.counted_on + DECIDE, round_.decider_role, values={"title": round_.number},
        **_done(steps[-1] if steps else None),
    )  # fmt: skip


def _done(step: Step | None) -> dict[str, Any]:
    return {"done_on": clock.day_of(step.at), "done_by_id": step.by_id} if step else {}


SOURCES = (Source(PersonRequest, OF_REQUEST, of_request), Source(RetentionRound, OF_ROUND, of_round))
