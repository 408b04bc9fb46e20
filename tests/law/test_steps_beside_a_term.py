"""Steps that do not follow from the term: moves, absences, work for the community, unknown years, bans."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from fractions import Fraction

import pytest

from portal.law import (
    community_work,
    conditional_release,
    deadlines,
    drug_use,
    moving,
    non_custodial_reform,
    reintegration,
    residence_ban,
    residence_supervision,
    suspended_sentence,
)
from portal.law.community_work import Exemption
from portal.law.drug_use import StopGround
from portal.law.residence_supervision import Reach
from portal.law.rule import Cut, Term

D = date
BEFORE, SINCE = D(2026, 6, 30), D(2026, 7, 1)


def test_a_move_runs_on_two_clocks_that_of_the_old_commune_and_that_of_the_new():
    table = suspended_sentence.PARAMETERS
    old, new = moving.both_clocks("SS-MOVE", D(2026, 10, 2), D(2026, 10, 6), table)
    assert (old.rule, old.period, old.due_on) == ("SS-MOVE", "handover", D(2026, 10, 7))
    assert (new.rule, new.due_on) == ("COM-ASSIGN-OFFICER", D(2026, 10, 9))
    assert len(moving.both_clocks("SS-MOVE", D(2026, 10, 2), None, table)) == 1
    assert len(moving.both_clocks("SS-MOVE", D(2026, 6, 25), BEFORE, table)) == 1


@pytest.mark.parametrize("law", [suspended_sentence, conditional_release])
def test_a_step_that_waits_for_another_says_so(law):
    notes = [bool(due.note) for due in law.residence_change(D(2026, 10, 1)) if due.period]
    assert notes == [False, True, True, True]


@pytest.mark.parametrize("law", [suspended_sentence, conditional_release])
@pytest.mark.parametrize("other_province", [True, False])
def test_no_step_until_the_decision_ends_after_all_of_them_together_and_the_hand_over_follows_it(law, other_province):
    dues = law.residence_change(D(2026, 11, 30), other_province=other_province)
    by = {due.period: due.due_on for due in dues}
    examined = "other_province" if other_province else "same_province"
    assert by[""] == D(2026, 12, 15)
    assert by["report"] == D(2026, 12, 3)
    assert by[examined] == (D(2026, 12, 14) if other_province else D(2026, 12, 10))
    assert by["decide"] == D(2026, 12, 15)
    assert by["handover"] == D(2026, 12, 18)
    (decide,) = (due for due in dues if due.period == "decide")
    assert (decide.note == moving.NOT_LATER) is other_province


@pytest.mark.parametrize(("days", "needed"), [(1, True), (2, True)])
def test_a_permit_is_needed_from_one_day_on(days, needed):
    leaves_on = D(2026, 10, 1)
    assert suspended_sentence.needs_permit(leaves_on, leaves_on + timedelta(days=days - 1)) is needed
    no_day = suspended_sentence.PARAMETERS.choosing("same_day_absence", "no_day")
    assert not suspended_sentence.needs_permit(leaves_on, leaves_on, no_day)


def test_on_an_absence_the_person_reports_there_and_brings_back_the_confirmation_and_a_report():
    days = [(due.rule, due.period, due.due_on) for due in suspended_sentence.on_the_way(D(2026, 10, 1), D(2026, 10, 9))]
    assert days == [
        ("SS-ABSENCE-CHECKIN", "", D(2026, 10, 1)),
        ("SS-ABSENCE-CHECKIN", "return", D(2026, 10, 9)),
        ("SS-REPORT-MONTHLY", "", D(2026, 10, 9)),
    ]
    assert conditional_release.report_after_absence(D(2026, 10, 9)).rule == "PAR-REPORT-MONTHLY"


def test_in_a_reform_no_report_is_owed_where_absences_cover_its_days():
    term, excused = Term(D(2026, 1, 15), 18, D(2026, 1, 20)), non_custodial_reform.excused
    owed = {due.rule: due for due in non_custodial_reform.monthly(term, D(2026, 10, 1))}
    report, roll_call = owed["COM-SELF-REPORT"], owed["COM-ROLLCALL"]
    assert excused(report, [(D(2026, 9, 28), D(2026, 10, 5))]).rule == "NCR-REPORT-MONTHLY"
    assert excused(report, [(D(2026, 9, 28), D(2026, 10, 2)), (D(2026, 10, 3), D(2026, 10, 9))])
    assert excused(report, [(D(2026, 9, 28), D(2026, 10, 4))]) is None
    assert excused(report, []) is None
    assert excused(roll_call, [(D(2026, 9, 28), D(2026, 10, 5))]) is None


@pytest.mark.parametrize(
    ("amount", "allowed"), [(399_999, False), (400_000, True), (1_600_000, True), (1_600_001, False)]
)
def test_from_5_to_20_percent_of_the_income_are_deducted(amount, allowed):
    assert (community_work.refuse_deduction(amount, 8_000_000, SINCE) == []) is allowed


def test_a_deduction_that_the_judgment_waives_is_nothing():
    assert community_work.refuse_deduction(0, 8_000_000, SINCE, waived=True) == []
    assert community_work.refuse_deduction(1, 8_000_000, SINCE, waived=True)[0].rule == "NCR-DEDUCT"


def test_the_limits_of_a_deduction_are_whole_dong_within_the_shares():
    assert community_work.deduction_limits(1_000_001, SINCE) == (50_001, 200_000)


def test_work_for_the_community_lasts_four_hours_on_five_days_of_a_week():
    monday = D(2026, 10, 5)
    week = {monday + timedelta(days=number): 4 for number in range(5)}
    assert community_work.refuse_timesheet(week) == []
    (long_day,) = community_work.refuse_timesheet({**week, monday: Fraction(9, 2)})
    assert long_day.numbers == {"day": monday, "asked": "9/2", "limit": 4}
    (long_week,) = community_work.refuse_timesheet({**week, D(2026, 10, 10): 1})
    assert long_week.numbers == {"week": monday, "asked": 6, "limit": 5}
    assert community_work.refuse_timesheet({**week, D(2026, 10, 10): 0, D(2026, 10, 12): 4}) == []


@pytest.mark.parametrize("reason", Exemption)
def test_five_reasons_exempt_from_work_for_the_community(reason):
    assert community_work.exempt(SINCE, frozenset({reason})).rule == "NCR-COMMUNITY-WORK"
    assert community_work.exempt(SINCE, frozenset()) is None


def test_loss_of_work_is_reported_and_answered_in_three_times_three_working_days():
    steps = community_work.jobless(D(2026, 10, 2))
    assert [due.due_on for due in steps] == [D(2026, 10, 7), D(2026, 10, 12), D(2026, 10, 15)]
    assert [due.owner for due in steps] == ["police_officer", "commune_leader", "police_officer"]


def test_the_court_sits_on_the_waiver_of_the_rest_within_fifteen_days():
    assert non_custodial_reform.exemption(D(2026, 10, 2)).due_on == D(2026, 10, 19)  # 17/10 is a Saturday


@pytest.mark.parametrize("law", [residence_supervision, residence_ban])
def test_after_a_waiver_the_file_goes_within_three_days_of_the_decision(law):
    term = Term(D(2025, 9, 1), 24, D(2025, 9, 3), cuts=(Cut(D(2026, 10, 5), 11),))
    handed = next(due for due in law.calendar(term) if due.rule.endswith("HANDOVER") and not due.period)
    assert law.last_day(term).due_on == D(2026, 10, 5)
    assert (handed.due_on, handed.inputs["counted_from"]) == (D(2026, 10, 8), D(2026, 10, 5))
    assert law.supervision(term).hand_over_on == D(2026, 10, 5)  # no later than the term itself
    printed = replace(term, cuts=(Cut(D(2026, 10, 5), 10, D(2026, 10, 7)),))
    handed = next(due for due in law.calendar(printed) if due.rule.endswith("HANDOVER") and not due.period)
    assert handed.due_on == D(2026, 10, 8)


def test_the_agency_opened_its_file_within_five_working_days_until_june_2026():
    for law in (residence_supervision, residence_ban):
        assert law.file_of_agency(D(2026, 1, 12)).due_on == D(2026, 1, 19)
        assert law.file_of_agency(D(2026, 7, 13)) is None


def test_a_visit_to_a_banned_place_needs_the_consent_of_that_commune():
    assert residence_ban.refuse_visit(D(2026, 9, 7), consented=True) == []
    assert [one.rule for one in residence_ban.refuse_visit(D(2026, 9, 7), consented=False)] == ["RB-VISIT"]
    assert residence_ban.duties(D(2026, 9, 7)).rule == "RB-DUTIES"


def test_days_away_without_permission_move_the_end_of_a_residence_supervision():
    away = residence_supervision.days_not_served(D(2026, 10, 1), D(2026, 10, 12))
    term = Term(D(2026, 8, 20), 36, D(2026, 8, 20))
    assert away == 12
    assert residence_supervision.last_day(replace(term, credit_days=-away)).due_on == D(2029, 9, 1)


def test_how_far_a_leave_goes_decides_who_permits_it():
    found = [residence_supervision.leave_permitted_by(D(2024, 5, 2), reach).actor for reach in Reach]
    assert found == ["commune_leader", "district_agency", "provincial_agency"]


def test_the_province_hands_over_who_is_released_to_residence_supervision():
    assert residence_supervision.on_release(SINCE).rule == "RS-RECEIVE"
    assert residence_supervision.on_release(BEFORE) is None


def test_in_a_year_without_a_table_the_earliest_day_is_told_with_the_reason_and_not_confirmed():
    due = deadlines.after(suspended_sentence.PARAMETERS, "SS-SUMMON", D(2027, 12, 30))
    assert (due.due_on, due.confirmed) == (D(2028, 1, 4), False)
    assert (due.note, due.note_values) == (deadlines.UNKNOWN_YEAR, {"year": 2028})


# Drug users


@pytest.mark.parametrize(("day", "count"), [(BEFORE, 0), (SINCE, 6)])
def test_whom_to_test_is_written_down_since_2026(day, count):
    assert len(drug_use.whom_to_test(day)) == count
    assert drug_use.PARAMETERS.on(day)["DRU-TEST"].count == (6 if count else 9)


def test_who_refuses_a_test_is_escorted_since_2026_and_who_has_no_home_is_examined_first():
    for ask in (drug_use.refused_test, drug_use.without_home):
        assert ask(BEFORE) is None
        assert ask(SINCE).confirmed


def test_new_use_within_the_year_brought_a_new_year_and_brings_an_examination_since_2026():
    assert drug_use.reuse(BEFORE, addicted=False).message == drug_use.NEW_YEAR
    since = drug_use.reuse(SINCE, addicted=None)
    assert (since.message, since.confirmed) == (drug_use.DETERMINE, False)
    assert drug_use.reuse(SINCE, addicted=True).message == drug_use.ADDICTED_STOP
    assert drug_use.reuse(D(2021, 12, 31), addicted=False) is None


def test_the_act_of_2025_drops_the_education_in_the_commune_and_adds_a_long_custody():
    one_each = set(StopGround) - {StopGround.CLOSED_SCHOOL, StopGround.DEAD_OR_MISSING}
    assert drug_use.stop_grounds(BEFORE) == one_each - {StopGround.CUSTODY}
    assert drug_use.stop_grounds(SINCE) == one_each - {StopGround.COMMUNE_EDUCATION}
    assert drug_use.stop_grounds(D(2021, 12, 31)) == frozenset()
    assert drug_use.refuse_stop(BEFORE, StopGround.COMMUNE_EDUCATION) == []
    (refusal,) = drug_use.refuse_stop(SINCE, StopGround.COMMUNE_EDUCATION)
    assert (refusal.rule, refusal.numbers) == ("DRU-STOP", {"day": SINCE})


@pytest.mark.parametrize("day", [BEFORE, SINCE])
def test_who_was_managed_to_the_end_leaves_the_list_that_day(day):
    due = drug_use.off_the_list(day)
    assert (due.due_on, due.rule) == (day, "DRU-END")


def test_the_monthly_check_of_residence_is_confirmed_only_under_the_act_of_2021():
    table = drug_use.PARAMETERS
    assert [table.on(day)["DRU-CONTACT"].confirmed for day in (BEFORE, SINCE)] == [True, False]


def test_the_hours_of_a_move_go_on_through_days_off():
    due = drug_use.arrival(datetime(2026, 8, 29, 23, 0))  # noqa: DTZ001  a Saturday, by the commune's own clock
    assert due.due_at.isoformat() == "2026-08-30T23:00:00"


def test_the_clocks_of_a_move_are_those_of_the_regime_and_of_the_day():
    ban, after_prison = residence_ban.PARAMETERS, reintegration.PARAMETERS
    assert moving.clocks(D(2026, 10, 2), None, ban) == []  # its law sets no days for the hand-over
    assert [due.rule for due in moving.clocks(D(2026, 10, 2), D(2026, 10, 6), ban)] == ["COM-ASSIGN-OFFICER"]
    taken_on = moving.clocks(None, D(2026, 10, 6), after_prison)
    assert [(due.rule, due.due_on) for due in taken_on] == [("REI-TRANSFER", D(2026, 10, 13))]
    assert moving.clocks(D(2026, 6, 25), BEFORE, ban) == []  # before the decree nobody is told by when


def test_residence_supervision_is_not_left_and_every_other_sentence_may_be():
    forbidden = moving.refuse_leaving(D(2026, 10, 2), residence_supervision.PARAMETERS)
    assert [(one.rule, "Điều 43" in one.source) for one in forbidden] == [("RS-TERM", True)]
    assert moving.refuse_leaving(D(2026, 10, 2), suspended_sentence.PARAMETERS) == []


def test_the_last_assessment_covers_until_the_file_was_handed_over_and_is_due_on_that_day():
    term = Term(D(2024, 12, 5), 24, D(2025, 1, 6), handed_over_on=D(2026, 11, 23))
    november = [due for due in suspended_sentence.monthly(term, D(2026, 11, 1)) if due.rule == "COM-ASSESS-MONTHLY"]
    assert [(due.due_on, due.inputs["covers_to"]) for due in november] == [(D(2026, 11, 23), D(2026, 11, 23))]
    december = suspended_sentence.monthly(term, D(2026, 12, 1))
    assert "COM-ASSESS-MONTHLY" not in {due.rule for due in december}
