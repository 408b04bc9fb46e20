"""Proposing a helper: whom the form offers, and what must end before another is proposed."""

import re

from portal.engine.transaction import transaction
from portal.organisation.models import Role
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
