"""Incidents, tips and boxes as tests need them, written down through the books' own actions."""

from datetime import date
from typing import Any

from portal.books.actions import add_line, write_down
from portal.engine import clock
from portal.engine.indicators import Period
from portal.engine.transaction import transaction
from portal.incidents.indicators import INDICATORS
from portal.incidents.models import (
    Agency,
    Incident,
    IncidentKind,
    IncidentPerson,
    IncidentRole,
    Seizure,
    Substance,
    Tip,
    TipBox,
)
from tests.builders import Commune

AUGUST = (date(2026, 8, 1), date(2026, 8, 31))
IN_AUGUST = date(2026, 8, 12)


def an_incident(commune: Commune, kind: IncidentKind = IncidentKind.SECURITY, **facts: Any) -> Incident:
    """One of 12/08/2026 in Bắc Phong, detected by the commune police, unless told otherwise."""
    told = {
        "kind": kind, "village_id": commune.place("BPH").id, "text": "Xô xát", "occurred_on": IN_AUGUST,
        "detected_on": IN_AUGUST, "detected_by": Agency.COMMUNE_POLICE, **facts,
    }  # fmt: skip
    with transaction(commune.officer):
        made: Incident = write_down(Incident, commune.id, told, commune.officer)
    return made


def a_line(commune: Commune, record: Any, entry: Any, **facts: Any) -> Any:
    with transaction(commune.officer):
        return add_line(record, entry, facts, commune.officer)


def a_subject(
    commune: Commune, incident: Incident, name: str = "A Ploi", role: IncidentRole = IncidentRole.SUBJECT, **more: Any
) -> IncidentPerson:
    made: IncidentPerson = a_line(commune, IncidentPerson, incident, role=role, full_name=name, **more)
    return made


def seized(commune: Commune, incident: Incident, grams: int, substance: Substance = Substance.METHAMPHETAMINE) -> Any:
    return a_line(commune, Seizure, incident, substance=substance, grams=grams)


def a_tip(commune: Commune, **facts: Any) -> Tip:
    told = {"received_on": IN_AUGUST, "channel": "phone", "text": "Có người lạ", **facts}
    with transaction(commune.officer):
        made: Tip = write_down(Tip, commune.id, told, commune.officer)
    return made


def a_box(commune: Commune, **facts: Any) -> TipBox:
    told = {
        "place_kind": "village_hall", "village_id": commune.place("BPH").id, "location": "Hội trường",
        "installed_on": IN_AUGUST, **facts,
    }  # fmt: skip
    with transaction(commune.officer):
        made: TipBox = write_down(TipBox, commune.id, told, commune.officer)
    return made


def void(commune: Commune, *records: Any) -> None:
    with transaction(commune.chief):
        for record in records:
            record.voided_at, record.void_reason = clock.now(), "Ghi nhầm"


def counted(commune: Commune, first: date = AUGUST[0], last: date = AUGUST[1]) -> dict[str, Any]:
    """All figures of the room that are not nought, without what their ids begin with."""
    period = Period(first, last, (commune.id,))
    found = {one.id.removeprefix("incidents."): one.value(period) for one in INDICATORS}
    return {name: value for name, value in found.items() if value}
