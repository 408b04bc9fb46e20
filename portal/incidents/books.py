"""The books of what happens in the commune: incidents, tips, tip boxes, disputes."""

from typing import Any

from flask_login import current_user
from sqlalchemy import ColumnElement

from portal.books import Book, Column, PartOf, Words
from portal.books.book import Facts
from portal.books.forms import amount_in_words
from portal.engine import clock
from portal.engine.listing import Chip
from portal.engine.spans import going_on
from portal.engine.text import _, _l
from portal.incidents.forms import (
    DisputeForm,
    IncidentForm,
    IncidentPersonForm,
    OpeningForm,
    SeizureForm,
    TipBoxForm,
    TipForm,
    VehicleForm,
)
from portal.incidents.models import (
    AGENCY_NAMES,
    ASSESSMENT_NAMES,
    BOX_PLACE_NAMES,
    CHANNEL_NAMES,
    DISPUTE_NAMES,
    HARM_NAMES,
    KIND_NAMES,
    OUTCOME_NAMES,
    ROLE_NAMES,
    SETTLEMENT_NAMES,
    SUBSTANCE_NAMES,
    VEHICLE_NAMES,
    Dispute,
    Incident,
    IncidentKind,
    IncidentPerson,
    IncidentVehicle,
    Outcome,
    Seizure,
    Settlement,
    Tip,
    TipAssessment,
    TipBox,
    TipBoxOpening,
)
from portal.incidents.presenters.boxes import minutes_of
from portal.incidents.presenters.incidents import beside, to_the_incident
from portal.incidents.queries import named
from portal.incidents.wording import called
from portal.organisation.models import Role


def _day_of(facts: Facts) -> Facts:
    return {"day": facts.get("occurred_on") or facts.get("detected_on") or clock.today()}


def _village(entry: Any) -> str:
    return str(entry.village.title) if entry.village else ""


def _finder(incident: Incident) -> str:
    return str(AGENCY_NAMES[incident.detected_by]) if incident.detected_by else ""


def _chip(kind: IncidentKind) -> Chip:
    return Chip(kind.value, KIND_NAMES[kind], lambda: Incident.kind == kind)


_PERSONS = PartOf(
    "persons", IncidentPerson, "persons",
    Words(
        _l("People of the incident"), _l("Somebody with a part in it"), _l("Write somebody down"),
        _l("Nobody is written down yet."),
    ),
    IncidentPersonForm,
    (
        Column(_l("Full name"), lambda one: one.full_name, 24),
        Column(_l("Part"), lambda one: str(ROLE_NAMES[one.role]), 16),
        Column(_l("Year of birth"), lambda one: str(one.birth_year or ""), 10),
        Column(_l("Lives in"), lambda one: one.residence, 24),
        Column(_l("Has a file"), lambda one: _("linked to it") if one.person_id else "", 20),
        Column(_l("Remarks"), lambda one: one.note, 30),
    ),
    called=lambda one: str(one.full_name), twice=("full_name",),
)  # fmt: skip
_SEIZURES = PartOf(
    "seizures", Seizure, "seizures",
    Words(_l("Seized"), _l("A seizure"), _l("Write a seizure down"), _l("No seizure is written down.")),
    SeizureForm,
    (
        Column(_l("What was seized"), lambda one: str(SUBSTANCE_NAMES[one.substance]), 20),
        Column(_l("Grams"), lambda one: amount_in_words(one.grams) if one.grams is not None else "", 12),
        Column(_l("In words"), lambda one: one.text, 30),
    ),
    called=lambda one: str(SUBSTANCE_NAMES[one.substance]),
)  # fmt: skip
_VEHICLES = PartOf(
    "vehicles", IncidentVehicle, "vehicles",
    Words(_l("Vehicles"), _l("Vehicles of an incident"), _l("Write vehicles down"), _l("No vehicle is written down.")),
    VehicleForm,
    (
        Column(_l("Vehicle"), lambda one: str(VEHICLE_NAMES[one.kind]), 20),
        Column(_l("How many"), lambda one: one.quantity, 10),
        Column(_l("State afterwards"), lambda one: str(HARM_NAMES[one.harm]), 16),
    ),
    called=lambda one: str(VEHICLE_NAMES[one.kind]),
)  # fmt: skip

INCIDENTS = Book(
    name="incidents", record=Incident, icon="incidents", form=IncidentForm,
    words=Words(
        _l("Incidents"), _l("Incident"), _l("Write an incident down"), _l("No incident is written down."),
        _l("Three answers are enough at first; the others follow within 24 hours."),
        _l("Crimes and violations, accidents and fires, by the day on which they happened."),
    ),
    columns=(
        Column(_l("Incident"), called, 28),
        Column(_l("How it was dealt with"), lambda one: str(OUTCOME_NAMES[one.outcome]), 20),
        Column(_l("Day"), lambda one: one.day, 12), Column(_l("Village"), _village, 20),
        Column(_l("Detected by"), _finder, 20),
        Column(_l("Dead"), lambda one: one.deaths or None, 8),
        Column(_l("Injured"), lambda one: one.injured or None, 10),
    ),
    called=called, standing=lambda one: one.standing, follows=_day_of,
    quick=("kind", "village_id", "text"), needed=("category", "location", "occurred_on", "detected_by"),
    twice=("village_id", "kind", "day"),
    chips=(
        Chip("all", _l("All")), *(_chip(kind) for kind in IncidentKind),
        Chip("pending", OUTCOME_NAMES[Outcome.PENDING], lambda: Incident.outcome == Outcome.PENDING, "active"),
    ),
    parts=(_PERSONS, _SEIZURES, _VEHICLES), template="incidents/show.html",
    more=beside, beside_words=lambda words: named(current_user, words),
)  # fmt: skip


def _assessed_as(assessment: TipAssessment, shape: str = "") -> Chip:
    return Chip(assessment.value, ASSESSMENT_NAMES[assessment], lambda: Tip.assessment == assessment, shape)


TIPS = Book(
    name="tips", record=Tip, icon="bell", form=TipForm,
    words=Words(
        _l("Tips"), _l("Tip"), _l("Write a tip down"), _l("No tip is written down."),
        _l("Who gave it is kept only where they agree."),
        _l("What people tell of crimes, without those who told it."),
    ),
    columns=(
        Column(_l("How it came"), lambda one: str(CHANNEL_NAMES[one.channel]), 20),
        Column(_l("Value of the tip"), lambda one: str(ASSESSMENT_NAMES[one.assessment]), 20),
        Column(_l("Received on"), lambda one: one.received_on, 12), Column(_l("Village"), _village, 20),
    ),
    called=lambda one: str(CHANNEL_NAMES[one.channel]), standing=lambda one: one.standing,
    quick=("received_on", "channel", "text"), twice=("received_on", "channel", "village_id"),
    chips=(
        Chip("all", _l("All")), _assessed_as(TipAssessment.PENDING, "waiting"), _assessed_as(TipAssessment.VALUABLE),
        _assessed_as(TipAssessment.NOT_VALUABLE), _assessed_as(TipAssessment.FALSE),
    ),
    links=to_the_incident,
)  # fmt: skip


def _hangs() -> ColumnElement[bool]:
    return going_on(TipBox.removed_on, clock.today())


TIP_BOXES = Book(
    name="tip_boxes", record=TipBox, icon="key", form=TipBoxForm,
    words=Words(
        _l("Tip boxes"), _l("Tip box"), _l("Enter a tip box"), _l("No tip box is entered."),
        _l("Each box is one entry, with the day on which it was put up."),
        _l("Where people can put a tip, and who opened the boxes."),
    ),
    columns=(
        Column(_l("Place"), lambda one: one.location, 28),
        Column(_l("State"), lambda one: str(one.standing.label), 16),
        Column(_l("Where it hangs"), lambda one: str(BOX_PLACE_NAMES[one.place_kind]), 22),
        Column(_l("Village"), _village, 20), Column(_l("Put up on"), lambda one: one.installed_on, 12),
        Column(_l("Taken down on"), lambda one: one.removed_on, 12),
    ),
    called=lambda one: str(one.location), standing=lambda one: one.standing,
    twice=("place_kind", "village_id"),
    chips=(Chip("here", _l("In place"), _hangs), Chip("all", _l("All"))),
    parts=(
        PartOf(
            "openings", TipBoxOpening, "openings",
            Words(_l("Openings"), _l("An opening"), _l("Record an opening"), _l("Nobody opened it yet.")),
            OpeningForm,
            (
                Column(_l("Opened on"), lambda one: one.opened_on, 12),
                Column(_l("Letters found"), lambda one: one.found, 12),
                Column(_l("Opened by"), lambda one: f"{one.first_called}, {one.second_called}", 40),
                Column(_l("Remarks"), lambda one: one.note, 30),
            ),
            called=lambda one: f"{one.opened_on:%d/%m/%Y}", twice=("opened_on",),
        ),
    ),
    links=minutes_of,
)  # fmt: skip


def _ended_as(result: Settlement, shape: str = "") -> Chip:
    return Chip(result.value, SETTLEMENT_NAMES[result], lambda: Dispute.result == result, shape)


DISPUTES = Book(
    name="disputes", record=Dispute, icon="people", form=DisputeForm, keeper=Role.OFFICE_CLERK,
    words=Words(
        _l("Disputes"), _l("Dispute"), _l("Write a dispute down"), _l("No dispute is written down."),
        _l("Its parties are counted, not named."), _l("Disputes among the people, and how their mediation ended."),
    ),
    columns=(
        Column(_l("Kind of dispute"), lambda one: str(DISPUTE_NAMES[one.kind]), 24),
        Column(_l("Result"), lambda one: str(SETTLEMENT_NAMES[one.result]), 16), Column(_l("Village"), _village, 20),
        Column(_l("Mediation began on"), lambda one: one.taken_up_on, 12),
        Column(_l("How many parties"), lambda one: one.parties, 10),
        Column(_l("Who mediates"), lambda one: one.mediator, 28),
        Column(_l("Mediation ended on"), lambda one: one.result_on, 12),
    ),
    called=lambda one: str(DISPUTE_NAMES[one.kind]), standing=lambda one: one.standing,
    quick=("taken_up_on", "village_id", "kind", "parties"), needed=("mediator",),
    twice=("village_id", "kind", "taken_up_on"),
    chips=(
        Chip("all", _l("All")), _ended_as(Settlement.PENDING, "waiting"), _ended_as(Settlement.SETTLED, "done"),
        _ended_as(Settlement.NOT_SETTLED, "returned"),
    ),
)  # fmt: skip

BOOKS = (INCIDENTS, TIPS, TIP_BOXES, DISPUTES)
