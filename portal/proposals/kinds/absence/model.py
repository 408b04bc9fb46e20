"""An absence from the place of residence: its record. Once approved it is the permit."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.cases.models import Case
from portal.engine import clock
from portal.engine.refusal import Reason
from portal.engine.text import _, _l
from portal.law.rule import NotInForceError
from portal.proposals.kinds.absence.conditions import of_absence
from portal.proposals.kinds.absence.leave import Leave, misfits, refuse_absence
from portal.proposals.models import Condition, Proposal


class AbsenceProposal(Proposal):
    """Leave from the place of residence. Approved, it is the permit."""

    __mapper_args__ = {"polymorphic_identity": "absence"}
    label = _l("Permit an absence")
    chain_kind = "absence"
    sensitive = Proposal.sensitive | {"destination"}
    one_at_a_time = False
    told_to_person = True
    may_be_oral = True  # somebody has to leave at once; nothing else hangs on it
    content = ("leaves_on", "returns_on", "destination", "medical", "abroad")

    id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), primary_key=True)
    leaves_on: Mapped[date]
    returns_on: Mapped[date]
    destination: Mapped[str]
    medical: Mapped[bool] = mapped_column(default=False)  # a stay in hospital with papers does not count
    abroad: Mapped[bool] = mapped_column(default=False)

    @classmethod
    def suits(cls, case: Case) -> bool:
        return case.regime.absence_limits(max(case.starts_on, clock.today()), 1) is not None

    def titled(self, name: str) -> str:
        return _("Absence of %(name)s for %(days)s days", name=name, days=self.days)

    @property
    def days(self) -> int:
        return self.leave.days

    @property
    def leave(self) -> Leave:
        return Leave(self.leaves_on, self.returns_on, self.medical, self.abroad)

    def refusals(self) -> list[Reason]:
        return refuse_absence(self.case, self.leave, besides=self)

    def misfits(self) -> Sequence[Reason]:
        try:
            return misfits(self.case, self.leave, self)
        except NotInForceError:
            return []  # told when it is submitted

    def conditions(self) -> list[Condition]:
        return of_absence(self.case, self.leave, besides=self)
