"""What may be typed about observations, incidents, tips and disputes."""

from portal.incidents.forms.dispute import DisputeForm
from portal.incidents.forms.incident import IncidentForm, IncidentPersonForm, JoinForm, SeizureForm, VehicleForm
from portal.incidents.forms.observation import CloseForm, HandOverForm, ObservationForm, ReportForm
from portal.incidents.forms.tip import OpeningForm, TipBoxForm, TipForm

__all__ = [
    "CloseForm", "DisputeForm", "HandOverForm", "IncidentForm", "IncidentPersonForm", "JoinForm", "ObservationForm",
    "OpeningForm", "ReportForm", "SeizureForm", "TipBoxForm", "TipForm", "VehicleForm",
]  # fmt: skip
