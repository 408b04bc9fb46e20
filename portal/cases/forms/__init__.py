"""What may be typed about a case."""

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

__all__ = [
    "AfterDeathForm",
    "AssessmentForm",
    "AssignForm",
    "CaseForm",
    "CheckInForm",
    "ContactForm",
    "CustodyForm",
    "DeathForm",
    "GiveDraftForm",
    "HandOverForm",
    "HelperReportForm",
    "MeasureForm",
    "MeasureResultForm",
    "MoveForm",
    "NewCaseForm",
    "PersonOfCaseForm",
    "ReassignForm",
    "ReceptionForm",
    "RequestsForm",
    "ReturnForm",
    "RollCallForm",
    "StepsOfMoveForm",
    "TermChangeForm",
    "ViolationForm",
]  # fmt: skip
