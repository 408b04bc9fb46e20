"""The transfer of a case to another commune: its record. Approved, it lets the file be handed over."""

from collections.abc import Iterator, Sequence

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.cases.actions.moving import begin_move
from portal.cases.models import CaseType, Move
from portal.engine import clock
from portal.engine.access import Actor
from portal.engine.refusal import Misfit, Plain, Reason
from portal.engine.text import _, _l, mark
from portal.law import approval, moving
from portal.law.rule import Due, Refusal
from portal.organisation.models import Unit
from portal.proposals.kinds.residence_change.communes import at_home, other_communes
from portal.proposals.kinds.residence_change.model import ResidenceChangeProposal
from portal.proposals.kinds.residence_change.places import names, same_place
from portal.proposals.models import Condition, Proposal
from portal.proposals.models.conditions import against, by_day, by_due

ELSEWHERE = mark("The move that is recorded leads to %(place)s: the file goes there. Write that commune, as there.")
ANOTHER = mark("You chose %(name)s, and wrote another commune above: both name the one to which the file goes.")
NO_DECISION = mark("The agency decides on the move first: propose the change of residence, and record its decision.")


class TransferProposal(Proposal):
    """Let the file go to the commune where the person lives from now on."""

    __mapper_args__ = {"polymorphic_identity": "transfer"}
    label = _l("Transfer to another commune")
    of_types = frozenset(CaseType) - {CaseType.DRUG_USER_MANAGEMENT}  # that ends by a decision of its own
    chain_kind = "transfer"
    ends = True
    content = ("moves_to", "receiving_id")
    sensitive = Proposal.sensitive | {"moves_to"}

    id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), primary_key=True)
    moves_to: Mapped[str]
    receiving_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))  # where it works with this portal

    receiving: Mapped[Unit | None] = relationship(foreign_keys=receiving_id)

    def titled(self, name: str) -> str:
        return _("Transfer of %(name)s to another commune", name=name)

    @property
    def move(self) -> Move | None:
        """The move that was asked for and not refused."""
        move = self.case.move
        return move if move is not None and not move.refused else None

    def misfits(self) -> Sequence[Reason]:
        return [*at_home(self.case.commune, self.moves_to), *self._elsewhere(), *self._received_elsewhere()]

    def _elsewhere(self) -> Iterator[Misfit]:
        """The file goes where the person was allowed to move to."""
        move = self.move
        if move is not None and not same_place(move.moves_to, self.moves_to):
            yield Misfit("moves_to", ELSEWHERE, place=move.moves_to)

    def _received_elsewhere(self) -> Iterator[Misfit]:
        """The commune that finds the draft is the one that is written down, and works with this portal."""
        if self.receiving_id is None:
            return
        unit = next((one for one in other_communes(self.case.commune) if one.id == self.receiving_id), None)
        if unit is None:
            told = mark("Please choose another commune that works with this portal today.")
            yield Misfit("receiving_id", told)
        elif not names(unit, self.moves_to):
            yield Misfit("receiving_id", ANOTHER, name=f"{unit.name}, {unit.superior}".rstrip(", "))

    def refusals(self) -> list[Reason]:
        running = [] if self.case.running else [Plain(mark("The case is not open."))]
        return [*running, *self.misfits(), *self._undecided()]

    def _undecided(self) -> Iterator[Reason]:
        """Where somebody needs leave to move, the agency has decided on it: also where no law counts its steps."""
        parameters, move = self.case.regime.PARAMETERS, self.move
        yield from moving.refuse_leaving(clock.today(), parameters)
        if not ResidenceChangeProposal.suits(self.case) or (move is not None and move.decided_on and move.granted):
            return
        if key := moving.key_of(parameters):
            rule = parameters.on(clock.today())[key]
            yield Refusal(NO_DECISION, {}, rule.rule, rule.source, rule.confirmed, rule.holds_from)
        else:
            chain = approval.chain(ResidenceChangeProposal.chain_kind, clock.today())
            yield Refusal(NO_DECISION, {}, "", chain.source, chain.confirmed, chain.holds_from)

    def conditions(self) -> list[Condition]:
        """The clocks of both communes: by when the file goes, and what the new one then has time for."""
        if reasons := self.refusals():
            return against(reasons)
        decided_on = self.move.decided_on if self.move else None
        old, new = self._clocks()
        found = [by_day("note", "file_goes", due) for due in old]
        found += [by_due("note", "taken_on", due, day=due.due_on) for due in new]
        return found if found or decided_on else [Condition("note", "silent_on_transfer")]

    def _clocks(self) -> tuple[list[Due], list[Due]]:
        parameters = self.case.regime.PARAMETERS
        old = moving.clocks(self.move.decided_on if self.move else None, None, parameters)
        goes_on = old[0].due_on if old else clock.today()
        return old, moving.taken_on(goes_on, parameters)

    def when_approved(self, actor: Actor) -> None:
        """The file may be handed over; that ends the case here."""
        move = self.move or begin_move(
            self.case, self.moves_to, clock.today(), other_province=None, proposal_id=self.id
        )
        move.unit_id, move.transfer_id = self.receiving_id, self.id
