"""Deciding that somebody who used drugs is managed for a year: its record, and what the decision brings."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.cases.models import DECIDED, AssignmentKind, CaseType, ClosingReason
from portal.drugs.models import Determination, DrugTest
from portal.engine import clock
from portal.engine.access import Actor
from portal.engine.db import db
from portal.engine.refusal import Plain, Reason
from portal.engine.text import _, _l, mark
from portal.law import drug_use
from portal.law.asking import asked
from portal.law.rule import ACT_2025, Due
from portal.organisation.models import Role, User, line_of
from portal.organisation.queries import holders
from portal.proposals.kinds import managing
from portal.proposals.models import ENDED, ONLY_ONE, Condition, Proposal, is_past
from portal.proposals.models.conditions import against, by_day, by_due

RESIDENCE = "DRU-VERIFY"


class DrugDecisionProposal(Proposal):
    """Manage somebody who used drugs. The case waits beside it, and opens with the decision."""

    __mapper_args__ = {"polymorphic_identity": "drug_decision"}
    label = _l("Decide the management of a drug user")
    of_types = frozenset({CaseType.DRUG_USER_MANAGEMENT})
    chain_kind = managing.CHAIN
    told_to_person = True
    content = ("test_id", "officer_id", "homeless")

    id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), primary_key=True)
    test_id: Mapped[int] = mapped_column(ForeignKey("drug_test.id"), index=True)
    officer_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))  # the officer whom the author suggests
    homeless: Mapped[bool] = mapped_column(default=False)  # the person has no stable place to live

    test: Mapped[DrugTest] = relationship(foreign_keys=test_id)
    officer: Mapped[User | None] = relationship(foreign_keys=officer_id)

    def titled(self, name: str) -> str:
        return _("Management of %(name)s", name=name)

    def refusals(self) -> list[Reason]:
        return [*self._against_test(), *self._against_person()]

    def refusals_of_decision(self) -> list[Reason]:
        return [*managing.not_competent(self), *self.refusals()]

    def _against_test(self) -> Iterator[Reason]:
        test = self.test
        if not test.positive:
            yield Plain(mark("The decision rests on a positive test; this one is not, or is struck out."))
        if test.village_id is None:
            yield Plain(mark("The person lives in another commune: who is competent there is told of the result."))
        if test.result_at is None:
            yield Plain(
                mark("Please record at the test when its result was received: the time to decide runs from then.")
            )
        rule = self.case.regime.PARAMETERS.on(clock.today()).get(RESIDENCE)
        if rule is not None and test.residence_checked_on is None:
            told = mark("Where the person lives is verified first. Please record the day at the test.")
            yield rule.forbids(told)
        if other := self._decided_on_test():
            yield Plain(mark("A decision was made on this test already: %(number)s."), number=other)

    def _decided_on_test(self) -> str | None:
        others = select(DrugDecisionProposal.number).where(
            DrugDecisionProposal.test_id == self.test_id, DrugDecisionProposal.id != (self.id or 0),
            DrugDecisionProposal.state.in_(DECIDED), DrugDecisionProposal.voided_at.is_(None),
        )  # fmt: skip
        return db.session.scalar(others)

    def _against_person(self) -> Iterator[Reason]:
        today = clock.today()
        if self.homeless:
            yield from managing.forbidden(drug_use.without_home(today, self.case.regime.PARAMETERS))
        if self.test.determination == Determination.ADDICTED:
            yield from managing.new_use_calls_for(self.case, today, addicted=True)
        if under_way_for(self.test, besides=self):
            yield Plain(ONLY_ONE)
        running = managing.managed_now(self.case.person, self.commune_id, besides=self.case)
        if running is None or self.begins_anew:
            return
        if self.test.within_management and today >= ACT_2025:
            yield from managing.new_use_calls_for(self.case, today, addicted=None)
        told = mark("Case %(number)s runs until %(last)s. No second decision is made while the management runs.")
        yield Plain(told, number=running.number, last=running.ends_on)

    @property
    def begins_anew(self) -> bool:
        """Whether drugs were used again within the year, and the law of today answers with a new decision."""
        return clock.today() < ACT_2025 and self.test.positive and self.test.within_management

    def deciding_by(self, since: date) -> Due | None:
        """Until 30/06/2026 working days from the file that reaches the chair; since then 24 hours from the result.

        A step begun before that day keeps the time that it had.
        """
        if (received_at := self.test.result_at) is None:
            return None
        due = next(iter(asked(self.case.regime.decision, received_at)), None)
        if due is None or due.due_at is not None:
            return due
        reached = min(max(since, received_at.date()), ACT_2025 - timedelta(days=1))
        return next(iter(asked(self.case.regime.decision, datetime.combine(reached, time()))), None)

    def conditions(self) -> list[Condition]:
        """What the law asks, the time that it gives, and until when the management would run."""
        found = [*against(self.refusals())]
        if self.test.positive:
            found.insert(0, Condition("ok", "positive", {"day": self.test.taken_on, "number": self.test.number}))
        found += self._in_time()
        if self.begins_anew and managing.managed_now(self.case.person, self.commune_id, besides=self.case):
            found += [
                Condition("note", "anew", {}, one.source, one.confirmed, one.rule)
                for one in managing.new_use_calls_for(self.case, clock.today(), addicted=None)
            ]
        if self.officer is not None and not self.can_take:
            found.append(Condition("note", "officer_gone", {"name": self.officer.full_name}))
        return [*found, *self._last_day()]

    def _last_day(self) -> list[Condition]:
        """Until when the management would run if it were decided today."""
        ends = asked(self.case.regime.last_day, replace(self.case.term, starts_on=clock.today()))
        return [by_day("ok", "last_day", one) for one in ends]

    def _in_time(self) -> list[Condition]:
        due = self.limit
        if due is None:
            return []
        late = "late" if is_past(due) else "in_time"
        if due.due_at is not None:
            numbers = {"day": due.due_at.date(), "hour": f"{due.due_at:%H:%M}"}
            return [by_due("note" if late == "late" else "ok", f"{late}_hours", due, **numbers)]
        return [by_due("note" if late == "late" else "ok", f"{late}_days", due, day=due.due_on)]

    @property
    def can_take(self) -> bool:
        """Whether the officer who is named serves in the commune today, and can be asked to take the case."""
        return self.officer in holders(Role.POLICE_OFFICER, self.commune_id)

    def moved(self, transition: str, actor: Actor) -> None:
        """Until 30/06/2026 the test is answered once the file is before the chair; since then with the decision."""
        super().moved(transition, actor)
        if transition == "submit" and clock.today() < ACT_2025:
            self.test.answered_on = clock.today()
        if transition in ("return", "withdraw"):
            self.test.answered_on = None
        if transition == "withdraw":
            self.case.state = "rejected"

    def when_approved(self, actor: Actor) -> None:
        """The case opens, for a year from today; one that ran is over, where the law begins a new year."""
        today = clock.today()
        before = managing.managed_now(self.case.person, self.commune_id, besides=self.case)
        if before is not None:
            before.close(today, ClosingReason.OTHER)
        self.case.state = "open"
        self.case.decision_on = self.case.starts_on = today
        self.test.answered_on = today
        if self.officer_id is not None and self.can_take:
            self.ask(AssignmentKind.OFFICER, self.officer_id)

    def when_rejected(self, actor: Actor) -> None:
        self.case.state, self.test.answered_on = "rejected", clock.today()


def under_way_for(test: DrugTest, besides: DrugDecisionProposal | None = None) -> DrugDecisionProposal | None:
    """The proposal that somebody is managed, which has not ended yet."""
    found = select(DrugDecisionProposal).join(DrugDecisionProposal.test).where(
        DrugTest.person_id.in_(managing.the_same(test.person)), DrugDecisionProposal.state.not_in(ENDED),
        DrugDecisionProposal.voided_at.is_(None),
        DrugDecisionProposal.commune_id.in_(line_of(test.commune_id)),
    )  # fmt: skip
    others = db.session.scalars(found.order_by(DrugDecisionProposal.id)).unique()
    return next((one for one in others if one is not besides), None)
