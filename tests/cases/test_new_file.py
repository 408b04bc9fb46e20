"""The form in which a file is written down: in steps, with what every file tells first and the rest folded."""

import re
from datetime import date

import pytest

from portal.cases.duties import of_case
from portal.cases.models import CaseType
from portal.engine.transaction import transaction
from portal.law.minors import JUVENILE_JUSTICE
from portal.proposals import actions
from tests.builders import a_case, a_person

STEPS = {
    "person": ("full_name birth_date birth_year national_id village_id", "sex phone address"),
    "judgment": ("type decision_on", "judgment_number judgment_on court offence prison_months"),
    "term": ("starts_on term_months detained_days printed_ends_on", ""),
    "receipt": ("received_on", "reception_on supervising_unit_id"),
    "paper": ("", "kept_from paper_report_on paper_assessed_on paper_rating"),
}


def steps_of(page):
    """By the id of each step, the names of its fields in view and of those that it folds, in the order of the page."""
    form = page[page.index('<fieldset class="section form-step"') : page.index('<div class="form-end">')]
    parts = form.split('<fieldset class="section form-step" aria-labelledby="')[1:]
    return {part.partition('"')[0]: tuple(" ".join(names(one)) for one in apart(part)) for part in parts}


def apart(part):
    before, _line, folded = part.partition("<details")
    return before, folded.partition("</details>")[0]


def names(text):
    return re.findall(r'<(?:input|select|textarea)\b[^>]* name="(\w+)"', text)


def folds_open(page):
    return re.findall(r'<details class="fold"( open)?>', page)


def test_a_new_file_asks_in_five_steps_for_what_every_file_tells_and_folds_the_rest(commune, browse_as):
    page = browse_as(commune.officer).get("/cases/new").text
    assert steps_of(page) == STEPS
    assert list(steps_of(page)) == list(STEPS)
    assert folds_open(page) == ["", "", "", ""]


def test_a_step_shows_what_it_folds_where_something_in_it_was_typed_or_is_wrong(commune, browse_as):
    officer = browse_as(commune.officer)
    page = officer.post("/cases/new", data={"court": "TAND khu vực 5", "reception_on": "hôm qua", "only": "dates"}).text
    assert folds_open(page) == ["", " open", " open", ""]


def test_the_summary_names_what_must_be_mended_from_the_top_of_the_page_to_its_end(commune, browse_as):
    wrong = {"type": "x", "phone": "chín", "starts_on": "mai", "court": "a" * 400, "received_on": ""}
    page = browse_as(commune.officer).post("/cases/new", data=wrong).text
    summary = re.search(r'<div class="summary".*?</div>', page, re.DOTALL)[0]
    told, order = re.findall(r'href="#(\w+)"', summary), " ".join(" ".join(both) for both in STEPS.values()).split()
    assert {"full_name", "phone", "type", "court", "starts_on", "term_months", "received_on"} <= set(told)
    assert told == sorted(told, key=order.index)


def test_a_draft_is_changed_in_the_same_steps(commune, browse_as):
    draft = a_case(commune, state="draft", officer=None)  # the chief's own
    page = browse_as(commune.chief).get(f"/cases/{draft.id}/edit").text
    assert steps_of(page) == STEPS
    assert folds_open(page) == [" open", " open", "", ""]


@pytest.mark.parametrize(("field", "means"), [
    ("starts_on", "Conditional release, reintegration: the release from prison."),
    ("term_months", "Reintegration: from the release until the criminal record is cleared."),
])  # fmt: skip
def test_start_and_length_of_the_term_say_what_they_mean_of_each_type(commune, browse_as, field, means):
    page = browse_as(commune.officer).get("/cases/new").text
    told = re.search(rf'<span class="help" id="{field}-help">([^<]*)</span>', page)
    assert told is not None
    assert means in told[1]


def test_the_form_speaks_of_no_sentence_where_it_may_be_about_somebody_who_serves_none(commune, browse_as):
    page = browse_as(commune.officer).get("/cases/new").text
    assert "Person managed" in page[page.index('<h2 id="person">') :][:200]


def test_the_computed_day_tells_the_other_reading_as_a_day_of_the_calendar(commune, browse_as):
    asked = {"only": "dates", "type": "suspended_sentence", "starts_on": "31/10/2026", "term_months": "24"}
    page = browse_as(commune.officer).post("/cases/new", data={**asked, "received_on": "10/11/2026"}).text
    other = re.search(r"by the other reading the last day is ([^<]*)\.", page)
    assert other is not None
    assert re.fullmatch(r"\d\d/\d\d/\d{4}", other[1])


UNUSUAL = "A prison term of 48 months is suspended"


def test_unusual_lengths_are_told_while_a_file_is_typed_on_its_draft_and_where_its_opening_is_decided(
    commune, browse_as
):
    officer = browse_as(commune.officer)
    typed = {
        "type": "suspended_sentence", "prison_months": "48", "term_months": "72", "starts_on": "14/07/2026",
        "received_on": "31/07/2026", "printed_ends_on": "14/07/2032", "only": "dates",
    }  # fmt: skip
    page = officer.post("/cases/new", data=typed).text
    assert UNUSUAL in page
    assert "belong 60 months of probation; the paper says 72" in page
    case = a_case(commune, state="draft", prison_months=48, term_months=72)
    assert UNUSUAL in officer.get(f"/cases/{case.id}").text
    with transaction(commune.officer):
        proposal = actions.propose_opening(case, None, "Bản án có hiệu lực", "Bản án ghi đúng 72 tháng")
    assert UNUSUAL in officer.get(f"/proposals/{proposal.id}").text
    assert UNUSUAL not in officer.get(f"/cases/{a_case(commune, state='draft').id}").text


def test_the_months_until_a_record_is_cleared_are_compared_with_the_prison_term(commune, browse_as):
    released = {"type": CaseType.REINTEGRATION, "state": "draft", "prison_months": 61}
    told, usual = (a_case(commune, term_months=months, **released) for months in (24, 36))
    officer = browse_as(commune.officer)
    assert "a record is cleared in 36 months; the file says 24" in officer.get(f"/cases/{told.id}").text
    assert "a record is cleared" not in officer.get(f"/cases/{usual.id}").text


def test_a_minors_case_is_checked_by_hand_on_its_page_in_the_list_and_as_a_duty(commune, browse_as):
    minor = a_case(commune, person=a_person(commune, birth_date=date(2010, 5, 10)))
    grown = a_case(commune, "Đào Công Sự", person=a_person(commune, "Đào Công Sự", birth_date=date(1990, 5, 10)))
    officer = browse_as(commune.officer)
    assert "juvenile justice changes the rules" in officer.get(f"/cases/{minor.id}").text
    assert "juvenile justice changes the rules" not in officer.get(f"/cases/{grown.id}").text
    assert officer.get("/cases/").text.count("minor, to be checked by hand") == 1
    owed = [one for one in of_case(minor) if one.rule == "MIN-2026"]
    assert [(one.owner_id, one.source) for one in owed] == [(commune.officer.id, JUVENILE_JUSTICE)]
    assert not [one for one in of_case(grown) if one.rule == "MIN-2026"]


def test_a_file_entered_long_after_its_receipt_says_of_each_first_step_why_nothing_is_owed(commune, browse_as):
    late = a_case(commune, received_on=date(2025, 7, 2), reception_on=date(2025, 7, 4), starts_on=date(2025, 6, 20))
    young = a_case(commune, "Đào Công Sự", reception_on=date(2026, 8, 3))
    officer = browse_as(commune.officer)
    assert "No duty: the file is kept here from" in officer.get(f"/cases/{late.id}").text
    assert "No duty: the file is kept here from" not in officer.get(f"/cases/{young.id}").text
