"""Asking the court to shorten a term, or to waive its rest: its record, and what becomes of it above the commune."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.cases.models import CaseType, TermChange
from portal.cases.models.case import Case
from portal.duties.rules import Wanted
from portal.engine import clock
from portal.engine.refusal import Misfit, Plain, Reason
from portal.engine.text import _, _l, mark
from portal.law.asking import asked
from portal.law.rule import Due
from portal.proposals.kinds.last_day import of_file
from portal.proposals.kinds.sent_up import sending
from portal.proposals.kinds.shortening import asking
from portal.proposals.kinds.shortening.answer import ShorteningAnswer
from portal.proposals.kinds.shortening.asking import Wish
from portal.proposals.kinds.shortening.following import SENT
from portal.proposals.kinds.shortening.grounds import OF_TYPE, Ground, known, only_waived
from portal.proposals.models import Condition, Proposal
from portal.proposals.models.conditions import against, by_day, by_due

ANSWER_NEEDED = mark("Say why it is proposed all the same: %(num)s of what is checked is to be weighed.")
NOT_THIS_GROUND = mark("The law of this type of case knows no shortening on this ground.")
NO_EVIDENCE = mark("Name the paper that shows it, by its number; no detail of an illness is kept.")
PAST = mark("The day of the round lies behind: choose today or a later one.")


WRITTEN = ("draft", "returned")


class ShorteningProposal(Proposal):
    """Ask the competent agency and the court to shorten the term of somebody, in a round or at any time.

    *months* are those that are asked for; of the *whole_rest* as many as were left when it was written. Where the file
    is above the commune is not part of what was decided here, and is written beside it.
    """

    __mapper_args__ = {"polymorphic_identity": "shortening"}
    label = _l("Ask for a shortening")
    chain_kind = "shortening"
    answers_as = ShorteningAnswer
    content = ("ground", "round_on", "months", "whole_rest", "evidence", "answer_to_doubts")
    sensitive = Proposal.sensitive | {"evidence", "answer_to_doubts"}

    id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), primary_key=True)
    ground: Mapped[Ground]
    round_on: Mapped[date]  # the day by which the law is asked: that of the round, or today
    months: Mapped[int]
    whole_rest: Mapped[bool]
    evidence: Mapped[str] = mapped_column(default="")
    answer_to_doubts: Mapped[str] = mapped_column(default="")
    file_built_on: Mapped[date | None]  # by the agency
    session_on: Mapped[date | None]

    @classmethod
    def suits(cls, case: Case) -> bool:
        return known(case)

    def titled(self, name: str) -> str:
        if self.whole_rest:
            return _("Waiver of the rest of %(name)s's term", name=name)
        if self.case.type == CaseType.NON_CUSTODIAL_REFORM:
            return _("Reduction of %(name)s's sentence by %(months)s months", name=name, months=self.months)
        return _("Shortening of %(name)s's term by %(months)s months", name=name, months=self.months)

    @classmethod
    def label_of(cls, case: Case) -> Any:
        """As its law calls it: a probation is shortened, a sentence reduced, its rest waived."""
        if only_waived(case):
            return _l("Ask for a waiver of the rest")
        return _l("Ask for a reduction of the sentence") if case.type == CaseType.NON_CUSTODIAL_REFORM else cls.label

    @property
    def wish(self) -> Wish:
        """What is asked for; of a day that lies behind, as of today."""
        return Wish(Ground(self.ground), max(self.round_on, clock.today()), self.months, bool(self.whole_rest))

    def refusals(self) -> list[Reason]:
        if not self.case.running:
            return [Plain(mark("The case is not open."))]
        return [*self.misfits(), *asking.refused(self.case, self.wish), *self._unanswered()]

    def misfits(self) -> Sequence[Reason]:
        return list(_misfits(self.case, self))

    def _unanswered(self) -> Iterator[Reason]:
        found = asking.weighed(self.case, self.wish)
        if found and not self.answer_to_doubts.strip():
            yield Misfit("answer_to_doubts", ANSWER_NEEDED, num=len(found))

    def conditions(self) -> list[Condition]:
        if not self.case.running:
            return against(self.refusals())
        return of_wish(self.case, self.wish, self.answer_to_doubts, list(_misfits(self.case, self)))

    def following(self) -> Iterator[Wanted]:
        """The file is sent."""
        return sending(self, SENT)

    @property
    def term_change(self) -> TermChange | None:
        """What came of it."""
        return self.answer.term_change if isinstance(self.answer, ShorteningAnswer) else None

    @property
    def sent(self) -> bool:
        """Somebody recorded that the file was sent."""
        return self.state in ("communicated", "carried_out")

    @property
    def steps_above(self) -> Sequence[Due]:
        if self.sent_on is None:
            return []
        if self.whole_rest and self.case.type == CaseType.NON_CUSTODIAL_REFORM:
            return asked(self.case.regime.exemption, self.file_built_on or self.sent_on)
        done = [day for day in (self.file_built_on, self.session_on) if day]
        one_less = only_waived(self.case)  # there the steps begin with the file at the court
        return asked(self.case.regime.cut_steps, self.sent_on, done[1:] if one_less else done)

    def misfits_of_way(self) -> Iterator[Reason]:
        """The agency builds the file once it was sent, and the court sits on it after that."""
        for name, on in (("file_built_on", self.file_built_on), ("session_on", self.session_on)):
            if on and on > clock.today():
                yield Misfit(name, mark("%(day)s lies in the future."), day=on)
            elif on and self.sent_on and on < self.sent_on:
                yield Misfit(name, mark("The file was sent only on %(day)s."), day=self.sent_on)
        if self.file_built_on and self.session_on and self.session_on < self.file_built_on:
            yield Misfit("session_on", mark("The session cannot lie before the file was built."))


def _misfits(case: Case, proposal: ShorteningProposal) -> Iterator[Reason]:
    if proposal.ground not in OF_TYPE.get(case.type, ()):
        yield Misfit("ground", NOT_THIS_GROUND)
    if proposal.ground != Ground.CONDUCT and not (proposal.evidence or "").strip():
        yield Misfit("evidence", NO_EVIDENCE)
    if proposal.state in (None, *WRITTEN) and proposal.round_on < clock.today():
        yield Misfit("round_on", PAST)


def of_wish(case: Case, wish: Wish, answer: str, misfits: Sequence[Reason] = ()) -> list[Condition]:
    """What the law says of it, what is to be weighed, and the last day as it would be."""
    reasons = [*misfits, *asking.refused(case, wish)]
    if reasons:
        return [*against(reasons), *_possible(case, wish), *of_file(case)]
    found = [
        Condition("note", "against", one.numbers, one.source, one.confirmed, one.rule, one.message)
        for one in asking.weighed(case, wish)
    ]
    if found and not answer.strip():
        found.append(Condition("refused", "unanswered", {"num": len(found)}))
    then, now = asking.last_day_then(case, wish), case.law.last_day
    if then is not None and now is not None:
        found.append(by_day("ok", "last_day_then", then, last=now.due_on))
    return [*found, *_possible(case, wish)]


def _possible(case: Case, wish: Wish) -> Iterator[Condition]:
    """The way out: what the law would allow on that day, or from when on it allows anything."""
    limits = asking.possible(case, wish)
    if limits is None or wish.whole_rest:
        return
    due = limits.eligible_on
    if limits.most:
        yield by_due("limit", "months_possible", due, day=wish.on, least=limits.least, most=limits.most)
    elif due.due_on > wish.on:
        yield by_due("limit", "possible_from", due, day=due.due_on)
