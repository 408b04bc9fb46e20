"""What a shortening would make of the term until it is confirmed, and what taking it back would."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for

from portal.cases.models import Case, TermChange
from portal.cases.presenters import ending
from portal.cases.presenters.birth import CORRECTIONS
from portal.cases.printed_day import differing
from portal.cases.queries import waiting_correction
from portal.engine.access import Actor, may, rights_on
from portal.engine.presentation import day
from portal.engine.refusal import Reason
from portal.engine.story import StepTold
from portal.engine.text import _, mark, ngettext, say
from portal.engine.workflow import steps_of
from portal.law.rule import Cut, Due, NotInForceError
from portal.organisation.presenters import stories


@dataclass(frozen=True)
class Move:
    """The last day as it stands, and as it would be."""

    before: date
    after: Due


@dataclass(frozen=True)
class Shortened(Move):
    """The last day before and after a cut, and what the law has against it.

    The court decided, so the portal warns and does not refuse: a slip of the pen shows before it moves a day.
    """

    doubts: Sequence[Reason]
    known: bool  # whether the law of the portal knows shortenings of this type


def shortened(case: Case, decided_on: date, months: int, printed_ends_on: date | None = None) -> Shortened | None:
    """None where the law of the portal does not reach back to that day."""
    cut = case.term.otherwise(cuts=(*case.term.cuts, Cut(decided_on, months, printed_ends_on)))
    refuse = getattr(case.regime, "refuse_cut", None)
    try:
        doubts = [
            *(refuse(case.term, decided_on, months) if refuse else ()),
            *differing(case, decided_on, months, printed_ends_on),
        ]
        return Shortened(case.ends_on, case.regime.last_day(cut), doubts, refuse is not None)
    except NotInForceError:
        return None


def taken_back(change: TermChange) -> Move | None:
    """The last day as it would be without a shortening that counts."""
    case = change.case
    others = tuple(one.cut for one in case.term_changes if one.counts and one is not change)
    try:
        return Move(case.ends_on, case.regime.last_day(case.term.otherwise(cuts=others)))
    except NotInForceError:
        return None


def proposed(change: TermChange) -> Move | None:
    """What would become of the last day if the second person, who is asked, agreed."""
    return (
        taken_back(change)
        if change.counts
        else shortened(change.case, change.decided_on, change.months, change.printed_ends_on)
    )


@dataclass(frozen=True)
class Pending:
    """A question to a second person, and the page on which the reader finds it."""

    title: str
    text: str
    url: str
    verb: str


def pending(case: Case, user: Actor) -> list[Pending]:
    """What waits in a case, or of its person: no day follows from it yet."""
    return [*_shortenings(case, user), *_answers(case, user), *_birth(case, user), *_ending(case, user)]


def _ending(case: Case, user: Actor) -> Iterator[Pending]:
    """The last day that is being checked or was certified otherwise, and what holds the certificate back."""
    for title, text, url in ending.checks(case, user):
        yield Pending(title, text, url, _("Open the check"))
    for one in ending.holds(case, user):
        yield Pending(one.title, one.text, one.url, _("Record how it ended"))


def _birth(case: Case, user: Actor) -> Iterator[Pending]:
    waiting = waiting_correction(case.person)
    if waiting is not None:
        url = url_for("cases.birth_correction", id=waiting.id) if may(user, "read", waiting) else ""
        text = _("Until then no day of a case moves.")
        yield Pending(say(CORRECTIONS[waiting.state]), text, url, _("Open the correction"))


def _shortenings(case: Case, user: Actor) -> list[Pending]:
    waiting = [one for one in case.term_changes if one.waits]
    readable = rights_on(user, TermChange, [one.id for one in waiting], ("read",))
    return [
        Pending(
            _asked(one),
            _following(one),
            url_for("cases.term_changed", id=one.id) if "read" in readable.get(one.id, ()) else "",
            _("Open the shortening"),
        )
        for one in waiting
    ]


def _answers(case: Case, user: Actor) -> Iterator[Pending]:
    """What a court answered to a proposal, and nobody has confirmed yet."""
    answers = (one.answer for one in case.proposals if one.answers_as is not None)
    for one in (answer for answer in answers if answer is not None and answer.waits):
        url = url_for("proposals.answer_of_court", id=one.id) if may(user, "read", one) else ""
        yield Pending(_("The answer of a court waits for confirmation"), one.said, url, _("Open the answer"))


def _following(change: TermChange) -> str:
    """What would become of the last day, as far as the law of the portal tells."""
    move = proposed(change)
    if move is None:
        return ""
    days = {"after": day(move.after.due_on), "before": day(move.before)}
    if change.counts:
        return _("Last day then: %(after)s, instead of %(before)s. It counts until a second person agrees.", **days)
    return _("Last day then: %(after)s, instead of %(before)s. Until then nothing changes.", **days)


def _asked(change: TermChange) -> str:
    if change.counts:
        told = ngettext(
            "Somebody asks to take the shortening by %(num)s month back",
            "Somebody asks to take the shortening by %(num)s months back",
            change.months,
        )
    else:
        told = ngettext(
            "A shortening by %(num)s month waits for confirmation",
            "A shortening by %(num)s months waits for confirmation",
            change.months,
        )
    return str(told)


def story_of(change: TermChange) -> list[StepTold]:
    """Who recorded it and who answered to that and to whatever was asked since, the latest first."""
    return stories.story_of(change, steps_of(change), mark("%(who)s recorded the shortening"))
