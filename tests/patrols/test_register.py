"""The minutes of a patrol go through the register of the force that wrote them."""

import re
from io import BytesIO
from typing import Any

from docx import Document
from sqlalchemy import select

from portal.documents.jobs import enter_missing
from portal.documents.models import OfficialDocument
from portal.engine import clock
from portal.engine.db import db
from portal.engine.transaction import transaction
from tests.documents import files
from tests.patrols.going import a_patrol, at, disputed, logged, signed


def entries() -> list[OfficialDocument]:
    db.session.expire_all()
    return list(db.session.scalars(select(OfficialDocument).order_by(OfficialDocument.id)))


def minutes(browser: Any, patrol: Any) -> str:
    told = Document(BytesIO(browser.get(f"/patrols/{patrol.id}/minutes.docx").data))
    return "\n".join([*(one.text for one in told.paragraphs), *(c.text for t in told.tables for c in t.rows[0].cells)])


def test_minutes_are_entered_once_every_force_has_countersigned_and_not_before(commune):
    patrol = signed(commune, logged(commune, a_patrol(commune)), "military")
    assert entries() == []
    disputed(commune, patrol, "border")
    signed(commune, logged(commune, patrol), "military", "border")
    (entry,) = entries()
    assert (entry.unit, entry.symbol, entry.subject_id) == (commune.place("CA"), "BB-CAX", patrol.id)
    assert (entry.authority, entry.issued) == ("ĐẠI DIỆN CÔNG AN XÃ BỜ Y", False)
    assert patrol.number in entry.abstract


def test_the_register_is_that_of_the_force_that_wrote_the_log(commune):
    signed(commune, logged(commune, a_patrol(commune, by="border"), by="border"), "military", "officer")
    (entry,) = entries()
    assert (entry.unit, entry.symbol) == (commune.place("BP"), "BB-ĐBP")


def test_the_page_says_whose_signature_it_waits_for_until_number_day_and_scan_are_there(commune, browse_as):
    patrol = signed(commune, logged(commune, a_patrol(commune)), "military", "border")
    (entry,) = entries()
    chief, border = browse_as(commune.chief), browse_as(commune.border)
    told = border.get(f"/patrols/{patrol.id}").text
    assert "Waits for the signature of Officer xã Bờ Y; Military xã Bờ Y; Border xã Bờ Y" in told
    assert f"/documents/{entry.id}" not in told  # another force's register
    issue = f"/documents/{entry.id}/issue"
    assert 'value="01/BB-CAX"' in chief.get(issue).text  # the next of the year is suggested
    typed = {"number": "07/BB-CAX", "dated_on": "23/11/2026", "version": str(entry.version)}
    typed["signed"] = ["1", "2"]
    assert chief.post(issue, data=typed).status_code == 302
    told = border.get(f"/patrols/{patrol.id}").text
    assert re.search(r"Waits for the signature of Border xã Bờ Y,\s+07/BB-CAX", told)
    typed["signed"].append("3")
    assert chief.post(issue, data={**typed, "version": str(entries()[0].version)}).status_code == 302
    assert "Waits for its scan" in border.get(f"/patrols/{patrol.id}").text
    scan = {"not_classified": "y", "scan": (BytesIO(files.pdf()), "trang ký.pdf")}
    again = {**typed, "version": str(entries()[0].version), **scan}
    assert chief.post(issue, data=again).status_code == 302
    told = border.get(f"/patrols/{patrol.id}").text
    assert re.search(r"Issued.*07/BB-CAX", told, re.DOTALL)
    assert "Waits for" not in told.split('id="papers"')[1].split("</section>")[0]


def test_the_minutes_bear_the_number_and_the_day_of_the_register(commune, browse_as):
    patrol = signed(commune, logged(commune, a_patrol(commune, start=at(2, days=-3))), "military", "border")
    chief, (entry,) = browse_as(commune.chief), entries()
    assert "/BB-CAX" in minutes(chief, patrol)
    assert "07/BB-CAX" not in minutes(chief, patrol)
    typed = {"number": "07/BB-CAX", "dated_on": "23/11/2026", "version": str(entry.version)}
    chief.post(f"/documents/{entry.id}/issue", data=typed)
    assert "Số: 07/BB-CAX" in minutes(chief, patrol)


def test_a_number_that_another_force_would_take_in_somebody_elses_register_is_not_theirs_to_give(commune, browse_as):
    signed(commune, logged(commune, a_patrol(commune)), "military", "border")
    (entry,) = entries()
    typed = {"number": "01/BB-CAX", "dated_on": "23/11/2026", "version": str(entry.version)}
    assert browse_as(commune.military).post(f"/documents/{entry.id}/issue", data=typed).status_code == 404
    assert not entries()[0].registered


def test_a_page_that_not_every_force_has_signed_is_not_taken_for_the_signed_one(commune, browse_as):
    signed(commune, logged(commune, a_patrol(commune)), "military", "border")
    (entry,), chief = entries(), browse_as(commune.chief)
    typed = {"number": "07/BB-CAX", "dated_on": "23/11/2026", "version": str(entry.version), "not_classified": "y"}
    scan = (BytesIO(files.pdf()), "trang ký.pdf")
    answer = chief.post(f"/documents/{entry.id}/issue", data={**typed, "signed": ["1"], "scan": scan})
    assert answer.status_code == 422
    assert "The signature of Military xã Bờ Y; Border xã Bờ Y is missing." in answer.text
    assert not entries()[0].registered


def test_minutes_of_before_there_was_a_register_are_entered_once_and_struck_out_ones_stay_out(commune):
    signed(commune, logged(commune, a_patrol(commune)), "military", "border")
    (entry,) = entries()
    with transaction(None):
        assert enter_missing() == 0
    with transaction(None):  # as if nobody had ever entered them
        entry.subject_id = None
        assert enter_missing() == 1
        assert enter_missing() == 0
    missing = entries()[1]
    assert missing.signatures == ["Officer xã Bờ Y", "Military xã Bờ Y", "Border xã Bờ Y"]
    with transaction(commune.chief):  # as it could be done before papers of what stands were kept from it
        missing.voided_at, missing.void_reason = clock.now(), "Ghi trùng"
    with transaction(None):
        assert enter_missing() == 0


def test_minutes_are_a_draft_that_nobody_signs_until_every_force_has_agreed(commune, browse_as):
    patrol, chief = signed(commune, logged(commune, a_patrol(commune)), "military"), browse_as(commune.chief)
    assert "không được ký" in minutes(chief, patrol)
    disputed(commune, patrol, "border")
    assert "không được ký" in minutes(chief, patrol)
    signed(commune, logged(commune, patrol), "military", "border")
    assert "không được ký" not in minutes(chief, patrol)


def test_minutes_name_the_body_above_who_went_with_how_many_and_from_when_to_when(commune, browse_as):
    start = at(22, days=-2)
    patrol = a_patrol(commune, start=start)
    told = minutes(browse_as(commune.chief), logged(commune, patrol))
    for said in (
        "CÔNG AN TỈNH QUẢNG NGÃI", "Công an xã Bờ Y: 03 đồng chí, Trần Văn Toản",
        "từ 22 giờ 00 phút, ngày 21 tháng 11 năm 2026 đến 02 giờ 00 phút, ngày 22 tháng 11 năm 2026",
        "đọc lại cho các lực lượng cùng nghe, thống nhất nội dung và ký xác nhận./.", "- Lưu: VT.",
    ):  # fmt: skip
        assert said in told
    post = a_patrol(commune, start=at(2, days=-5), by="border")
    assert "BỘ CHQS TỈNH QUẢNG NGÃI" in minutes(browse_as(commune.border), logged(commune, post, by="border"))
