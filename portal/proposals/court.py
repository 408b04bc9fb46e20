"""What people do once the court has answered to a proposal: write it down, and confirm it."""

from datetime import date

from portal.cases.actions.running import refuse_unless_running
from portal.engine.db import db, touch
from portal.engine.refusal import Conflict, Misfit, Plain, Refused
from portal.engine.text import mark
from portal.proposals.models import CourtAnswer, Proposal


def record_answer(
    proposal: Proposal, *, body: str, paper_number: str, decided_on: date, accepted: bool, leaves_on: date | None,
    note: str = "",
) -> CourtAnswer:  # fmt: skip
    """Write down what the court decided. An accepted proposal needs the day on which the person left for prison.

    It counts once a second person has confirmed it. Raises Conflict where an answer is there already.
    """
    days = [decided_on, *([leaves_on] if leaves_on else [])]
    refuse_unless_running(proposal.case, *days)
    if not proposal.awaits_answer:
        raise Refused(Plain(mark("No file of this proposal is with a court.")))
    before = next((one for one in proposal.answers if one.waits), None)
    if before is not None:
        raise Conflict(before, Plain(mark("An answer is recorded already, and waits for confirmation.")))
    if proposal.decided_on and decided_on < proposal.decided_on:
        told = mark("The proposal was decided on %(day)s; the court answered later.")
        raise Refused(Misfit("decided_on", told, day=proposal.decided_on))
    if accepted and leaves_on is None:
        told = mark("Please give the day on which the person left to serve prison: supervision ends on that day.")
        raise Refused(Misfit("leaves_on", told))
    if not accepted and leaves_on is not None:
        raise Refused(Misfit("leaves_on", mark("The court refused: nobody leaves for prison by this decision.")))
    if leaves_on is not None and leaves_on < decided_on:
        raise Refused(Misfit("leaves_on", mark("Nobody leaves for prison before the court has decided.")))
    answer = CourtAnswer(
        proposal=proposal, case=proposal.case, commune_id=proposal.commune_id, body=body, paper_number=paper_number,
        decided_on=decided_on, accepted=accepted, leaves_on=leaves_on, note=note,
    )  # fmt: skip
    db.session.add(answer)
    touch(proposal.case)
    return answer
