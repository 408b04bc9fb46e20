"""Rules of every sentence in the community that set no number: what they call for, and from when."""

from datetime import date, datetime

import pytest

from portal.law import common, community, competence, minors, prison_deferral, reintegration
from portal.law.community import ForeignerEvent, ReceptionItem
from portal.law.competence import competent, ends_drug_management
from portal.law.rule import NotInForceError

D = date
BEFORE, SINCE = D(2026, 6, 30), D(2026, 7, 1)


def test_the_supervision_starts_with_the_receipt_of_the_papers_since_2026():
    due = community.supervision_starts(D(2026, 7, 20))
    assert (due.due_on, due.kind, due.rule) == (D(2026, 7, 20), "start", "COM-START-DATE")
    assert community.supervision_starts(BEFORE) is None


@pytest.mark.parametrize(
    ("died_on", "to_prison_on", "ends_on", "told"),
    [
        (None, None, D(2027, 3, 10), ""),
        (D(2026, 12, 1), None, D(2026, 12, 1), community.ENDED_BY_DEATH),
        (None, D(2026, 11, 1), D(2026, 11, 1), community.LEFT_FOR_PRISON),
        (D(2026, 12, 1), D(2026, 11, 1), D(2026, 11, 1), community.LEFT_FOR_PRISON),
    ],
)
def test_the_supervision_ends_with_the_term_a_life_or_the_way_to_prison(died_on, to_prison_on, ends_on, told):
    due = community.supervision_ends(D(2027, 3, 10), died_on, to_prison_on)
    assert (due.due_on, due.note) == (ends_on, told)


def test_a_reception_holds_six_items_since_2026():
    assert len(community.missing_at_reception(SINCE, ())) == 6
    assert community.missing_at_reception(SINCE, set(ReceptionItem)) == []
    assert community.missing_at_reception(BEFORE, ()) == []
    (missing,) = community.missing_at_reception(SINCE, set(ReceptionItem) - {ReceptionItem.MINUTES})
    assert (missing.rule, missing.message) == ("COM-RECEPTION", community.RECEPTION_ITEMS[ReceptionItem.MINUTES])


def test_a_report_is_checked_when_it_is_received():
    assert community.check_report(D(2026, 8, 3)).due_on == D(2026, 8, 3)
    assert community.check_report(BEFORE) is None


@pytest.mark.parametrize(("rating", "count"), [("poor", 1), ("average", 1), ("fair", 0), ("good", 0), ("", 0)])
def test_who_is_rated_low_is_educated_individually(rating, count):
    assert len(community.education(SINCE, rating=rating)) == count
    assert community.education(BEFORE, rating=rating) == []


def test_newcomers_and_those_near_the_end_are_briefed():
    assert [one.message for one in community.education(SINCE, newcomer=True, near_end=True)] == [
        community.NEWCOMER,
        community.NEAR_END,
    ]


@pytest.mark.parametrize("event", ForeignerEvent)
def test_of_four_events_of_a_foreigner_the_ministry_is_told(event):
    assert community.foreigner(SINCE, event).numbers == {"event": event.value}
    assert community.foreigner(BEFORE, event) is None


def test_custody_keeps_the_file_open_and_prison_besides_pauses_what_is_owed():
    assert [one.rule for one in community.paused(SINCE, in_custody=True, prison_besides=True)] == [
        "COM-DETAINED",
        "CONCUR",
    ]
    assert [one.rule for one in community.paused(BEFORE, in_custody=True, prison_besides=True)] == ["CONCUR"]
    assert community.paused(SINCE) == []


def test_a_case_under_a_unit_of_the_army_is_only_followed():
    assert community.followed_only(SINCE).rule == "MIL"
    assert community.followed_only(BEFORE) is None


def test_an_event_is_in_the_national_database_after_24_hours():
    due = community.national_database(datetime(2026, 8, 14, 16, 30))  # noqa: DTZ001  the commune's own clock
    assert (due.due_at.isoformat(), due.source) == ("2026-08-15T16:30:00", "Nghị định 160/2026/NĐ-CP")
    assert community.national_database(datetime(2026, 6, 30, 16, 30)) is None  # noqa: DTZ001


def test_the_end_of_a_helpers_task_is_proposed_within_three_working_days_of_its_ground():
    assert common.helper_end(D(2026, 7, 14)).due_on == D(2026, 7, 17)
    assert common.helper_end(BEFORE) is None


def test_with_somebody_under_18_the_representative_is_summoned_and_confirms_until_16():
    born_on = D(2010, 5, 15)
    found = {day: minors.representative(born_on, day) for day in (D(2025, 5, 15), D(2026, 5, 15), D(2028, 5, 15))}
    assert [len(grounds) for grounds in found.values()] == [2, 1, 0]
    assert minors.representative(None, D(2026, 5, 15)) == []


def test_who_is_released_for_a_suspension_is_handed_to_the_family_at_once():
    assert prison_deferral.on_suspension(SINCE).rule == "DEF-ASSIGN"
    assert prison_deferral.on_suspension(BEFORE) is None


def test_a_released_person_is_met_on_presenting_and_a_reintegration_ends_for_six_grounds():
    assert reintegration.meeting(D(2026, 9, 14)).due_on == D(2026, 9, 14)
    assert reintegration.meeting(D(2024, 4, 30)) is None
    for ground in reintegration.EndGround:
        assert reintegration.end_ground(D(2026, 9, 14), ground).numbers == {"ground": ground.value}
    assert len(reintegration.EndGround) == 6


@pytest.mark.parametrize(
    ("key", "by_day"),
    [
        ("agency", {D(2025, 2, 28): "district_agency", D(2025, 3, 1): "provincial_agency"}),
        ("court", {D(2025, 6, 30): "district_court", D(2025, 7, 1): "regional_court"}),
        ("supervision", {BEFORE: "commune", SINCE: "commune_police"}),
        ("RS-LEAVE.district", {D(2024, 1, 1): "commune_leader", SINCE: "commune_leader"}),
        ("RS-LEAVE.province", {D(2025, 2, 28): "district_agency", D(2025, 3, 1): "provincial_agency"}),
        ("RS-LEAVE.beyond", {BEFORE: "provincial_agency", SINCE: "provincial_agency"}),
        ("SS-SUMMON", {D(2022, 5, 4): "district_agency", BEFORE: "provincial_agency", SINCE: "commune_police"}),
        ("NCR-SUMMON", {D(2022, 5, 4): "district_agency", BEFORE: "provincial_agency", SINCE: "commune_police"}),
        ("DRU-RESULT", {BEFORE: "commune_leader", SINCE: "police_chief"}),
        ("DRU-DECIDE", {BEFORE: "commune_leader", SINCE: "police_chief"}),
        ("DRU-TEAM", {BEFORE: "management_team", SINCE: "commune"}),
    ],
)
def test_who_is_competent_follows_the_day_of_the_act(key, by_day):
    for day, actor in by_day.items():
        assert competent(key, day).actor == actor
        assert actor in competence.ACTORS


def test_every_competence_names_its_source_and_begins_on_a_day_of_its_own():
    for versions in competence.COMPETENT.values():
        days = [since for since, _one in versions]
        assert days == sorted(set(days))
        assert all(one.source and one.actor in competence.ACTORS for _since, one in versions)
    with pytest.raises(NotInForceError):
        competent("agency", D(2019, 12, 31))


def test_who_permits_a_leave_must_be_confirmed_since_the_districts_ended():
    assert competent("RS-LEAVE.district", D(2025, 6, 30)).confirmed
    assert not competent("RS-LEAVE.district", D(2025, 7, 1)).confirmed


def test_a_chairs_decision_runs_on_after_june_2026_and_its_end_is_signed_by_the_chief_to_be_reviewed():
    old, new = D(2026, 3, 10), D(2026, 8, 15)
    for act in ("DRU-STOP", "DRU-END"):
        running = ends_drug_management(act, D(2026, 9, 1), decided_on=old)
        assert (running.actor, running.confirmed) == ("police_chief", False)
        assert ends_drug_management(act, D(2026, 9, 1), decided_on=new).confirmed
        before = ends_drug_management(act, BEFORE, decided_on=old)
        assert (before.actor, before.confirmed) == ("commune_leader", True)
