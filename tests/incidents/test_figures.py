"""The figures of incidents, tips and boxes: by which day, whose, and what counts nowhere."""

from datetime import date

import pytest

from portal.engine.db import db
from portal.engine.transaction import transaction
from portal.incidents.models import (
    Agency,
    Harm,
    IncidentKind,
    IncidentRole,
    IncidentVehicle,
    Offence,
    Outcome,
    Substance,
    VehicleKind,
)
from tests.builders import a_person
from tests.incidents.test_observations import TYPED
from tests.incidents.written import a_box, a_line, a_subject, a_tip, an_incident, counted, seized, void

pytestmark = pytest.mark.both_engines
FIRST, LAST, DAY_AFTER = date(2026, 8, 1), date(2026, 8, 31), date(2026, 9, 1)


@pytest.mark.parametrize(
    ("occurred_on", "detected_on", "counts"),
    [
        (FIRST, FIRST, True), (LAST, DAY_AFTER, True), (None, FIRST, True), (None, LAST, True),
        (date(2026, 7, 31), FIRST, False), (DAY_AFTER, DAY_AFTER, False), (None, DAY_AFTER, False),
    ],
)  # fmt: skip
def test_an_incident_counts_by_the_day_on_which_it_happened_and_else_by_that_of_its_detection(
    commune, occurred_on, detected_on, counts
):
    an_incident(commune, occurred_on=occurred_on, detected_on=detected_on)
    assert ("security.cases" in counted(commune)) is counts


def test_subjects_count_once_in_each_incident_and_others_do_not(commune):
    with transaction(commune.chief):
        person = a_person(commune, national_id="999000000001")
        again = a_person(commune, national_id="999000000001")
        db.session.add_all((person, again))
    first, second = an_incident(commune), an_incident(commune)
    a_subject(commune, first, person_id=person.id)
    a_subject(commune, first, "A Ploi (viết khác)", person_id=again.id)  # one national number is one person
    a_subject(commune, second, person_id=person.id)
    a_subject(commune, second)
    a_subject(commune, second)  # two people of one name are two
    for role in (IncidentRole.VICTIM, IncidentRole.WITNESS, IncidentRole.OTHER):
        a_subject(commune, second, role=role)
    assert counted(commune)["security.cases"] == 2
    assert counted(commune)["security.persons"] == 4


def test_incidents_and_subjects_are_parted_by_who_found_them_and_what_they_are_about(commune):
    for agency, category in (
        (Agency.COMMUNE_POLICE, Offence.DRUG_USE), (Agency.COMMUNE_POLICE, Offence.FIREWORKS),
        (Agency.POLICE_ELSEWHERE, Offence.DRUG_POSSESSION), (Agency.BORDER_GUARD, Offence.DRUG_USE),
    ):  # fmt: skip
        a_subject(commune, an_incident(commune, detected_by=agency, category=category))
    kinds = ("cases", "persons")
    found = counted(commune)
    assert [found[f"security.{kind}"] for kind in kinds] == [4, 4]
    assert [found[f"security.commune_police.{kind}"] for kind in kinds] == [2, 2]
    assert [found[f"security.other_forces.{kind}"] for kind in kinds] == [2, 2]
    assert [found[f"security.commune_police.drug_use.{kind}"] for kind in kinds] == [1, 1]
    assert [found[f"security.commune_police.fireworks.{kind}"] for kind in kinds] == [1, 1]
    assert [found[f"security.other_forces.drug_possession.{kind}"] for kind in kinds] == [1, 1]


def test_an_incident_of_which_nobody_said_who_detected_it_is_in_the_whole_and_in_no_part(commune):
    for category in (Offence.DRUG_USE, Offence.DRUG_POSSESSION, Offence.FIREWORKS):
        fined = {"outcome": Outcome.ADMINISTRATIVE, "outcome_on": LAST}
        a_subject(commune, an_incident(commune, detected_by=None, category=category, **fined))
    assert counted(commune) == {"security.cases": 3, "security.persons": 3}


@pytest.mark.parametrize(
    ("outcome", "on", "counts"),
    [
        (Outcome.ADMINISTRATIVE, LAST, True), (Outcome.ADMINISTRATIVE, DAY_AFTER, False),
        (Outcome.CRIMINAL, LAST, False), (Outcome.PENDING, None, False),
    ],
)  # fmt: skip
def test_an_outcome_counts_from_its_own_day_on(commune, outcome, on, counts):
    a_subject(commune, an_incident(commune, outcome=outcome, outcome_on=on))
    found = counted(commune)
    assert found["security.commune_police.cases"] == 1
    for kind in ("cases", "persons"):
        assert (f"security.commune_police.administrative.{kind}" in found) is counts


def test_what_is_struck_out_counts_nowhere_nor_what_belongs_to_it(commune):
    stands, struck = an_incident(commune), an_incident(commune)
    a_subject(commune, stands)
    lines = a_subject(commune, stands, "Ghi nhầm"), seized(commune, stands, 5_000)
    seized(commune, stands, 1_255)
    a_subject(commune, struck)
    seized(commune, struck, 7_000)
    void(commune, *lines, struck)
    found = counted(commune)
    assert (found["security.cases"], found["security.persons"]) == (1, 1)
    assert found["seizures.methamphetamine_g"] == 1.26  # halves up


def test_grams_are_of_one_substance_and_of_incidents_of_any_kind(commune):
    seized(commune, an_incident(commune), 985_600)
    seized(commune, an_incident(commune, IncidentKind.OTHER), 400)
    seized(commune, an_incident(commune), 90_000, Substance.HEROIN)
    seized(commune, an_incident(commune, occurred_on=date(2026, 7, 31)), 90_000)
    assert counted(commune)["seizures.methamphetamine_g"] == 986


def test_losses_count_with_their_kind_of_incident_and_motorbikes_as_far_as_they_were_damaged(commune):
    traffic = an_incident(commune, IncidentKind.TRAFFIC, deaths=1, injured=2, property_vnd=9)
    for kind, quantity, harm in (
        (VehicleKind.MOTORBIKE, 2, Harm.DAMAGED), (VehicleKind.MOTORBIKE, 1, Harm.DESTROYED),
        (VehicleKind.MOTORBIKE, 4, Harm.NONE), (VehicleKind.TRUCK, 8, Harm.DAMAGED),
    ):  # fmt: skip
        a_line(commune, IncidentVehicle, traffic, kind=kind, quantity=quantity, harm=harm)
    an_incident(commune, IncidentKind.FIRE, property_vnd=85_000_000, injured=3)
    an_incident(commune, IncidentKind.FIRE)  # nobody valued it yet
    an_incident(commune, IncidentKind.LABOUR, deaths=1)
    assert counted(commune) == {
        "traffic.cases": 1, "traffic.deaths": 1, "traffic.injured": 2, "traffic.motorbikes_damaged": 3,
        "fire.cases": 2, "fire.property_loss_vnd": 85_000_000, "labour.cases": 1, "labour.deaths": 1,
    }  # fmt: skip


def test_what_the_commune_beside_writes_down_and_what_was_only_seen_is_none_of_ours(commune, neighbour, browse_as):
    an_incident(neighbour)
    browse_as(commune.officer).post("/observations/new", data={**TYPED, "happened_on": "12/08/2026"})
    assert counted(commune) == {}


def test_a_tip_counts_by_the_day_on_which_it_came_and_by_its_present_assessment(commune):
    a_tip(commune, received_on=LAST, assessment="valuable", assessed_on=DAY_AFTER)
    a_tip(commune, received_on=DAY_AFTER, assessment="valuable", assessed_on=DAY_AFTER)
    a_tip(commune)
    a_tip(commune, assessment="not_valuable", assessed_on=LAST)
    void(commune, a_tip(commune, assessment="valuable", assessed_on=LAST))
    assert counted(commune) == {"tips.valuable": 1}


def test_a_box_counts_in_the_period_in_which_it_was_put_up_even_if_it_is_gone(commune):
    a_box(commune, installed_on=FIRST, removed_on=date(2026, 8, 9))
    a_box(commune, place_kind="police_station", village_id=None, installed_on=LAST)
    a_box(commune, place_kind="other", installed_on=LAST)
    a_box(commune, installed_on=DAY_AFTER)
    void(commune, a_box(commune))
    assert counted(commune) == {
        "tip_boxes.installed": 3, "tip_boxes.installed_village_halls": 1, "tip_boxes.installed_police_station": 1,
    }  # fmt: skip
