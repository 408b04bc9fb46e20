"""The plan by which a person is supervised, helped and educated: decided by the chief since 01/07/2026."""

from portal.cases.models import Case
from portal.engine.text import _
from portal.proposals.kinds.kind import Kind
from portal.proposals.kinds.supervision_plan.form import SupervisionPlanForm, prepare, told
from portal.proposals.kinds.supervision_plan.model import SupervisionPlanProposal, in_force
from portal.proposals.kinds.supervision_plan.paper import written
from portal.proposals.kinds.supervision_plan.words import SENTENCES


def offered_as(case: Case) -> str:
    return _("Replace the supervision plan") if in_force(case) else _("Propose the supervision plan")


SUPERVISION_PLAN = Kind(
    SupervisionPlanProposal, SupervisionPlanForm, told, written, fill=prepare, sentences=SENTENCES,
    offered_as=offered_as,
)  # fmt: skip
