"""What is counted of incidents, tips and tip boxes, by the definitions of the report."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, case, cast, literal, or_, select

from portal.engine.indicators import Examples, Indicator, Period, by_month, by_words
from portal.engine.text import _l
from portal.incidents.models import (
    AGENCY_NAMES,
    BOX_PLACE_NAMES,
    CHANNEL_NAMES,
    OFFENCE_NAMES,
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
from portal.organisation.breakdowns import by_village
from portal.people.models import Person

# As long as nobody said who detected an incident, it is of neither part.
POLICE = Incident.detected_by == Agency.COMMUNE_POLICE
OTHERS = Incident.detected_by != Agency.COMMUNE_POLICE
CASES, PEOPLE, SUBJECTS = _l("incidents"), _l("people"), _l("subjects")


def incidents(period: Period, kind: IncidentKind | None = None) -> Select[Any]:
    """Incidents of the days of a period: of the day on which they happened, else of that of the detection."""
    days = period.first, period.last
    on_its_day = or_(
        Incident.occurred_on.between(*days),
        and_(Incident.occurred_on.is_(None), Incident.detected_on.between(*days)),
    )
    found = select(Incident).where(Incident.commune_id.in_(period.communes), Incident.voided_at.is_(None), on_its_day)
    return found if kind is None else found.where(Incident.kind == kind)


def _of(kind: IncidentKind, *narrowed: ColumnElement[bool]) -> Callable[[Period], Select[Any]]:
    return lambda period: incidents(period, kind).where(*narrowed)


def _with_subjects(records: Callable[[Period], Select[Any]]) -> Callable[[Period], Select[Any]]:
    """The same incidents with each of their subjects that stands."""

    def found(period: Period) -> Select[Any]:
        subjects = and_(
            IncidentPerson.incident_id == Incident.id, IncidentPerson.role == IncidentRole.SUBJECT,
            IncidentPerson.voided_at.is_(None),
        )  # fmt: skip
        known = Person.id == IncidentPerson.person_id
        return records(period).join(IncidentPerson, subjects).outerjoin(Person, known)

    return found


# One for each different person of an incident: whoever has a file is told by it, anybody else by their line.
EACH_SUBJECT = case(
    (Person.id.is_not(None), cast(Incident.id, String).concat(":").concat(Person.identity)),
    else_=literal("line:").concat(cast(IncidentPerson.id, String)),
)

_VILLAGE, _MONTH = by_village(Incident.village_id), by_month(Incident.day)
_FORCE = by_words("agency", _l("By force"), Incident.detected_by, AGENCY_NAMES)
_OFFENCE = by_words("offence", _l("By offence"), Incident.category, OFFENCE_NAMES)
_PARTED = (_VILLAGE, _MONTH, _OFFENCE)
_BY_DAY = Examples(
    (
        _l("happened on the first or the last day of the period"),
        _l("nobody knows when it happened, and it was detected in the period"),
    ),
    (
        _l("happened before the period and was detected in it"),
        _l("an observation that nobody wrote down as an incident"), _l("entered in error"),
    ),
)  # fmt: skip
_NOT_SAID_YET = _l("nobody has said yet who detected it")
_WHOLE = Examples((*_BY_DAY.counts, _NOT_SAID_YET), _BY_DAY.does_not)
_PART = Examples(_BY_DAY.counts, (*_BY_DAY.does_not, _NOT_SAID_YET))
_BY_SUBJECT = Examples(
    (_l("somebody who is a subject in two incidents: once in each"), _l("two people of the same name")),
    (_l("victims, witnesses and others"), _l("somebody written down in error, or in such an incident")),
)
_OUTCOME_BY = Examples(
    (_l("a fine of the last day of the period"),),
    (_l("a fine of a later day"), _l("a criminal case"), _l("entered in error")),
)
_NOT_THE_FINED = _l("These are not the people of the review list who were fined, even where the numbers are equal.")


def _pair(
    id: str, cases: tuple[Any, Any], persons: tuple[Any, Any], *narrowed: ColumnElement[bool],
    records: Callable[[Period], Select[Any]] | None = None, parts: Any = _PARTED, examples: Examples = _BY_DAY,
    note: Any = "",
) -> tuple[Indicator, Indicator]:  # fmt: skip
    """Security incidents, and the subjects in them."""
    found = records or _of(IncidentKind.SECURITY, *narrowed)
    return (
        Indicator(
            f"{id}.cases", cases[0], CASES, cases[1], "flow", Incident, found, breakdowns=parts, examples=examples
        ),
        Indicator(
            f"{id}.persons", persons[0], SUBJECTS, persons[1], "flow", Incident, _with_subjects(found),
            counts=EACH_SUBJECT, breakdowns=parts, examples=_BY_SUBJECT, note=note,
        ),
    )  # fmt: skip


SECURITY = _pair(
    "incidents.security",
    (_l("Security and order incidents"), _l(
        "Crimes and violations of law of the period, by the day on which they happened; where that is not known, by "
        "the day of their detection. Traffic, fires, labour accidents and other incidents do not belong here.")),
    (_l("Subjects in security incidents"), _l(
        "Subjects of security and order incidents of the period, each different person once in each. Somebody who is a "
        "subject in two incidents counts in both.")),
    parts=(*_PARTED, _FORCE), examples=_WHOLE,
)  # fmt: skip
# Incidents in the whole and in neither of its parts, and the subjects in them.
DETECTED_BY_NOBODY_YET = {
    "cases": _of(IncidentKind.SECURITY, Incident.detected_by.is_(None)),
    "persons": _with_subjects(_of(IncidentKind.SECURITY, Incident.detected_by.is_(None))),
}
OF_POLICE = _pair(
    "incidents.security.commune_police",
    (_l("Incidents detected by the commune police"), _l(
        "Security and order incidents of the period of which the commune police is the leading finder.")),
    (_l("Subjects in incidents detected by the commune police"), _l(
        "Subjects of incidents detected by the commune police, each different person once in each.")),
    POLICE, examples=_PART,
)  # fmt: skip


def _administrative(period: Period) -> Select[Any]:
    dealt_with = Incident.outcome == Outcome.ADMINISTRATIVE, Incident.outcome_on <= period.last
    return incidents(period, IncidentKind.SECURITY).where(POLICE, *dealt_with)


ADMINISTRATIVE = _pair(
    "incidents.security.commune_police.administrative",
    (_l("Incidents handled administratively (commune police)"), _l(
        "Incidents detected by the commune police whose outcome is an administrative fine of a day up to the last of "
        "the period.")),
    (_l("Subjects handled administratively (commune police)"), _l(
        "Subjects of incidents detected by the commune police and handled administratively, each different person once "
        "in each.")),
    records=_administrative, examples=_OUTCOME_BY, note=_NOT_THE_FINED,
)  # fmt: skip
DRUG_USE = _pair(
    "incidents.security.commune_police.drug_use",
    (_l("Illegal use of drugs: incidents (commune police)"), _l(
        "Incidents detected by the commune police that are about the illegal use of drugs.")),
    (_l("Illegal use of drugs: subjects (commune police)"), _l(
        "Subjects of incidents of illegal use of drugs detected by the commune police, each different person once in "
        "each.")),
    POLICE, Incident.category == Offence.DRUG_USE, examples=_PART,
    note=_l("Users found in incidents are not those of the review list who were tested and fined: the two must not be "
            "added up."),
)  # fmt: skip
FIREWORKS = _pair(
    "incidents.security.commune_police.fireworks",
    (_l("Illegal use of fireworks: incidents (commune police)"), _l(
        "Incidents detected by the commune police that are about the illegal use of fireworks.")),
    (_l("Illegal use of fireworks: subjects (commune police)"), _l(
        "Subjects of incidents of illegal use of fireworks detected by the commune police, each different person once "
        "in each.")),
    POLICE, Incident.category == Offence.FIREWORKS, examples=_PART,
)  # fmt: skip
OF_OTHERS = _pair(
    "incidents.security.other_forces",
    (_l("Incidents detected by other forces"), _l(
        "Security and order incidents of the period of which another force than the commune police is the leading "
        "finder.")),
    (_l("Subjects in incidents detected by other forces"), _l(
        "Subjects of incidents detected by other forces, each different person once in each.")),
    OTHERS, parts=(*_PARTED, _FORCE), examples=_PART,
)  # fmt: skip
POSSESSION = _pair(
    "incidents.security.other_forces.drug_possession",
    (_l("Illegal possession of drugs: incidents (other forces)"), _l(
        "Incidents detected by other forces that are about the illegal possession of drugs.")),
    (_l("Illegal possession of drugs: subjects (other forces)"), _l(
        "Subjects of incidents of illegal possession of drugs detected by other forces, each different person once in "
        "each.")),
    OTHERS, Incident.category == Offence.DRUG_POSSESSION, parts=(*_PARTED, _FORCE), examples=_PART,
)  # fmt: skip


def _seized(period: Period) -> Select[Any]:
    of = and_(
        Seizure.incident_id == Incident.id, Seizure.substance == Substance.METHAMPHETAMINE, Seizure.voided_at.is_(None)
    )
    return incidents(period).join(Seizure, of)


METHAMPHETAMINE = Indicator(
    "incidents.seizures.methamphetamine_g", _l("Methamphetamine seized"), _l("grams"),
    _l("Grams of methamphetamine seized in incidents of any kind, by the day of the incident and not of the weighing, "
       "to two places."),
    "flow", Incident, _seized, sums=Seizure.grams, scale=1000, breakdowns=(_VILLAGE, _MONTH, _FORCE),
    examples=Examples(
        (_l("seized in an incident of the period and weighed later"),),
        (_l("other substances"), _l("what was not weighed"), _l("a seizure entered in error, or of such an incident")),
    ),
)  # fmt: skip


def _kind(kind: IncidentKind, id: str, label: Any, definition: Any) -> Indicator:
    return Indicator(
        f"incidents.{id}.cases", label, CASES, definition, "flow", Incident, _of(kind),
        breakdowns=(_VILLAGE, _MONTH, _FORCE), examples=_BY_DAY,
    )  # fmt: skip


def _sum(kind: IncidentKind, id: str, label: Any, unit: Any, definition: Any, column: Any, *does_not: Any) -> Indicator:
    return Indicator(
        f"incidents.{id}", label, unit, definition, "flow", Incident, _of(kind), sums=column,
        breakdowns=(_VILLAGE, _MONTH),
        examples=Examples((_l("by the day of the incident"),), (*does_not, _l("entered in error"))),
    )  # fmt: skip


def _damaged(period: Period) -> Select[Any]:
    of = and_(
        IncidentVehicle.incident_id == Incident.id, IncidentVehicle.kind == VehicleKind.MOTORBIKE,
        IncidentVehicle.harm.in_((Harm.DAMAGED, Harm.DESTROYED)), IncidentVehicle.voided_at.is_(None),
    )  # fmt: skip
    return incidents(period, IncidentKind.TRAFFIC).join(IncidentVehicle, of)


_DEAD = _l("somebody who died some days later counts with the incident")

TRAFFIC = (
    _kind(IncidentKind.TRAFFIC, "traffic", _l("Traffic accidents"), _l(
        "Traffic accidents of the period, by the day on which they happened; where that is not known, by the day of "
        "their detection.")),
    Indicator(
        "incidents.traffic.deaths", _l("Deaths in traffic accidents"), PEOPLE,
        _l("Dead of traffic accidents of the period as they are recorded there, whenever they died."),
        "flow", Incident, _of(IncidentKind.TRAFFIC), sums=Incident.deaths, breakdowns=(_VILLAGE, _MONTH),
        examples=Examples((_DEAD,), (_l("the injured"), _l("entered in error"))),
    ),
    _sum(
        IncidentKind.TRAFFIC, "traffic.injured", _l("Injured in traffic accidents"), PEOPLE,
        _l("Injured of traffic accidents of the period. Who died is counted as dead, not as injured."),
        Incident.injured, _l("who died of it"),
    ),
    Indicator(
        "incidents.traffic.motorbikes_damaged", _l("Motorbikes damaged in traffic accidents"), _l("motorbikes"),
        _l("Motorbikes recorded as damaged or destroyed in traffic accidents of the period."),
        "flow", Incident, _damaged, sums=IncidentVehicle.quantity, breakdowns=(_VILLAGE, _MONTH),
        examples=Examples(
            (_l("damaged"), _l("destroyed")),
            (_l("other vehicles"), _l("motorbikes that were not damaged"), _l("entered in error")),
        ),
    ),
)  # fmt: skip
FIRE = (
    _kind(IncidentKind.FIRE, "fire", _l("Fires and explosions"), _l(
        "Fires and explosions of the period, by the day on which they happened; where that is not known, by the day of "
        "their detection.")),
    _sum(
        IncidentKind.FIRE, "fire.property_loss_vnd", _l("Property lost to fire"), _l("VND"),
        _l("Property lost in fires and explosions of the period, in VND. A loss not yet valued adds nothing."),
        Incident.property_vnd, _l("a loss that nobody valued yet"),
    ),
)  # fmt: skip
LABOUR = (
    _kind(IncidentKind.LABOUR, "labour", _l("Labour accidents"), _l(
        "Labour accidents of the period, by the day on which they happened; where that is not known, by the day of "
        "their detection.")),
    Indicator(
        "incidents.labour.deaths", _l("Deaths in labour accidents"), PEOPLE,
        _l("Dead of labour accidents of the period as they are recorded there, whenever they died."),
        "flow", Incident, _of(IncidentKind.LABOUR), sums=Incident.deaths, breakdowns=(_VILLAGE, _MONTH),
        examples=Examples((_DEAD,), (_l("the injured"), _l("entered in error"))),
    ),
)  # fmt: skip


def _tips(period: Period) -> Select[Any]:
    received = Tip.received_on.between(period.first, period.last)
    return select(Tip).where(
        Tip.commune_id.in_(period.communes), Tip.voided_at.is_(None), received,
        Tip.assessment == TipAssessment.VALUABLE,
    )  # fmt: skip


VALUABLE_TIPS = Indicator(
    "tips.valuable", _l("Valuable tips from the people"), _l("tips"),
    _l("Tips received in the period that are assessed as valuable today, by the day on which they came and not by that "
       "of the assessment."),
    "flow", Tip, _tips,
    breakdowns=(
        by_village(Tip.village_id), by_month(Tip.received_on),
        by_words("channel", _l("By the way it came"), Tip.channel, CHANNEL_NAMES),
    ),
    examples=Examples(
        (_l("received on the last day of the period and assessed later"),),
        (_l("not assessed yet"), _l("of no value, or false"), _l("entered in error")),
    ),
)  # fmt: skip


def _boxes(*narrowed: ColumnElement[bool]) -> Callable[[Period], Select[Any]]:
    def found(period: Period) -> Select[Any]:
        put_up = TipBox.installed_on.between(period.first, period.last)
        return select(TipBox).where(
            TipBox.commune_id.in_(period.communes), TipBox.voided_at.is_(None), put_up, *narrowed
        )

    return found


def _box(id: str, label: Any, definition: Any, *narrowed: ColumnElement[bool]) -> Indicator:
    return Indicator(
        f"tip_boxes.{id}", label, _l("boxes"), definition, "flow", TipBox, _boxes(*narrowed),
        breakdowns=(
            by_village(TipBox.village_id), by_month(TipBox.installed_on),
            by_words("place", _l("By place"), TipBox.place_kind, BOX_PLACE_NAMES),
        ),
        examples=Examples(
            (_l("put up in the period and taken down since"),), (_l("put up before the period"), _l("entered in error"))
        ),
    )  # fmt: skip


BOXES = (
    _box("installed", _l("Tip boxes installed"), _l("Tip boxes put up in the period, even if they were taken down.")),
    _box(
        "installed_village_halls", _l("Tip boxes at village halls"),
        _l("Tip boxes put up at a village hall in the period, even if they were taken down."),
        TipBox.place_kind == BoxPlace.VILLAGE_HALL,
    ),
    _box(
        "installed_police_station", _l("Tip boxes at the commune police station"),
        _l("Tip boxes put up at the commune police station in the period, even if they were taken down."),
        TipBox.place_kind == BoxPlace.POLICE_STATION,
    ),
)  # fmt: skip

INDICATORS = (
    VALUABLE_TIPS, *SECURITY, *OF_POLICE, *ADMINISTRATIVE, *DRUG_USE, *FIREWORKS, *OF_OTHERS, *POSSESSION,
    METHAMPHETAMINE, *TRAFFIC, *FIRE, *LABOUR, *BOXES,
)  # fmt: skip
