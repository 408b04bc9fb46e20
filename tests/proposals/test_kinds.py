"""What each kind of proposal brings, from its draft to the end, through pages."""

from datetime import date, timedelta
from io import BytesIO

import pytest

from portal.cases.models import CaseType
from portal.engine import clock
from portal.engine.refusal import Refused
from portal.engine.transaction import transaction
from portal.proposals import actions
from portal.proposals.kinds import KINDS
from tests.builders import a_case
from tests.cases.ends import all_left, end_checked
from tests.documents.files import pdf
from tests.proposals.ways import a_proposal, buttons, step, version_on

NO_HELPERS = (
    ("helper", "Helper xã Bờ Y is the helper already."),
    ("officer", "The officer in charge cannot be the helper as well."),
)


def press(browser, proposal, decision, reason=""):
    """Choose on the page, sign on the next."""
    page = browser.get(f"/proposals/{proposal.id}")
    asked = browser.post(f"/proposals/{proposal.id}/decide", data={"transition": decision, "version": version_on(page)})
    sent = {"version": version_on(asked), "reason": reason}
    return browser.post(f"/proposals/{proposal.id}/{decision}", data=sent)


def submit(browser, proposal):
    page = browser.get(f"/proposals/{proposal.id}")
    return browser.post(f"/proposals/{proposal.id}/submit", data={"version": version_on(page)})


def test_a_second_helper_is_asked_and_the_first_stays_until_they_accept(commune, browse_as):
    case = a_case(commune, helper="helper")
    proposal = a_proposal("helper", case, commune.officer, helper_id=commune.village_head.id)
    assert submit(browse_as(commune.officer), proposal).status_code == 302
    assert press(browse_as(commune.chief), proposal, "endorse").status_code == 302
    assert press(browse_as(commune.leader), proposal, "approve").status_code == 302
    assert case.helper == commune.helper
    asked = case.proposed("helper")
    browse_as(commune.village_head).post(f"/assignments/{asked.id}/accept", data={"version": asked.version})
    assert case.helper == commune.village_head
    assert [one.state for one in case.assignments if one.kind == "helper"] == ["ended", "accepted"]
    assert browse_as(commune.helper).get(f"/cases/{case.id}").status_code == 404


@pytest.mark.parametrize(("helper", "told"), NO_HELPERS)
def test_whoever_helps_already_or_owns_the_case_is_not_proposed_as_its_helper(helper, told, commune, browse_as):
    case = a_case(commune, helper="helper")
    proposal = a_proposal("helper", case, commune.officer, helper_id=getattr(commune, helper).id)
    page = browse_as(commune.officer).get(f"/proposals/{proposal.id}")
    assert told in page.text
    assert "submit" not in buttons(page)
    assert browse_as(commune.officer).post(f"/proposals/{proposal.id}/submit", data={"version": 1}).status_code == 422


@pytest.mark.parametrize("when", ["submit", "endorse", "approve"])
def test_nobody_is_entrusted_who_left_the_office_in_which_they_would_have_helped(when, commune):
    case = a_case(commune)
    proposal = a_proposal("helper", case, commune.officer, helper_id=commune.helper.id)
    way = (("submit", commune.officer), ("endorse", commune.chief), ("approve", commune.leader))
    for name, by in way:
        if name == when:
            with transaction(commune.administrator):
                commune.helper.grants[0].valid_to = clock.today() - timedelta(days=1)
            with pytest.raises(Refused, match="no village head and no member"):
                step(proposal, name, by)
            break
        step(proposal, name, by)
    assert case.proposed("helper") is None


def test_a_village_head_of_the_neighbour_commune_is_no_helper_here(commune, neighbour):
    proposal = a_proposal("helper", a_case(commune), commune.officer, helper_id=neighbour.village_head.id)
    with pytest.raises(Refused, match="no village head and no member"):
        step(proposal, "submit", commune.officer)


def test_an_absence_that_was_approved_uses_up_days_and_one_that_would_exceed_them_is_stopped_at_the_decision(
    commune, browse_as
):
    case = a_case(commune, type=CaseType.SUSPENDED_SENTENCE, term_months=9)  # a third of 274 days: 91
    days = (date(2026, 12, 1), date(2027, 1, 20)), (date(2027, 1, 21), date(2027, 3, 5))
    first, second = (
        a_proposal("absence", case, commune.officer, leaves_on=leaves_on, returns_on=returns_on)
        for leaves_on, returns_on in days
    )
    for one in (first, second):
        step(one, "submit", commune.officer)
        step(one, "endorse", commune.chief)
    leader = browse_as(commune.leader)
    assert press(leader, first, "approve").status_code == 302
    page = leader.get(f"/proposals/{second.id}")
    assert "Approve: not possible now" in page.text
    assert "All absences together may last 91 days; with this one they last 95." in page.text
    assert buttons(page) == {"return", "reject"}
    refused = leader.post(f"/proposals/{second.id}/approve", data={"version": second.version})
    assert refused.status_code == 422
    assert second.state == "endorsed"


def test_completion_before_the_last_day_is_refused_with_its_clause(commune, browse_as):
    case = a_case(commune)
    proposal = a_proposal("completion", case, commune.officer, closing_reason="completed")
    page = browse_as(commune.officer).get(f"/proposals/{proposal.id}")
    assert "The term ends on 14/07/2028; completion cannot be certified for 20/11/2026." in page.text
    assert case.last_day.source in page.text
    answer = browse_as(commune.officer).post(f"/proposals/{proposal.id}/submit", data={"version": 1})
    assert answer.status_code == 422
    assert case.state == "open"


def test_a_completed_case_is_closed_by_the_decision_and_its_assignments_end(commune, browse_as):
    case = a_case(commune, helper="helper", starts_on=date(2024, 11, 20), received_on=date(2024, 12, 1))
    end_checked(commune, case)
    proposal = a_proposal("completion", case, commune.officer, closing_reason="completed")
    assert submit(browse_as(commune.officer), proposal).status_code == 302
    assert case.state == "closing"
    assert press(browse_as(commune.chief), proposal, "return", "Thiếu bản nhận xét").status_code == 302
    assert case.state == "open"
    assert submit(browse_as(commune.officer), proposal).status_code == 302
    assert press(browse_as(commune.chief), proposal, "approve").status_code == 302
    assert (case.state, case.closed_on) == ("closed", date(2026, 11, 20))
    assert {one.state for one in case.assignments} == {"ended"}
    assert browse_as(commune.chief).get(f"/cases/{case.id}").status_code == 200


def test_nobodys_case_is_closed_before_the_day_of_completion(commune, browse_as):
    case = a_case(commune, starts_on=date(2024, 11, 25), received_on=date(2024, 12, 1))
    last = case.ends_on
    assert last > clock.today()
    end_checked(commune, case)
    proposal = a_proposal("completion", case, commune.officer, completed_on=last, closing_reason="completed")
    assert submit(browse_as(commune.officer), proposal).status_code == 302
    chief = browse_as(commune.chief)
    assert "Approve: not possible now" in chief.get(f"/proposals/{proposal.id}").text
    assert chief.post(f"/proposals/{proposal.id}/approve", data={"version": proposal.version}).status_code == 422
    with clock.telling(clock.moment(last)):
        all_left(commune, case)
        step(proposal, "approve", commune.chief)
    assert case.state == "closed"


def test_a_file_opens_by_the_chiefs_decision_and_the_officer_whom_it_names_is_asked_at_once(commune, browse_as):
    case = a_case(commune, state="draft", officer=None)
    proposal = a_proposal("open_case", case, commune.officer, officer_id=commune.officer2.id)
    assert submit(browse_as(commune.officer), proposal).status_code == 302
    assert press(browse_as(commune.chief), proposal, "approve", "Đồng ý").status_code == 302
    assert case.state == "open"
    assert case.owner == commune.chief
    asked = case.proposed("officer")
    assert (asked.assignee, asked.created_by_id, asked.proposal_id) == (
        commune.officer2, commune.chief.id, proposal.id
    )  # fmt: skip
    officer = browse_as(commune.officer2)
    assert f'href="/assignments/{asked.id}"' in officer.get("/").text
    officer.post(f"/assignments/{asked.id}/accept", data={"version": asked.version})
    assert case.owner == case.officer == commune.officer2


def test_a_file_that_opens_for_nobody_leaves_it_to_the_chief_to_assign_an_officer(commune, browse_as):
    case = a_case(commune, state="draft", officer=None)
    proposal = a_proposal("open_case", case, commune.officer)
    step(proposal, "submit", commune.officer)
    step(proposal, "approve", commune.chief)
    assert case.proposed("officer") is None
    assert f"/cases/{case.id}/assign" in browse_as(commune.chief).get("/").text


def test_an_officer_who_left_before_the_file_opened_is_not_asked_and_whoever_decides_is_told(commune, browse_as):
    case = a_case(commune, state="draft", officer=None)
    proposal = a_proposal("open_case", case, commune.officer, officer_id=commune.officer2.id)
    step(proposal, "submit", commune.officer)
    chief, told = browse_as(commune.chief), "Officer2 xã Bờ Y is no officer of the commune police today."
    assert told not in chief.get(f"/proposals/{proposal.id}").text
    with transaction(commune.administrator):
        commune.officer2.grants[0].valid_to = clock.today() - timedelta(days=1)
    assert told in chief.get(f"/proposals/{proposal.id}").text
    assert press(chief, proposal, "approve").status_code == 302
    assert case.state == "open"
    assert case.assignments == []
    assert f"/cases/{case.id}/assign" in chief.get("/").text


def test_a_decision_is_communicated_and_carried_out_and_its_paper_is_registered(commune, browse_as):
    proposal = a_proposal("absence", a_case(commune), commune.officer)
    officer = browse_as(commune.officer)
    assert submit(officer, proposal).status_code == 302
    press(browse_as(commune.chief), proposal, "endorse", "Chấp hành tốt")
    press(browse_as(commune.leader), proposal, "approve")
    paper = {"number": "12/QĐ-UBND", "dated_on": "23/11/2026", "version": proposal.document.version}
    paper |= {"scan": (BytesIO(pdf()), "trang ký.pdf"), "not_classified": "y"}
    assert officer.post(f"/proposals/{proposal.id}/paper", data=paper).status_code == 302
    for name, state in (("communicate", "communicated"), ("carry_out", "carried_out")):
        officer.post(f"/proposals/{proposal.id}/{name}", data={"version": proposal.version})
        assert proposal.state == state
    assert proposal.intact
    assert "Số: 12/QĐ-UBND" in officer.get(f"/proposals/{proposal.id}").text


@pytest.mark.parametrize("kind", ["absence", "completion"])
def test_only_whoever_wrote_it_withdraws_it(kind, commune, browse_as):
    case = a_case(commune)
    proposal = a_proposal(kind, case, commune.officer)
    step(proposal, "submit", commune.officer)
    browse_as(commune.chief).post(f"/proposals/{proposal.id}/withdraw", data={"version": proposal.version})
    assert proposal.state == "submitted"
    browse_as(commune.officer).post(f"/proposals/{proposal.id}/withdraw", data={"version": proposal.version})
    assert proposal.state == "withdrawn"
    assert case.state == "open"


WITH_AN_ENTRANCE_OF_THEIR_OWN = {"open_case", "drug_decision"}  # a draft, a positive test


@pytest.mark.parametrize("type_", CaseType)
def test_no_kind_of_proposal_is_written_in_a_case_whose_law_does_not_know_it(type_, commune, browse_as):
    """Neither by its page nor by the deed: whoever types the address is told why, and what they typed stays."""
    case, officer = a_case(commune, type=type_), browse_as(commune.officer)
    for name, kind in KINDS.items():
        if name in WITH_AN_ENTRANCE_OF_THEIR_OWN:
            continue
        foreign = kind.model.foreign_to(case)
        address = f"/proposals/new/{name}/for-case/{case.id}"
        page = officer.get(address)
        assert (page.status_code, 'name="reason"' in page.text) == (200, not foreign)
        if foreign:
            assert foreign[0].message % foreign[0].numbers in page.text
            typed = {"version": case.version, "reason": "Xin chờ"}
            answer = officer.post(address, data=typed)
            assert (answer.status_code, "Xin chờ" in answer.text) == (422, True)
            with pytest.raises(Refused, match=foreign[0].message[:20]), transaction(commune.officer):
                actions.propose(kind.model, case, "Có lý do")


def test_a_managed_drug_user_alone_has_their_management_stopped(commune):
    suited = {type_ for type_ in CaseType if KINDS["drug_stop"].model.suits(a_case(commune, type=type_))}
    assert suited == {CaseType.DRUG_USER_MANAGEMENT}
