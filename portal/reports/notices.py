"""What the portal tells people about reports: that one waits for them, came back, or was approved."""

from collections.abc import Iterable
from typing import Any

from portal.engine.notices import NoticeKind
from portal.engine.text import _l
from portal.organisation.models import Role, User
from portal.organisation.queries import holders
from portal.reports.models import Report


def chiefs(report: Report) -> Iterable[User]:
    return holders(Role.POLICE_CHIEF, report.commune_id)


def leaders(report: Report) -> Iterable[User]:
    return holders(Role.COMMUNE_LEADER, report.commune_id)


def chiefs_and_clerks(report: Report) -> Iterable[User]:
    return [*chiefs(report), *holders(Role.OFFICE_CLERK, report.commune_id)]


def told(report: Any) -> dict[str, Any]:
    return {"number": report.number}


NOTICES = (
    NoticeKind(
        "REPORT-SUBMITTED", _l("The report %(number)s waits for your approval"), "reports.show",
        _l("Reports that wait for you"), Report, ("submit",), leaders, told, waits=True,
    ),
    NoticeKind(
        "REPORT-RETURNED", _l("The report %(number)s came back with remarks"), "reports.show", _l("Returned reports"),
        Report, ("return",), chiefs, told, waits=True,
    ),
    NoticeKind(
        "REPORT-APPROVED", _l("The report %(number)s was approved and has its number"), "reports.show",
        _l("Approved reports"), Report, ("approve",), chiefs_and_clerks, told,
    ),
)  # fmt: skip
