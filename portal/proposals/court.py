"""What people do while a court has the file of a proposal: write down where it is, and what the court answered."""

from datetime import date
from typing import Any

from portal.cases.actions.running import refuse_unless_running
from portal.engine.db import db, touch
from portal.engine.refusal import Conflict, Plain, Refused
from portal.engine.text import mark
from portal.proposals.models import CourtAnswer, Proposal

NOT_SENT = mark("No file of this proposal is with a court. Its answer is recorded once the signed file was sent.")


def tell_way(proposal: Proposal, **days: date | None) -> None:
    """Write down where the file is on its way, as far as it is known. Raises Refused with what contradicts itself."""
    if not proposal.at_court:
        raise Refused(Plain(NOT_SENT))
    for name, day in days.items():
        setattr(proposal, name, day)
    if misfits := list(proposal.misfits_of_way()):
        raise Refused(*misfits)


def record_answer(
    proposal: Proposal, *, body: str, paper_number: str, decided_on: date, accepted: bool, note: str = "", **more: Any
) -> CourtAnswer:
    """Write down what the court decided, with what its answers to this kind of proposal say besides.

    It counts once a second person has confirmed it. Raises Conflict where an answer is there already.
    """
    refuse_unless_running(proposal.case)
    if proposal.answers_as is None or not proposal.at_court:
        raise Refused(Plain(NOT_SENT))
    before = next((one for one in proposal.answers if one.waits), None)
    if before is not None:
        raise Conflict(before, Plain(mark("An answer is recorded already, and waits for confirmation.")))
    answer = proposal.answers_as(
        proposal=proposal, case=proposal.case, commune_id=proposal.commune_id, body=body, paper_number=paper_number,
        decided_on=decided_on, accepted=accepted, note=note, **more,
    )  # fmt: skip
    db.session.add(answer)
    if misfits := list(answer.misfits()):
        raise Refused(*misfits)
    touch(proposal.case)
    touch(proposal)
    return answer
