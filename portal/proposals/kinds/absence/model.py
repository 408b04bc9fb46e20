"""An absence from the place of residence: its record. Once approved it is the permit."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.cases.models import DECIDED, Case
from portal.duties.rules import Wanted
from portal.engine import clock
from portal.engine.db import EMPTY
from portal.engine.refusal import Reason
from portal.engine.text import _, _l
from portal.engine.workflow import State
from portal.law.residence_supervision import Reach
from portal.law.rule import NotInForceError
from portal.proposals.kinds.absence.asked import by_reach, goes_up, misfits_of, refuse_visit
from portal.proposals.kinds.absence.conditions import of_absence
from portal.proposals.kinds.absence.following import following
from portal.proposals.kinds.absence.leave import Leave, misfits, refuse_absence
from portal.proposals.models import Condition, Proposal

SENT_UP = {
    "approved": State(_l("Signed, to be sent up"), "waiting"),
    "communicated": State(_l("Sent up, waits for the answer"), "waiting"),
}  # what stands of leave that somebody above the commune permits, until they have
PERMITTED_ABOVE, REFUSED_ABOVE = State(_l("Permitted above"), "done"), State(_l("Refused above"), "cancelled")
CAME_LATER = frozenset({"proof_number", "proof_on"})  # if there on the day of the decision, what was found tells it


class AbsenceProposal(Proposal):
    """Leave from the place of residence. Approved, it is the permit."""

    __mapper_args__ = {"polymorphic_identity": "absence"}
    label = _l("Permit an absence")
    chain_kind = "absence"
    sensitive = Proposal.sensitive | {"destination", "consent_number", "proof_number", "agency_number", "paper_number"}
    one_at_a_time = False
    told_to_person = True
    may_be_oral = True  # somebody has to leave at once; nothing else hangs on it
    content = (
        "leaves_on", "returns_on", "destination", "medical", "abroad", "reach", "consent_number", "consent_on",
        "proof_number", "proof_on",
    )  # fmt: skip
    asked_later = ("reach", "consent_number", "consent_on")

    id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), primary_key=True)
    leaves_on: Mapped[date]
    returns_on: Mapped[date]
    destination: Mapped[str]
    medical: Mapped[bool] = mapped_column(default=False)  # a stay in hospital with papers does not count
    abroad: Mapped[bool] = mapped_column(default=False)
    reach: Mapped[Reach | None]  # how far it goes, where it hangs on that who permits it
    consent_number: Mapped[str] = mapped_column(default="", server_default=EMPTY)  # of the commune of a banned place
    consent_on: Mapped[date | None]
    proof_number: Mapped[str] = mapped_column(
        default="", server_default=EMPTY
    )  # of a doctor or hospital; may come later
    proof_on: Mapped[date | None]
    paper_number: Mapped[str] = mapped_column(default="", server_default=EMPTY)  # of a permit given on paper before
    agency_granted: Mapped[bool | None]  # what the agency above answered, where it is the one that permits
    agency_number: Mapped[str] = mapped_column(default="", server_default=EMPTY)
    agency_on: Mapped[date | None]

    @classmethod
    def suits(cls, case: Case) -> bool:
        return case.regime.absence_limits(max(case.starts_on, clock.today()), 1) is not None

    def titled(self, name: str) -> str:
        if self.case.bounds_visits:
            return _("Visit of %(name)s to a banned place for %(days)s days", name=name, days=self.days)
        return _("Absence of %(name)s for %(days)s days", name=name, days=self.days)

    @property
    def days(self) -> int:
        return self.leave.days

    @property
    def days_that_count(self) -> int:
        return self.leave.days_that_count

    @property
    def awaits_proof(self) -> bool:
        """Whether a treatment was permitted of which no paper is here yet."""
        return self.medical and self.in_effect and not self.leave.proved

    @property
    def leave(self) -> Leave:
        return Leave(
            self.leaves_on, self.returns_on, self.medical, self.abroad, self.reach, self.consent_on,
            (self.consent_number or "").strip(), self.proof_on, (self.proof_number or "").strip(),
        )  # fmt: skip

    @property
    def on_paper(self) -> bool:
        return bool(self.paper_number)

    @property
    def goes_up(self) -> bool:
        return not self.on_paper and goes_up(self.case, self.leave)

    @property
    def chain_row(self) -> str:
        if self.goes_up:
            return "leave_sent_up"
        return "leave_of_the_supervised" if by_reach(self.case) else self.chain_kind

    @property
    def standing(self) -> State:
        """Nothing that goes up is approved here: it waits for the agency, and stands as that answered."""
        if not self.goes_up or self.state not in DECIDED:
            return super().standing
        if self.agency_granted is None:
            return SENT_UP.get(self.state, super().standing)
        return PERMITTED_ABOVE if self.agency_granted else REFUSED_ABOVE

    @property
    def in_effect(self) -> bool:
        """What goes up is no permit before the agency has given it."""
        return super().in_effect and (not self.goes_up or self.agency_granted is True)

    def following(self) -> Iterator[Wanted]:
        """What goes up is sent, answered and told; the paper of a treatment is asked for."""
        return following(self)

    def what_was_decided(self) -> dict[str, Any]:
        """What comes later is not bound by the decision."""
        return {name: value for name, value in super().what_was_decided().items() if name not in CAME_LATER}

    def refusals(self) -> list[Reason]:
        case, leave = self.case, self.leave
        return [*misfits_of(case, leave), *refuse_absence(case, leave, besides=self), *refuse_visit(case, leave)]

    def misfits(self) -> Sequence[Reason]:
        asked = [*misfits_of(self.case, self.leave)]
        try:
            return [*asked, *misfits(self.case, self.leave, self)]
        except NotInForceError:
            return asked  # told when it is submitted

    def conditions(self) -> list[Condition]:
        return of_absence(self.case, self.leave, besides=self)
