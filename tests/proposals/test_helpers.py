"""A helper, from the proposal to the service: whom the form offers, what must end before, who learns what and when."""

import re

import pytest

from portal.access_table import FIELDS
from portal.cases.models import CaseType
from portal.engine.access import see
from portal.engine.refusal import Refused
from portal.engine.transaction import transaction
from portal.organisation.models import Role
from portal.people.models import Person
from portal.proposals.kinds.helper.model import HelperProposal
from tests.builders import a_case
from tests.proposals.ways import a_proposal, a_user, step, version_on

ONLY_ONE = "There is a proposal of this kind under way already."


def form_of(case):
    return f"/proposals/new/helper/for-case/{case.id}"


def offered(page):
    """The lists of the choice by their headings, in the order of the page."""
    choice = re.search(r'<select[^>]*name="helper_id".*?</select>', page.text, re.DOTALL)[0]
    groups = re.findall(r'<optgroup label="([^"]+)">(.*?)</optgroup>', choice, re.DOTALL)
    return [(heading, re.findall(r"<option[^>]*>([^<]+)</option>", lines)) for heading, lines in groups]


def everybody_offered(page):
    return [line for _heading, lines in offered(page) for line in lines]


def test_those_of_the_persons_village_stand_first_each_with_office_and_place(commune, browse_as):
    with transaction(None):
        commune.village_head.title = "Trưởng thôn Bắc Phong"
    officer = browse_as(commune.officer)
    here = ("Thôn Bắc Phong", ["Helper xã Bờ Y – Helper, thôn Bắc Phong",
                              "Village_head xã Bờ Y – Trưởng thôn Bắc Phong"])  # fmt: skip
    there = ("Thôn Ngọc Hải", ["Village_head2 xã Bờ Y – Village head, thôn Ngọc Hải"])
    assert offered(officer.get(form_of(a_case(commune)))) == [here, there]
    elsewhere = a_case(commune, "A Hluân")
    with transaction(commune.officer):
        elsewhere.person.village_id = commune.place("NHA").id
    assert offered(officer.get(form_of(elsewhere))) == [there, here]


def test_who_serves_in_two_villages_is_offered_once_in_the_persons(commune, browse_as):
    both = ((Role.TEAM_MEMBER, commune.place("NHA")), (Role.VILLAGE_HEAD, commune.place("BPH")))
    a_user(commune, "both", *both)
    told = [
        line for _heading, lines in offered(browse_as(commune.officer).get(form_of(a_case(commune)))) for line in lines
    ]
    assert [line for line in told if line.startswith("Both")] == ["Both – Village head, thôn Bắc Phong"]


def test_the_present_helper_is_named_and_not_offered(commune, browse_as):
    page = browse_as(commune.officer).get(form_of(a_case(commune, helper="helper")))
    assert "Helper xã Bờ Y helps now, until whoever is chosen here accepts." in page.text
    assert not any("Helper xã Bờ Y" in line for line in everybody_offered(page))


def test_who_left_service_and_whoever_serves_the_neighbours_is_not_offered(commune, neighbour, browse_as):
    with transaction(None):
        commune.helper.grants[0].voided_at = commune.helper.created_at
    lines = " ".join(everybody_offered(browse_as(commune.officer).get(form_of(a_case(commune)))))
    assert "Village_head xã Bờ Y" in lines
    assert "Helper xã Bờ Y" not in lines
    assert "Dục Nông" not in lines


def test_a_helper_proposal_under_way_is_told_with_its_link_before_another_is_typed(commune, browse_as):
    case, officer = a_case(commune), browse_as(commune.officer)
    first = a_proposal("helper", case, commune.officer, helper_id=commune.helper.id)
    page = officer.get(form_of(case))
    assert f"{first.number} is under way: Draft." in page.text
    assert f'href="/proposals/{first.id}"' in page.text
    assert 'name="reason"' not in page.text
    sent = officer.post(form_of(case), data={"helper_id": commune.village_head.id, "reason": "Cùng thôn"})
    assert sent.status_code == 422
    assert ONLY_ONE in sent.text
    assert f'href="/proposals/{first.id}"' in sent.text
    assert "Cùng thôn</textarea>" in sent.text
    assert case.proposals == [first]


def test_whoever_was_asked_and_has_not_answered_is_told_with_a_link_to_the_request(commune, browse_as):
    case, officer = a_case(commune), browse_as(commune.officer)
    proposal = a_proposal("helper", case, commune.officer, helper_id=commune.helper.id)
    for name, by in (("submit", commune.officer), ("endorse", commune.chief), ("approve", commune.leader)):
        step(proposal, name, by)
    asked = case.proposed("helper")
    page = officer.get(form_of(case))
    assert "Helper xã Bờ Y has been asked and has not answered yet." in page.text
    assert f'href="/assignments/{asked.id}"' in page.text
    with transaction(commune.helper):
        asked.workflow.take("decline", asked, commune.helper, "Đi làm xa")
    assert 'name="reason"' in officer.get(form_of(case)).text


def test_of_two_helper_proposals_one_can_be_submitted(commune, browse_as):
    case = a_case(commune)
    first = a_proposal("helper", case, commune.officer, helper_id=commune.helper.id)
    step(first, "submit", commune.officer)
    with transaction(None):
        first.state = "withdrawn"
    second = a_proposal("helper", case, commune.officer, helper_id=commune.village_head.id)
    with transaction(None):
        first.state = "submitted"
    officer = browse_as(commune.officer)
    page = officer.get(f"/proposals/{second.id}")
    assert ONLY_ONE in page.text
    sent = officer.post(f"/proposals/{second.id}/submit", data={"version": version_on(page)})
    assert sent.status_code == 422
    assert second.state == "draft"


def test_several_absences_can_be_proposed_and_only_one_completion(commune, browse_as):
    case, officer = a_case(commune), browse_as(commune.officer)
    for kind in ("absence", "completion"):
        a_proposal(kind, case, commune.officer)
    assert "is under way" not in officer.get(f"/proposals/new/absence/for-case/{case.id}").text
    assert "is under way: Draft." in officer.get(f"/proposals/new/completion/for-case/{case.id}").text


# ── before and after the answer ─────────────────────────────────────────────────────────────────────────────────────
PHONE, ADDRESS, BORN = "0901234567", "Tổ 3, cạnh nhà rông", "1979"


def a_request(commune):
    """A case whose helper was decided on and has not answered yet."""
    case = a_case(commune)
    with transaction(None):
        case.person.address = ADDRESS
    proposal = a_proposal("helper", case, commune.officer, helper_id=commune.helper.id)
    for name, by in (("submit", commune.officer), ("endorse", commune.chief), ("approve", commune.leader)):
        step(proposal, name, by)
    return case.proposed("helper")


def test_whoever_is_asked_to_help_learns_of_whom_what_and_by_when_and_nothing_more(commune, browse_as):
    asked, helper = a_request(commune), browse_as(commune.helper)
    page = helper.get(f"/assignments/{asked.id}").text
    for told in ("Nguyễn Công Trứng", "Thôn Bắc Phong", "A helper visits and talks", "26/11/2026",
                 "from 01/01/2027 to 05/01/2027"):  # fmt: skip
        assert told in page
    for kept in (PHONE, ADDRESS, BORN, "Suspended sentence", f'href="/cases/{asked.case_id}"'):
        assert kept not in page
    assert helper.get(f"/cases/{asked.case_id}").status_code == 404
    for elsewhere in ("/", "/cases/", "/calendar"):
        assert not any(kept in helper.get(elsewhere).text for kept in (PHONE, ADDRESS, "Suspended sentence"))


def test_whoever_accepted_sees_telephone_and_address_until_the_entrusting_ends(commune, browse_as):
    asked, helper = a_request(commune), browse_as(commune.helper)
    helper.post(f"/assignments/{asked.id}/accept", data={"version": asked.version})
    page = helper.get(f"/cases/{asked.case_id}").text
    assert all(told in page for told in (PHONE, ADDRESS, BORN, "Suspended sentence"))
    assert PHONE in helper.get("/").text
    assert "Suspended sentence" in helper.get(f"/assignments/{asked.id}").text
    with transaction(None):
        asked.state, asked.until = "ended", asked.since
    assert helper.get(f"/cases/{asked.case_id}").status_code == 404


@pytest.mark.parametrize(
    ("state", "fields"), [("proposed", {"full_name"}), ("accepted", {"full_name", "born", "phone", "address"})]
)
def test_the_fields_of_a_person_open_with_the_helpers_answer(state, fields, commune, app):
    asked = a_request(commune)
    with transaction(None):
        asked.state = state
    with app.test_request_context():
        shown = {name: see(commune.helper, asked.case.person, name) for name in FIELDS[Person]}
    assert {name for name, one in shown.items() if not (one.hidden or one.masked)} == fields
    assert not any(one.masked for one in shown.values())


@pytest.mark.parametrize("type_", [one for one in CaseType if one not in HelperProposal.of_types])
def test_nobody_is_entrusted_with_helping_where_the_law_of_the_case_knows_no_helper(type_, commune, browse_as):
    case = a_case(commune, type=type_)
    assert "Propose a helper" not in browse_as(commune.officer).get(f"/cases/{case.id}").text
    with pytest.raises(Refused, match="knows no such proposal"):
        a_proposal("helper", case, commune.officer, helper_id=commune.helper.id)


def test_the_law_knows_helpers_of_ss_par_ncr_and_of_whoever_is_back_from_prison():
    known = {CaseType.SUSPENDED_SENTENCE, CaseType.CONDITIONAL_RELEASE, CaseType.NON_CUSTODIAL_REFORM,
             CaseType.REINTEGRATION}  # fmt: skip
    assert set(HelperProposal.of_types) == known
