"""Cases and everything that is kept about them."""

from portal.cases.models.assignment import ANSWER, ASSIGNMENT_KIND_NAMES, Assignment, AssignmentKind, may_help
from portal.cases.models.birth_correction import UNDECIDED, BirthCorrection
from portal.cases.models.breaches import CAME_NAMES, HELD, OVER, Came, ReviewMeeting, WrittenWarning
from portal.cases.models.case import (
    ACCEPTED,
    ARMY,
    CASE_TYPE_NAMES,
    CLOSING_REASON_NAMES,
    COMMUNITY_SENTENCES,
    DECIDED,
    HELPING,
    LATE_ENTRY,
    OWNERS,
    RUNNING,
    Case,
    CaseType,
    ClosingReason,
    closed_too_early,
    is_submitted,
    may_own,
)
from portal.cases.models.check_in import CHANNEL_NAMES, SELF_REPORT_RULES, Channel, CheckIn
from portal.cases.models.custody import CUSTODY_KIND_NAMES, Custody, CustodyKind, holds
from portal.cases.models.death import Death
from portal.cases.models.ending import (
    END_GROUND_NAMES,
    HOLD_GROUND_NAMES,
    CertificateHold,
    EndCheck,
    EndGround,
    HoldGround,
    LeftUndone,
    computed_day,
    confirmed_end,
    latest_check,
)
from portal.cases.models.events import (
    ASSESSMENT_RULES,
    CONTACT_KIND_NAMES,
    MEASURE_KIND_NAMES,
    ROLL_CALL_RULES,
    VIOLATION_KIND_NAMES,
    Assessment,
    Contact,
    ContactKind,
    Measure,
    MeasureKind,
    RollCall,
    Violation,
    ViolationKind,
)
from portal.cases.models.helper_report import GETTING_ON_NAMES, GettingOn, HelperReport
from portal.cases.models.moving import RECEIVER_NAMES, FileHandover, Move, Receiver
from portal.cases.models.rating import RATING_NAMES, Rating
from portal.cases.models.reception import (
    SUMMONS_OUTCOME_NAMES,
    SUMMONS_PURPOSE_NAMES,
    Reception,
    Summons,
    SummonsOutcome,
    SummonsPurpose,
    reception_of,
    waiting_summons,
)
from portal.cases.models.reckoning import ReckonedDay, Reckoning
from portal.cases.models.reform import IncomeDeduction, JobLoss, WorkDay
from portal.cases.models.round_signature import ROUND_KIND_NAMES, RoundKind, RoundSignature
from portal.cases.models.term_change import WAITING, TermChange

__all__ = [
    "ACCEPTED", "ANSWER", "ARMY", "ASSESSMENT_RULES", "ASSIGNMENT_KIND_NAMES", "CAME_NAMES", "CASE_TYPE_NAMES",
    "CHANNEL_NAMES", "CLOSING_REASON_NAMES", "COMMUNITY_SENTENCES", "CONTACT_KIND_NAMES", "CUSTODY_KIND_NAMES",
    "DECIDED", "END_GROUND_NAMES", "GETTING_ON_NAMES", "HELD", "HELPING", "HOLD_GROUND_NAMES",
    "LATE_ENTRY", "MEASURE_KIND_NAMES",
    "OVER", "OWNERS", "RATING_NAMES", "RECEIVER_NAMES", "ROLL_CALL_RULES", "ROUND_KIND_NAMES", "RUNNING",
    "SELF_REPORT_RULES", "SUMMONS_OUTCOME_NAMES", "SUMMONS_PURPOSE_NAMES", "UNDECIDED", "VIOLATION_KIND_NAMES",
    "WAITING", "Assessment", "Assignment", "AssignmentKind", "BirthCorrection", "Came", "Case", "CaseType",
    "CertificateHold", "Channel", "CheckIn", "ClosingReason", "Contact", "ContactKind", "Custody", "CustodyKind",
    "Death", "EndCheck", "EndGround", "FileHandover", "GettingOn", "HelperReport", "HoldGround", "IncomeDeduction",
    "JobLoss", "LeftUndone", "Measure", "MeasureKind", "Move", "Rating", "Receiver", "Reception", "ReckonedDay",
    "Reckoning", "ReviewMeeting", "RollCall", "RoundKind", "RoundSignature", "Summons", "SummonsOutcome",
    "SummonsPurpose", "TermChange", "Violation", "ViolationKind", "WorkDay", "WrittenWarning", "closed_too_early",
    "computed_day", "confirmed_end", "holds", "is_submitted", "latest_check", "may_help", "may_own", "reception_of",
    "waiting_summons",
]  # fmt: skip
