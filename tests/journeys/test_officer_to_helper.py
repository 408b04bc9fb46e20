"""The way of a helper's assignment through pages alone: officer, chief, chair, helper."""

from portal.engine import audit
from portal.engine.db import db
from tests.builders import a_case
from tests.proposals.ways import version_on


def press(client, proposal, decision):
    """Choose on the page, then sign on the page that asks once more."""
    version = version_on(client.get(f"/proposals/{proposal}"))
    asked = client.post(f"/proposals/{proposal}/decide", data={"transition": decision, "version": version})
    assert asked.status_code == 200, asked.text
    return client.post(f"/proposals/{proposal}/{decision}", data={"version": version})


def test_an_officer_proposes_a_helper_the_chief_endorses_the_chair_decides_and_the_helper_accepts(commune, browse_as):
    case = a_case(commune)
    officer, chief, chair, helper = (
        browse_as(getattr(commune, name)) for name in ("officer", "chief", "leader", "helper")
    )
    assert helper.get(f"/cases/{case.id}").status_code == 404
    asked = f"/proposals/new/helper/for-case/{case.id}"
    version = version_on(officer.get(asked))
    typed = {"helper_id": commune.helper.id, "reason": "Cùng thôn, được tin cậy", "version": version}
    written = officer.post(asked, data=typed)
    address = written.headers["Location"]
    number = int(address.rsplit("/", 1)[1])
    assert officer.post(f"{address}/submit", data={"version": 1}).status_code == 302
    assert chair.post(f"{address}/approve", data={"version": 2}).status_code in (404, 403)
    assert press(chief, number, "endorse").status_code == 302
    assert press(chair, number, "approve").status_code == 302
    db.session.rollback()
    asked = case.proposed("helper")
    assert "Accept the assignment" in helper.get(f"/assignments/{asked.id}").text
    accepted = helper.post(f"/assignments/{asked.id}/accept", data={"version": asked.version})
    assert accepted.headers["Location"] == f"/cases/{case.id}"
    page = helper.get(f"/cases/{case.id}").text
    assert case.person.full_name in page
    assert case.offence not in page
    assert "Helper xã Bờ Y" in officer.get(f"/cases/{case.id}").text
    assert audit.verify(db.session())[1] is None


def test_a_decision_on_a_page_that_is_out_of_date_tells_who_was_faster_and_keeps_the_words(commune, browse_as):
    case = a_case(commune)
    officer, chief = browse_as(commune.officer), browse_as(commune.chief)
    written = officer.post(
        f"/proposals/new/helper/for-case/{case.id}", data={"helper_id": commune.helper.id, "reason": "Cùng thôn"}
    )
    address = written.headers["Location"]
    officer.post(f"{address}/submit", data={"version": 1})
    late = chief.post(f"{address}/return", data={"version": 1, "reason": "Thiếu ý kiến trưởng thôn"})
    assert late.status_code == 409
    assert "Officer xã Bờ Y (Commune police officer) submitted" in late.text
    assert "Thiếu ý kiến trưởng thôn" in late.text
