"""What people can do with a case. One function a deed."""

from portal.cases.actions.assignment import accept_many, assign_many, assign_officer
from portal.cases.actions.correcting import record_term_change
from portal.cases.actions.helping import report_help
from portal.cases.actions.measures import record_measure, record_measure_result
from portal.cases.actions.opening import change_case, draft_case, next_case_number
from portal.cases.actions.person import change_person_of
from portal.cases.actions.recording import (
    record_assessment,
    record_check_in,
    record_contact,
    record_roll_call,
    record_violation,
    return_check_in,
)

__all__ = [
    "accept_many", "assign_many", "assign_officer", "change_case", "change_person_of", "draft_case",
    "next_case_number", "record_assessment", "record_check_in", "record_contact", "record_measure",
    "record_measure_result", "record_roll_call", "record_term_change", "record_violation", "report_help",
    "return_check_in",
]  # fmt: skip
