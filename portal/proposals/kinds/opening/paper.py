"""Assigning an officer when a file is taken on: a decision of the chief of commune police (COM-ASSIGN-OFFICER)."""

from portal.documents.paper import Paper
from portal.organisation.models import User
from portal.proposals.kinds.opening.model import OpenCaseProposal
from portal.proposals.kinds.opening.texts import TEXTS
from portal.proposals.papers import grounds
from portal.proposals.papers.frame import Frame
from portal.proposals.papers.people import capital, introduced, named, official

RULES = ("COM-ASSIGN-OFFICER", "DEF-ASSIGN", "REI-VERIFY", "DRU-DECIDE")


def written(proposal: OpenCaseProposal, frame: Frame) -> Paper | None:
    """None while nobody has been thought of: there is no decision without the officer's name."""
    officer = assigned(proposal)
    if officer is None:
        return None
    case, who, say = proposal.case, official(officer), frame.said(TEXTS)
    return frame.decision(
        "Về việc phân công cán bộ quản lý, giám sát, giáo dục",
        grounds.grounds(
            grounds.act(case, frame.day), grounds.of_rule(case, frame.day, RULES), grounds.judgment(case)
        ),
        (
            say("charged", officer=who, person=introduced(case, frame.commune)),
            say("tasks", name=named(case)),
            say("carried_out", Officer=capital(who), commune=frame.commune.name),
        ),
        ("Như Điều 3", f"UBND {frame.commune.name} (để báo cáo)"),
    )  # fmt: skip


def assigned(proposal: OpenCaseProposal) -> User | None:
    """The officer suggested; else the first who was asked and did not decline."""
    asked = [one for one in proposal.case.assignments if one.kind == "officer" and one.state != "declined"]
    return proposal.officer or (asked[0].assignee if asked else None)
