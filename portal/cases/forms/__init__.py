"""What may be typed about a case."""

from portal.cases.forms.breaches import GivenForm, OutcomeForm, WarningForm
from portal.cases.forms.entries import (
    ContactForm,
    MeasureForm,
    MeasureResultForm,
    ReturnForm,
    TermChangeForm,
    ViolationForm,
)
from portal.cases.forms.helping import HelperReportForm
from portal.cases.forms.management import CustodyForm, MoveForm
from portal.cases.forms.months import AssessmentForm, CheckInForm, RollCallForm
from portal.cases.forms.papers import CaseForm, NewCaseForm
from portal.cases.forms.people import AssignForm, PersonOfCaseForm, ReassignForm, RequestsForm
from portal.cases.forms.reception import ReceptionForm

__all__ = [
    "AssessmentForm", "AssignForm", "CaseForm", "CheckInForm", "ContactForm", "CustodyForm", "GivenForm",
    "HelperReportForm", "MeasureForm", "MeasureResultForm", "MoveForm", "NewCaseForm", "OutcomeForm",
    "PersonOfCaseForm", "ReassignForm", "ReceptionForm", "RequestsForm", "ReturnForm", "RollCallForm", "TermChangeForm",
    "ViolationForm", "WarningForm",
]  # fmt: skip
