"""What is typed to propose that a management is stopped, and how it is told."""

from collections.abc import Iterator
from typing import Any, ClassVar

from portal.cases.models import Case
from portal.engine import clock
from portal.engine.forms import TO_CHOOSE, Choice, Day, Line, Required
from portal.engine.presentation import day
from portal.engine.text import _l, say
from portal.law.drug_use import STOP_GROUNDS, StopGround, stop_grounds
from portal.proposals.forms import Field, ProposalForm
from portal.proposals.kinds.drug_stop.model import DrugStopProposal


class DrugStopForm(ProposalForm):
    FIELDS = ("stopped_on", "ground", "evidence")
    stopped_on = Day(_l("Stopped on"), [Required()])
    ground = Choice(_l("Ground"), [Required()], description=_l("Those that the law of today names."))
    evidence = Line(
        _l("Paper that tells the ground"), [Required()], description=_l("Its number, its day, whose it is.")
    )
    widths: ClassVar[dict[str, str]] = {"stopped_on": "day", "ground": "mid"}

    def content(self) -> dict[str, Any]:
        typed = super().content()
        return {**typed, "ground": StopGround(typed["ground"])}


def offer_grounds(form: Any, case: Case) -> None:
    known = stop_grounds(clock.today(), case.regime.PARAMETERS)
    offered = [(one.value, say(name)) for one, name in STOP_GROUNDS.items() if one in known]
    form.ground.choices = [TO_CHOOSE, *offered]
    if form.stopped_on.data is None and not form.is_submitted():
        form.stopped_on.data = clock.today()


def told(proposal: DrugStopProposal) -> Iterator[Field]:
    yield Field("stopped_on", day(proposal.stopped_on), strong=True)
    yield Field("ground", say(STOP_GROUNDS[proposal.ground]), strong=True)
    yield Field("evidence", proposal.evidence, full=True)
