"""The permit of an absence: a decision of the People's Committee."""

from portal.documents.paper import Basis, Paper
from portal.documents.wording import short_day
from portal.proposals.kinds.absence.model import AbsenceProposal
from portal.proposals.kinds.absence.texts import TEXTS
from portal.proposals.papers import grounds
from portal.proposals.papers.frame import Frame
from portal.proposals.papers.people import SERVING, introduced, named


def written(proposal: AbsenceProposal, frame: Frame) -> Paper:
    case, say = proposal.case, frame.said(TEXTS)
    person, days = named(case), f"{proposal.days:02d}"
    span = f"từ ngày {short_day(proposal.leaves_on)} đến hết ngày {short_day(proposal.returns_on)}"
    return frame.decision(
        f"Về việc cho phép {SERVING[case.type]} vắng mặt tại nơi cư trú",
        grounds.grounds(
            grounds.act(case, frame.day),
            _limit(proposal, frame),
            grounds.judgment(case),
            grounds.proposed_by(frame.chief),
        ),
        (
            say(
                "permit",
                person=introduced(case, frame.commune),
                days=days,
                span=span,
                destination=proposal.destination,
                reason=proposal.reason.rstrip(" ."),
            ),
            say("duties", name=person),
            say("carried_out", chief=frame.chief, name=person),
        ),
        ("Như Điều 3", f"Công an cấp xã nơi đến ({proposal.destination})"),
    )


def _limit(proposal: AbsenceProposal, frame: Frame) -> Basis | None:
    """The clause that lets somebody leave, by the law of the day of departure."""
    case = proposal.case
    limits = case.regime.absence_limits(proposal.leaves_on, case.regime.term_days(case.term))
    return grounds.of_number(limits.each_rule, frame.day) if limits else None
