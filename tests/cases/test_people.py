"""What is kept of a person: nobody's change is lost, and no draft rewrites whom another file speaks of."""

import pytest

from portal.cases.models import CaseType
from portal.duties.models import Duty
from portal.engine.db import db
from portal.engine.transaction import transaction
from portal.people.actions import change_person
from portal.people.models import Person
from tests.builders import a_case, a_person


def typed(case, page, **more):
    """What stands in the form of a draft, as a browser sends it, with something changed."""
    person = case.person
    sent = {
        "type": str(case.type), "full_name": person.full_name, "sex": "", "birth_year": "1979", "phone": "0901234567",
        "village_id": person.village_id, "address": "", "received_on": "31/07/2026", "starts_on": "14/07/2026",
        "term_months": "24", "supervising_unit_id": "", **hidden(page),
    }  # fmt: skip
    return {**sent, **more}


def hidden(page):
    """The versions that a page carries."""
    from lxml import html

    inputs = html.fromstring(page.text).xpath("//form[contains(@class,'form')]//input[@type='hidden']")
    return {one.name: one.value for one in inputs if one.name.endswith("version")}


def phone_of(case):
    db.session.rollback()
    return db.session.get_one(Person, case.person_id).phone


def a_draft(commune, **more):
    with transaction(commune.officer):
        case = a_case(commune, state="draft", **more)
        case.created_by_id = commune.officer.id
    return case


@pytest.fixture
def draft(commune):
    return a_draft(commune)


def test_a_colleagues_change_of_a_person_is_told_to_whoever_edits_the_draft_and_both_values_stand_there(
    commune, browse_as, draft
):
    officer, chief = browse_as(commune.officer), browse_as(commune.chief)
    page, address = officer.get(f"/cases/{draft.id}/edit"), f"/cases/{draft.id}/person"
    changed = chief.post(address, data=typed(draft, chief.get(address), phone="0911111111"))
    assert changed.status_code == 302
    lost = officer.post(f"/cases/{draft.id}/edit", data=typed(draft, page, phone="0922222222"))
    assert lost.status_code == 409
    assert 'value="0922222222"' in lost.text
    assert "<dd>0911111111</dd>" in lost.text
    assert "Chief xã Bờ Y" in lost.text
    assert phone_of(draft) == "0911111111"
    again = officer.post(f"/cases/{draft.id}/edit", data=typed(draft, lost, phone="0922222222"))
    assert again.status_code == 302
    assert phone_of(draft) == "0922222222"


def test_of_two_changes_of_one_person_the_second_is_told(commune, browse_as):
    case, officer = a_case(commune), browse_as(commune.officer)
    address = f"/cases/{case.id}/person"
    page = officer.get(address)
    assert officer.post(address, data=typed(case, page, phone="0911111111")).status_code == 302
    lost = officer.post(address, data=typed(case, page, phone="0922222222"))
    assert lost.status_code == 409
    assert 'value="0922222222"' in lost.text
    assert "<dd>0911111111</dd>" in lost.text
    assert phone_of(case) == "0911111111"


def test_saving_what_stands_there_changes_nothing_of_the_person(commune, browse_as, draft):
    officer, version = browse_as(commune.officer), draft.person.version
    page = officer.get(f"/cases/{draft.id}/edit")
    assert officer.post(f"/cases/{draft.id}/edit", data=typed(draft, page, court="TAND")).status_code == 302
    db.session.rollback()
    assert draft.person.version == version


@pytest.mark.parametrize("state", ["open", "closed", "draft"])
def test_a_draft_shows_whom_another_file_speaks_of_and_leads_to_their_own_page(commune, browse_as, state):
    first = a_case(commune, state=state)  # a draft of the chief's is somebody else's as well
    draft = a_draft(commune, person=first.person)
    officer = browse_as(commune.officer)
    page = officer.get(f"/cases/{draft.id}/edit")
    assert "This person is kept for another file as well" in page.text
    opens = first if state == "open" else None  # of a locked file, or of somebody else's, only the chief's page does
    assert [one for one in (first, draft) if f'href="/cases/{one.id}/person"' in page.text] == [opens] * bool(opens)
    assert ("This draft changes nothing of them; the chief of police can." in page.text) is (opens is None)
    assert 'name="phone"' not in page.text
    assert "<dd>0901234567</dd>" in page.text
    sent = {name: value for name, value in typed(draft, page, court="TAND").items() if name not in Person.__table__.c}
    assert officer.post(f"/cases/{draft.id}/edit", data=sent).status_code == 302
    db.session.rollback()
    assert (draft.court, draft.person.full_name) == ("TAND", "Nguyễn Công Trứng")


def test_a_draft_whose_person_came_into_another_file_meanwhile_refuses_the_change_at_its_field(
    commune, browse_as, draft
):
    officer = browse_as(commune.officer)
    page = officer.get(f"/cases/{draft.id}/edit")
    a_case(commune, person=draft.person)
    refused = officer.post(f"/cases/{draft.id}/edit", data=typed(draft, page, phone="0922222222"))
    assert refused.status_code == 422
    assert "This is kept for another file of the same person as well" in refused.text
    assert 'value="0922222222"' in refused.text
    assert phone_of(draft) == "0901234567"


def test_further_drafts_of_ones_own_leave_a_person_to_be_changed_in_each(commune, browse_as, draft):
    second = a_draft(commune, person=draft.person)
    officer = browse_as(commune.officer)
    page = officer.get(f"/cases/{second.id}/edit")
    assert officer.post(f"/cases/{second.id}/edit", data=typed(second, page, phone="0922222222")).status_code == 302
    assert phone_of(draft) == "0922222222"


def test_the_page_of_a_person_names_the_further_files_that_its_change_holds_for(commune, browse_as):
    first = a_case(commune)
    second = a_case(commune, person=first.person)
    page = browse_as(commune.officer).get(f"/cases/{first.id}/person")
    assert f"A further file speaks of this person: {second.number}" in page.text


def test_whoever_is_chosen_as_kept_already_stays_as_kept_and_what_was_typed_otherwise_is_told(commune, browse_as):
    case, officer = a_case(commune), browse_as(commune.officer)
    sent = typed(case, officer.get("/cases/new"), phone="0922222222", person_id=case.person_id)
    answer = officer.post("/cases/new", data=sent, follow_redirects=True)
    assert "What is kept of the person stays as it was: Telephone." in answer.text
    assert phone_of(case) == "0901234567"


@pytest.mark.parametrize("state", ["submitted", "rejected", "closed"])
def test_the_person_of_a_file_that_is_locked_is_changed_by_nobody(commune, browse_as, state):
    case = a_case(commune, state=state)
    for user in (commune.officer, commune.chief):
        assert browse_as(user).get(f"/cases/{case.id}/person").status_code == 403


def test_the_duties_of_a_case_follow_what_is_learned_of_its_person(commune):
    case = a_case(commune, type=CaseType.NON_CUSTODIAL_REFORM, person=a_person(commune), term_months=24)

    def right():
        db.session.expire_all()
        return db.session.scalars(db.select(Duty.due_on).where(Duty.case_id == case.id, Duty.rule == "RIGHT")).all()

    before = right()
    with transaction(commune.officer):
        change_person(case.person, {"birth_date": case.starts_on.replace(year=2010)})
    assert right() != before


# ── whose page opens, and what is locked meanwhile ──────────────────────────────────────────────────────────────────
@pytest.mark.both_engines
def test_a_draft_opens_the_page_of_nobody_whom_a_colleagues_case_speaks_of(commune, browse_as):
    theirs = a_case(commune, officer="officer2")
    draft, officer = a_draft(commune, person=theirs.person), browse_as(commune.officer)
    address = f"/cases/{draft.id}/person"
    assert officer.get(address).status_code == 403
    sent = typed(draft, officer.get("/cases/new"), full_name="Kẻ Khác", version=theirs.person.version)
    assert officer.post(address, data=sent).status_code == 403
    assert browse_as(commune.chief).get(address).status_code == 200
    db.session.rollback()
    assert theirs.person.full_name == "Nguyễn Công Trứng"


def test_the_page_of_a_draft_that_came_into_a_colleagues_file_while_it_was_open_changes_nothing(
    commune, browse_as, draft
):
    officer, address = browse_as(commune.officer), f"/cases/{draft.id}/person"
    page = officer.get(address)
    a_case(commune, person=draft.person, officer="officer2")
    assert officer.post(address, data=typed(draft, page, phone="0922222222")).status_code == 403
    assert phone_of(draft) == "0901234567"


WHO = {"full_name": "Kẻ Khác", "sex": "male", "national_id": "012345678901", "birth_year": "1980"}


@pytest.mark.both_engines
@pytest.mark.parametrize("field", WHO)
def test_who_a_submitted_file_is_about_is_changed_through_no_other_file_until_it_is_decided(commune, browse_as, field):
    running = a_case(commune)
    a_case(commune, person=running.person, state="submitted")
    officer, address = browse_as(commune.officer), f"/cases/{running.id}/person"
    before = getattr(running.person, field)
    sent = typed(running, officer.get(address), **{field: WHO[field], "reason": "Theo giấy khai sinh"})
    refused = officer.post(address, data=sent)
    assert refused.status_code == 422
    assert "A file of this person waits for the decision on opening it" in refused.text
    db.session.expire_all()
    assert (getattr(running.person, field), running.birth_corrections) == (before, [])
    moved = officer.post(address, data=typed(running, officer.get(address), phone="0922222222"))
    assert moved.status_code == 302


def test_where_the_case_was_locked_while_the_page_was_open_the_lost_race_tells_all_that_was_typed(commune, browse_as):
    case, officer, village = a_case(commune), browse_as(commune.officer), commune.place("NHA")
    address = f"/cases/{case.id}/person"
    for number in range(2):  # the person is of a later version than the case
        officer.post(address, data=typed(case, officer.get(address), phone=f"091111111{number}"))
    sent = typed(case, officer.get(address), address="Nhà số 5", village_id=village.id)
    with transaction(commune.chief):
        case.closed_on, case.state = case.received_on, "closed"
    lost = officer.post(address, data=sent)
    assert lost.status_code == 409
    assert "House, group, road: Nhà số 5" in lost.text
    assert f"Village: {village.title}" in lost.text
    again = officer.post(address, data={**sent, "case_version": case.version})
    assert again.status_code == 403
