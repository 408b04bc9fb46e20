"""What somebody may record in a case, and where: by their rights, and by what the law of the case knows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for

from portal.cases.models import ASSESSMENT_RULES, SELF_REPORT_RULES, Case, CaseType
from portal.cases.presenters import law_days
from portal.engine import clock
from portal.engine.text import _l
from portal.law.common import PROVISIONAL

ROLL_CALL = "COM-ROLLCALL"
NOT_HELPED = frozenset({CaseType.RESIDENCE_SUPERVISION, CaseType.RESIDENCE_BAN, CaseType.PRISON_DEFERRAL})


@dataclass(frozen=True)
class Deed:
    """A link to the page on which something is recorded or proposed."""

    name: str
    label: str
    url: str


def always(_case: Case) -> bool:
    return True


def owes_reports(case: Case) -> bool:
    return law_days.asks_for(case, *SELF_REPORT_RULES)


def owes_roll_calls(case: Case) -> bool:
    return law_days.asks_for(case, ROLL_CALL)


def is_assessed(case: Case) -> bool:
    return law_days.asks_for(case, *ASSESSMENT_RULES)


def is_received(case: Case) -> bool:
    """Whether steps of the law follow from the session with the person; until it is recorded they are provisional."""
    return case.reception_on is not None or any(due.note == PROVISIONAL for due in law_days.reception(case))


def may_be_absent(case: Case) -> bool:
    return case.regime.absence_limits(max(case.starts_on, clock.today()), 1) is not None


def may_be_helped(case: Case) -> bool:
    return case.type not in NOT_HELPED


def is_draft(case: Case) -> bool:
    return case.state == "draft"


def is_taken_on(case: Case) -> bool:
    """Not a draft, whose person is changed with it."""
    return not is_draft(case)


def may_be_opened(case: Case) -> bool:
    """A draft that no proposal asks to open yet."""
    ended = ("rejected", "withdrawn")
    return is_draft(case) and all(one.kind != "open_case" or one.state in ended for one in case.proposals)


def may_be_shortened(case: Case) -> bool:
    return hasattr(case.regime, "refuse_cut") and bool(case.term_months)


# name, right, label, endpoint, further values of the address, whether the law of the case knows it
TABLE: tuple[tuple[str, str, Any, str, dict[str, Any], Callable[[Case], bool]], ...] = (
    ("edit", "edit", _l("Edit the case"), "cases.edit", {}, is_draft),
    ("opening", "edit", _l("Propose to open the case"), "proposals.new_opening", {}, may_be_opened),
    ("reception", "record", _l("Record the reception"), "cases.reception", {}, is_received),
    ("check_in", "record", _l("Record a self-report"), "cases.check_in", {}, owes_reports),
    ("roll_call", "record", _l("Record a roll-call"), "cases.roll_call", {}, owes_roll_calls),
    ("contact", "record", _l("Record a visit or call"), "cases.contact", {}, always),
    ("assessment", "record", _l("Write an assessment"), "cases.assessment", {}, is_assessed),
    ("violation", "record", _l("Record a violation"), "cases.violation", {}, always),
    ("measure", "record", _l("Add help given"), "cases.measure", {}, always),
    ("term_change", "record", _l("Record a shortening by the court"), "cases.term_change", {}, may_be_shortened),
    ("absence", "propose", _l("Propose an absence"), "proposals.new", {"kind": "absence"}, may_be_absent),
    ("helper", "propose", _l("Propose a helper"), "proposals.new", {"kind": "helper"}, may_be_helped),
    ("completion", "propose", _l("Propose completion"), "proposals.new", {"kind": "completion"}, always),
    ("assign", "assign", _l("Assign an officer"), "cases.assign", {}, always),
    ("person", "edit_person", _l("Change what is kept of the person"), "cases.person", {}, is_taken_on),
)


MAIN = ("opening", "edit", "check_in", "roll_call", "contact")


def deeds(case: Case, rights: frozenset[str]) -> list[Deed]:
    """The links of this reader, in the order of the table."""
    return [
        Deed(name, str(label), url_for(endpoint, id=case.id, **values))
        for name, right, label, endpoint, values, known in TABLE
        if right in rights and known(case)
    ]


def main_deed(offered: Sequence[Deed]) -> Deed | None:
    """The next step of the work: the one filled button of the page."""
    return next((deed for deed in offered if deed.name in MAIN), None)
