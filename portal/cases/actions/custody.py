"""What is written down of custody in a case: since when, until when, and what was learnt meanwhile."""

from collections.abc import Iterator
from datetime import date

from portal.cases import owed
from portal.cases.actions.running import refuse_unless_running
from portal.cases.models import CUSTODY_KIND_NAMES, Case, CaseType, Custody, CustodyKind, holds
from portal.engine import clock
from portal.engine.access import Actor
from portal.engine.db import db, touch
from portal.engine.refusal import Misfit, Reason, Refused
from portal.engine.text import mark
from portal.engine.voiding import void
from portal.engine.workflow import steps_of

SUSPENDS = "DRU-CUSTODY"


def record_custody(
    case: Case, by: Actor, detained_on: date, released_on: date | None = None, paper: str = "",
    kind: CustodyKind = CustodyKind.DETAINED, held_by: str = "", informed_on: date | None = None, informed: str = "",
) -> Custody:  # fmt: skip
    """Write down that somebody is charged or in custody, what was learnt of it, or that it has ended.

    Whoever is let go while the charge stands, or is arrested after it, begins another entry: the one before ends with
    the day on which that began. The file stays open. Where the law of the day says so the case is suspended meanwhile:
    what is owed month by month rests. Raises Refused where the days contradict one another, or the law of that day
    knows no such suspension of the management of a drug user.
    """
    refuse_unless_running(case, detained_on=detained_on, released_on=released_on, informed_on=informed_on)
    against = [
        *_against(detained_on, released_on, informed_on), *_against_another(case, detained_on, released_on, kind),
        *_by_law(case, detained_on, released_on, kind),
    ]  # fmt: skip
    if against:
        raise Refused(*against)
    custody = case.custody
    if custody is not None and custody.holds != holds(kind):
        custody.released_on = detained_on
        custody = None
    if custody is None:
        custody = Custody(case=case, commune_id=case.commune_id, detained_on=detained_on)
        db.session.add(custody)
    custody.kind, custody.detained_on, custody.released_on, custody.paper = kind, detained_on, released_on, paper
    custody.held_by, custody.informed_on, custody.informed = held_by, informed_on, informed
    touch(case)
    db.session.flush()
    _suspend_or_resume(case, by)
    return custody


def strike_out(custody: Custody, by: Actor, reason: str) -> None:
    """Mark a custody as entered in error: a case that rested because of it goes on."""
    void(custody, reason)
    _suspend_or_resume(custody.case, by)


def _suspend_or_resume(case: Case, by: Actor) -> None:
    """A case rests while somebody is held, and goes on after that; what the chief suspended the chief resumes."""
    held = case.custody is not None and case.custody.holds
    if held and case.state == "open" and owed.rests_in_custody(case, clock.today()):
        case.workflow.follow("suspend", case, by)
    elif not held and case.state == "suspended" and _followed(case):
        case.workflow.follow("resume", case, by)


def _followed(case: Case) -> bool:
    """Whether a custody suspended the case: whoever suspends it themselves gives a reason."""
    last = next((step for step in reversed(steps_of(case)) if step.name == "suspend"), None)
    return last is not None and not last.reason


def _against(detained_on: date, released_on: date | None, informed_on: date | None) -> Iterator[Reason]:
    if released_on is not None and released_on < detained_on:
        yield Misfit("released_on", mark("The release cannot lie before the custody."))
    if informed_on is not None and informed_on < detained_on:
        yield Misfit("informed_on", mark("Nothing was learnt of the custody before it began."))


def _against_another(case: Case, detained_on: date, released_on: date | None, kind: CustodyKind) -> Iterator[Reason]:
    """Nobody is held twice, or charged twice, at a time; who was held and is at large says since which day."""
    running = case.custody
    if running is not None and running.holds != holds(kind) and detained_on <= running.detained_on:
        told = mark(
            "Since %(day)s it is recorded as “%(what)s”. Give the day on which that changed, or mark that entry as "
            "made in error."
        )
        yield Misfit("detained_on", told, day=running.detained_on, what=CUSTODY_KIND_NAMES[running.kind])
    for other in case.custodies:
        apart = not other.counts or other.runs or other.holds != holds(kind)
        if not apart and detained_on <= other.until() and (released_on or clock.today()) >= other.detained_on:
            told = mark("A custody from %(first)s to %(last)s is recorded already.")
            yield Misfit("detained_on", told, first=other.detained_on, last=other.until())


def _by_law(case: Case, detained_on: date, released_on: date | None, kind: CustodyKind) -> Iterator[Reason]:
    """Of the management of a drug user: only real custody suspends it, since its law of 2026."""
    if case.type != CaseType.DRUG_USER_MANAGEMENT:
        return
    if kind == CustodyKind.CHARGED:
        yield Misfit("kind", mark("Whoever is charged and at large goes on being managed: nothing is suspended."))
    if detained_on < case.starts_on:
        yield Misfit("detained_on", mark("The management began on %(day)s."), day=case.starts_on)
    if SUSPENDS not in case.regime.PARAMETERS.on(released_on or clock.today()):
        told = mark(
            "By the law of that day custody does not suspend a management. Where it is a ground, propose to stop it."
        )
        yield Misfit("detained_on", told)
