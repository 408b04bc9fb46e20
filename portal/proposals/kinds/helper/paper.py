"""Entrusting somebody with helping a person: a decision of the chair."""

from datetime import date

from portal.cases.duties import HELPER_REPORTS
from portal.cases.models import Case
from portal.documents.paper import Paper
from portal.law import approval
from portal.proposals.kinds.helper.model import HelperProposal
from portal.proposals.kinds.helper.texts import TEXTS
from portal.proposals.papers import grounds
from portal.proposals.papers.frame import Frame
from portal.proposals.papers.people import SERVING, introduced, named, official


def _reports(case: Case, day: date) -> bool:
    """Whether the law of the day asks the helper for a report on each quarter."""
    table = case.regime.PARAMETERS
    return any(rule in table.rules and rule in table.on(day) for rule in HELPER_REPORTS)


def written(proposal: HelperProposal, frame: Frame) -> Paper:
    case, say = proposal.case, frame.said(TEXTS)
    chain = approval.chain(proposal.chain_row, frame.day)
    helper = official(proposal.helper)
    report = f"; hằng quý báo cáo kết quả với {frame.police}" if _reports(case, frame.day) else ""
    return frame.decision(
        f"Về việc phân công người giúp đỡ {SERVING[case.type]}",
        grounds.grounds(
            grounds.act(case, frame.day), grounds.of_source(chain.source, confirmed=chain.confirmed),
            grounds.judgment(case), grounds.proposed_by(frame.chief),
        ),
        (
            say("entrusted", helper=helper, person=introduced(case, frame.commune)),
            say("tasks", name=named(case), police=frame.police, report=report),
            say("holds"),
            say("carried_out", chief=frame.chief, helper=helper, name=named(case)),
        ),
        ("Như Điều 4",),
    )  # fmt: skip
