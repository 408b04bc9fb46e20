"""Somebody asks what is kept of them, or that it be corrected: with a deadline, an answer on paper, of nobody else."""

import re
from datetime import date, timedelta
from io import BytesIO

import pytest
from docx import Document
from sqlalchemy import select

from portal.documents.models import OfficialDocument
from portal.drugs.models import DrugReviewEntry
from portal.duties.models import Duty
from portal.engine import clock
from portal.engine.audit import AuditEvent
from portal.engine.db import db
from portal.engine.text import as_on_paper, in_english
from portal.engine.transaction import transaction
from portal.incidents.models import IncidentPerson
from portal.law import personal_data
from portal.people.models import PersonRequest
from portal.privacy.extract import looks_of
from portal.proposals.actions import propose
from portal.proposals.kinds import KINDS
from tests.builders import a_case, an_absence
from tests.lawbook.approved import another_number
from tests.proposals.ways import version_on

ASKED = {"asked_on": "23/11/2026", "asker": "self", "proof": "card"}
WRONG = {"about": "national_id", "wrong": "Số cuối sai", "right": "051300004321", "evidence": "Căn cước"}
OTHER = "Người Khác Hẳn"


@pytest.fixture
def case(commune):
    return a_case(commune, helper="helper")


def asked():
    db.session.rollback()
    db.session.expire_all()
    return db.session.scalars(select(PersonRequest).order_by(PersonRequest.id.desc())).first()


def ask(browser, case, kind="extract", **more):
    extra = WRONG if kind == "correction" else {}
    return browser.post(f"/people/{case.person_id}/data/{kind}", data={**ASKED, **extra, **more})


def duty(rule):
    db.session.rollback()
    db.session.expire_all()
    return db.session.scalars(select(Duty).where(Duty.rule == rule)).one()


def words(answer):
    """The text of a paper, its tables included."""
    paper = Document(BytesIO(answer.data))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in paper.paragraphs), *cells])


# ── taking it ───────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(("on", "due", "source"), [
    (date(2025, 12, 31), date(2026, 1, 3), "Nghị định 13/2023/NĐ-CP"),
    (date(2026, 1, 1), date(2026, 1, 11), "Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15"),
])  # fmt: skip
def test_the_days_of_the_answer_are_those_of_the_day_of_asking_and_not_confirmed(on, due, source):
    found = personal_data.answer_by(on)
    assert (found.due_on, found.confirmed) == (due, False)
    assert source in found.source


def test_a_request_is_a_duty_of_the_chief_that_climbs_to_the_chair_and_the_inspector(commune, browse_as, case):
    assert ask(browse_as(commune.officer), case).status_code == 302
    owed = duty("ANSWER-PERSON")
    assert (owed.owner_role, owed.due_on) == ("police_chief", date(2026, 12, 3))
    assert {one.role for one in owed.escalations} == {"commune_leader", "inspector"}
    assert (asked().number, asked().confirmed) == ("YC-2026-001", False)


@pytest.mark.parametrize(("more", "told"), [
    ({"asked_on": ""}, "asked_on"), ({"asked_on": "24/11/2026"}, "future"),
    ({"asker": "representative"}, "Please write down who asks for the person."),
    ({"asker": "representative", "asker_name": "Lê Văn An", "authority": "Giấy ủy quyền", "proof": "known"},
     "A representative shows a card"),
    ({"asker_name": "Trần Văn B"}, "Above it says that the person asks."),
    ({"authority": "Giấy ủy quyền"}, "Above it says that the person asks."),
    ({"proof": ""}, "proof"), ({"asked_on": "23/11/2024"}, "more than a year ago"),
])  # fmt: skip
def test_what_is_missing_or_cannot_be_is_told_at_its_field_and_nothing_typed_is_lost(
    commune, browse_as, case, more, told
):
    answer = ask(browse_as(commune.officer), case, "correction", **more)
    assert (answer.status_code, told in answer.text) == (422, True)
    assert WRONG["wrong"] in answer.text
    assert asked() is None


def test_the_same_extract_is_not_asked_twice_at_once(commune, browse_as, case):
    officer = browse_as(commune.officer)
    ask(officer, case)
    again = ask(officer, case)
    assert (again.status_code, "YC-2026-001" in again.text) == (422, True)


def test_another_officer_takes_no_request_of_a_person_whose_case_is_not_theirs(commune, browse_as, case):
    assert ask(browse_as(commune.officer2), case).status_code == 404
    assert ask(browse_as(commune.leader), case).status_code == 403


# ── the extract ─────────────────────────────────────────────────────────────────────────────────────────────────────
def give(browser, request, **more):
    address = f"/data-requests/{request.id}"
    return browser.post(f"{address}/answer", data={"version": request.version, "copies": "2", **more})


def test_the_extract_tells_what_is_kept_and_which_offices_looked_and_no_official_by_name(commune, browse_as, case):
    officer, chief = browse_as(commune.officer), browse_as(commune.chief)
    officer.get(f"/cases/{case.id}")
    ask(officer, case)
    page = chief.get(f"/data-requests/{asked().id}/answer").text
    assert give(chief, asked()).status_code == 302
    told = words(chief.get(f"/data-requests/{asked().id}/extract"))
    for part in ("Nguyễn Công Trứng", "21/2026/HS-ST", "Số bản: 02"):
        assert part in told
    for name in (commune.officer.full_name, commune.helper.full_name):
        assert name not in told
    assert commune.helper.full_name not in re.sub(r"(?s)<nav.*?</nav>", "", page)
    seen = [
        one.action for one in db.session.scalars(select(AuditEvent).where(AuditEvent.record_type == "person_request"))
    ]
    assert "print" in seen


def test_the_extract_never_tells_of_other_people_nor_of_the_list_of_those_who_are_reviewed(commune, browse_as, case):
    from tests.incidents.written import an_incident

    incident = an_incident(commune)
    with transaction(commune.chief):
        for name, person in ((OTHER, None), (case.person.full_name, case.person)):
            db.session.add(IncidentPerson(
                incident=incident, commune_id=commune.id, role="subject", full_name=name, person=person, note=OTHER
            ))  # fmt: skip
        db.session.add(DrugReviewEntry(
            commune_id=commune.id, number="RS-2026-001", person=case.person, village_id=case.person.village_id,
            listed_on=clock.today(), reason="Nghe nói",
        ))  # fmt: skip
    ask(browse_as(commune.officer), case)
    chief = browse_as(commune.chief)
    give(chief, asked())
    told = words(chief.get(f"/data-requests/{asked().id}/extract"))
    assert incident.number in told
    for hidden in (OTHER, "RS-2026-001", "Nghe nói"):
        assert hidden not in told


def test_the_extract_tells_no_proposal_that_is_not_decided(commune, browse_as, case):
    thought_of = an_absence(commune, case, date(2026, 12, 1), date(2026, 12, 5))
    refused = an_absence(commune, case, date(2026, 12, 1), date(2026, 12, 5))
    with transaction(commune.officer):
        prison = propose(KINDS["revocation"].model, case, "Cố ý vi phạm", evidence="Biên bản")
    with transaction(None):
        refused.state = "rejected"
    ask(browse_as(commune.officer), case)
    chief = browse_as(commune.chief)
    give(chief, asked())
    told = words(chief.get(f"/data-requests/{asked().id}/extract"))
    with as_on_paper():
        leave, prison = str(thought_of.label), str(prison.label)
        drafted, rejected = str(thought_of.standing.label), str(refused.standing.label)
    assert f"{leave}: {rejected}" in told
    assert f"{leave}: {drafted}" not in told
    assert f"{prison}: " not in told


def test_what_waits_longest_for_its_answer_stands_first_in_the_list(commune, browse_as, case):
    officer = browse_as(commune.officer)
    for on in ("20/11/2026", "02/11/2026", "10/11/2026"):
        other = a_case(commune, f"Người {on[:2]}")
        assert ask(officer, other, asked_on=on).status_code == 302
    page = browse_as(commune.chief).get("/data-requests/").text
    places = [page.index(f"Người {on}") for on in ("02", "10", "20")]
    assert places == sorted(places)


def test_the_answer_waits_in_the_register_and_is_told_only_once_it_is_issued(commune, browse_as, case):
    officer, chief = browse_as(commune.officer), browse_as(commune.chief)
    ask(officer, case)
    give(chief, asked())
    entry = db.session.scalars(select(OfficialDocument).where(OfficialDocument.subject_type == "person_request")).one()
    assert case.person.full_name not in (entry.abstract + entry.recipients)
    told = officer.post(f"/data-requests/{asked().id}/tell", data={"version": asked().version})
    assert (told.status_code, asked().state) == (422, "answered")
    assert duty("TELL-PERSON").owner_id == commune.officer.id


# ── the correction ──────────────────────────────────────────────────────────────────────────────────────────────────
def test_what_is_questioned_is_marked_until_the_answer_and_the_answer_links_to_the_change(commune, browse_as, case):
    officer, chief = browse_as(commune.officer), browse_as(commune.chief)
    ask(officer, case, "correction")
    page = officer.get(f"/cases/{case.id}").text
    assert "The person says that this is wrong: national id number" in page
    assert "Nothing was changed since the person asked" in chief.get(f"/data-requests/{asked().id}/answer").text
    with transaction(commune.officer):
        case.person.national_id = WRONG["right"]
    assert "Questioned by the person" in officer.get(f"/cases/{case.id}").text
    form = chief.get(f"/data-requests/{asked().id}/answer")
    event = re.search(r'<option value="(\d+)"', form.text)[1]
    done = chief.post(f"/data-requests/{asked().id}/answer", data={
        "version": version_on(form), "corrected_by": event, "answer": "Đã sửa số căn cước."})  # fmt: skip
    assert (done.status_code, asked().state, asked().corrected_by) == (302, "answered", int(event))
    assert "The person says that this is wrong" not in officer.get(f"/cases/{case.id}").text
    assert "The correction that was made" in chief.get(f"/data-requests/{asked().id}").text
    assert "Đã sửa số căn cước" in words(chief.get(f"/data-requests/{asked().id}/paper"))


def test_a_correction_that_nothing_made_is_not_answered_as_one(commune, browse_as, case):
    chief = browse_as(commune.chief)
    ask(browse_as(commune.officer), case, "correction")
    sent = {"version": asked().version, "corrected_by": "1", "answer": "Đã sửa"}
    assert chief.post(f"/data-requests/{asked().id}/answer", data=sent).status_code == 422
    assert asked().state == "received"


def test_a_refusal_says_why_on_paper_and_where_to_complain(commune, browse_as, case):
    chief = browse_as(commune.chief)
    ask(browse_as(commune.officer), case, "correction")
    address = f"/data-requests/{asked().id}"
    assert chief.post(f"{address}/refuse", data={"version": asked().version}).status_code == 422
    chief.post(f"{address}/refuse", data={"version": asked().version, "reason": "Đúng theo giấy khai sinh"})
    told = words(chief.get(f"{address}/paper"))
    assert "Đúng theo giấy khai sinh" in told
    assert "khiếu nại" in told
    assert case.person.questioned is False


# ── holds ───────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_whoever_set_a_hold_does_not_lift_it(commune, browse_as, case):
    chief, leader = browse_as(commune.chief), browse_as(commune.leader)
    past = chief.post(f"/people/{case.person_id}/hold", data={"asked_by": "VKS", "reason": "x", "until": "01/01/2020"})
    assert past.status_code == 422
    until = f"{clock.today() + timedelta(days=90):%d/%m/%Y}"
    sent = {"asked_by": "VKSND khu vực", "reason": "Đang xét", "until": until}
    address = chief.post(f"/people/{case.person_id}/hold", data=sent).location
    lift = {"version": version_on(leader.get(address)), "reason": "Xong"}
    assert chief.post(f"{address}/lift", data=lift).status_code == 403
    assert leader.post(f"{address}/lift", data=lift).status_code == 302


# ── the sheet ───────────────────────────────────────────────────────────────────────────────────────────────────────
def test_the_sheet_for_the_person_speaks_plainly_and_says_whom_to_call(commune, browse_as, case):
    with transaction(None):
        commune.officer.phone, commune.helper.phone = "0911111111", "0922222222"
    page = browse_as(commune.officer).get(f"/cases/{case.id}/sheet").text.replace("\N{NO-BREAK SPACE}", " ")
    for told in ("Bring your self-report", "You may be away", "0911 111 111", "0922 222 222", commune.helper.full_name):
        assert told in page
    sheet = page.partition('class="handout"')[2].partition("</main>")[0]
    assert not re.search(r"Điều|khoản|Nghị định|Luật", sheet)


def test_the_sheet_promises_an_answer_within_the_days_that_the_commune_counts(commune, browse_as, case):
    another_number(commune, "PD-EXTRACT", "7", date(2026, 1, 1))
    page = browse_as(commune.officer).get(f"/cases/{case.id}/sheet").text.replace("\N{NO-BREAK SPACE}", " ")
    assert "7 days" in page
    assert "10 days" not in page


# ── who oversees ────────────────────────────────────────────────────────────────────────────────────────────────────
def test_the_inspector_reads_the_answer_and_the_extract_without_the_numbers_and_answers_nothing(
    commune, browse_as, case
):
    chief, inspector = browse_as(commune.chief), browse_as(commune.inspector)
    with transaction(commune.officer):
        case.person.national_id, case.person.phone = "051300004321", "0901234567"
    ask(browse_as(commune.officer), case)
    assert give(chief, asked()).status_code == 302
    address = f"/data-requests/{asked().id}"
    assert inspector.get(f"{address}/paper").status_code == 200
    told = words(inspector.get(f"{address}/extract"))
    assert "051300004321" not in told
    assert "0901234567" not in told
    assert case.person.full_name in told
    assert "051300004321" in words(chief.get(f"{address}/extract"))
    assert f'href="{address}/paper"' in inspector.get(address).text
    assert inspector.get(f"{address}/answer").status_code == 403


def test_the_extract_and_the_page_of_who_looked_count_the_same_and_say_what(commune, browse_as, case):
    officer, chief = browse_as(commune.officer), browse_as(commune.chief)
    for _time in range(3):
        officer.get(f"/cases/{case.id}")
    browse_as(commune.border).get(f"/cases/{case.id}")  # refused
    ask(officer, case)
    chief.get(f"/data-requests/{asked().id}")
    with in_english():
        found = looks_of(case.person)  # the page itself is a look as well, and counts on the next one
    page = chief.get(f"/cases/{case.id}/lookers").text
    assert found
    for office in found:
        assert f'<th scope="row">{office.office}</th><td data-label="Times">{office.times}</td>' in page
    assert "Counted is each page of this case or of its person" in page
    assert (
        "Counted is each page of the person or of any of their files"
        in chief.get(f"/data-requests/{asked().id}/answer").text
    )
    assert give(chief, asked()).status_code == 302
    assert "Được tính: mỗi lần mở" in words(chief.get(f"/data-requests/{asked().id}/extract"))
