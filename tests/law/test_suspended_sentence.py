"""Suspended sentence (án treo): vectors T01, T08 to T15, T22, T30 and what must always hold."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from portal.law import suspended_sentence as regime
from portal.law.days import DAYS_OFF, add_months
from portal.law.days_off import entered
from portal.law.rule import Cut, Parameter, Term

D = date
TWO_YEARS = Term(starts_on=D(2025, 3, 10), months=24, received_on=D(2025, 3, 20))
FIVE_YEARS = Term(starts_on=D(2022, 3, 15), months=60, received_on=D(2022, 4, 1))
starts = st.dates(D(2020, 1, 1), D(2026, 12, 31))
lengths = st.integers(12, 60)


def due(dues, rule, period=""):
    """The day of the one due of a rule."""
    (found,) = [each for each in dues if each.rule == rule and each.period == period]
    return found


def absence(days, used=0, leaves_on=D(2026, 3, 1), **more):
    returns_on = leaves_on + timedelta(days=days - 1)
    return regime.refuse_absence(leaves_on, returns_on, 730, used, **more)


# The last day


def test_T01_two_years_from_10_march_2025_end_on_10_march_2027_after_730_days():
    assert regime.last_day(TWO_YEARS).due_on == D(2027, 3, 10)
    assert regime.term_days(TWO_YEARS) == 730


def test_T01_by_the_other_reading_the_term_ends_a_day_before_and_the_page_can_say_so():
    last = regime.last_day(TWO_YEARS)
    assert last.note_values == {"other": D(2027, 3, 9)}
    assert not last.confirmed
    other = regime.PARAMETERS.choosing("term_end", "START_DAY_COUNTED")
    assert regime.last_day(TWO_YEARS, other).due_on == D(2027, 3, 9)
    assert regime.term_days(TWO_YEARS, other) == 730


def test_the_day_printed_on_the_paper_wins_and_a_difference_is_told():
    last = regime.last_day(replace(TWO_YEARS, printed_ends_on=D(2027, 3, 9)))
    assert last.due_on == D(2027, 3, 9)
    assert last.note_values == {"printed": D(2027, 3, 9), "computed": D(2027, 3, 10)}
    assert last.confirmed


def test_a_printed_day_that_agrees_with_the_computed_one_needs_no_remark():
    assert regime.last_day(replace(TWO_YEARS, printed_ends_on=D(2027, 3, 10))).note == ""


def test_a_cut_decided_after_the_paper_shortens_the_printed_end():
    term = replace(TWO_YEARS, printed_ends_on=D(2027, 3, 10), cuts=(Cut(D(2026, 4, 1), 6),))
    assert regime.last_day(term).due_on == D(2026, 9, 10)


def test_the_end_printed_on_the_newest_decision_wins_over_the_first_paper():
    cut = Cut(D(2026, 4, 1), 6, printed_ends_on=D(2026, 9, 9))
    assert regime.last_day(replace(TWO_YEARS, printed_ends_on=D(2027, 3, 10), cuts=(cut,))).due_on == D(2026, 9, 9)


def test_a_probation_longer_than_the_law_knows_is_told_not_refused():
    last = regime.last_day(replace(TWO_YEARS, months=72))
    assert last.due_on == D(2031, 3, 10)
    assert last.note_values == {"least": 12, "most": 60, "months": 72}


def test_every_date_says_what_it_was_computed_from():
    assert regime.last_day(TWO_YEARS).inputs == {"starts_on": D(2025, 3, 10), "months": 24}


def test_T11_the_file_is_handed_over_three_days_before_and_the_alert_comes_on_the_friday():
    dues = regime.calendar(TWO_YEARS)
    hand_over = due(dues, "SS-HANDOVER")
    assert (hand_over.due_on, hand_over.alert_on) == (D(2027, 3, 7), D(2027, 3, 5))
    assert due(dues, "SS-CERT").due_on == D(2027, 3, 10)


def test_an_end_in_a_year_without_a_table_of_days_off_still_has_its_dates():
    hand_over = due(regime.calendar(replace(TWO_YEARS, months=60)), "SS-HANDOVER")
    assert (hand_over.due_on, hand_over.alert_on) == (D(2030, 3, 7), None)


# Absences


@pytest.mark.parametrize(("days", "used", "allowed"), [(60, 0, True), (61, 0, False), (3, 240, True), (4, 240, False)])
def test_T12_T13_an_absence_lasts_60_days_at_most_and_all_of_them_a_third_of_the_probation(days, used, allowed):
    assert (absence(days, used) == []) is allowed


def test_T12_sixty_days_from_1_march_end_on_29_april_both_days_counted():
    assert regime.refuse_absence(D(2026, 3, 1), D(2026, 4, 29), 730, 0) == []
    (refusal,) = regime.refuse_absence(D(2026, 3, 1), D(2026, 4, 30), 730, 0)
    assert refusal.numbers == {"limit": 60, "asked": 61}
    assert (refusal.rule, refusal.source) == ("SS-ABSENCE-EACH", "Luật THAHS 41/2019/QH14, Điều 92 khoản 1")
    assert refusal.confirmed


def test_T13_a_stay_in_hospital_with_papers_is_not_limited():
    assert absence(90, used=240, medical=True) == []


def test_nobody_leaves_the_country_during_the_term_not_even_for_treatment():
    assert [each.rule for each in absence(3, abroad=True)] == ["COM-NO-EXIT"]
    assert [each.rule for each in absence(3, abroad=True, medical=True)] == ["COM-NO-EXIT"]


def test_an_absence_takes_the_law_of_the_day_of_departure():
    assert absence(61, leaves_on=D(2026, 6, 30))[0].source == "Luật THAHS 41/2019/QH14, Điều 92 khoản 1"
    (refusal,) = absence(61, leaves_on=D(2026, 7, 1))
    assert (refusal.source, refusal.confirmed) == ("Luật THAHS 41/2019/QH14, Điều 92 khoản 1", False)


def test_a_limit_approved_later_holds_from_its_day_and_changes_nothing_before():
    amended = regime.PARAMETERS.amended(
        "SS-ABSENCE-EACH", Parameter(D(2026, 9, 1), 30, "Luật THAHS 127/2025/QH15, Điều 90")
    )
    assert absence(31, leaves_on=D(2026, 8, 31), parameters=amended) == []
    assert absence(31, leaves_on=D(2026, 9, 1), parameters=amended)[0].confirmed
    assert absence(31, leaves_on=D(2026, 9, 1)) == []


def test_leaving_and_returning_on_one_day_is_one_day_unless_the_policy_says_none():
    assert absence(1, used=243)[0].numbers == {"limit": 243, "together": 244}
    assert absence(1, used=243, parameters=regime.PARAMETERS.choosing("same_day_absence", "no_day")) == []


def test_a_return_before_the_departure_is_an_error_not_an_answer():
    with pytest.raises(ValueError):
        regime.refuse_absence(D(2026, 3, 2), D(2026, 3, 1), 730, 0)


def test_the_limits_that_the_page_shows_are_those_that_refuse():
    limits = regime.absence_limits(D(2026, 3, 1), 730)
    assert (limits.each, limits.total) == (60, 243)
    assert (limits.each_rule.rule, limits.total_rule.rule) == ("SS-ABSENCE-EACH", "SS-ABSENCE-TOTAL")


def test_a_third_is_that_of_the_term_in_force_unless_the_policy_says_the_original():
    cut = replace(TWO_YEARS, cuts=(Cut(D(2026, 4, 1), 6),))
    assert regime.term_days(cut) == 549
    assert regime.term_days(cut, regime.PARAMETERS.choosing("third_of", "original_term")) == 730


@given(days=st.integers(1, 400), used=st.integers(0, 400), leaves_on=st.dates(D(2024, 1, 1), D(2028, 1, 1)))
def test_no_absence_is_refused_where_a_longer_one_is_allowed(days, used, leaves_on):
    assert absence(days + 1, used, leaves_on) or not absence(days, used, leaves_on)


@given(days=st.integers(1, 100), used=st.integers(0, 400), more=st.integers(1, 100))
def test_absences_used_up_never_raise_what_is_left(days, used, more):
    assert absence(days, used + more) or not absence(days, used)


# Shortening


def test_T14_half_of_two_years_is_served_after_one_and_three_quarters_after_18_months():
    dues = regime.calendar(TWO_YEARS)
    assert due(dues, "SS-SHORTEN-ELIG").due_on == D(2026, 3, 10)
    assert due(dues, "SS-SHORTEN-AMOUNT", "floor").due_on == D(2026, 9, 10)


def test_T14_counted_in_days_three_quarters_are_548_days():
    by_days = regime.PARAMETERS.choosing("floor_of_cut", "days")
    assert due(regime.calendar(TWO_YEARS, by_days), "SS-SHORTEN-AMOUNT", "floor").due_on == D(2026, 9, 9)


def test_T14_six_months_may_be_cut_in_all_though_one_cut_may_reach_twelve():
    limits = regime.cut_limits(TWO_YEARS, D(2026, 3, 10))
    assert (limits.least, limits.most, limits.earliest_end.due_on) == (1, 6, D(2026, 9, 10))


def test_T14_a_day_before_half_is_served_every_cut_is_refused():
    (refusal,) = regime.refuse_cut(TWO_YEARS, D(2026, 3, 9), 3)
    assert (refusal.rule, refusal.numbers) == ("SS-SHORTEN-ELIG", {"eligible_on": D(2026, 3, 10)})


@pytest.mark.parametrize(("months", "rules"), [(12, []), (13, ["SS-SHORTEN-AMOUNT"])])
def test_T15_the_first_round_of_five_years_may_cut_twelve_months(months, rules):
    assert [each.rule for each in regime.refuse_cut(FIVE_YEARS, D(2024, 9, 15), months)] == rules


@pytest.mark.parametrize(("months", "allowed"), [(3, True), (4, False)])
def test_T15_a_year_later_three_more_months_reach_the_floor_of_45(months, allowed):
    after_first = replace(FIVE_YEARS, cuts=(Cut(D(2024, 9, 15), 12),))
    assert (regime.refuse_cut(after_first, D(2025, 9, 15), months) == []) is allowed


def test_T15_a_second_round_in_the_same_year_is_refused():
    after_first = replace(FIVE_YEARS, cuts=(Cut(D(2024, 9, 15), 6),))
    (refusal,) = regime.refuse_cut(after_first, D(2024, 12, 1), 3)
    assert refusal.numbers == {"last_round": D(2024, 9, 15)}


def test_a_second_round_in_the_next_calendar_year_but_within_12_months_is_a_doubt_not_a_refusal():
    after_first = replace(FIVE_YEARS, cuts=(Cut(D(2024, 9, 15), 6),))
    assert regime.refuse_cut(after_first, D(2025, 3, 1), 3) == []
    assert [each.numbers for each in regime.doubts_about_cut(after_first, D(2025, 3, 1), 3)] == [
        {"last_round": D(2024, 9, 15)}
    ]
    strict = regime.PARAMETERS.choosing("once_a_year", "twelve_months")
    assert regime.refuse_cut(after_first, D(2025, 3, 1), 3, parameters=strict)
    assert regime.doubts_about_cut(after_first, D(2025, 9, 15), 3) == []


def test_a_last_month_may_be_waived_below_the_floor_only_with_a_reason():
    at_the_floor = replace(FIVE_YEARS, cuts=(Cut(D(2024, 9, 15), 15),))  # ends on 15/12/2025
    assert regime.refuse_cut(at_the_floor, D(2025, 11, 15), 1) == []
    assert [each.rule for each in regime.doubts_about_cut(at_the_floor, D(2025, 11, 15), 1)] == ["SS-SHORTEN-AMOUNT"]
    assert [each.rule for each in regime.refuse_cut(at_the_floor, D(2025, 11, 14), 1)] == ["SS-SHORTEN-AMOUNT"]
    refusing = regime.PARAMETERS.choosing("small_remainder", "refuse")
    assert regime.refuse_cut(at_the_floor, D(2025, 11, 15), 1, parameters=refusing) != []


def test_no_more_may_be_cut_than_is_left():
    assert regime.refuse_cut(TWO_YEARS, D(2027, 3, 10), 1) != []
    assert regime.refuse_cut(TWO_YEARS, D(2027, 2, 20), 1) == []
    assert regime.refuse_cut(TWO_YEARS, D(2027, 2, 20), 2) != []


def test_for_merit_or_a_terminal_illness_the_whole_rest_may_be_waived_once_half_is_served():
    assert regime.refuse_cut(TWO_YEARS, D(2026, 3, 10), 12) != []
    assert regime.refuse_cut(TWO_YEARS, D(2026, 3, 10), 12, special=True) == []
    assert regime.refuse_cut(TWO_YEARS, D(2026, 3, 9), 12, special=True) != []
    assert regime.refuse_cut(TWO_YEARS, D(2026, 3, 10), 13, special=True) != []


@given(start=starts, months=lengths, cut=st.integers(1, 12), wait=st.integers(0, 400))
def test_a_cut_that_is_not_refused_ends_earlier_but_never_below_the_floor(start, months, cut, wait):
    term = Term(start, months, start)
    decided_on = due(regime.calendar(term), "SS-SHORTEN-ELIG").due_on + timedelta(days=wait)
    strict = regime.PARAMETERS.choosing("small_remainder", "refuse")
    assume(not regime.refuse_cut(term, decided_on, cut, parameters=strict))
    shortened = regime.last_day(replace(term, cuts=(Cut(decided_on, cut),))).due_on
    assert add_months(start, -(-months * 3 // 4)) <= shortened < regime.last_day(term).due_on


@given(start=starts, months=lengths, cut=st.integers(1, 60), wait=st.integers(0, 3000))
def test_no_cut_whatever_it_is_ever_ends_later(start, months, cut, wait):
    term = Term(start, months, start)
    shortened = replace(term, cuts=(Cut(start + timedelta(days=wait), cut),))
    assert regime.last_day(shortened).due_on <= regime.last_day(term).due_on


# Reception and months


def test_T08_an_order_received_on_30_june_2026_follows_the_old_law_and_a_day_later_the_new_one():
    before, after = regime.reception(D(2026, 6, 30)), regime.reception(D(2026, 7, 1))
    assert due(before, "SS-SUMMON").due_on == D(2026, 7, 3)
    assert "COM-ASSIGN-OFFICER" not in {each.rule for each in before}
    assert due(after, "COM-ASSIGN-OFFICER").due_on == D(2026, 7, 6)
    assert "SS-FILE" not in {each.rule for each in after}


def test_T08_who_is_received_under_the_new_law_on_an_old_order_gets_the_new_steps():
    dues = regime.reception(D(2026, 6, 30), reception_on=D(2026, 7, 2))
    assert [each.rule for each in dues] == ["SS-SUMMON", "COM-HELPER-PROPOSE", "COM-RECEPTION-REPORT", "COM-PLAN"]


def test_T09_report_and_helper_three_working_days_after_the_reception_and_the_plan_after_five():
    dues = regime.reception(D(2026, 7, 1), reception_on=D(2026, 7, 9))
    assert due(dues, "COM-RECEPTION-REPORT").due_on == D(2026, 7, 14)
    assert due(dues, "COM-HELPER-PROPOSE").due_on == D(2026, 7, 14)
    assert due(dues, "COM-PLAN").due_on == D(2026, 7, 16)


def test_the_file_of_the_old_law_is_opened_seven_days_after_the_summons_and_rolls_past_days_off():
    assert due(regime.reception(D(2026, 3, 2), D(2026, 3, 5)), "SS-FILE").due_on == D(2026, 3, 12)
    assert due(regime.reception(D(2026, 4, 20), D(2026, 4, 24)), "SS-FILE").due_on == D(2026, 5, 4)


def test_until_the_reception_is_recorded_its_steps_count_from_the_receipt_and_say_so():
    plan = due(regime.reception(D(2026, 7, 1)), "COM-PLAN")
    assert (plan.due_on, bool(plan.note)) == (D(2026, 7, 8), True)


def test_T30_a_due_day_that_hangs_on_an_unknown_day_off_tells_both():
    summons = due(regime.reception(D(2026, 11, 20)), "SS-SUMMON")
    assert summons.due_on == D(2026, 11, 26)
    assert summons.note_values == {"unknown": D(2026, 11, 23), "later": D(2026, 11, 27)}
    confirmed = regime.PARAMETERS.counting(DAYS_OFF.with_year(2026, entered(2026, "23/11 24/11")))
    assert due(regime.reception(D(2026, 11, 20), parameters=confirmed), "SS-SUMMON").due_on == D(2026, 11, 27)


def test_T10_the_first_month_is_assessed_from_its_first_day_and_roll_calls_begin_in_the_next():
    term = Term(D(2026, 7, 9), 8, D(2026, 7, 9), printed_ends_on=D(2027, 3, 10))
    (july,) = regime.monthly(term, D(2026, 7, 1))
    assert (july.rule, july.due_on, july.period) == ("COM-ASSESS-MONTHLY", D(2026, 8, 5), "2026-07")
    assert july.inputs == {"covers_from": D(2026, 7, 9), "covers_to": D(2026, 7, 31)}
    august = regime.monthly(term, D(2026, 8, 20))
    assert due(august, "COM-ASSESS-MONTHLY", "2026-08").due_on == D(2026, 9, 5)  # a Saturday
    roll_call = due(august, "COM-ROLLCALL", "2026-08")
    assert (roll_call.opens_on, roll_call.due_on) == (D(2026, 8, 1), D(2026, 8, 5))


def test_T10_the_last_assessment_covers_the_days_until_the_file_is_handed_over():
    term = Term(D(2026, 7, 9), 8, D(2026, 7, 9), printed_ends_on=D(2027, 3, 10))
    last = due(regime.monthly(term, D(2027, 3, 1)), "COM-ASSESS-MONTHLY", "2027-03")
    assert (last.due_on, last.alert_on, last.inputs["covers_to"]) == (D(2027, 3, 7), D(2027, 3, 5), D(2027, 3, 7))
    assert regime.monthly(term, D(2027, 4, 1)) == []
    to_month_end = regime.PARAMETERS.choosing("last_assessment", "to_month_end")
    late = due(regime.monthly(term, D(2027, 3, 1), to_month_end), "COM-ASSESS-MONTHLY", "2027-03")
    assert (late.due_on, late.inputs["covers_to"]) == (D(2027, 4, 5), D(2027, 3, 10))


def test_a_month_whose_file_goes_before_the_fifth_of_the_next_is_assessed_by_then():
    term = replace(TWO_YEARS, printed_ends_on=D(2027, 3, 5))
    february = due(regime.monthly(term, D(2027, 2, 1)), "COM-ASSESS-MONTHLY", "2027-02")
    assert february.due_on == D(2027, 3, 2)


def test_june_2026_is_assessed_by_the_body_competent_in_july():
    june = due(regime.monthly(TWO_YEARS, D(2026, 6, 1)), "COM-ASSESS-MONTHLY", "2026-06")
    assert (june.due_on, june.source) == (D(2026, 7, 5), "Nghị định 231/2026/NĐ-CP, Điều 8 khoản 2")
    old_body = regime.PARAMETERS.choosing("turn_of_law", "body_of_the_month")
    assert "41/2019" in due(regime.monthly(TWO_YEARS, D(2026, 6, 1), old_body), "COM-ASSESS-MONTHLY", "2026-06").source


def test_running_cases_are_called_from_1_july_2026_and_never_before():
    assert "COM-ROLLCALL" not in {each.rule for each in regime.monthly(TWO_YEARS, D(2026, 6, 1))}
    assert "COM-ROLLCALL" in {each.rule for each in regime.monthly(TWO_YEARS, D(2026, 7, 1))}


def test_in_the_first_month_nothing_is_owed_after_the_1st_unless_the_policy_says_so():
    third = replace(TWO_YEARS, received_on=D(2025, 4, 3))
    assert "COM-SELF-REPORT" not in {each.rule for each in regime.monthly(third, D(2025, 4, 1))}
    first = replace(TWO_YEARS, received_on=D(2025, 4, 1))
    assert due(regime.monthly(first, D(2025, 4, 1)), "COM-SELF-REPORT", "2025-04").due_on == D(2025, 4, 5)
    days_left = regime.PARAMETERS.choosing("first_last_month", "days_left")
    report = due(regime.monthly(third, D(2025, 4, 1), days_left), "COM-SELF-REPORT", "2025-04")
    assert (report.opens_on, report.due_on) == (D(2025, 4, 3), D(2025, 4, 5))


def test_in_the_last_month_what_is_owed_is_due_on_the_last_day_at_the_latest():
    term = replace(TWO_YEARS, printed_ends_on=D(2027, 3, 2))
    report = due(regime.monthly(term, D(2027, 3, 1)), "COM-SELF-REPORT", "2027-03")
    assert report.due_on == D(2027, 3, 2)


def test_nothing_is_owed_after_a_case_has_ended():
    ended = replace(TWO_YEARS, ended_on=D(2026, 5, 20))
    assert regime.monthly(ended, D(2026, 6, 1)) == []
    assert regime.quarterly(ended, D(2026, 7, 1)) == []


def test_helpers_report_from_the_third_quarter_of_2026_on_in_the_first_days_of_the_next():
    assert regime.quarterly(TWO_YEARS, D(2026, 4, 1)) == []
    (report,) = regime.quarterly(TWO_YEARS, D(2026, 7, 1))
    assert (report.period, report.opens_on, report.due_on) == ("2026-Q3", D(2026, 10, 1), D(2026, 10, 5))
    assert (report.owner, report.confirmed) == ("team_member", False)
    (last,) = regime.quarterly(TWO_YEARS, D(2027, 1, 1))
    assert last.due_on == D(2027, 3, 10)


def test_T22_who_does_not_appear_has_seven_days_and_then_prison_is_proposed_within_three_working_days():
    appear, propose = regime.no_show(D(2025, 9, 3))
    assert (appear.due_on, propose.due_on) == (D(2025, 9, 10), D(2025, 9, 15))


def test_a_duty_of_the_person_that_ends_on_a_day_off_rolls_unless_the_policy_says_no():
    assert regime.no_show(D(2025, 9, 6))[0].due_on == D(2025, 9, 15)  # 13/9 is a Saturday
    staying = regime.PARAMETERS.choosing("person_deadline_roll", "no_roll")
    assert regime.no_show(D(2025, 9, 6), staying)[0].due_on == D(2025, 9, 13)


def test_T21_the_review_is_held_within_five_working_days_since_2026_and_had_no_limit_before():
    assert regime.review(D(2026, 10, 2)).due_on == D(2026, 10, 9)
    assert regime.review(D(2026, 6, 30)) is None


@given(received=st.dates(D(2023, 1, 3), D(2027, 11, 1)), later=st.integers(0, 20))
def test_no_step_of_the_reception_is_due_before_the_event_it_counts_from(received, later):
    dues = regime.reception(received, received + timedelta(days=later))
    assert dues
    assert all(each.due_on > each.inputs["counted_from"] for each in dues)


@given(start=starts, months=lengths, month=st.integers(0, 62))
def test_monthly_duties_lie_between_the_beginning_and_the_end(start, months, month):
    term = Term(start, months, start)
    last = regime.last_day(term).due_on
    for each in regime.monthly(term, add_months(start, month)):
        assert start <= each.opens_on <= each.due_on <= last


@given(start=starts, months=lengths)
def test_the_calendar_is_in_order_and_within_the_term(start, months):
    term = Term(start, months, start)
    days = [each.due_on for each in regime.calendar(term)]
    assert days == sorted(days)
    assert start < days[0] <= days[-1] == regime.last_day(term).due_on


@pytest.mark.parametrize(
    ("prison", "months", "rules"),
    [
        (12, 24, []),
        (3, 12, []),
        (36, 60, []),
        (12, 18, ["SS-TERM"]),
        (37, 60, ["SS-TERM"]),
        (40, 48, ["SS-TERM", "SS-TERM"]),
    ],
)
def test_a_probation_is_twice_the_prison_term_from_one_to_five_years_and_anything_else_is_told(prison, months, rules):
    assert [one.rule for one in regime.doubts_about_lengths(prison, months, D(2026, 7, 14))] == rules
