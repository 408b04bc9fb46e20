"""What the portal tells people about cases: that one was given to them, or that they are asked to help."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from portal.cases.models import Assignment, AssignmentKind, Case, HelperReport, TermChange
from portal.engine.notices import NoticeKind
from portal.engine.text import _l
from portal.organisation.models import Role, User
from portal.organisation.queries import holders


def asked_as(kind: AssignmentKind) -> Callable[[Assignment], Iterable[User]]:
    """Whoever is asked to take a case in some capacity and has not answered."""

    def asked(assignment: Assignment) -> Iterable[User]:
        return (assignment.assignee,) if assignment.kind == kind and assignment.state == "proposed" else ()

    return asked


def chief_of(assignment: Assignment) -> Iterable[User]:
    return holders(Role.POLICE_CHIEF, assignment.commune_id)


def chief_of_change(change: TermChange) -> Iterable[User]:
    return holders(Role.POLICE_CHIEF, change.case.commune_id) if change.state == "recorded" else ()


def officer_of(report: HelperReport) -> Iterable[User]:
    return (report.case.owner,)


def case_number(record: Any) -> Mapping[str, Any]:
    return {"number": record.case.number}


def chairs_of(case: Case) -> Iterable[User]:
    return holders(Role.COMMUNE_LEADER, case.commune_id) if case.state == "closed" else ()


def number_of(case: Case) -> Mapping[str, Any]:
    return {"number": case.number}


NOTICES = (
    NoticeKind(
        "CASE-ASSIGNED", _l("Case %(number)s is assigned to you and waits for your answer"), "cases.assignment",
        _l("Cases assigned to you"), Assignment, ("create",), asked_as(AssignmentKind.OFFICER), case_number, waits=True,
    ),
    NoticeKind(
        "HELP-ASKED", _l("You are asked to help in case %(number)s; it waits for your answer"), "cases.assignment",
        _l("Requests to help"), Assignment, ("create",), asked_as(AssignmentKind.HELPER), case_number, waits=True,
    ),
    NoticeKind(
        "ASSIGNMENT-DECLINED", _l("An assignment in case %(number)s was declined"), "cases.assignment",
        _l("Declined assignments"), Assignment, ("decline",), chief_of, case_number,
    ),
    NoticeKind(
        "SHORTENING-WAITS", _l("A shortening in case %(number)s waits for your confirmation"), "cases.term_changed",
        _l("Shortenings to confirm"), TermChange, ("create",), chief_of_change, case_number,
        waits=True,
    ),
    NoticeKind(
        "REOPEN-ASKED", _l("The chief asks to reopen the closed case %(number)s"), "cases.show",
        _l("Closed cases to reopen"), Case, ("ask_reopen",), chairs_of, number_of, waits=True,
    ),
    NoticeKind(
        "HELPER-REPORTED", _l("The helper's report in case %(number)s has come"), "cases.helper_reported",
        _l("Reports of helpers"), HelperReport, ("create",), officer_of, case_number,
    ),
)  # fmt: skip
