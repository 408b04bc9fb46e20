"""Stopping the management of a drug user before its end: its record, and the closing of the case."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.cases.models import CaseType, ClosingReason
from portal.drugs.models import Determination
from portal.engine import clock
from portal.engine.access import Actor
from portal.engine.refusal import Misfit, Plain, Reason
from portal.engine.text import _, _l, mark
from portal.law import drug_use
from portal.law.drug_use import StopGround
from portal.law.rule import NotInForceError
from portal.proposals.kinds import managing
from portal.proposals.kinds.last_day import of_file
from portal.proposals.models import Condition, Proposal
from portal.proposals.models.conditions import against

WHY = "Dừng quản lý ({})"  # kept in the list, which is written in Vietnamese
DEAD = (StopGround.DEAD, StopGround.DECLARED_DEAD)  # who is missing is not
WHICH = mark("This ground names several: please choose the one that the paper tells.")


class DrugStopProposal(Proposal):
    """Stop the management of a drug user on a ground that the law names."""

    __mapper_args__ = {"polymorphic_identity": "drug_stop"}
    label = _l("Stop the management of a drug user")
    of_types = frozenset({CaseType.DRUG_USER_MANAGEMENT})
    chain_kind = managing.CHAIN
    sensitive = Proposal.sensitive | {"evidence"}
    closes = told_to_person = told_when_closed = True
    content = ("stopped_on", "ground", "evidence")

    id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), primary_key=True)
    stopped_on: Mapped[date]
    ground: Mapped[StopGround]
    evidence: Mapped[str]  # the paper that tells the ground: its number and day

    def titled(self, name: str) -> str:
        return _("Stop of the management of %(name)s", name=name)

    def refusals(self) -> list[Reason]:
        return [*managing.unless_open(self.case), *self.misfits(), *self._against_ground()]

    def misfits(self) -> list[Reason]:
        reasons: list[Reason] = []
        if self.stopped_on > clock.today():
            reasons.append(Misfit("stopped_on", mark("%(day)s lies in the future."), day=self.stopped_on))
        if self.stopped_on < self.case.starts_on:
            told = mark("The management began on %(day)s.")
            reasons.append(Misfit("stopped_on", told, day=self.case.starts_on))
        if self.ground in drug_use.SEVERAL:
            reasons.append(Misfit("ground", WHICH))
        return reasons

    def refusals_of_decision(self) -> list[Reason]:
        return [*managing.not_competent(self), *self.refusals()]

    def _against_ground(self) -> Iterator[Reason]:
        if self.ground in drug_use.SEVERAL:
            return  # told already: it is chosen anew
        try:
            yield from drug_use.refuse_stop(self.stopped_on, self.ground, self.case.regime.PARAMETERS)
        except NotInForceError:
            yield Plain(mark("The portal does not know the law of that day."))
            return
        if self.ground == StopGround.CUSTODY:
            yield from self._against_custody()
        if self.ground == StopGround.ADDICTED:
            test = managing.determined(self.case)
            if test is None or test.determination != Determination.ADDICTED:
                yield Plain(mark("No determination is recorded at a test of the person. Record it there first."))

    def _against_custody(self) -> Iterator[Reason]:
        """A custody that is over before the last day lets the management go on to its end."""
        custody = next((one for one in reversed(self.case.custodies) if one.counts), None)
        if custody is None:
            yield Plain(mark("No custody is recorded in the case. Record it there first."))
        elif custody.released_on is not None:
            due = self.case.regime.after_custody(self.case.term, custody.released_on)
            if due.rule != "DRU-STOP":
                rule = self.case.regime.PARAMETERS.on(custody.released_on)[due.rule]
                told = mark("The custody ended on %(released)s: the management goes on to its original end, %(last)s.")
                yield rule.forbids(told, released=custody.released_on, last=due.due_on)

    def conditions(self) -> list[Condition]:
        reasons = self.refusals()
        found = [*against(reasons)] if reasons else [self._grounded()]
        return [*found, *managing.signer_in_doubt("DRU-STOP", self.case), *of_file(self.case)]

    def _grounded(self) -> Condition:
        rule = self.case.regime.PARAMETERS.on(self.stopped_on)["DRU-STOP.ground"]
        return Condition("ok", "stop_ground", {"ground": self.ground.value}, rule.source, rule.confirmed, rule.rule)

    def when_approved(self, actor: Actor) -> None:
        """The case is closed on the day, and the person leaves the list."""
        self.case.close(self.stopped_on, ClosingReason.DECEASED if self.ground in DEAD else ClosingReason.OTHER)
        managing.take_off_the_list(self.case, self.stopped_on, WHY.format(self.number))
