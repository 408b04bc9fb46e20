"""With the closing of a case the end of the help is proposed, and taken back where the closing comes to nothing."""

from collections.abc import Mapping, Sequence

from portal.cases.duties.helping import end_due
from portal.cases.models import ClosingReason
from portal.engine import clock
from portal.engine.db import Kept, db
from portal.engine.text import as_on_paper, mark, say
from portal.proposals.actions import propose_end_of_help
from portal.proposals.kinds.completion.model import CompletionProposal
from portal.proposals.kinds.helper_end.grounds import EndOfHelp
from portal.proposals.kinds.helper_end.model import HelperEndProposal
from portal.proposals.models import under_way

GROUNDS: Mapping[ClosingReason, EndOfHelp] = {
    ClosingReason.COMPLETED: EndOfHelp.TERM_ENDED,
    ClosingReason.RECORD_CLEARED: EndOfHelp.TERM_ENDED,
    ClosingReason.REVOKED: EndOfHelp.PRISON,
}
WITH_CLOSING = mark("Proposed together with the closing of the case (%(number)s).")
COMES_TO_NOTHING = ("return", "withdraw", "reject")


def end_help(deeds: Sequence[tuple[str, Kept]]) -> None:
    """After a transaction's deeds: what the law asks of the chief within working days is proposed at once."""
    for deed, record in dict.fromkeys(deeds):
        if isinstance(record, CompletionProposal) and deed == "submit":
            _propose(record)
        if isinstance(record, CompletionProposal) and deed in COMES_TO_NOTHING:
            _take_back(record)


def _propose(completion: CompletionProposal) -> None:
    """Where the law of that day asks for it, somebody helps, and nobody has proposed it yet."""
    case, ground = completion.case, GROUNDS.get(completion.closing_reason)
    by_law = end_due(case, completion.completed_on) is not None
    actor, running = db.session.info["writer"].signer, case.accepted("helper")
    if ground is None or not by_law or actor is None or running is None or under_way(HelperEndProposal, case):
        return
    ground_on = max(completion.completed_on, running.since or completion.completed_on)
    if ground_on > clock.today() and ground != EndOfHelp.TERM_ENDED:
        return  # what has not happened yet is proposed when it has, as its duty asks
    with as_on_paper():
        reason = say(WITH_CLOSING, number=completion.number)
    proposal = propose_end_of_help(case, ground, ground_on, reason, completion=completion)
    if not proposal.refusals():
        proposal.workflow.follow("submit", proposal, actor)


def _take_back(completion: CompletionProposal) -> None:
    """The help goes on with the case."""
    for one in completion.case.proposals:
        with_it = isinstance(one, HelperEndProposal) and one.completion_id == completion.id
        if with_it and one.state in ("draft", "submitted", "returned", "endorsed"):
            one.workflow.follow("withdraw", one, db.session.info["writer"].signer)
