"""What a shortening would make of the term, before it is recorded and until it is confirmed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from flask import url_for

from portal.cases.models import Case, TermChange
from portal.cases.presenters.words import story
from portal.engine import clock
from portal.engine.access import Actor, rights_on
from portal.engine.refusal import Reason
from portal.engine.text import _
from portal.engine.workflow import steps_of
from portal.law.days import DayOutsideTableError
from portal.law.rule import Cut, Due, NotInForceError
from portal.organisation.queries import users_named


@dataclass(frozen=True)
class Shortened:
    """The last day as it stands and as it would be, and what the law has against it.

    The court decided, so the portal warns and does not refuse: a slip of the pen shows before it moves a day.
    """

    before: date
    after: Due
    doubts: Sequence[Reason]
    known: bool  # whether the law of the portal knows shortenings of this type


def shortened(case: Case, decided_on: date, months: int) -> Shortened | None:
    """None where the law of the portal does not reach back to that day."""
    cut = replace(case.term, cuts=(*case.term.cuts, Cut(decided_on, months)))
    refuse = getattr(case.regime, "refuse_cut", None)
    try:
        doubts = refuse(case.term, decided_on, months) if refuse else ()
        return Shortened(case.ends_on, case.regime.last_day(cut), doubts, refuse is not None)
    except (NotInForceError, DayOutsideTableError):
        return None


@dataclass(frozen=True)
class Pending:
    """A shortening that waits for a second person, and the page on which the reader finds it."""

    change: TermChange
    shortened: Shortened | None
    url: str


def pending(case: Case, user: Actor) -> list[Pending]:
    """What waits in a case: no day follows from it yet."""
    waiting = [one for one in case.term_changes if one.waits]
    readable = rights_on(user, TermChange, [one.id for one in waiting], ("read",))
    return [
        Pending(
            one,
            shortened(case, one.decided_on, one.months),
            url_for("cases.term_changed", id=one.id) if "read" in readable.get(one.id, ()) else "",
        )
        for one in waiting
    ]


@dataclass(frozen=True)
class Told:
    """A step of it, as a sentence."""

    at: datetime
    sentence: str
    remark: str = ""

    @property
    def day(self) -> str:
        return self.at.astimezone(clock.VIETNAM).strftime("%d/%m")

    @property
    def sub(self) -> str:
        """The year, under the day."""
        return self.at.astimezone(clock.VIETNAM).strftime("%Y")


def story_of(change: TermChange) -> list[Told]:
    """Who recorded, confirmed or refused it, the latest first."""
    steps = steps_of(change)
    users = users_named({one for step in steps for one in (step.by_id, step.on_behalf_of_id)})
    told = [Told(step.at, story(change, step, users), step.reason) for step in reversed(steps)]
    by = users_named({change.created_by_id}).get(change.created_by_id or 0)
    name = by.full_name if by else _("The portal")
    return [*told, Told(change.created_at, _("%(who)s recorded the shortening", who=name))]
