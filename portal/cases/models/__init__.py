"""Cases and everything that is kept about them."""

from portal.cases.models.assignment import ASSIGNMENT_KIND_NAMES, Assignment, AssignmentKind
from portal.cases.models.case import (
    ACCEPTED,
    CASE_TYPE_NAMES,
    CLOSING_REASON_NAMES,
    COMMUNITY_SENTENCES,
    DECIDED,
    OWNERS,
    RUNNING,
    Case,
    CaseType,
    ClosingReason,
)
from portal.cases.models.check_in import CHANNEL_NAMES, SELF_REPORT_RULES, Channel, CheckIn
from portal.cases.models.events import (
    CONTACT_KIND_NAMES,
    MEASURE_KIND_NAMES,
    RATING_NAMES,
    VIOLATION_KIND_NAMES,
    Assessment,
    Contact,
    ContactKind,
    Measure,
    MeasureKind,
    Rating,
    RollCall,
    TermChange,
    Violation,
    ViolationKind,
)

__all__ = [
    "ACCEPTED", "ASSIGNMENT_KIND_NAMES", "CASE_TYPE_NAMES", "CHANNEL_NAMES", "CLOSING_REASON_NAMES",
    "COMMUNITY_SENTENCES", "CONTACT_KIND_NAMES", "DECIDED", "MEASURE_KIND_NAMES", "OWNERS", "RATING_NAMES", "RUNNING",
    "SELF_REPORT_RULES", "VIOLATION_KIND_NAMES", "Assessment", "Assignment", "AssignmentKind", "Case", "CaseType",
    "Channel", "CheckIn", "ClosingReason", "Contact", "ContactKind", "Measure", "MeasureKind", "Rating", "RollCall",
    "TermChange", "Violation", "ViolationKind",
]  # fmt: skip
