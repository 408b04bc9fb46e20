"""The limits of an absence: told while it is typed, and refused with their clause by whichever door."""

import re
from datetime import date

import pytest

from portal.cases.actions.running import refuse_unless_running
from portal.cases.models import CaseType
from portal.engine import clock
from portal.engine.db import db
from portal.engine.presentation import unparted
from portal.engine.refusal import Refused
from portal.engine.transaction import transaction
from portal.proposals.models import Proposal
from tests.builders import a_case, an_absence
from tests.proposals.ways import a_proposal, buttons, step, version_on

SUSPENDED, REFORM = CaseType.SUSPENDED_SENTENCE, CaseType.NON_CUSTODIAL_REFORM
TOO_LONG = [
    (SUSPENDED, "30/01/2027", "An absence may last 60 days; this one lasts 61.", unparted("Điều 92 khoản 1")),
    (REFORM, "31/12/2026", "An absence may last 30 days", unparted("Điều 100")),
]


def typed(returns_on, **more):
    return {"leaves_on": "01/12/2026", "returns_on": returns_on, "destination": "Pleiku", "reason": "Mẹ ốm", **more}


@pytest.mark.parametrize(("type_", "returns_on", "told", "clause"), TOO_LONG)
def test_an_absence_over_the_limit_is_refused_with_its_clause_on_the_page_and_by_a_direct_request(
    type_, returns_on, told, clause, commune, browse_as
):
    case, officer = a_case(commune, type=type_), browse_as(commune.officer)
    address = officer.post(f"/proposals/new/absence/for-case/{case.id}", data=typed(returns_on)).headers["Location"]
    page = officer.get(address)
    assert "Submit for approval: not possible now" in page.text
    assert clause in page.text
    assert "submit" not in buttons(page)
    answer = officer.post(f"{address}/submit", data={"version": 1})
    assert answer.status_code == 422
    assert told in answer.text
    assert case.proposals[0].state == "draft"


@pytest.mark.parametrize(("type_", "returns_on"), [(SUSPENDED, "29/01/2027"), (REFORM, "30/12/2026")])
def test_an_absence_of_exactly_the_limit_may_be_submitted(type_, returns_on, commune, browse_as):
    case, officer = a_case(commune, type=type_), browse_as(commune.officer)
    address = officer.post(f"/proposals/new/absence/for-case/{case.id}", data=typed(returns_on)).headers["Location"]
    assert officer.post(f"{address}/submit", data={"version": version_on(officer.get(address))}).status_code == 302


def test_what_is_left_is_told_while_one_types_and_nothing_is_saved(commune, browse_as):
    case, officer = a_case(commune), browse_as(commune.officer)
    address = f"/proposals/new/absence/for-case/{case.id}"
    assert "0 days in all, at most 243" in officer.get(address).text
    part = officer.post(address, data=typed("20/12/2026", only="check"), headers={"X-Part": "checked"})
    assert part.status_code == 200
    assert "<html" not in part.text
    assert "20 days, at most 60 at a time" in part.text
    assert "Used 0, asked for 20, of 243 days. 223 days are left." in part.text
    half = officer.post(address, data={"leaves_on": "01/12/2026", "only": "check"}, headers={"X-Part": "checked"})
    assert "0 days in all, at most 243" in half.text
    assert case.proposals == []


def test_without_script_the_button_tells_the_same_on_the_whole_page_and_keeps_what_was_typed(commune, browse_as):
    case, officer = a_case(commune), browse_as(commune.officer)
    page = officer.post(f"/proposals/new/absence/for-case/{case.id}", data=typed("30/01/2027", only="check"))
    assert page.status_code == 200
    assert "61 days, at most 60 at a time" in page.text
    assert 'value="30/01/2027"' in page.text
    assert 'name="only" value="check"' in page.text


def test_asking_for_the_limits_tells_nothing_of_what_they_do_not_need_and_answers_over_the_form(commune, browse_as):
    case, officer = a_case(commune), browse_as(commune.officer)
    days = {"leaves_on": "01/12/2026", "returns_on": "30/01/2027", "only": "check"}
    page = officer.post(f"/proposals/new/absence/for-case/{case.id}", data=days).text
    assert "must be mended" not in page
    answer = page.split('<form class="form"')[0]
    assert "message-refused" in answer
    assert "1 day too many." in answer
    wrong = officer.post(f"/proposals/new/absence/for-case/{case.id}", data={**days, "returns_on": "31/02/2027"}).text
    assert "One entry must be mended" in wrong


def test_what_is_wrong_is_told_in_the_order_in_which_the_fields_are_drawn(commune, browse_as):
    page = browse_as(commune.officer).post(f"/proposals/new/absence/for-case/{a_case(commune).id}", data={"reason": ""})
    told = page.text.split('class="summary"')[1].split("</div>")[0]
    drawn = ("Day of departure", "Day of return", "Where to", "Why it is proposed")
    assert sorted(drawn, key=told.index) == list(drawn)


def test_no_condition_is_called_met_or_broken_before_both_days_are_typed(commune, browse_as):
    case, officer = a_case(commune), browse_as(commune.officer)
    address = f"/proposals/new/absence/for-case/{case.id}"
    half = officer.post(address, data={"leaves_on": "01/12/2026", "only": "check"}, headers={"X-Part": "checked"})
    for answer in (officer.get(address), half):
        assert "At most 60 days at a time" in answer.text
        assert "Condition met" not in answer.text
        assert "Condition not met" not in answer.text
    whole = officer.post(address, data=typed("20/12/2026", only="check"), headers={"X-Part": "checked"})
    assert "Condition met" in whole.text


@pytest.mark.parametrize("day", ["01/01/1900", "31/12/2199", "01/01/2019"])
def test_days_of_which_the_portal_knows_no_law_are_refused_in_words(day, commune, browse_as):
    case, officer = a_case(commune), browse_as(commune.officer)
    sent = {"leaves_on": day, "returns_on": day, "destination": "x", "reason": "y", "only": "check"}
    page = officer.post(f"/proposals/new/absence/for-case/{case.id}", data=sent)
    assert page.status_code == 200
    assert "An absence lies within the term, from 14/07/2026" in page.text


def test_an_absence_may_not_lead_abroad_nor_outside_the_term_and_the_self_reports_in_it_are_named(commune, browse_as):
    case, officer = a_case(commune), browse_as(commune.officer)
    address = f"/proposals/new/absence/for-case/{case.id}"
    part = officer.post(address, data=typed("20/12/2026", abroad="y", only="check"), headers={"X-Part": "checked"})
    assert "The journey leads out of Viet Nam" in part.text
    assert "1 self-report falls into it" in part.text


EARLY = {
    "before_the_term": ("13/07/2026", "An absence lies within the term, from 14/07/2026 to 14/07/2028."),
    "before_the_file": (
        "30/07/2026",
        "The file was received on 31/07/2026: no absence before that day is permitted here. (Nghị định 231",
    ),
    "two_days_ago": ("21/11/2026", "one on 21/11/2026 can no longer be permitted. (Luật THAHS 41/2019/QH14, Điều 92"),
}


@pytest.mark.parametrize("why", EARLY)
def test_a_first_day_before_the_file_or_one_that_has_passed_is_refused_at_its_field(why, commune, browse_as):
    (day, told), case, officer = EARLY[why], a_case(commune), browse_as(commune.officer)
    answer = officer.post(f"/proposals/new/absence/for-case/{case.id}", data=typed("05/12/2026", leaves_on=day))
    assert answer.status_code == 422
    assert told in re.search(r'id="leaves_on-error">(.*?)</span></span>', answer.text, re.DOTALL)[1]
    assert f'value="{day}"' in answer.text
    assert "Mẹ ốm" in answer.text
    db.session.rollback()
    assert db.session.scalars(db.select(Proposal)).all() == []


@pytest.mark.parametrize(("day", "medical"), [("22/11/2026", False), ("23/11/2026", False), ("21/11/2026", True)])
def test_what_could_not_wait_is_permitted_until_the_day_after_and_treatment_once_its_papers_are_there(
    day, medical, commune, browse_as
):
    case, officer = a_case(commune), browse_as(commune.officer)
    sent = typed("05/12/2026", leaves_on=day, **({"medical": "y"} if medical else {}))
    address = officer.post(f"/proposals/new/absence/for-case/{case.id}", data=sent).headers["Location"]
    assert officer.post(f"{address}/submit", data={"version": version_on(officer.get(address))}).status_code == 302


def test_a_draft_whose_first_day_passes_is_not_submitted_and_what_waits_is_not_permitted_any_more(commune, browse_as):
    draft, waiting = (a_proposal("absence", a_case(commune), commune.officer) for _number in range(2))
    step(waiting, "submit", commune.officer)
    step(waiting, "endorse", commune.chief)
    with clock.telling(clock.moment(date(2026, 12, 3), 9)):
        for proposal, name, by in ((draft, "submit", commune.officer), (waiting, "approve", commune.leader)):
            answer = browse_as(by).post(f"/proposals/{proposal.id}/{name}", data={"version": proposal.version})
            assert answer.status_code == 422
            assert "one on 01/12/2026 can no longer be permitted" in answer.text
        reject = {"version": waiting.version, "reason": "Quá muộn"}
        assert browse_as(commune.leader).post(f"/proposals/{waiting.id}/reject", data=reject).status_code == 302
    assert (draft.state, waiting.state) == ("draft", "rejected")


OVER_A_PERMIT = [("05/12/2026", "12/12/2026", "leaves_on"), ("28/11/2026", "01/12/2026", "returns_on")]


@pytest.mark.parametrize(("leaves_on", "returns_on", "field"), OVER_A_PERMIT)
def test_no_day_is_permitted_twice(leaves_on, returns_on, field, commune, browse_as):
    case, officer = a_case(commune), browse_as(commune.officer)
    waiting = a_proposal("absence", case, commune.officer, leaves_on=date(2026, 12, 8), returns_on=date(2026, 12, 9))
    step(waiting, "submit", commune.officer)
    step(waiting, "endorse", commune.chief)
    permit = an_absence(commune, case, date(2026, 12, 1), date(2026, 12, 10))
    for name, by in (("submit", commune.officer), ("endorse", commune.chief), ("approve", commune.leader)):
        step(permit, name, by)
    told = "An absence from 01/12/2026 to 10/12/2026 is permitted already. Choose other days"
    answer = officer.post(f"/proposals/new/absence/for-case/{case.id}", data=typed(returns_on, leaves_on=leaves_on))
    assert answer.status_code == 422
    assert told in re.search(rf'id="{field}-error">(.*?)</span></span>', answer.text, re.DOTALL)[1]
    approval = {"version": waiting.version}
    answer = browse_as(commune.leader).post(f"/proposals/{waiting.id}/approve", data=approval)
    assert answer.status_code == 422
    assert told in answer.text
    after = typed("15/12/2026", leaves_on="11/12/2026")
    assert officer.post(f"/proposals/new/absence/for-case/{case.id}", data=after).status_code == 302


def headline(page):
    """What the answer above the form says, in one sentence; and all of it."""
    answer = page.text.split('<form class="form"')[0]
    return answer[answer.index("message-") :]


def test_the_answer_names_what_was_asked_about_and_tells_what_is_forbidden_from_what_is_to_be_weighed(
    commune, browse_as
):
    case, officer = a_case(commune), browse_as(commune.officer)
    address = f"/proposals/new/{{}}/for-case/{case.id}"
    check = {"only": "check", "version": case.version}
    forbidden = headline(officer.post(address.format("absence"), data=typed("30/01/2027", **check)))
    assert "Permit an absence: the law forbids it as it stands." in forbidden
    assert ".." not in forbidden
    sooner = {"ground": "conduct", "round_on": "23/11/2026", "months": "3", "evidence": "", "answer_to_doubts": ""}
    shortening = headline(officer.post(address.format("shortening"), data={**sooner, **check}))
    assert "absence" not in shortening
    assert "the law forbids it as it stands." in shortening
    assert ".." not in shortening
    fine = headline(officer.post(address.format("absence"), data=typed("10/12/2026", medical="y", **check)))
    assert "Permit an absence: the law does not forbid it, but look at this." in fine
    move = {"reach": "within", "asked_on": "23/11/2026", "holds_from": "24/11/2026"}
    moved = headline(officer.post(address.format("residence_change"), data={**move, **check}))
    assert "Change of residence: the law has nothing against it." in moved


@pytest.mark.parametrize(
    ("type_", "told"),
    [
        (CaseType.NON_CUSTODIAL_REFORM, "1 self-report is not owed, as the absence is permitted"),
        (CaseType.SUSPENDED_SENTENCE, "1 self-report falls into it"),
    ],
)
def test_a_report_all_of_whose_days_fall_into_it_is_named_as_the_law_of_the_case_takes_it(
    type_, told, commune, browse_as
):
    case = a_case(commune, type=type_)
    absence = an_absence(commune, case, date(2026, 11, 30), date(2026, 12, 6))
    page = browse_as(commune.officer).get(f"/proposals/{absence.id}").text
    assert told in page
    assert ("falls into it" in page) is (type_ == CaseType.SUSPENDED_SENTENCE)


def test_beside_days_that_are_permitted_already_or_outside_the_term_the_limit_for_others_is_still_told(
    commune, browse_as
):
    case, officer = a_case(commune), browse_as(commune.officer)
    first = an_absence(commune, case, date(2026, 12, 1), date(2026, 12, 20))
    step(first, "submit", commune.officer)
    step(first, "endorse", commune.chief)
    step(first, "approve", commune.leader)
    address = f"/proposals/new/absence/for-case/{case.id}"
    for first_on, last_on in (("10/12/2026", "12/12/2026"), ("1/7/2026", "2/7/2026")):
        days = {"leaves_on": first_on, "returns_on": last_on}
        told = officer.post(address, data={**days, "only": "check", "version": case.version}, headers={"X-Part": "law"})
        assert "Condition not met" in told.text
        assert "At most 60 days at a time" in told.text
        assert "Used 20, asked for 0, of 243 days." in told.text


def test_a_day_to_come_is_told_at_its_field_and_named_wherever_that_stands(commune, browse_as):
    case = a_case(commune)
    with pytest.raises(Refused) as refused, transaction(commune.officer):
        refuse_unless_running(case, summoned_on=date(2026, 11, 1), held_on=date(2026, 12, 5))
    (reason,) = refused.value.reasons
    assert reason.message % {"day": "05/12/2026"} == "05/12/2026 lies in the future."
    assert (reason.field, reason.numbers) == ("held_on", {"day": date(2026, 12, 5)})
