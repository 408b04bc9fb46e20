"""A change of residence: its record, and what its approval brings."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.cases.actions.moving import begin_move
from portal.cases.models import CaseType
from portal.engine import clock
from portal.engine.access import Actor
from portal.engine.refusal import Misfit, Plain, Reason
from portal.engine.text import _, _l, mark
from portal.law.moving import MoveGround
from portal.law.rule import Due
from portal.organisation.models import Unit
from portal.organisation.queries import villages
from portal.people.actions import change_person
from portal.proposals.kinds.residence_change.change import Change, Reach, misfits, refuse_change, steps
from portal.proposals.kinds.residence_change.communes import at_home
from portal.proposals.kinds.residence_change.conditions import of_change
from portal.proposals.models import Condition, Proposal


class ResidenceChangeProposal(Proposal):
    """Let the person live elsewhere: here at once, beyond the commune by the decision of the agency."""

    __mapper_args__ = {"polymorphic_identity": "residence_change"}
    label = _l("Change of residence")
    of_types = frozenset(
        {
            CaseType.SUSPENDED_SENTENCE,
            CaseType.CONDITIONAL_RELEASE,
            CaseType.NON_CUSTODIAL_REFORM,
            CaseType.RESIDENCE_SUPERVISION,
        }
    )  # the others need nobody's leave: they tell where they move, and the file goes after them
    chain_kind = "residence_change"
    content = ("reach", "ground", "asked_on", "holds_from", "moves_to", "address", "village_id", "evidence")
    sensitive = Proposal.sensitive | {"moves_to", "address", "evidence"}

    id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), primary_key=True)
    reach: Mapped[Reach]
    ground: Mapped[MoveGround]
    asked_on: Mapped[date]
    holds_from: Mapped[date]
    moves_to: Mapped[str] = mapped_column(default="")  # the other commune and its province
    address: Mapped[str] = mapped_column(default="")
    village_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    evidence: Mapped[str]  # the papers that prove the reason

    village: Mapped[Unit | None] = relationship(foreign_keys=village_id)

    def titled(self, name: str) -> str:
        return _("Change of residence of %(name)s", name=name)

    def deciding_by(self, since: date) -> Due | None:
        """The agency is told within the days of the law from the request, whoever has it here until then."""
        return next((due for due in steps(self.case, self.change) if due.period == "report"), None)

    @property
    def change(self) -> Change:
        return Change(self.reach, self.asked_on, self.holds_from)

    def misfits(self) -> Sequence[Reason]:
        return [*misfits(self.case, self.change), *self._whereto()]

    def _whereto(self) -> list[Misfit]:
        """Within the commune a village or an address, beyond it the other commune."""
        if self.change.leaves:
            if not self.moves_to.strip():
                return [Misfit("moves_to", mark("Please name the commune and its province."))]
            return [*at_home(self.case.commune, self.moves_to)]
        if self.village_id is not None and self.village_id not in {one.id for one in villages(self.case.commune_id)}:
            return [Misfit("village_id", mark("Please choose a village of the commune."))]
        person = self.case.person
        told = mark("Please give the village or the address: what stands here is where the person lives already.")
        same = self.village_id in (None, person.village_id) and self.address.strip() in ("", person.address)
        return [Misfit("village_id", told), Misfit("address", told)] if same else []

    def refusals(self) -> list[Reason]:
        return [*refuse_change(self.case, self.change), *self._whereto()]

    def conditions(self) -> list[Condition]:
        return of_change(self.case, self.change, self.refusals())

    def refusals_of_decision(self) -> list[Reason]:
        """Within the commune the decision takes effect at once: nobody's address changes before the day."""
        early = not self.change.leaves and self.holds_from > clock.today()
        told = mark("A change that holds from %(day)s is decided on that day or later.")
        return [*self.refusals(), *([Plain(told, day=self.holds_from)] if early else [])]

    def when_approved(self, actor: Actor) -> None:
        """Here the person lives elsewhere from now on; beyond, the agency is asked, and its steps are recorded."""
        if self.change.leaves:
            other = self.reach == Reach.OTHER_PROVINCE
            begin_move(self.case, self.moves_to, self.asked_on, other_province=other, proposal_id=self.id)
        else:
            self._lives_elsewhere()

    def _lives_elsewhere(self) -> None:
        person = self.case.person
        moves = self.village_id is not None and self.village_id != person.village_id
        address = self.address.strip() or ("" if moves else person.address)
        change_person(person, {"village_id": self.village_id or person.village_id, "address": address})
