"""What a phone asks of people follows what befell them, and what became of a summons is written down without signal."""

from datetime import date, time, timedelta

import pytest

from portal.cases import actions
from portal.cases.actions.custody import record_custody
from portal.cases.actions.dying import record_death
from portal.cases.actions.summoning import record_outcome, summon
from portal.cases.models import CustodyKind, SummonsOutcome, SummonsPurpose, Violation
from portal.engine.db import db
from portal.engine.transaction import transaction
from tests.builders import a_case, an_absence
from tests.conftest import TODAY
from tests.offline.phones import OFFICER, Phone, an_item, kept
from tests.proposals.ways import step

NOVEMBER = date(2026, 11, 1)


def listed(browser, form):
    """The rows of a form on the phone, by their titles."""
    sheets = [one for one in Phone(browser).day()["sheets"] if one["form"] == form]
    return {row["title"]: row["line"] for sheet in sheets for row in sheet["rows"]}


def called(commune, case, on=TODAY):
    with transaction(commune.officer):
        return summon(case, SummonsPurpose.OTHER, on, time(8), "Công an xã", TODAY, "Bổ sung hồ sơ")


def the_outcome(summons, **typed):
    said = {"outcome": "absent", "recorded_on": f"{TODAY:%d/%m/%Y}", "note": "Không rõ lý do", **typed}
    return an_item("cases.summons", summons.id, OFFICER, timedelta(), **said)


def test_a_report_that_was_returned_is_asked_for_again_and_the_list_says_why(commune, browse_as):
    case, other = a_case(commune, "A Lan"), a_case(commune, "A Bình")
    with transaction(commune.officer):
        report = actions.record_check_in(case, NOVEMBER, TODAY)
        actions.record_check_in(other, NOVEMBER, TODAY)
    before = listed(browse_as(commune.officer), "cases.check_in")
    assert "11/2026" not in before["Lan"]
    with transaction(commune.officer):
        actions.return_check_in(report, commune.officer, "Thiếu chữ ký")
    now = listed(browse_as(commune.officer), "cases.check_in")
    assert "returned as deficient: 11/2026" in now["Lan"]
    assert "returned" not in now["Bình"]
    assert "Thiếu chữ ký" not in str(now)


@pytest.mark.parametrize("form", ["cases.check_in", "cases.roll_call"])
def test_nobody_is_asked_for_this_month_who_is_in_custody_has_died_or_whose_case_is_over(commune, browse_as, form):
    there = {name: a_case(commune, f"A {name}") for name in ("Giam", "Truy", "Mất", "Xong", "Còn")}
    a_case(commune, "A Chuyển", state="closed", closed_on=TODAY)
    with transaction(commune.officer):
        record_custody(there["Giam"], commune.officer, date(2026, 8, 1))
        record_custody(there["Truy"], commune.officer, date(2026, 8, 1), kind=CustodyKind.CHARGED)
        record_death(there["Mất"], date(2026, 8, 1), TODAY, "Trích lục 12")
    with transaction(commune.chief):
        there["Xong"].close(TODAY, "completed")
    assert listed(browse_as(commune.officer), form).keys() == {"Truy", "Còn"}


def test_the_month_of_somebody_who_died_is_refused_on_page_and_phone_alike(commune, browse_as):
    case = a_case(commune)
    with transaction(commune.officer):
        record_death(case, date(2026, 11, 1), TODAY, "Trích lục 12")
    officer = browse_as(commune.officer)
    typed = {"month": "2026-11-01", "held_on": "23/11/2026", "present": "yes", "version": str(case.version)}
    page = officer.post(f"/cases/{case.id}/roll-call", data=typed)
    assert page.status_code == 422
    assert "died on" in page.text
    (answer,) = Phone(officer).answers(an_item("cases.roll_call", case.id, OFFICER, timedelta(), **typed))
    assert answer["state"] == "refused"
    assert "died on" in str(answer["errors"])


def test_a_permit_is_told_as_long_as_it_lasts(commune, browse_as):
    case = a_case(commune)
    for leaves, returns in (
        (TODAY, TODAY + timedelta(days=5)),
        (TODAY + timedelta(days=30), TODAY + timedelta(days=32)),
    ):
        leave = an_absence(commune, case, leaves, returns)
        step(leave, "submit", commune.officer)
        if leave.endorser_role:
            step(leave, "endorse", commune.chief)
        step(leave, "approve", commune.chief if leave.decider_role == "police_chief" else commune.leader)
    (line,) = listed(browse_as(commune.officer), "cases.roll_call").values()
    assert line.endswith("away with a permit until 28/11/2026")


def test_a_summons_is_on_the_phone_of_whoever_has_the_case_from_shortly_before_its_day(commune, browse_as):
    near, far = a_case(commune, "A Gần"), a_case(commune, "A Xa")
    called(commune, near, TODAY + timedelta(days=2))
    called(commune, far, TODAY + timedelta(days=20))
    assert listed(browse_as(commune.officer), "cases.summons") == {"Gần": "25/11/2026, 08:00, Another reason"}
    for who in (commune.officer2, commune.village_head, commune.inspector):
        assert listed(browse_as(who), "cases.summons") == {}


def test_who_stayed_away_is_recorded_once_as_a_breach_and_a_second_phone_sees_what_stands(commune, browse_as):
    summons = called(commune, a_case(commune))
    first, second = Phone(browse_as(commune.officer)), Phone(browse_as(commune.officer))
    (received,) = first.answers(the_outcome(summons))
    assert received["state"] == "received"
    assert len(kept(Violation)) == 1
    (answer,) = second.answers(the_outcome(summons, outcome="came", note=""))
    assert answer["state"] == "conflict"
    assert "Did not come, without a good reason" in dict(answer["stands"]).values()
    assert "Came" in dict(answer["mine"]).values()
    db.session.rollback()
    assert (summons.outcome, len(kept(Violation))) == (SummonsOutcome.ABSENT, 1)


def test_what_page_and_phone_refuse_of_a_summons_is_the_same(commune, browse_as):
    summons = called(commune, a_case(commune))
    officer = browse_as(commune.officer)
    typed = {"outcome": "absent", "recorded_on": "23/11/2026", "note": ""}
    page = officer.post(f"/summonses/{summons.id}/outcome", data={**typed, "version": str(summons.version)})
    (answer,) = Phone(officer).answers(the_outcome(summons, note=""))
    told = "Please say what is known of the reason."
    assert (page.status_code, told in page.text) == (422, True)
    assert (answer["state"], answer["errors"]) == ("refused", {"note": [told]})


def test_a_summons_that_was_answered_on_the_page_is_on_no_phone_any_more(commune, browse_as):
    summons = called(commune, a_case(commune))
    with transaction(commune.officer):
        record_outcome(summons, SummonsOutcome.CAME, TODAY)
    assert listed(browse_as(commune.officer), "cases.summons") == {}
