"""Returning a proposal with remarks at its fields; its author sees each where it belongs."""

import re

from tests.builders import a_case
from tests.proposals.ways import a_proposal, step, version_on

REMARKS = {
    "remark_returns_on": "Giấy hẹn ghi đến 18/12",
    "remark_destination": "Ghi rõ số nhà",
}


def returned(commune, browse_as):
    proposal = a_proposal("absence", a_case(commune), commune.officer)
    step(proposal, "submit", commune.officer)
    chief = browse_as(commune.chief)
    page = chief.post(f"/proposals/{proposal.id}/decide", data={"transition": "return", "version": proposal.version})
    sent = {"version": version_on(page), "reason": "Thiếu giấy hẹn", **REMARKS}
    answer = chief.post(f"/proposals/{proposal.id}/return", data=sent)
    assert answer.status_code == 302, answer.text
    return proposal


def test_whoever_returns_finds_a_place_for_a_remark_at_each_field_that_was_asked_for(commune, browse_as):
    proposal = a_proposal("absence", a_case(commune), commune.officer)
    step(proposal, "submit", commune.officer)
    page = browse_as(commune.chief).get(f"/proposals/{proposal.id}/decide?transition=return")
    assert set(re.findall(r'<textarea[^>]*name="remark_(\w+)"', page.text)) == {*proposal.content, "reason"} - {
        "reach",
        "consent_number",
        "consent_on",
    }


def test_the_author_sees_each_remark_at_its_field_when_editing(commune, browse_as):
    proposal = returned(commune, browse_as)
    page = browse_as(commune.officer).get(f"/proposals/{proposal.id}/edit").text
    for name, text in REMARKS.items():
        field = name.removeprefix("remark_")
        assert re.search(rf'id="{field}-remark">.*?{text}', page), field
        assert re.search(rf'<input[^>]*aria-describedby="{field}-remark[^>]*name="{field}"', page), field
    assert 'id="leaves_on-remark"' not in page


def test_remarks_stay_in_the_story_and_leave_the_form_once_it_was_submitted_again(commune, browse_as):
    proposal = returned(commune, browse_as)
    step(proposal, "submit", commune.officer)
    step(proposal, "return", commune.chief, "Vẫn thiếu")
    officer = browse_as(commune.officer)
    assert "Ghi rõ số nhà" in officer.get(f"/proposals/{proposal.id}").text
    assert "Ghi rõ số nhà" not in officer.get(f"/proposals/{proposal.id}/edit").text


def test_a_remark_alone_is_no_reason_and_what_was_written_is_kept(commune, browse_as):
    proposal = a_proposal("absence", a_case(commune), commune.officer)
    step(proposal, "submit", commune.officer)
    answer = browse_as(commune.chief).post(
        f"/proposals/{proposal.id}/return", data={"version": proposal.version, "reason": " ", **REMARKS}
    )
    assert answer.status_code == 422
    assert "A reason is needed." in answer.text
    assert "Ghi rõ số nhà" in answer.text
    assert proposal.state == "submitted"
    assert proposal.remarks == []


def test_a_remark_at_a_field_that_the_kind_does_not_have_is_not_kept(commune, browse_as):
    proposal = a_proposal("absence", a_case(commune), commune.officer)
    step(proposal, "submit", commune.officer)
    browse_as(commune.chief).post(
        f"/proposals/{proposal.id}/return",
        data={"version": proposal.version, "reason": "Vì", "remark_state": "x", "remark_destination": "y"},
    )
    assert [one.field for one in proposal.remarks] == ["destination"]
