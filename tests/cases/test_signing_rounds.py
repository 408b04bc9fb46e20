"""The one signature under a round: whose it is, what it covers, and the list that goes to the superior body."""

from datetime import date
from io import BytesIO

import pytest
from docx import Document
from openpyxl import load_workbook

from portal.cases.models import Assessment, Case, RollCall, RoundSignature
from portal.cases.monthly_round import first_month_of_chief, signs_assessments
from portal.documents.models import OfficialDocument
from portal.duties.models import Duty
from portal.engine import clock
from portal.engine.audit import AuditEvent
from portal.engine.db import db
from portal.engine.transaction import transaction
from portal.law.approval import CHAIR, CHIEF
from portal.law.days import add_months
from tests.builders import PASSWORD, a_case
from tests.documents.signing import sealed
from tests.lawbook.approved import another_reading

SIGN = "/cases/round/sign/assessments?month=2026-11"
SIGN_CALLS = "/cases/round/sign/roll_call?month=2026-11"


def assessed(commune, name="Nguyễn Công Trứng", rating="fair", month=date(2026, 10, 1), **more):
    case = a_case(commune, name, **more)
    with transaction(commune.officer):
        db.session.add(
            Assessment(
                case=case, commune_id=commune.id, month=month, written_on=clock.today(), rating=rating, text="Tốt"
            )
        )
    return case


def called(commune, case, present=True, note=""):
    with transaction(commune.officer):
        db.session.add(
            RollCall(
                case=case, commune_id=commune.id, month=date(2026, 11, 1), held_on=date(2026, 11, 3), present=present,
                note=note,
            )
        )  # fmt: skip


def kept(record):
    db.session.rollback()
    return db.session.scalars(db.select(record).order_by(record.id)).all()


def shown_in(text):
    return text.split('name="shown" type="hidden" value="', 1)[1].split('"', 1)[0]


def sign(browser, page=SIGN, password=PASSWORD, **more):
    return browser.post(page, data={"shown": shown_in(browser.get(page).text), "password": password, **more})


def test_one_signature_of_the_chief_covers_all_assessments_of_the_month_and_the_trail_tells_each(commune, browse_as):
    for name in ("Nguyễn Văn An", "Trần Thị Bé"):
        assessed(commune, name)
    answer = sign(browse_as(commune.chief))
    assert answer.status_code == 302, answer.text
    (signature,) = kept(RoundSignature)
    assert {one.signature_id for one in kept(Assessment)} == {signature.id}
    told = db.session.scalars(db.select(AuditEvent.record_type).where(AuditEvent.action == "sign_with_others")).all()
    assert told == ["assessment", "assessment"]


def test_nobody_signs_with_a_wrong_password(commune, browse_as):
    assessed(commune)
    answer = sign(browse_as(commune.chief), password="không phải mật khẩu")
    assert answer.status_code == 422
    assert "This is not your present password." in answer.text
    assert kept(RoundSignature) == []


def test_guessing_the_password_at_the_signature_makes_one_wait(commune, browse_as):
    assessed(commune)
    chief = browse_as(commune.chief)
    for _try in range(6):
        answer = sign(chief, password="không phải mật khẩu")
    assert "Too many wrong passwords." in answer.text
    assert sign(chief).status_code == 422
    assert kept(RoundSignature) == []


def test_what_is_assessed_while_the_page_is_open_is_not_signed_unseen(commune, browse_as):
    assessed(commune, "Nguyễn Văn An")
    chief = browse_as(commune.chief)
    shown = shown_in(chief.get(SIGN).text)
    assessed(commune, "Trần Thị Bé")
    answer = chief.post(SIGN, data={"shown": shown, "password": PASSWORD})
    assert answer.status_code == 409
    assert kept(RoundSignature) == []
    assert chief.post(SIGN, data={"shown": shown_in(answer.text), "password": PASSWORD}).status_code == 302


def test_what_is_assessed_later_gets_a_signature_of_its_own(commune, browse_as):
    assessed(commune, "Nguyễn Văn An")
    chief = browse_as(commune.chief)
    sign(chief)
    assert "Nothing waits for a signature." in chief.get(SIGN).text
    assessed(commune, "Trần Thị Bé")
    sign(chief)
    assert [one.count for one in kept(RoundSignature)] == [1, 1]


@pytest.mark.parametrize("who", ["officer", "military", "inspector", "clerk", "village_head"])
def test_nobody_but_the_head_of_the_body_opens_the_page_of_the_signature(commune, browse_as, who):
    assessed(commune)
    assert browse_as(getattr(commune, who)).get(SIGN).status_code == 403


def test_the_chair_does_not_sign_a_month_that_is_the_chiefs(commune, browse_as):
    assessed(commune)
    leader = browse_as(commune.leader)
    page = leader.get(SIGN).text
    assert "By the law of that month the signature is not yours." in page
    assert leader.post(SIGN, data={"shown": "1", "password": PASSWORD}).status_code == 422
    assert kept(RoundSignature) == []


def test_under_the_old_law_the_chair_signs_and_no_list_is_asked_for(commune, browse_as):
    old = {"received_on": date(2026, 1, 31), "starts_on": date(2026, 1, 14)}
    assessed(commune, rating=None, month=date(2026, 4, 1), **old)
    page = SIGN.replace("2026-11", "2026-05")
    assert "the signature is not yours" in browse_as(commune.chief).get(page).text
    assert sign(browse_as(commune.leader), page).status_code == 302
    assert [one.role for one in kept(RoundSignature)] == ["commune_leader"]
    assert kept(OfficialDocument) == []


def test_june_2026_is_signed_by_whoever_is_competent_in_its_window(commune):
    assert signs_assessments(date(2026, 6, 1), commune.id).decider == CHIEF
    assert signs_assessments(date(2026, 5, 1), commune.id).decider == CHAIR
    assert first_month_of_chief(commune.id) == date(2026, 6, 1)


def test_where_a_commune_reads_it_otherwise_the_chair_signs_june_2026_on_every_page(commune, neighbour, browse_as):
    another_reading(commune, "turn_of_law", "body_of_the_month")
    assert first_month_of_chief(commune.id) == date(2026, 7, 1)
    assert first_month_of_chief(neighbour.id) == date(2026, 6, 1)
    page = SIGN.replace("2026-11", "2026-07")
    with clock.telling(clock.moment(date(2026, 7, 3))):
        assessed(
            commune, rating=None, month=date(2026, 6, 1), received_on=date(2026, 5, 31), starts_on=date(2026, 5, 14)
        )
        chief, leader = browse_as(commune.chief), browse_as(commune.leader)
        chief.get("/")
        duty = db.session.scalars(db.select(Duty).where(Duty.rule == "SIGN-ASSESSMENTS")).one()
        assert duty.owner_role == "commune_leader"
        told = chief.get(page).text
        assert "The chair of the committee signs them." in told
        assert "the signature is not yours" in told
        assert sign(leader, page).status_code == 302
    assert [one.role for one in kept(RoundSignature)] == ["commune_leader"]


def test_a_signed_assessment_is_struck_out_only_after_its_signature(commune, browse_as):
    assessed(commune)
    chief = browse_as(commune.chief)
    sign(chief)
    (one,) = kept(Assessment)
    officer, entry = browse_as(commune.officer), f"/assessments/{one.id}/void"
    refused = officer.post(entry, data={"reason": "Nhầm", "version": one.version})
    assert refused.status_code == 422
    (signature,) = kept(RoundSignature)
    answer = chief.post(
        f"/cases/round/signed/{signature.id}/void", data={"reason": "Thiếu người", "version": signature.version}
    )
    assert answer.status_code == 302, answer.text
    (one,) = kept(Assessment)
    assert not one.signed
    assert [document.voided_at is not None for document in kept(OfficialDocument)] == [True]
    assert officer.post(entry, data={"reason": "Nhầm", "version": one.version}).status_code == 302


# ── the list ────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_the_classified_list_waits_in_the_register_of_the_police_and_names_nobody_there(commune, browse_as):
    assessed(commune)
    sign(browse_as(commune.chief))
    (document,) = kept(OfficialDocument)
    assert (document.unit.code, document.code, document.symbol) == ("BY-CA", "BC", "BC-CAX")
    assert "Trứng" not in document.abstract
    assert "tháng 10 năm 2026" in document.abstract


def test_the_paper_counts_by_rating_and_lists_each_person(commune, browse_as):
    for name, rating in (("Nguyễn Văn An", "poor"), ("Trần Thị Bé", "good"), ("Lê Văn Cảnh", "good")):
        assessed(commune, name, rating)
    chief = browse_as(commune.chief)
    sign(chief)
    (signature,) = kept(RoundSignature)
    answer = chief.get(f"/cases/round/signed/{signature.id}/list.docx")
    paper = Document(BytesIO(answer.data))
    text = "\n".join(one.text for one in paper.paragraphs)
    assert "- Good: 02 người;" in text
    assert "- Poor: 01 người." in text
    rows = [[cell.text for cell in row.cells] for row in paper.tables[-1].rows]
    assert [(row[0], row[1], row[5]) for row in rows[1:]] == [
        ("1", "Trần Thị Bé", "Good"), ("2", "Lê Văn Cảnh", "Good"), ("3", "Nguyễn Văn An", "Poor"),
    ]  # fmt: skip


def test_the_table_carries_who_took_it_and_what_for(commune, browse_as):
    assessed(commune, "Nguyễn Văn An")
    chief = browse_as(commune.chief)
    sign(chief)
    (signature,) = kept(RoundSignature)
    page = f"/cases/round/signed/{signature.id}/list.xlsx"
    assert chief.post(page, data={"purpose": "", "details": ""}).status_code == 422
    answer = chief.post(page, data={"purpose": "report", "details": "Gửi Công an tỉnh"})
    sheet = load_workbook(BytesIO(answer.data)).active
    assert "Gửi Công an tỉnh" in sheet["A1"].value
    assert sheet["C4"].value == "Nguyễn Văn An"
    told = db.session.scalars(db.select(AuditEvent.action).where(AuditEvent.action == "export")).all()
    assert told == ["export"]


def test_the_result_of_the_roll_call_names_who_was_absent_and_why(commune, browse_as):
    called(commune, a_case(commune, "Nguyễn Văn An"))
    called(commune, a_case(commune, "Trần Thị Bé"), present=False, note="Đi viện")
    chief = browse_as(commune.chief)
    assert sign(chief, SIGN_CALLS).status_code == 302
    (signature,) = kept(RoundSignature)
    paper = Document(BytesIO(chief.get(f"/cases/round/signed/{signature.id}/list.docx").data))
    rows = [[cell.text for cell in row.cells] for row in paper.tables[-1].rows]
    assert rows[1][1:2] + rows[1][4:] == ["Trần Thị Bé", "Vắng mặt", "Đi viện"]
    assert "- Vắng mặt: 01 người." in "\n".join(one.text for one in paper.paragraphs)
    assert kept(Case)


# ── what waits ──────────────────────────────────────────────────────────────────────────────────────────────────────
def asked(rule):
    db.session.rollback()
    return db.session.scalars(db.select(Duty).where(Duty.rule == rule)).unique().all()


def test_what_a_round_recorded_waits_for_the_chief_until_it_is_signed_and_then_for_its_list_to_go_up(
    commune, browse_as
):
    case, chief = assessed(commune), browse_as(commune.chief)
    called(commune, case)
    (owed,) = asked("SIGN-ASSESSMENTS")
    assert (owed.due_on, owed.owner_role, owed.key, owed.open) == (date(2026, 11, 5), CHIEF, "2026-11", True)
    assert "assessments to be signed (1)" in chief.get("/").text
    assert "/cases/round/sign/assessments" in chief.get("/").text
    assert sign(chief).status_code == 302
    (owed,) = asked("SIGN-ASSESSMENTS")
    assert (owed.done_on, owed.done_by_id) == (clock.today(), commune.chief.id)
    assert asked("SIGN-ROLL-CALL")[0].open
    (sent,) = asked("ROUND-SENT")
    assert sent.open
    (signature,) = kept(RoundSignature)
    sealed(signature.document, commune.chief, "9/BC-CAX")
    assert asked("ROUND-SENT")[0].done_on == clock.today()


def test_what_is_recorded_after_the_signature_waits_for_a_further_one(commune, browse_as):
    assessed(commune)
    assert sign(browse_as(commune.chief)).status_code == 302
    assessed(commune, "Trần Thị Bé")
    (owed,) = asked("SIGN-ASSESSMENTS")
    assert (owed.open, owed.values["count"]) == (True, 1)


def test_the_assessments_of_the_months_before_the_turn_wait_for_the_chair(commune):
    month = add_months(first_month_of_chief(commune.id), -1)
    with clock.telling(clock.moment(date(2026, 6, 20))):
        assessed(commune, month=month, received_on=date(2026, 1, 5), starts_on=date(2026, 1, 5))
        (owed,) = asked("SIGN-ASSESSMENTS")
    assert owed.owner_role == CHAIR


def test_from_the_first_day_of_a_round_its_signature_is_owed_by_day_5_with_its_clause_though_nothing_is_recorded(
    commune, browse_as
):
    a_case(commune)
    with clock.telling(clock.moment(date(2026, 12, 1))):
        assert browse_as(commune.chief).get("/").status_code == 200
    for rule, clause in (("SIGN-ASSESSMENTS", "Điều 8 khoản 2"), ("SIGN-ROLL-CALL", "Điều 10")):
        owed = next(one for one in asked(rule) if one.key == "2026-12")
        assert (owed.opens_on, owed.due_on, owed.open) == (date(2026, 12, 1), date(2026, 12, 5), True)
        assert clause in owed.source


def test_a_list_that_is_signed_after_day_5_says_that_it_is_late_and_so_does_the_duty_to_send_it(commune, browse_as):
    assessed(commune)
    chief = browse_as(commune.chief)
    assert "To be signed and sent by 05/11/2026." in chief.get(SIGN).text
    sign(chief)
    (signature,) = kept(RoundSignature)
    page = chief.get(f"/cases/round/signed/{signature.id}").text
    assert "Signed 18 days late: the list was to be signed and sent by 05/11/2026." in page
    assert "Điều 8 khoản 2" in page.replace("\xa0", " ")
    (sent,) = asked("ROUND-SENT")
    assert (sent.due_on, "Điều 8 khoản 2" in sent.source) == (date(2026, 11, 5), True)


def test_a_list_that_is_signed_in_time_says_nothing_of_being_late(commune, browse_as):
    with clock.telling(clock.moment(date(2026, 11, 5))):
        assessed(commune)
        chief = browse_as(commune.chief)
        sign(chief)
        (signature,) = kept(RoundSignature)
        assert "late" not in chief.get(f"/cases/round/signed/{signature.id}").text.split("<main", 1)[1]


def test_the_chair_reads_and_takes_along_the_list_that_is_addressed_to_the_committee_and_strikes_nothing_out(
    commune, neighbour, browse_as
):
    assessed(commune, "Nguyễn Văn An")
    sign(browse_as(commune.chief))
    (signature,) = kept(RoundSignature)
    page, leader = f"/cases/round/signed/{signature.id}", browse_as(commune.leader)
    shown = leader.get(page)
    assert (shown.status_code, "Nguyễn Văn An" in shown.text) == (200, True)
    assert f"{page}/void" not in shown.text
    assert leader.get(f"{page}/list.docx").status_code == 200
    assert leader.post(f"{page}/void", data={"reason": "Nhầm", "version": 1}).status_code == 403
    assert browse_as(neighbour.leader).get(page).status_code == 404


def test_where_the_list_is_issued_striking_the_signature_out_leads_to_the_paper_whose_scan_is_in_the_way(
    commune, browse_as
):
    assessed(commune)
    chief = browse_as(commune.chief)
    sign(chief)
    (signature,) = kept(RoundSignature)
    sealed(signature.document, commune.chief, "9/BC-CAX")
    page = chief.get(f"/cases/round/signed/{signature.id}/void")
    assert page.status_code == 422
    assert "Strike out the scan" in page.text
    assert f'href="/documents/{signature.document.id}"' in page.text
    assert "Open the paper, where its scan is struck out" in page.text


def test_of_a_round_that_lies_further_back_than_what_is_looked_at_no_signature_is_owed(commune, browse_as):
    a_case(commune)
    with clock.telling(clock.moment(date(2026, 12, 3))):
        browse_as(commune.chief).get("/")
    open_ = {one.key for one in asked("SIGN-ASSESSMENTS") if one.open}
    assert "2026-12" in open_
    assert "2026-11" not in open_  # it is about October, which began more than 62 days before
