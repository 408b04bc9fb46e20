"""What happens in the commune: first notes, incidents, tips with their boxes, disputes."""

from portal.incidents.models.dispute import Dispute
from portal.incidents.models.incident import Incident, IncidentPerson, IncidentVehicle, Seizure
from portal.incidents.models.observation import CONFIRM_WITHIN, SOURCE_NAMES, HandOver, Observation, Source
from portal.incidents.models.tip import Tip, TipBox, TipBoxOpening
from portal.incidents.models.words import (
    AGENCY_NAMES,
    ASSESSMENT_NAMES,
    BOX_PLACE_NAMES,
    CHANNEL_NAMES,
    DISPUTE_NAMES,
    HARM_NAMES,
    KIND_NAMES,
    OFFENCE_NAMES,
    OUTCOME_NAMES,
    ROLE_NAMES,
    SETTLEMENT_NAMES,
    SUBSTANCE_NAMES,
    VEHICLE_NAMES,
    Agency,
    BoxPlace,
    Channel,
    DisputeKind,
    Harm,
    IncidentKind,
    IncidentRole,
    Offence,
    Outcome,
    Settlement,
    Substance,
    TipAssessment,
    VehicleKind,
)

__all__ = [
    "AGENCY_NAMES", "ASSESSMENT_NAMES", "BOX_PLACE_NAMES", "CHANNEL_NAMES", "CONFIRM_WITHIN", "DISPUTE_NAMES",
    "HARM_NAMES", "KIND_NAMES", "OFFENCE_NAMES", "OUTCOME_NAMES", "ROLE_NAMES", "SETTLEMENT_NAMES", "SOURCE_NAMES",
    "SUBSTANCE_NAMES", "VEHICLE_NAMES", "Agency", "BoxPlace", "Channel", "Dispute", "DisputeKind", "HandOver", "Harm",
    "Incident", "IncidentKind", "IncidentPerson", "IncidentRole", "IncidentVehicle", "Observation", "Offence",
    "Outcome", "Seizure", "Settlement", "Source", "Substance", "Tip", "TipAssessment", "TipBox", "TipBoxOpening",
    "VehicleKind",
]  # fmt: skip
