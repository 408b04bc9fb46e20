"""What of somebody's conduct counts for the law: breaches on record, fines, warnings, reviews, in their order.

A file that came from another commune of this installation brings what was recorded there: the person is the same, and
so is the sentence.

A breach counts by its minutes, a fine by its decision. What breaks a law is no breach of a duty by itself: it counts by
its fine. A fine counts in the case that it names.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from portal.cases.models import Case, CaseType, ReviewMeeting, Summons, SummonsPurpose, Violation
from portal.engine import clock
from portal.law.breaches import Conduct
from portal.law.rule import Ground, NotInForceError

BRINGS = ("after_breach", "after_review")  # what a regime is asked whose law turns no breach into prison


@dataclass(frozen=True)
class Event:
    """Something that may call for the next step: *on* is the day of the paper that establishes it."""

    key: str
    on: date
    record: Any

    @property
    def is_fine(self) -> bool:
        return not isinstance(self.record, Violation)


def events(case: Case, until: date | None = None) -> list[Event]:
    """Breaches and fines in their order, up to the end of a day."""
    last = until or clock.today()
    found = [Event(f"v{one.id}", one.recorded_on, one) for one in _of_files(case, "violations") if one.is_ground]
    fines = (one for one in _of_files(case, "fines") if one.in_force(clock.today()))
    found += [Event(f"f{one.id}", one.decided_on, one) for one in fines]
    return sorted((one for one in found if one.on <= last), key=lambda one: (one.on, one.key))


def broken(case: Case) -> bool:
    """Whether a breach or a fine was ever written down, here or before the file came here."""
    return bool(_of_files(case, "violations") or _of_files(case, "fines"))


def breaches_of(case: Case) -> list[Violation]:
    """All that were written down, whatever became of them, here and before."""
    return _of_files(case, "violations")


def told_missing(case: Case, month: date) -> Violation | None:
    """The last record that says of a month that its self-report had not come."""
    said = (one for one in breaches_of(case) if one.voided_at is None and one.missing_report == month)
    return max(said, key=lambda one: one.recorded_on, default=None)


def unwarned(case: Case) -> list[Violation]:
    """The breaches of which nobody was warned yet, here or before."""
    warned = {one.violation_id for one in _of_files(case, "warnings") if one.stands}
    return [one for one in breaches_of(case) if one.voided_at is None and one.id not in warned]


def _of_files(case: Case, kind: str) -> list[Any]:
    """Records of one kind: of the file, and of those from which it came."""
    before = _of_files(case.origin, kind) if case.origin is not None else []
    return [*before, *getattr(case, kind)]


def after_breaches(case: Case) -> tuple[list[Any], ...]:
    """Warnings and reviews, which there are only after a breach or a fine: without one nothing is looked up."""
    return (case.warnings, case.reviews) if broken(case) else ()


def held(case: Case) -> list[ReviewMeeting]:
    """The reviews that were held, with the person or without, in their order."""
    found = [one for one in _of_files(case, "reviews") if one.held and one.held_on]
    return sorted(found, key=lambda one: (one.held_on, one.id))


def over(case: Case) -> list[ReviewMeeting]:
    """Those about which nothing more is to be done, in the order of their days."""
    return sorted((one for one in _of_files(case, "reviews") if one.over), key=lambda one: (_day(one), one.id))


def _day(review: ReviewMeeting) -> date:
    return review.held_on or review.planned_on


def so_far(case: Case, known: Sequence[Event] | None = None) -> Conduct:
    """All of it, as a proposal of prison asks for it; *known* are the events of which it is told."""
    known = events(case) if known is None else known
    reviews = held(case)
    again = [day for day in warnings_given(case) if reviews and day >= _day(reviews[-1])]
    after = [one for one in _breaches(known) if again and _deed_on(one) > again[0]]
    return _conduct(
        case, known, since_review=len(_grave(case, after)), warned_again=bool(again),
        no_show=no_show(case, clock.today()) is not None,
    )  # fmt: skip


def no_show(case: Case, day: date) -> Summons | None:
    """The summons to the reception after which somebody stayed away twice, and was not received by a day either."""
    if case.type != CaseType.SUSPENDED_SENTENCE or not case.violations:
        return None
    if case.reception_on is not None and case.reception_on <= day:
        return None
    missed = (one for one in reversed(case.summonses) if one.missed_again_on and one.missed_again_on <= day)
    return next((one for one in missed if one.purpose == SummonsPurpose.RECEPTION), None)


def since_review(case: Case, known: Sequence[Event] | None = None) -> Conduct:
    """What came after the last review that was held, as a further review asks for it."""
    known = events(case) if known is None else known
    reviews = held(case)
    fresh = [one for one in known if not reviews or one.on > _day(reviews[-1])]
    return _conduct(case, fresh)


def _conduct(case: Case, known: Sequence[Event], **more: Any) -> Conduct:
    breaches = _breaches(known)
    reviews = held(case)
    first = min((day for day in warnings_given(case) if not reviews or day >= _day(reviews[-1])), default=None)
    fines = [one.record for one in known if one.is_fine]
    fined = {one.violation_id for one in fines}
    deliberate = [one for one in breaches if one.deliberate]
    return Conduct(
        breaches=len(breaches), deliberate=len(deliberate), fines=len(fines), reviews=len(reviews),
        since_warning=sum(1 for one in breaches if first is not None and _deed_on(one) > first),
        fined_breaches=sum(1 for one in deliberate if one.id in fined), **more,
    )  # fmt: skip


def _breaches(known: Sequence[Event]) -> list[Violation]:
    return [one.record for one in known if not one.is_fine]


def _grave(case: Case, breaches: Sequence[Violation]) -> list[Violation]:
    """After a suspended sentence only what was done on purpose leads on to prison."""
    wanted = case.type == CaseType.SUSPENDED_SENTENCE
    return [one for one in breaches if one.deliberate or not wanted]


def _deed_on(breach: Violation) -> date:
    """A warned person's breach is one that happened after the warning, not one that was written down after it."""
    return breach.occurred_on


def warnings_given(case: Case) -> list[date]:
    """The days on which the person was warned in writing, here and before."""
    return sorted(one.given_on for one in _of_files(case, "warnings") if one.counts and one.given_on)


@dataclass(frozen=True)
class Call:
    """A review that the law calls for: by which event, and by which ground."""

    event: Event
    ground: Ground


def calls(case: Case) -> list[Call]:
    """Every event that called for a review when it came, the earliest first, without those that a review answered.

    A review answers what came before it, also where the person stayed away and none was held.
    """
    ended = over(case)
    answered = _day(ended[-1]) if ended else None
    known = events(case)
    found = []
    for place, event in enumerate(known, 1):
        if answered is not None and event.on <= answered and not _is_absence(event, ended):
            continue
        ground = review_ground(case, event.on, known[:place])
        if ground is not None:
            found.append(Call(event, ground))
    return found


def _is_absence(event: Event, ended: Sequence[ReviewMeeting]) -> bool:
    """Whether it is the breach of staying away from the last review: that one does not answer for itself."""
    last = ended[-1]
    return last.state == "not_held" and not event.is_fine and event.record.review_id == last.id


def review_ground(case: Case, day: date, known: Sequence[Event] | None = None) -> Ground | None:
    """What calls for a review on a day; None where the law of the portal does not reach back."""
    try:
        ground: Ground | None = case.regime.review_ground(day, since_review(case, known))
    except NotInForceError:
        return None
    return ground


def revocation_ground(case: Case, day: date) -> Ground | None:
    """What suggests that prison, or the cancelling of a release, is proposed."""
    try:
        ground: Ground | None = case.regime.revocation_ground(day, so_far(case))
    except NotInForceError:
        return None
    return ground


def besides(case: Case, day: date) -> Ground | None:
    """What a breach brings where the law of the case knows no prison for it: a fine, or a criminal case."""
    brings = next((ask for name in BRINGS if (ask := getattr(case.regime, name, None))), None)
    try:
        ground: Ground | None = brings(day, so_far(case)) if brings else None
    except NotInForceError:
        return None
    return ground
