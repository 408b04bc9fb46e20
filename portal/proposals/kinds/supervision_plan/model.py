"""A supervision plan: its record. A change is a whole plan that takes the place of the one before."""

from collections.abc import Iterator, Sequence
from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.cases import law_days
from portal.cases.duties.receiving import plans
from portal.cases.duties.rules import PLAN
from portal.cases.models import Case
from portal.engine import clock
from portal.engine.access import Actor
from portal.engine.refusal import Misfit, Plain, Reason
from portal.engine.text import _, _l, mark
from portal.law.rule import ACT_2025, DECREE, Due, Parameter, Refusal
from portal.organisation.models import Role, User
from portal.organisation.queries import holders
from portal.proposals.models import Condition, Proposal
from portal.proposals.models.conditions import against, by_due, by_rule

NOT_YET = mark("The law knows such a plan since %(day)s; until then nobody decides on one. Follow the older file.")
TOO_EARLY = mark("The plan cannot begin before the case: by the file its first day is %(day)s.")
TOO_LATE = mark(
    "The plan cannot go on after the term, whose last day is %(last)s. Let it end on that day; if the papers say "
    "another, have the term of the case corrected first."
)
NOT_ASKED = mark("The law of this type of case asks for no supervision plan.")
TEXT = ("summary", "partners", "tasks")


def rule_of(case: Case, day: date) -> Parameter | None:
    """The rule that asks for a plan in a case; None where its law, or the law of the day, knows none."""
    numbers = case.regime.PARAMETERS
    asked: Parameter | None = numbers.on(day).get(PLAN) if PLAN in numbers.rules else None
    return asked


def is_planned(case: Case) -> bool:
    return rule_of(case, clock.today()) is not None


def in_force(case: Case) -> "SupervisionPlanProposal | None":
    """The plan that was decided last: it holds until another takes its place."""
    decided = [one for one in plans(case) if isinstance(one, SupervisionPlanProposal)]
    return decided[-1] if decided else None


class SupervisionPlanProposal(Proposal):
    """The plan of one person: who they are in short, from when to when, which officer, who joins in, what is done."""

    __mapper_args__ = {"polymorphic_identity": "supervision_plan"}
    label = _l("Supervision plan")
    chain_kind = "supervision_plan"
    content = ("starts_on", "ends_on", "officer_id", *TEXT, "replaces_id")
    sensitive = Proposal.sensitive | frozenset(TEXT)

    id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), primary_key=True)
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("supervision_plan_proposal.id"))
    officer_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    summary: Mapped[str]
    partners: Mapped[str]
    tasks: Mapped[str]

    officer: Mapped[User] = relationship(foreign_keys=officer_id)
    replaces: Mapped["SupervisionPlanProposal | None"] = relationship(
        foreign_keys=replaces_id, remote_side=lambda: SupervisionPlanProposal.id
    )

    @classmethod
    def suits(cls, case: Case) -> bool:
        return is_planned(case)

    @classmethod
    def foreign_to(cls, case: Case) -> list[Reason]:
        return list(_against_kind(case))

    def titled(self, name: str) -> str:
        return _("Supervision plan of %(name)s", name=name)

    def misfits(self) -> Sequence[Reason]:
        if self.ends_on < self.starts_on:
            return [Misfit("ends_on", mark("The plan cannot end before it begins."))]
        if self.starts_on < (first := self._first_day):
            return [Misfit("starts_on", TOO_EARLY, day=first)]
        return [*self._beyond_the_term()]

    def _beyond_the_term(self) -> Iterator[Misfit]:
        """A plan tells from when to when somebody is supervised (COM-PLAN), which ends with the term."""
        last = law_days.last_day(self.case)
        if last is not None and self.ends_on > last.latest_reading:
            yield Misfit.by("ends_on", Refusal(TOO_LATE, {"last": last.due_on}, last.rule, _clause(self.case, last)))

    @property
    def _first_day(self) -> date:
        """The earliest day of which the file knows: before it there is nothing to plan."""
        known = (self.case.judgment_on, self.case.starts_on, self.case.received_on)
        return min(day for day in known if day)

    def refusals(self) -> list[Reason]:
        found: list[Reason] = []
        if not self.case.running:
            found.append(Plain(mark("The case is not open.")))
        if self.officer_id not in {one.id for one in _officers(self.case)}:
            found.append(
                Plain(mark("%(name)s is no officer of the commune police today."), name=self.officer.full_name)
            )
        if self._says_the_same():
            found.append(Plain(mark("It says what the plan that holds says already. Please write down what changes.")))
        return [*found, *self._beyond_the_term()]

    def conditions(self) -> list[Condition]:
        reasons, rule, last = self.refusals(), rule_of(self.case, clock.today()), law_days.last_day(self.case)
        found = against(reasons)
        if rule and not reasons:
            found.append(by_rule("ok", "asked_for", rule))
        if last and self.ends_on != last.due_on:
            found.append(by_due("note", "plan_ends", last, day=self.ends_on, last=last.due_on))
        return found

    def moved(self, transition: str, actor: Actor) -> None:
        """Which plan it takes the place of is fixed when it is submitted."""
        if transition == "submit":
            before = in_force(self.case)
            self.replaces_id = before.id if before else None
        super().moved(transition, actor)

    def _says_the_same(self) -> bool:
        before = in_force(self.case)
        same = ("starts_on", "ends_on", "officer_id", *TEXT)
        return before is not None and before is not self and all(
            getattr(before, name) == getattr(self, name) for name in same
        )  # fmt: skip


def _against_kind(case: Case) -> Iterator[Reason]:
    if is_planned(case):
        return
    if PLAN not in case.regime.PARAMETERS.rules:
        yield Plain(NOT_ASKED)
    else:
        yield Refusal(NOT_YET, {"day": ACT_2025}, PLAN, f"{DECREE}, Điều 7", confirmed=True)


def _clause(case: Case, last: Due) -> str:
    """Where it is written what a plan tells, and until when the term runs."""
    rule = rule_of(case, clock.today())
    return f"{rule.source}; {last.source}" if rule else last.source


def _officers(case: Case) -> list[User]:
    return [*holders(Role.POLICE_OFFICER, case.commune_id), *holders(Role.POLICE_CHIEF, case.commune_id)]
