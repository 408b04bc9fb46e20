"""What is recorded at the round of a month: many people at once, each in a record of their own, or nothing of it."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy.orm import joinedload, selectinload

from portal.cases.actions import recording
from portal.cases.models import Assessment, Case, Channel, Rating
from portal.cases.monthly_round import Standing, standings
from portal.engine.access import Actor, reach, rights_on
from portal.engine.db import db
from portal.engine.refusal import Conflict, Forbidden, Misfit, Plain, Reason, Refused
from portal.engine.text import as_on_paper, mark, say

SAID_ALREADY = mark(
    "A colleague has recorded the same meanwhile, without your words: “%(typed)s”. If they belong to it, correct the "
    "entry on the page of the case."
)
LEAST_WORDS = 2  # of a reason for another rating than suggested

# What makes the worst grade where no record of the case suggests it already, as a fine or a charge that is recorded
# does (COM-RATING). A breach is always recorded first.
GROUNDS_OF_POOR = {
    "fined": mark("Was fined."),
    "prosecuted": mark("A criminal case was opened against the person."),
    "refuses": mark("Refuses supervision and education."),
}


@dataclass(frozen=True)
class Answer:
    """What is said of one person; None and empty strings say nothing.

    *handed_in* is False for a report that is returned as deficient. *torn*: two things were chosen of which one can be.
    *seal* is that of the suggestion which was shown,
    *ground* what makes the worst grade.
    """

    present: bool | None = None
    absent_because: str = ""
    handed_in: bool | None = None
    returned_because: str = ""
    late_because: str = ""
    torn: bool = False
    assessed: bool = False
    rating: Rating | None = None
    words: str = ""
    ground: str = ""
    seal: str = ""

    @property
    def says_anything(self) -> bool:
        return self.present is not None or self.handed_in is not None or self.assessed


@dataclass
class Recorded:
    """How many records were written, of each kind."""

    calls: int = 0
    reports: int = 0
    assessments: int = 0


class RoundRefused(Refused):
    """What was said of some people cannot be: *wrong* tells of each, by the id of the case, why."""

    def __init__(self, wrong: Mapping[int, list[Reason]], status: int) -> None:
        super().__init__(*(reason for reasons in wrong.values() for reason in reasons))
        self.wrong, self.status = wrong, status


class OthersShown(Conflict):
    """The people of a village, or what is suggested of them, are others than when the list was shown."""


# ── person by person ────────────────────────────────────────────────────────────────────────────────────────────────
def record_round(month: date, answers: Mapping[int, Answer], held_on: date, by: Actor) -> Recorded:
    """Record what is said of some people, by the ids of their cases. Raises RoundRefused with what is wrong of whom."""
    found = {one.case.id: one for one in standings(_cases(by, answers), month)}
    records = rights_on(by, Case, list(found), ("record",))
    recorded = Recorded()
    wrong: dict[int, list[Reason]] = {}
    clashes = False
    for number, answer in answers.items():
        standing = found.get(number)
        if standing is None:
            wrong[number] = [
                Plain(mark("Nothing is asked of this case in this round any more. Please open the page anew."))
            ]
            clashes = True
            continue
        one = _OnePerson(standing, answer, held_on, by, assesses=bool(records.get(number)), recorded=recorded)
        reasons, clash = one.record()
        if reasons:
            wrong[number] = reasons
        clashes = clashes or clash
    if wrong:
        raise RoundRefused(wrong, Conflict.status if clashes else Refused.status)
    return recorded


def _cases(by: Actor, ids: Collection[int]) -> list[Case]:
    """Those of the cases that are open to the user, with what recording in them looks at."""
    asked = reach(by, "stand_in", Case).where(Case.id.in_(ids))
    return list(db.session.scalars(asked.options(*loaded())).unique())


def loaded() -> tuple[Any, ...]:
    """All that is asked of a case when something is recorded in it, loaded for many at once."""
    several = (Case.check_ins, Case.roll_calls, Case.assessments, Case.term_changes, Case.assignments)
    return tuple(selectinload(one) for one in several)


@dataclass
class _OnePerson:
    """What is said of one person, recorded part by part."""

    standing: Standing
    answer: Answer
    held_on: date
    by: Actor
    assesses: bool
    recorded: Recorded
    wrong: list[Reason] = field(default_factory=list)
    clash: bool = False

    def record(self) -> tuple[list[Reason], bool]:
        """Why something of it cannot be, and whether that is because somebody was faster."""
        if self.answer.torn:
            return [Plain(mark("Of two that exclude each other both are chosen. Please leave one."))], False
        if self.answer.present is not None:
            self._try(self._call)
        if self.answer.handed_in is not None:
            self._try(self._report)
        if self.answer.assessed:
            self._try(self._assess)
        return self.wrong, self.clash

    def _try(self, deed: Callable[[], None]) -> None:
        try:
            deed()
        except Forbidden:
            raise  # the trail tells it
        except Refused as refused:
            self.wrong += refused.reasons
            self.clash = self.clash or isinstance(refused, Conflict)

    def _not_theirs(self, message: str, wanted: str) -> Forbidden:
        return Forbidden(Plain(message), wanted=wanted, record=self.standing.case)

    def _call(self) -> None:
        before, present = self.standing.call, bool(self.answer.present)
        because = self.answer.absent_because
        if before is not None and before.present == present:
            _refuse_to_lose("" if present else because, before, before.note)
            return
        if not present and not because:
            raise Refused(Plain(mark("Please say why the person is absent.")))
        case, month = self.standing.case, self.standing.month
        _made(recording.record_roll_call(case, month, self.held_on, present, "" if present else because))
        self.recorded.calls += 1

    def _report(self) -> None:
        case, month = self.standing.case, self.standing.month
        before = self.standing.report
        if self.answer.handed_in and before is not None:
            _refuse_to_lose(self.answer.late_because, before, before.note)
            return
        if self.answer.handed_in:
            note = self._why_late()
            _made(recording.record_check_in(case, month, self.held_on, note=note, by=self.by))
            self.recorded.reports += 1
            return
        if not self.assesses:
            raise self._not_theirs(mark("Only the officer in charge returns a self-report."), "return")
        if not self.answer.returned_because:
            raise Refused(Plain(mark("Please say what is missing in the self-report.")))
        check_in = before or _made(recording.record_check_in(case, month, self.held_on, Channel.IN_PERSON))
        recording.return_check_in(check_in, self.by, self.answer.returned_because)
        self.recorded.reports += 1

    def _why_late(self) -> str:
        """The reason of a report that comes after its days: it stays with the report, whatever the day of the round."""
        due, late = self.standing.report_due, self.standing.report_late(self.held_on)
        if due and late and not self.answer.late_because:
            told = mark(
                "The self-report was due by %(day)s and comes %(late)s days late. Please say why. Without a good "
                "reason it is a breach of duty, to be recorded on the page of the case."
            )
            raise Refused(Plain(told, day=due.due_on, late=late))
        return self.answer.late_because

    def _assess(self) -> None:
        if not self.assesses:
            raise self._not_theirs(mark("Only the officer in charge assesses."), "record")
        before = self.standing.assessment
        if before is not None and before.rating == self.answer.rating:
            _refuse_to_lose(_words(self.answer), before, before.text)
            return
        assess_as_said(self.standing, self.answer, self.held_on)
        self.recorded.assessments += 1


def assess_as_said(standing: Standing, answer: Answer, written_on: date) -> Assessment:
    """Assess one person, in the round or alone: as suggested, or otherwise with the reason.

    Raises Conflict where something else is suggested by now than was shown, Refused for a rating without its reason.
    """
    recording.refuse_assessment(standing.case, standing.assessed, written_on)
    suggestion = standing.suggestion
    if answer.seal != suggestion.seal:
        raise Conflict(None, Plain(mark("Something was recorded meanwhile, and the suggestion is another one now.")))
    if answer.rating != suggestion.rating:
        _say_why(answer)
    return assess(standing, answer.rating, _words(answer), written_on)


def _words(answer: Answer) -> str:
    """What an officer adds to an assessment: the ground of the worst grade, and their own words."""
    ground = GROUNDS_OF_POOR.get(answer.ground) if answer.rating == Rating.POOR else None
    with as_on_paper():
        return " ".join(part for part in (say(ground) if ground else "", answer.words) if part)


def _refuse_to_lose(typed: str, before: Any, recorded: str) -> None:
    """Raise Conflict where a colleague said the same meanwhile, and what was typed besides would be lost."""
    if typed and typed not in recorded:
        raise Conflict(before, Plain(SAID_ALREADY, typed=typed))


def _say_why(answer: Answer) -> None:
    """Another rating than suggested wants a reason in words; the worst one of its grounds besides (COM-RATING)."""
    if len(answer.words.split()) < LEAST_WORDS:
        told = mark("Please say why the rating is another one than suggested, in two words or more.")
        raise Refused(Misfit("text", told))
    if answer.rating == Rating.POOR and answer.ground not in GROUNDS_OF_POOR:
        told = mark(
            "Poor needs one of its grounds: a fine, a criminal case, or supervision refused. A breach is recorded on "
            "the page of the case first; then poor is suggested."
        )
        raise Refused(Misfit("ground", told))


def assess(standing: Standing, rating: Rating | None, words: str, written_on: date) -> Assessment:
    """Write the assessment of the month before: the reasons of the suggestion, and what the officer adds."""
    text = " ".join(part for part in (standing.suggestion.on_paper, words) if part)
    return recording.record_assessment(standing.case, standing.assessed, written_on, rating, text)


def _made(record: Any) -> Any:
    """Keep it at once: a step is taken only of what is there."""
    db.session.flush()
    return record


# ── a whole village as suggested ────────────────────────────────────────────────────────────────────────────────────
def to_confirm(cases: Any, month: date, village_id: int | None) -> list[Standing]:
    """Of whom a village's assessment is missing, among some cases: a select that the reader's right bounds."""
    asked = cases.join(Case.person).where(Case.person.has(village_id=village_id)).options(joinedload(Case.person))
    found = db.session.scalars(asked.options(*loaded())).unique().all()
    return [one for one in standings(found, month) if one.asks_assessment]


def same_shown(now: Collection[Standing], shown: Mapping[int, str]) -> None:
    """Raise OthersShown unless a page spoke of just these, and of just what is suggested of them now."""
    if {one.case.id: one.suggestion.seal for one in now} != dict(shown):
        told = mark("The list has changed since this page was opened: %(count)s assessments are missing now.")
        raise OthersShown(None, Plain(told, count=len(now)))


def confirm_village(
    month: date, village_id: int | None, shown: Mapping[int, str], besides: Collection[int], held_on: date, by: Actor
) -> int:
    """Assess everybody of a village as suggested, but for some; how many. *shown* are the ids with the seals of what
    was suggested. Raises OthersShown where that is otherwise by now."""
    now = to_confirm(reach(by, "record", Case), month, village_id)
    same_shown(now, shown)
    chosen = [one for one in now if one.case.id not in besides]
    if not chosen:
        raise Refused(Plain(mark("Nobody is left who would be assessed.")))
    for one in chosen:
        assess(one, one.suggestion.rating, "", held_on)
    return len(chosen)
