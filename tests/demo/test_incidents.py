"""What happened in the example: as the report of August 2024 counts it, and by rule since."""

from datetime import date

from sqlalchemy import select

from portal.books.models import missing_in
from portal.engine.db import db
from portal.engine.indicators import Period
from portal.incidents.books import BOOKS
from portal.incidents.indicators import INDICATORS
from portal.incidents.models import Incident, IncidentKind, Observation, Tip, TipBox
from portal.organisation.models import Unit
from portal.reports.queries import taken_in

REPORT = date(2024, 1, 1), date(2024, 8, 31)
POLICE, OTHERS = "incidents.security.commune_police", "incidents.security.other_forces"
FIGURES = {  # of the eight months of 2024, and of those of 2023
    "tips.valuable": (1, 0),
    "incidents.security.cases": (6, 6), "incidents.security.persons": (7, 11),
    f"{POLICE}.cases": (5, 5), f"{POLICE}.persons": (6, 10),
    f"{POLICE}.administrative.cases": (5, 4), f"{POLICE}.administrative.persons": (6, 9),
    f"{POLICE}.drug_use.cases": (3, 1), f"{POLICE}.drug_use.persons": (4, 2),
    f"{POLICE}.fireworks.cases": (2, 1), f"{POLICE}.fireworks.persons": (2, 1),
    f"{OTHERS}.cases": (1, 1), f"{OTHERS}.persons": (1, 1),
    f"{OTHERS}.drug_possession.cases": (1, 1), f"{OTHERS}.drug_possession.persons": (1, 1),
    "incidents.seizures.methamphetamine_g": (985.6, 3.42),
    "incidents.traffic.cases": (2, 0), "incidents.traffic.deaths": (2, 0), "incidents.traffic.injured": (1, 0),
    "incidents.traffic.motorbikes_damaged": (1, 0),
    "incidents.fire.cases": (1, 0), "incidents.fire.property_loss_vnd": (85_000_000, 0),
    "incidents.labour.cases": (1, 0), "incidents.labour.deaths": (1, 0),
    "tip_boxes.installed": (8, 0), "tip_boxes.installed_village_halls": (7, 0),
    "tip_boxes.installed_police_station": (1, 0),
}  # fmt: skip


def test_the_figures_are_those_of_the_report_and_of_the_year_before(example):
    by = db.session.scalars(select(Unit).where(Unit.code == "BY")).one()
    period = Period(*REPORT, taken_in(by))
    assert {one.id: (one.value(period), one.value(period.year_before())) for one in INDICATORS} == FIGURES


def test_since_then_two_security_incidents_come_a_quarter_and_none_lies_ahead(example):
    found = db.session.scalars(select(Incident).where(Incident.kind == IncidentKind.SECURITY)).all()
    quarters = [(one.day.year, (one.day.month - 1) // 3) for one in found if one.day > date(2024, 9, 30)]
    assert {quarters.count(one) for one in set(quarters[:-2])} == {2}
    assert not [one for one in found if date(2024, 8, 23) < one.day <= date(2024, 9, 30)]


def test_what_a_village_head_saw_led_to_an_incident_and_a_call_joined_the_last_of_them(example):
    joined = db.session.scalars(select(Observation).where(Observation.state == "incident")).all()
    assert all(one.incident is not None for one in joined)
    assert max(sum(one.incident_id == other.incident_id for one in joined) for other in joined) == 2


def test_each_box_was_opened_every_month_by_two(example):
    for box in db.session.scalars(select(TipBox)).all():
        assert box.openings
        assert all(one.first_id and one.second_id and one.first_id != one.second_id for one in box.openings)
        months = [(one.opened_on.year, one.opened_on.month) for one in box.openings]
        assert len(set(months)) == len(months)


def test_the_tip_that_led_to_an_incident_names_it_and_nobody_who_gave_it(example):
    led = db.session.scalars(select(Tip).where(Tip.incident_id.is_not(None))).one()
    assert (led.received_on, led.incident.day) == (date(2024, 6, 20), date(2024, 6, 22))
    assert not any(one.giver_name or one.giver_contact for one in db.session.scalars(select(Tip)))


def test_nothing_was_left_incomplete(example):
    for book in BOOKS:
        assert not [one.number for one in db.session.scalars(select(book.record)) if missing_in(one, book.needed)]
