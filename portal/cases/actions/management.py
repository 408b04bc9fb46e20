"""What is written down while the use of drugs is managed: custody, and a move to another commune."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from portal.cases.actions.running import refuse_unless_running
from portal.cases.models import Case, CaseType, ManagementCustody, ManagementMove
from portal.engine import clock
from portal.engine.access import Actor
from portal.engine.db import db, touch
from portal.engine.refusal import Misfit, Plain, Reason, Refused
from portal.engine.text import mark
from portal.law import drug_user_management as law

SUSPENDS = "DRU-CUSTODY"
NOT_MANAGED = mark("Only of somebody whose use of drugs is managed this is recorded here.")


def record_custody(
    case: Case, by: Actor, detained_on: date, released_on: date | None = None, paper: str = ""
) -> ManagementCustody:
    """Write down that somebody is in custody, or that a custody which is recorded has ended.

    The case is suspended meanwhile, and runs on to its original end afterwards. Raises Refused where the law of that
    day knows no such suspension, or where the days contradict one another.
    """
    _managed(case)
    refuse_unless_running(case, *(day for day in (detained_on, released_on) if day))
    if against := [*_against_custody(case, detained_on, released_on)]:
        raise Refused(*against)
    custody = case.custody
    if custody is None:
        custody = ManagementCustody(case=case, commune_id=case.commune_id, detained_on=detained_on)
        db.session.add(custody)
    custody.detained_on, custody.released_on, custody.paper = detained_on, released_on, paper
    touch(case)
    db.session.flush()
    if custody.runs and case.state == "open":
        case.workflow.follow("suspend", case, by)
    elif not custody.runs and case.state == "suspended":
        case.workflow.follow("resume", case, by)
    return custody


def _against_custody(case: Case, detained_on: date, released_on: date | None) -> Iterator[Reason]:
    if detained_on < case.starts_on:
        yield Misfit("detained_on", mark("The management began on %(day)s."), day=case.starts_on)
    if released_on is not None and released_on < detained_on:
        yield Misfit("released_on", mark("The release cannot lie before the custody."))
    if SUSPENDS not in law.PARAMETERS.on(released_on or clock.today()):
        told = mark(
            "By the law of that day custody does not suspend a management. Where it is a ground, propose to stop it."
        )
        yield Misfit("detained_on", told)
    for other in case.custodies:
        apart = not other.counts or other.runs or other is case.custody
        if not apart and detained_on <= other.until() and (released_on or clock.today()) >= other.detained_on:
            told = mark("A custody from %(first)s to %(last)s is recorded already.")
            yield Misfit("detained_on", told, first=other.detained_on, last=other.until())


def record_move(case: Case, **told: Any) -> ManagementMove:
    """Write down that somebody moves to another commune, or what was done about it since.

    Raises Refused where the days contradict one another.
    """
    _managed(case)
    days = (told[name] for name in ("known_on", "told_on", "arrived_on", "received_on"))
    refuse_unless_running(case, *(day for day in days if day))
    if against := [*_against_move(told)]:
        raise Refused(*against)
    move = case.move or ManagementMove(case=case, commune_id=case.commune_id)
    for name, value in told.items():
        setattr(move, name, value)
    db.session.add(move)
    touch(case)
    return move


def _against_move(told: dict[str, Any]) -> Iterator[Reason]:
    known, there = told["known_on"], told["arrived_on"]
    if told["told_on"] and told["told_on"] < known:
        yield Misfit("told_on", mark("Nobody is told before it is known."))
    if bool(told["arrived_on"]) != bool(told["arrived_time"]):
        field = "arrived_time" if told["arrived_on"] else "arrived_on"
        yield Misfit(field, mark("Please give the day and the hour of the arrival: the time runs from then."))
    if told["received_on"] and (there is None or told["received_on"] < there):
        yield Misfit("received_on", mark("This follows the arrival, whose day is given first."))


def _managed(case: Case) -> None:
    if case.type != CaseType.DRUG_USER_MANAGEMENT:
        raise Refused(Plain(NOT_MANAGED))
