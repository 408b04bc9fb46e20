"""Any incidents, tips and boxes."""

from datetime import date
from typing import Any

from hypothesis import strategies as st

from portal.incidents import indicators
from portal.incidents.models import (
    Agency,
    BoxPlace,
    Harm,
    Incident,
    IncidentKind,
    IncidentPerson,
    IncidentRole,
    IncidentVehicle,
    Offence,
    Outcome,
    Seizure,
    Substance,
    Tip,
    TipAssessment,
    TipBox,
    VehicleKind,
)
from tests.reports import incidents_by_hand as hand
from tests.reports.randomly.rows import (
    FIRST_ID,
    PEOPLE,
    Places,
    Room,
    days,
    identities,
    lines,
    often,
    perhaps,
    put,
    rarely,
    some,
    where,
    words,
)

someone = st.builds(
    hand.Someone, role=often(["subject"], IncidentRole), file=st.none() | st.integers(0, PEOPLE - 1), voided=rarely
)
seized = st.builds(
    hand.Seized, substance=often(["methamphetamine"], Substance), voided=rarely,
    thousandths=st.none() | st.sampled_from([0, 4, 5, 14, 995, 1000, 985_600, 3_420]),
)  # fmt: skip
vehicle = st.builds(
    hand.Vehicle, kind=often(["motorbike"], VehicleKind), harm=words(Harm), quantity=st.integers(1, 3), voided=rarely
)
few = st.integers(0, 3)
finder = st.sampled_from([None, *["commune_police"] * 3, *(str(one) for one in Agency)])
incident = st.builds(
    hand.Incident, kind=often(["security"], IncidentKind), occurred_on=perhaps, detected_on=days, voided=rarely,
    category=st.none() | often(["drug_use", "fireworks", "drug_possession"], Offence), where=where,
    detected_by=finder, outcome=often(["administrative"], Outcome), outcome_on=perhaps,
    deaths=few, injured=few, loss_vnd=st.none() | st.sampled_from([0, 85_000_000, 3_000_000_000]),
    people=some(someone, 4), seizures=some(seized, 2), vehicles=some(vehicle, 2),
)  # fmt: skip
told = st.builds(
    hand.Told,
    incidents=some(incident, 12),
    tips=some(st.builds(hand.Tip, days, often(["valuable"], TipAssessment), where, rarely), 4),
    boxes=some(st.builds(hand.Box, days, words(BoxPlace), perhaps, where, rarely), 4),
    same=identities,
)


def tell(places: Places, told: Any) -> None:
    places.people(told.same)
    put(Incident, [
        places.entry(number, one, kind=one.kind, occurred_on=one.occurred_on, detected_on=one.detected_on, text="",
                     category=one.category, detected_by=one.detected_by, outcome=one.outcome,
                     outcome_on=one.outcome_on, deaths=one.deaths, injured=one.injured, property_vnd=one.loss_vnd,
                     village_id=places.at(one.where, "BPH"))
        for number, one in enumerate(told.incidents)
    ])  # fmt: skip
    put(IncidentPerson, [
        places.kept(number, one, incident_id=of, role=one.role, full_name="A Mlôn",
                    person_id=None if one.file is None else FIRST_ID + one.file)
        for number, (of, one) in enumerate(lines(told.incidents, "people"))
    ])  # fmt: skip
    put(Seizure, [
        places.kept(number, one, incident_id=of, substance=one.substance, grams=one.thousandths)
        for number, (of, one) in enumerate(lines(told.incidents, "seizures"))
    ])  # fmt: skip
    put(IncidentVehicle, [
        places.kept(number, one, incident_id=of, kind=one.kind, harm=one.harm, quantity=one.quantity)
        for number, (of, one) in enumerate(lines(told.incidents, "vehicles"))
    ])  # fmt: skip
    put(Tip, [
        places.entry(number, one, received_on=one.received_on, assessment=one.assessment, channel="phone", text="")
        for number, one in enumerate(told.tips)
    ])  # fmt: skip
    put(TipBox, [
        places.entry(number, one, installed_on=one.installed_on, removed_on=one.removed_on, place_kind=one.place,
                     location="")
        for number, one in enumerate(told.boxes)
    ])  # fmt: skip


DAY = date(2024, 8, 31)


def _seen(kind: str = "security", **more: Any) -> hand.Incident:
    return hand.Incident(kind, None, DAY, people=[hand.Someone("subject", None)], **more)


EACH = hand.Told(
    [
        _seen(category="drug_use", outcome="administrative", outcome_on=DAY),
        _seen(category="fireworks", seizures=[hand.Seized("methamphetamine", 985_600)]),
        _seen(category="drug_possession", detected_by="border_guard"),
        _seen(detected_by=None),
        _seen("traffic", deaths=1, injured=1, vehicles=[hand.Vehicle("motorbike", "destroyed")]),
        _seen("fire", loss_vnd=85_000_000),
        _seen("labour", deaths=1),
    ],
    [hand.Tip(DAY, "valuable")],
    [hand.Box(DAY, "village_hall"), hand.Box(DAY, "police_station")],
    [0] * PEOPLE,
)
ROOM = Room("incidents", indicators.INDICATORS, told, tell, hand.figures, EACH)
