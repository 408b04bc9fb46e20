"""What the law says of a case, and the facts with which it is asked: the term, what was cut, what was permitted."""

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, cast

from portal.engine import clock
from portal.law.absence import days_asked
from portal.law.asking import EXCUSES, NOT_SERVED, Answers, asked, credited, not_served
from portal.law.facts import digest_of
from portal.law.rule import Cut, Due, Term
from portal.lawbook.queries import law_of

WORK = "NCR-COMMUNITY-WORK"  # of the one regime whose law knows it


class ByLaw:
    """Mixed into the case, whose columns and records it reads. Nothing of it is kept: it follows from what is."""

    if TYPE_CHECKING:
        type: Any
        state: Any
        commune: Any
        person: Any
        origin: Any
        starts_on: date
        received_on: date
        reception_on: date | None
        closed_on: date | None
        handed_over_on: date | None
        term_months: int
        detained_days: int | None
        printed_ends_on: date | None
        printed_paper_on: date | None
        kept_facts: str
        kept_ends_on: date | None
        term_changes: Any
        violations: Any
        proposals: Any

    answers = cast(Answers | None, None)  # of the law, for as long as the facts are the same

    @property
    def regime(self) -> Any:
        """The law that answers for this type of case, with the numbers that hold in its commune."""
        return law_of(self.commune)[self.type]

    @property
    def term(self) -> Term:
        """The facts from which the law computes every date, with the last day that was worked out from them before."""
        facts = self.facts
        return replace(facts, kept_ends_on=self.kept_ends_on) if self.keeps(facts) else facts

    def keeps(self, facts: Term) -> bool:
        """Whether the days that are kept were worked out from these facts."""
        return self.kept_facts != "" and self.kept_facts == digest_of(facts)

    @property
    def facts(self) -> Term:
        """What the papers say, and nothing else."""
        return self.facts_by(self.regime)

    def facts_by(self, regime: Any) -> Term:
        """The same by some law, which says what days in custody take off."""
        return Term(
            starts_on=self.starts_on,
            months=self.term_months,
            received_on=self.received_on,
            printed_ends_on=self.printed_ends_on,
            printed_paper_on=self.printed_paper_on,
            cuts=(*self.inherited_cuts, *(change.cut for change in self.term_changes if change.counts)),
            credit_days=credited(regime, self.detained_days, self.starts_on) - self.not_served_by(regime),
            born_on=self.person.birth_date,
            ended_on=self.closed_on,
            handed_over_on=self.handed_over_on,
        )

    @property
    def days_not_served(self) -> int:
        """The recorded days away without permission, where the law of the case moves its end by them."""
        return self.not_served_by(self.regime)

    def not_served_by(self, regime: Any) -> int:
        if not hasattr(regime, NOT_SERVED):
            return 0
        return not_served(regime, (one.stay for one in self.violations if one.stay))

    @property
    def worked_out(self) -> list[Due]:
        """The days that follow from the facts and the reception by the law of today, whatever was kept."""
        return self.worked_out_by(self.regime)

    def worked_out_by(self, regime: Any, **otherwise: Any) -> list[Due]:
        """The same by another law, or if some facts were otherwise."""
        calendar = Answers(regime, replace(self.facts_by(regime), **otherwise)).calendar
        return [*calendar, *asked(regime.reception, self.received_on, self.reception_on)]

    @property
    def inherited_cuts(self) -> tuple[Cut, ...]:
        """What was cut before the file came here; the last day that the hand-over names has all of it in it."""
        cuts = self.origin.facts.cuts if self.origin else ()
        return tuple(replace(cut, printed_ends_on=self.printed_ends_on) for cut in cuts)

    @property
    def law(self) -> Answers:
        """What the law answers by the facts as they stand: nothing is asked twice until one of them is another."""
        answers = Answers(self.regime, self.term, self.away)
        if self.answers is None or self.answers != answers:
            self.answers = answers
        return self.answers

    @property
    def away(self) -> tuple[tuple[date, date], ...]:
        """The days of the permitted absences, first and last, where what is owed hangs on them; elsewhere none."""
        if not hasattr(self.regime, EXCUSES):
            return ()
        return tuple((one.leaves_on, one.returns_on) for one in self.permits)

    @property
    def takes_work(self) -> bool:
        """Whether the law takes of the income or, from who has no work, asks for work for the community."""
        return WORK in self.regime.PARAMETERS.rules

    @property
    def bounds_visits(self) -> bool:
        """Whether the law bounds visits to a place where the person may not live, and no other absence (RB-VISIT)."""
        return hasattr(self.regime, "refuse_visit")

    @property
    def last_day(self) -> Due:
        due: Due = self.regime.last_day(self.term)
        return due

    @property
    def ends_on(self) -> date:
        return self.last_day.due_on

    def days_away(self, besides: Any = None) -> int:
        """The days of absence that are permitted, here and before the file came; a treatment with its paper is none."""
        own = (one for one in self.permits if one is not besides and one.days_that_count)
        numbers = self.regime.PARAMETERS
        days = sum(days_asked(one.leaves_on, one.returns_on, numbers) for one in own)
        return days + (int(self.origin.days_away()) if self.origin is not None else 0)

    @property
    def permits(self) -> list[Any]:
        """The absences that are permitted, the earliest first: approved proposals, whatever came after."""
        absences = (one for one in self.proposals if one.kind == "absence" and one.voided_at is None)
        return sorted((one for one in absences if one.in_effect), key=lambda one: one.leaves_on)

    @property
    def about_to_end(self) -> bool:
        """Whether the supervision here may end any day: what ends it is decided here, or somebody decides on it now."""
        decided = (one for one in self.proposals if one.ends and one.in_effect and one.voided_at is None)
        return self.state == "closing" or any(not one.refused_above for one in decided)

    @property
    def served_percent(self) -> float:
        """How much of the term has passed by today, 0 to 100."""
        whole = (self.ends_on - self.starts_on).days or 1
        passed = (min(clock.today(), self.closed_on or clock.today()) - self.starts_on).days
        return round(max(0.0, min(100.0, 100 * passed / whole)), 1)
