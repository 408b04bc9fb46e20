"""What may be typed about a case."""

from portal.cases.forms.breaches import GivenForm, PaperReviewForm, PaperWarningForm, ReviewOutcomeForm, WarningForm
from portal.cases.forms.ending import EndCheckForm, HoldEndForm, HoldForm, UndoneForm
from portal.cases.forms.entries import (
    ContactForm,
    MeasureForm,
    MeasureResultForm,
    ReturnForm,
    TermChangeForm,
    ViolationForm,
)
from portal.cases.forms.helping import HelperReportForm
from portal.cases.forms.leaving import (
    AfterDeathForm,
    CustodyForm,
    DeathForm,
    GiveDraftForm,
    HandOverForm,
    StepsOfMoveForm,
)
from portal.cases.forms.management import MoveForm
from portal.cases.forms.months import AssessmentForm, CheckInForm, RollCallForm
from portal.cases.forms.papers import CaseForm, NewCaseForm
from portal.cases.forms.people import AssignForm, PersonOfCaseForm, ReassignForm, RequestsForm
from portal.cases.forms.reception import ReceptionForm
from portal.cases.forms.reform import DeductionForm, JobLossForm, WorkDayForm
from portal.cases.forms.summons import AbsentAgainForm, OutcomeForm, SummonsForm

__all__ = [
    "AbsentAgainForm", "AfterDeathForm", "AssessmentForm", "AssignForm", "CaseForm", "CheckInForm", "ContactForm",
    "CustodyForm", "DeathForm", "DeductionForm", "EndCheckForm", "GiveDraftForm", "GivenForm", "HandOverForm",
    "HelperReportForm", "HoldEndForm", "HoldForm", "JobLossForm", "MeasureForm", "MeasureResultForm", "MoveForm",
    "NewCaseForm", "OutcomeForm", "PaperReviewForm", "PaperWarningForm", "PersonOfCaseForm", "ReassignForm",
    "ReceptionForm", "RequestsForm", "ReturnForm", "ReviewOutcomeForm", "RollCallForm", "StepsOfMoveForm",
    "SummonsForm", "TermChangeForm", "UndoneForm", "ViolationForm", "WarningForm", "WorkDayForm",
]  # fmt: skip
