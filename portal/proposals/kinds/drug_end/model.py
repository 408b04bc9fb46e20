"""Ending the management of a drug user: the year passed, or the person lives in another commune."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.cases.models import CaseType, ClosingReason, Custody
from portal.drugs.models import Determination
from portal.engine import clock
from portal.engine.access import Actor
from portal.engine.refusal import Misfit, Plain, Reason
from portal.engine.text import _, _l, mark
from portal.law import drug_use
from portal.law.asking import asked
from portal.law.results import Refusal
from portal.law.rule import Due, NotInForceError
from portal.proposals.kinds import managing
from portal.proposals.kinds.last_day import of_file
from portal.proposals.models import Condition, Proposal
from portal.proposals.models.conditions import against, by_due

WHY = "Kết thúc quản lý ({})"  # kept in the list, which is written in Vietnamese


class DrugEndProposal(Proposal):
    """End the management of a drug user."""

    __mapper_args__ = {"polymorphic_identity": "drug_end"}
    label = _l("End the management of a drug user")
    of_types = frozenset({CaseType.DRUG_USER_MANAGEMENT})
    chain_kind = managing.CHAIN
    closes = told_to_person = told_when_closed = True
    content = ("ended_on", "closing_reason")

    id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), primary_key=True)
    ended_on: Mapped[date]
    closing_reason: Mapped[ClosingReason]

    def titled(self, name: str) -> str:
        return _("End of the management of %(name)s", name=name)

    def refusals(self) -> list[Reason]:
        found = self._against_move() if self.moved_away else self._against_year()
        return [*managing.unless_open(self.case), *self.misfits(), *found]

    def misfits(self) -> list[Reason]:
        if self.ended_on >= self.case.starts_on:
            return []
        return [Misfit("ended_on", mark("The management began on %(day)s."), day=self.case.starts_on)]

    def refusals_of_decision(self) -> list[Reason]:
        """Nobody's management is ended, and nobody's duties, before the day."""
        reasons = [*managing.not_competent(self), *self.refusals()]
        if self.ended_on > clock.today():
            reasons.append(Plain(mark("It can be decided on %(day)s at the earliest."), day=self.ended_on))
        return reasons

    @property
    def moved_away(self) -> bool:
        return self.closing_reason == ClosingReason.TRANSFERRED

    def _against_move(self) -> Iterator[Reason]:
        """Off the list here once the other commune has the person: told, and the file there or the person presented."""
        move = self.case.move
        if move is None or move.told_on is None or move.received_on is None:
            yield Plain(mark("Record the move first: that the other commune was told, and that it has the person."))
        elif self.ended_on < move.received_on:
            told = mark("The other commune has the person since %(day)s.")
            yield Misfit("ended_on", told, day=move.received_on)

    def _against_year(self) -> Iterator[Reason]:
        due = self.case.law.last_day
        if due is None:
            yield Plain(mark("The portal does not know the law of that day."))
            return
        days = {"ends": due.due_on, "asked": self.ended_on}
        if self.ended_on != due.due_on:
            told = mark("The year of management ends on %(ends)s; it cannot be ended for %(asked)s.")
            yield Refusal(told, days, due.rule, due.source, due.confirmed, due.holds_from)
        yield from self._against_custody(due)
        yield from self._against_use()

    def _against_custody(self, due: Due) -> Iterator[Reason]:
        """Custody that outlasts the management stops it; it does not end by itself."""
        for custody in self.case.custodies:
            if not custody.counts or not _outlasts(custody, self):
                continue
            rule = self.case.regime.PARAMETERS.on(due.due_on)["DRU-STOP"]
            told = mark("Custody since %(day)s outlasts the management, which ends on %(last)s. Propose to stop it.")
            yield rule.forbids(told, day=custody.detained_on, last=due.due_on)

    def _against_use(self) -> Iterator[Reason]:
        """The year passes without use; what new use calls for is by the law of its day."""
        again = managing.used_again(self.case)
        if again and again[0].determination != Determination.NOT_ADDICTED:
            addicted = True if again[0].determination == Determination.ADDICTED else None
            yield from managing.new_use_calls_for(self.case, again[0].taken_on, addicted=addicted)

    def conditions(self) -> list[Condition]:
        reasons = self.refusals()
        found = [*against(reasons), *of_file(self.case)] if reasons else [*self._ended()]
        return [*found, *managing.signer_in_doubt("DRU-END", self.case)]

    def _ended(self) -> Iterator[Condition]:
        last = self.case.law.last_day
        if self.moved_away or last is None:
            yield Condition("ok", "moved_away", {"day": self.ended_on})
            return
        yield by_due("ok", "year_passed", last, day=self.ended_on)
        if again := managing.used_again(self.case):
            yield Condition("note", "not_addicted", {"day": again[0].taken_on}, confirmed=False)

    def telling_by(self, since: date) -> Due | None:
        """Until 30/06/2026 the paper on the end is sent within working days of the end."""
        return next(iter(asked(drug_use.end_paper, self.ended_on, self.case.regime.PARAMETERS)), None)

    def when_approved(self, actor: Actor) -> None:
        """The case is closed on the day, and the person leaves the list."""
        self.case.close(self.ended_on, self.closing_reason)
        managing.take_off_the_list(self.case, self.ended_on, WHY.format(self.number))


def _outlasts(custody: Custody, proposal: DrugEndProposal) -> bool:
    """Whether by the law of that time a custody, as far as it is known, stops the management at its end."""
    try:
        return bool(proposal.case.regime.after_custody(proposal.case.term, custody.until()).rule == "DRU-STOP")
    except NotInForceError:
        return False
