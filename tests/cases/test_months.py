"""For which months something is recorded: exactly those for which the law asks, and of any other it is said why not."""

import re
from datetime import date

import pytest

from portal.cases.actions import record_assessment, record_check_in, record_roll_call
from portal.cases.models import Assessment, CaseType, CheckIn, Rating, RollCall
from portal.duties.models import Duty
from portal.duties.queries import still_open
from portal.engine import clock
from portal.engine.db import db
from portal.engine.refusal import Misfit, Refused
from portal.engine.transaction import transaction
from tests.builders import a_case, an_absence

OLD = {"received_on": date(2026, 4, 10), "starts_on": date(2026, 4, 1)}  # before roll-calls were asked for
LONG_AGO = {"received_on": date(2025, 1, 9), "starts_on": date(2025, 1, 1)}
RESIDENCE = CaseType.RESIDENCE_SUPERVISION


def offered(page):
    """The months of the list, and the one that stands chosen."""
    options = re.findall(r"<option (selected )?value=\"(20[^\"]*)\"", page.text)
    return [value for _chosen, value in options], next((value for chosen, value in options if chosen), "")


def opened(browse_as, commune, case, page, month=""):
    return browse_as(commune.officer).get(f"/cases/{case.id}/{page}" + (f"?month={month}" if month else ""))


def recorded(case):
    db.session.rollback()
    return db.session.scalars(db.select(CheckIn).where(CheckIn.case_id == case.id)).all()


@pytest.mark.parametrize(
    ("page", "facts", "months"),
    [
        ("check-in", {}, ["2026-08-01", "2026-09-01", "2026-10-01", "2026-11-01"]),  # received within July
        ("roll-call", OLD, ["2026-07-01", "2026-08-01", "2026-09-01", "2026-10-01", "2026-11-01"]),
        ("check-in", {"received_on": date(2026, 9, 1)}, ["2026-09-01", "2026-10-01", "2026-11-01"]),
        ("check-in", {"type": RESIDENCE}, ["2026-08-01", "2026-09-01", "2026-10-01", "2026-11-01"]),
        ("assessment", {}, ["2026-07-01", "2026-08-01", "2026-09-01", "2026-10-01"]),
    ],
)
def test_the_months_that_are_offered_are_those_for_which_the_law_asks(commune, browse_as, page, facts, months):
    case = a_case(commune, **facts)
    assert offered(opened(browse_as, commune, case, page)) == (months, months[-1])


@pytest.mark.parametrize(
    ("page", "facts", "month", "why"),
    [
        ("check-in", {}, "2026-07", "The supervision began within 07/2026; the law asks for it from 08/2026 on."),
        ("check-in", {}, "2026-05", "05/2026 lies before the supervision began."),
        ("check-in", {}, "2026-12", "12/2026 has not begun yet."),
        ("check-in", {}, "2020-01", "01/2020 lies more than a year back"),
        ("check-in", {}, "tháng trước", "There is no such month."),
        ("check-in", {"term_months": 2}, "2026-10", "10/2026 lies after the end of the term."),
        ("roll-call", OLD, "2026-06", "The law does not ask for it in 06/2026."),
    ],
)
def test_a_month_that_is_not_asked_for_is_told_in_words_and_no_other_stands_chosen(
    commune, browse_as, page, facts, month, why
):
    case = a_case(commune, **facts)
    shown = opened(browse_as, commune, case, page, month)
    assert shown.status_code == 200
    assert why in shown.text
    assert offered(shown)[1] == ""
    assert "selected" not in shown.text or '<option selected value="">' in shown.text


def test_a_month_that_is_recorded_already_is_told_and_no_other_stands_chosen(commune, browse_as):
    case, officer = a_case(commune), browse_as(commune.officer)
    officer.post(f"/cases/{case.id}/check-in", data={"month": "2026-10-01", "received_on": "04/11/2026"} | HOW)
    shown = officer.get(f"/cases/{case.id}/check-in?month=2026-10")
    assert "10/2026 is recorded already." in shown.text
    assert offered(shown) == (["2026-08-01", "2026-09-01", "2026-11-01"], "")


HOW = {"channel": "in_person"}


def permitted(commune, case, leaves_on, returns_on):
    """An absence that was permitted in its time."""
    absence = an_absence(commune, case, leaves_on, returns_on)
    with transaction(commune.leader):
        absence.state = "approved"
    return absence


def owed_reports(case):
    """The months of which the self-report is still asked for."""
    db.session.expire_all()
    asked = db.select(Duty.key).where(Duty.case_id == case.id, Duty.rule == "COM-SELF-REPORT", still_open())
    return set(db.session.scalars(asked))


@pytest.mark.parametrize(
    ("type", "owed"), [(CaseType.NON_CUSTODIAL_REFORM, False), (CaseType.SUSPENDED_SENTENCE, True)]
)
def test_in_a_reform_no_report_is_asked_for_of_days_of_a_permitted_absence(commune, browse_as, type, owed):
    case = a_case(commune, type=type)
    assert "2026-10" in owed_reports(case)
    permitted(commune, case, date(2026, 9, 28), date(2026, 10, 6))
    assert ("2026-10" in owed_reports(case)) is owed
    months, _chosen = offered(opened(browse_as, commune, case, "check-in"))
    assert ("2026-10-01" in months) is owed
    sent = {"month": "2026-10-01", "received_on": "09/10/2026"} | HOW
    answer = browse_as(commune.officer).post(f"/cases/{case.id}/check-in", data=sent)
    assert (answer.status_code == 422) is not owed
    if not owed:
        assert "Not owed for days of a permitted absence." in answer.text
        assert "Điều 99 khoản 7" in answer.text


def test_a_report_of_which_one_day_lies_outside_the_absence_stays_owed(commune):
    case = a_case(commune, type=CaseType.NON_CUSTODIAL_REFORM)
    permitted(commune, case, date(2026, 9, 28), date(2026, 10, 4))
    assert "2026-10" in owed_reports(case)


@pytest.mark.parametrize(
    ("month", "why"),
    [("2026-07-01", "The supervision began within 07/2026"), ("2026-12-01", "12/2026 has not begun yet."),
     ("x", "There is no such month."), ("20261101", "There is no such month."), ("", "This is needed.")],
)  # fmt: skip
def test_a_month_that_is_not_asked_for_is_refused_at_its_field_with_the_reason(commune, browse_as, month, why):
    case, officer = a_case(commune), browse_as(commune.officer)
    sent = {"month": month, "received_on": "20/11/2026", "note": "Đến muộn"} | HOW
    answer = officer.post(f"/cases/{case.id}/check-in", data=sent)
    assert answer.status_code == 422
    assert why in answer.text
    assert "Đến muộn" in answer.text
    assert recorded(case) == []


DEEDS = {
    CheckIn: lambda case, month, on: record_check_in(case, month, on),
    RollCall: lambda case, month, on: record_roll_call(case, month, on, present=True),
    Assessment: lambda case, month, on: record_assessment(case, month, on, Rating.GOOD, "Tốt"),
}


@pytest.mark.parametrize(
    ("record", "facts", "month", "why"),
    [
        (CheckIn, {}, date(2026, 7, 1), "The supervision began within"),
        (CheckIn, {}, date(2026, 5, 1), "lies before the supervision began"),
        (CheckIn, {"term_months": 2}, date(2026, 10, 1), "lies after the end of the term"),
        (CheckIn, {"type": CaseType.REINTEGRATION}, date(2026, 10, 1), "not ask for it in a case of this type"),
        (CheckIn, LONG_AGO, date(2025, 9, 1), "lies more than a year back"),
        (Assessment, LONG_AGO | {"type": RESIDENCE}, date(2026, 4, 1), "please take the last month of it"),
        (RollCall, OLD, date(2026, 6, 1), "The law does not ask for it in"),
    ],
)  # fmt: skip
def test_no_deed_records_a_month_that_is_not_asked_for_whoever_calls_it(commune, record, facts, month, why):
    case = a_case(commune, **facts)
    with pytest.raises(Refused, match=why) as refused, transaction(commune.officer):
        DEEDS[record](case, month, date(2026, 11, 20))
    assert [one.field for one in refused.value.reasons if isinstance(one, Misfit)] == ["month"]
    db.session.rollback()
    assert db.session.scalars(db.select(record)).all() == []


@pytest.mark.parametrize("record", DEEDS)
def test_every_deed_records_the_months_that_its_form_offers(commune, record):
    case = a_case(commune)
    with transaction(commune.officer):
        for month in (date(2026, 8, 1), date(2026, 10, 1)):
            DEEDS[record](case, month, date(2026, 11, 20))
    assert [one.month for one in db.session.scalars(db.select(record))] == [date(2026, 8, 1), date(2026, 10, 1)]


def test_where_all_is_recorded_it_is_said_with_the_next_month_instead_of_an_empty_list(commune, browse_as):
    case, officer = a_case(commune, received_on=date(2026, 10, 20)), browse_as(commune.officer)
    officer.post(f"/cases/{case.id}/check-in", data={"month": "2026-11-01", "received_on": "03/11/2026"} | HOW)
    page = officer.get(f"/cases/{case.id}/check-in")
    assert "There is nothing to record now" in page.text
    assert "Whatever was asked for so far is recorded. The next one is due from 01/12/2026 to 05/12/2026." in page.text
    assert "<select" not in page.text
    empty = officer.post(f"/cases/{case.id}/check-in", data={"month": "", "received_on": "20/11/2026"} | HOW)
    assert empty.status_code == 422
    assert "The next one is due from 01/12/2026 to 05/12/2026." in empty.text


def test_before_the_first_month_the_form_says_from_when_it_is_asked_for(commune, browse_as):
    page = opened(browse_as, commune, a_case(commune, received_on=date(2026, 11, 10)), "check-in")
    assert "The supervision began within 11/2026; the law asks for it from 12/2026 on." in page.text
    assert "The next one is due from 01/12/2026 to 05/12/2026." in page.text


def test_a_case_of_which_the_law_never_asks_it_says_so(commune, browse_as):
    page = opened(browse_as, commune, a_case(commune, type=CaseType.REINTEGRATION), "check-in")
    assert "The law does not ask for it in a case of this type." in page.text


def test_a_month_in_which_the_case_was_suspended_is_not_asked_for(commune, browse_as):
    case = a_case(commune)
    for step, on in (("suspend", date(2026, 9, 2)), ("resume", date(2026, 10, 20))):
        with clock.telling(clock.moment(on)), transaction(commune.chief):
            case.workflow.take(step, case, commune.chief, "Đi chữa bệnh")
    shown = opened(browse_as, commune, case, "check-in", "2026-10")
    assert "The case was suspended in 10/2026." in shown.text
    assert offered(shown)[0] == ["2026-08-01", "2026-11-01"]


@pytest.mark.parametrize(("facts", "free"), [({}, False), (OLD, True)])
def test_the_rating_is_called_optional_only_where_the_month_may_go_without(commune, browse_as, facts, free):
    month = "2026-06" if free else ""
    page = opened(browse_as, commune, a_case(commune, **facts), "assessment", month).text
    label = re.search(r'<label for="rating">(.*?)</label>', page, re.DOTALL)[1]
    assert ("(optional)" in label) is free
    assert ("Months before July 2026 have no rating." in page) is free
