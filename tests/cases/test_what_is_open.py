"""What the page of a case and the sheet for its person tell of what is open: above all of what is past its day."""

import re
from datetime import date

import pytest

from portal.cases.models import CaseType
from portal.engine import clock
from tests.builders import a_case

DECEMBER = date(2026, 12, 9)  # the window for December closed on the 5th
SENT = {"month": "2026-12-01", "received_on": "09/12/2026", "channel": "in_person"}


def on(day):
    return clock.telling(clock.moment(day))


def marks_of(page):
    """The table of marks, without what happened."""
    return page.text.split('id="marks"')[1].split("</section>")[0]


def filled(page):
    return re.findall(r'<a class="btn btn-main" href="[^"]*">([^<]*)</a>', page.text)


def test_a_report_that_was_not_handed_in_stays_among_the_marks_and_says_how_late_it_is(commune, browse_as):
    case = a_case(commune)
    with on(DECEMBER):
        page = browse_as(commune.officer).get(f"/cases/{case.id}")
    row = next(row for row in marks_of(page).split("<tr>") if "for 12/2026" in row and "elf-report" in row)
    assert "05/12/2026" in row
    assert "overdue by 4 days" in row
    assert "shape-overdue" in row


def test_a_duty_that_no_day_of_the_law_tells_is_a_mark_as_well(commune, browse_as):
    case, officer = a_case(commune), browse_as(commune.officer)
    officer.post(f"/cases/{case.id}/measure", data={"kind": "work", "given_on": "12/11/2026", "given_by": "Hội Phụ nữ"})
    marks = marks_of(officer.get(f"/cases/{case.id}"))
    assert "Result of help after 3 months" in marks
    assert "12/02/2027" in marks


def test_of_what_the_law_asks_for_every_month_only_the_next_time_is_a_mark(commune, browse_as):
    case = a_case(commune)
    with on(date(2026, 11, 28)):
        marks = marks_of(browse_as(commune.officer).get(f"/cases/{case.id}"))
    assert "Assess the month for 11/2026" in marks
    assert "Assess the month for 12/2026" not in marks


def test_the_sheet_begins_with_what_the_person_has_not_handed_in(commune, browse_as):
    case = a_case(commune, "Hồ Công Nghị")
    with on(DECEMBER):
        text = browse_as(commune.officer).get(f"/cases/{case.id}/sheet").text
    assert "Information sheet: Hồ Công Nghị" in text
    duties = text.split('id="duties"')[1].split("<li>")
    late = next(number for number, row in enumerate(duties) if "05/12/2026" in row and "elf-report" in row)
    coming = [number for number, row in enumerate(duties) if "/01/2027" in row]
    assert "overdue by 4 days" in duties[late]
    assert late < min(coming)


def test_the_sheet_of_somebody_back_from_prison_names_the_cleared_record_as_a_right_and_its_day_as_an_estimate(
    commune, browse_as
):
    case = a_case(commune, type=CaseType.REINTEGRATION)
    text = browse_as(commune.officer).get(f"/cases/{case.id}/sheet").text
    right = text.split('id="cleared"')[1].split("</section>")[0]
    assert f"{case.last_day.due_on:%d/%m/%Y}" in right
    assert "(estimated)" in right
    assert "decides" in right
    assert 'id="cleared"' not in browse_as(commune.officer).get(f"/cases/{a_case(commune).id}/sheet").text


def test_the_sheet_of_a_managed_person_tells_duties_the_next_visit_and_the_hours_of_a_move(commune, browse_as):
    days = {"starts_on": date(2026, 8, 15), "received_on": date(2026, 8, 14), "term_months": 12}
    case = a_case(commune, type=CaseType.DRUG_USER_MANAGEMENT, **days)
    text = browse_as(commune.officer).get(f"/cases/{case.id}/sheet").text
    always = text.split('id="always"')[1].split("</section>")[0]
    for duty in ("Tell the truth about drugs", "whenever a test is asked", "promised in writing", "away from home",
                 "before you move", "within 24 hours"):  # fmt: skip
        assert duty in always
    assert "look whether you live where you said" in text.split('id="duties"')[1]
    assert "15/08/2027" in text
    assert 'id="always"' not in browse_as(commune.officer).get(f"/cases/{a_case(commune).id}/sheet").text


def test_the_filled_button_asks_for_what_is_due_and_where_nothing_is_for_a_visit(commune, browse_as):
    case = a_case(commune, helper="helper", received_on=date(2026, 3, 2), starts_on=date(2026, 2, 15))
    with on(DECEMBER):
        assert set(filled(browse_as(commune.officer).get(f"/cases/{case.id}"))) == {"Record a roll-call"}
    managed = a_case(commune, "A Yui", type=CaseType.DRUG_USER_MANAGEMENT, term_months=12)
    assert set(filled(browse_as(commune.officer).get(f"/cases/{managed.id}"))) == {"Record a visit or call"}


def test_after_a_self_report_the_page_says_its_month_how_late_it_was_and_when_the_next_is_due(commune, browse_as):
    case = a_case(commune)
    with on(DECEMBER):
        officer = browse_as(commune.officer)
        told = officer.post(f"/cases/{case.id}/check-in", data=SENT, follow_redirects=True).text
    strip = told.split("data-flashed")[1].split("</header>")[0]
    assert "Self-report for 12/2026 handed in, 4 days late" in strip
    assert "The next one is due from 01/01/2027 to 05/01/2027." in strip


@pytest.mark.parametrize(
    ("type_", "offence", "completion"),
    [
        (CaseType.SUSPENDED_SENTENCE, "Offence", "Propose completion"),
        (CaseType.DRUG_USER_MANAGEMENT, "Act", "Propose to end the management"),
    ],
)
def test_a_case_speaks_of_what_it_is_and_of_a_sentence_only_where_there_is_one(
    commune, browse_as, type_, offence, completion
):
    case = a_case(commune, type=type_, term_months=12, offence="Lời ghi")
    page = browse_as(commune.officer).get(f"/cases/{case.id}").text
    assert f"<dt>{offence}</dt>" in page
    assert completion in page
    assert ("Legal calendar" in page) is (type_ is CaseType.SUSPENDED_SENTENCE)
