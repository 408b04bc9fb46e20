"""A reception with its six parts: what is missing is told and stays owed, and its papers are printed and signed."""

from datetime import date

import pytest
from sqlalchemy import select

from portal.cases.actions import recording
from portal.cases.models import CaseType, reception_of
from portal.documents.queries import document_of
from portal.duties.models import Duty
from portal.engine.db import db
from portal.engine.transaction import transaction
from portal.law.community import ReceptionItem
from tests.builders import a_case, a_person
from tests.cases.test_summons import words_of

YOUNG = {"received_on": date(2026, 11, 6), "starts_on": date(2026, 10, 20), "term_months": 18}
ALL = [str(item) for item in ReceptionItem]
WHOLE = {
    "held_on": "18/11/2026", "begun_at": "08:00", "closed_at": "09:15", "where": "Công an xã", "items": ALL,
    "participants": "Ông A Nhuin, Trưởng thôn", "statements": "Hứa chấp hành tốt",
}  # fmt: skip


def record(browser, case, **typed):
    return browser.post(f"/cases/{case.id}/reception", data={**WHOLE, "version": case.version, **typed})


def owed(case, rule="COM-RECEPTION"):
    db.session.expire_all()
    return db.session.scalar(select(Duty).where(Duty.case_id == case.id, Duty.rule == rule))


def test_a_whole_reception_owes_nothing_and_is_told_with_its_parts(commune, browse_as):
    case, officer = a_case(commune, **YOUNG), browse_as(commune.officer)
    answer = record(officer, case)
    assert answer.status_code == 302
    page = officer.get(answer.location).text
    assert "Recorded" in page
    assert "Hứa chấp hành tốt" in page
    assert (case.reception_on, reception_of(case).completed_on) == (date(2026, 11, 18), date(2026, 11, 18))
    assert owed(case).done_on == date(2026, 11, 18)
    assert owed(case, "COM-PLAN").due_on == date(2026, 11, 26)
    story = officer.get(f"/cases/{case.id}").text
    assert "Reception: 6 of 6 parts recorded" in story
    assert answer.location in story


def test_what_is_missing_is_owed_with_its_clause_until_it_is_made_good(commune, browse_as):
    case, officer = a_case(commune, **YOUNG), browse_as(commune.officer)
    some = [one for one in ALL if one not in ("commitment", "declaration")]
    page = officer.get(record(officer, case, items=some).location).text
    assert "2 parts are missing" in page
    duty = owed(case)
    assert (duty.due_on, duty.open, duty.values) == (date(2026, 11, 18), True, {"count": 2, "of": 6})
    assert "Điều 6 khoản 2" in duty.source
    assert "lacks 2 of its 6 parts" in browse_as(commune.chief).get("/overdue").text
    assert record(officer, case, committed_on="20/11/2026").status_code == 302
    assert not owed(case).open
    assert reception_of(case).committed_on == date(2026, 11, 20)
    assert "Reception: 6 of 6 parts recorded" in officer.get(f"/cases/{case.id}").text


def test_an_older_reception_stays_a_day_and_owes_nothing(commune, browse_as):
    case = a_case(commune, reception_on=date(2026, 11, 9), **YOUNG)
    officer = browse_as(commune.officer)
    assert owed(case) is None
    assert "Reception: rights and duties explained" in officer.get(f"/cases/{case.id}").text
    only_day = {"held_on": "10/11/2026", "reason": "Ghi nhầm ngày", "version": case.version}
    assert officer.post(f"/cases/{case.id}/reception", data=only_day).status_code == 302
    assert (case.reception_on, reception_of(case), owed(case)) == (date(2026, 11, 10), None, None)
    assert record(officer, case, held_on="10/11/2026").status_code == 302
    assert reception_of(case).completed_on == date(2026, 11, 10)


def test_a_reception_before_the_decree_owes_no_parts(commune):
    case = a_case(commune, received_on=date(2026, 6, 22), starts_on=date(2026, 6, 1), term_months=18)
    with transaction(commune.officer):
        recording.record_reception(case, date(2026, 6, 30), commune.officer)
    assert owed(case) is None


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ({"closed_at": "07:00"}, "The session cannot be closed before it began."),
        ({"closed_at": ""}, "Minutes tell at what hour a session began and was closed."),
        ({"committed_on": "17/11/2026"}, "It is signed at the reception, or made good after it."),
        ({"held_on": "05/11/2026"}, "The reception cannot lie before the file was received."),
        ({"held_on": "30/11/2026"}, "future"),
        ({"items": ["dance"]}, "Please choose one of the list."),
    ],
)
def test_what_cannot_be_is_told_at_its_field_and_nothing_is_lost(typed, answer, commune, browse_as):
    case = a_case(commune, **YOUNG)
    refused = record(browse_as(commune.officer), case, **typed)
    assert refused.status_code == 422
    assert answer in refused.text
    assert "Hứa chấp hành tốt" in refused.text
    db.session.expire_all()
    assert (case.reception_on, case.receptions) == (None, [])


@pytest.mark.parametrize(
    ("born", "sent", "answer"),
    [
        (date(2011, 1, 5), {}, "the representative is summoned together"),
        (date(2011, 1, 5), {"representative": "Lò Thị Mai"}, "the representative confirms the commitment"),
        (date(2010, 11, 19), {"representative": "Lò Thị Mai"}, "the representative confirms the commitment"),
        (date(2011, 1, 5), {"representative": "Lò Thị Mai", "representative_confirms": "y"}, ""),
        (date(2010, 11, 18), {"representative": "Lò Thị Mai"}, ""),
        (date(2008, 11, 18), {}, ""),
        (date(2008, 11, 18), {"representative": "Lò Thị Mai"}, "no representative takes part"),
    ],
)
def test_the_age_on_the_day_of_signing_decides_who_confirms_a_commitment(born, sent, answer, commune, browse_as):
    """Born on 19/11/2010 somebody is 15 on 18/11/2026; born a day earlier they are 16."""
    case = a_case(commune, person=a_person(commune, birth_date=born, birth_year=None), **YOUNG)
    shown = record(browse_as(commune.officer), case, **sent)
    assert shown.status_code == (422 if answer else 302)
    assert answer in shown.text


def test_minutes_and_commitment_say_what_was_done_and_who_signs(commune, browse_as):
    case = a_case(commune, person=a_person(commune, birth_date=date(2011, 1, 5), birth_year=None), **YOUNG)
    officer = browse_as(commune.officer)
    sent = {"representative": "Lò Thị Mai", "representative_confirms": "y"}
    page = record(officer, case, **sent).location
    minutes = words_of(officer.get(f"{page}/minutes.docx"))
    for told in (
        "BIÊN BẢN", "Về việc tiếp nhận người được hưởng án treo", "bắt đầu hồi 08 giờ 00 phút",
        "kết thúc hồi 09 giờ 15 phút", "Ông A Nhuin, Trưởng thôn", "Hứa chấp hành tốt", "NGƯỜI ĐẠI DIỆN", "Lò Thị Mai",
    ):  # fmt: skip
        assert told in minutes
    signed = words_of(officer.get(f"/cases/{case.id}/commitment.docx"))
    assert "BẢN CAM KẾT" in signed
    assert "Tôi là: Nguyễn Công Trứng, sinh năm 2011." in signed
    assert "NGƯỜI CAM KẾT" in signed
    assert "Số:" not in signed
    entry = document_of(reception_of(case))
    assert (entry.code, entry.case_id) == ("BB", case.id)
    assert case.person.full_name not in entry.abstract


def test_of_two_who_record_the_reception_the_second_is_told_and_loses_nothing(commune, browse_as):
    case = a_case(commune, **YOUNG)
    shown = case.version
    assert record(browse_as(commune.chief), case).status_code == 302
    late = record(browse_as(commune.officer), case, version=shown, statements="Nói khác")
    assert late.status_code == 409
    assert "Nói khác" in late.text
    assert reception_of(case).statements == "Hứa chấp hành tốt"


def test_a_reception_that_was_entered_in_error_is_struck_out_with_its_paper_and_waited_for_again(commune, browse_as):
    case, officer = a_case(commune, **YOUNG), browse_as(commune.officer)
    record(officer, case)
    reception = reception_of(case)
    sent = {"reason": "Nhầm hồ sơ", "version": reception.version, "parent_version": case.version}
    assert officer.post(f"/receptions/{reception.id}/void", data=sent).status_code == 302
    db.session.expire_all()
    assert (case.reception_on, reception_of(case)) == (None, None)
    assert document_of(reception) is None
    assert owed(case, "COM-PLAN").due_on == date(2026, 11, 13)
    assert "Nhầm hồ sơ" in officer.get(f"/cases/{case.id}?story=all").text


def test_reintegration_names_no_parts_so_none_is_owed(commune, browse_as):
    case = a_case(commune, type=CaseType.REINTEGRATION, **YOUNG)
    assert record(browse_as(commune.officer), case, items=[]).status_code == 302
    assert owed(case) is None
