"""Invitation, minutes and notice as Word files, read back in words; and their way through the register."""

import io
import re
from datetime import date

from docx import Document
from sqlalchemy import select

from portal.documents import actions as documents
from portal.documents import numbers
from portal.documents.jobs import enter_missing
from portal.documents.models import OfficialDocument
from portal.documents.queries import document_of
from portal.duties.models import Notification
from portal.engine import clock
from portal.engine.db import db
from portal.engine.transaction import transaction
from portal.meetings import actions
from portal.meetings.models import LAST_MINUTES, Outcome
from tests.builders import a_case
from tests.documents.files import photo_in_pdf
from tests.documents.signing import sealed
from tests.meetings.meeting import (
    ON_THE_DAY,
    TOMORROW,
    a_convened,
    a_held,
    a_plan,
    an_approved,
    an_order,
    conclude_all,
    item_of,
)
from tests.meetings.test_agenda import a_breach


def words(answer):
    """All paragraphs and cells of a Word file."""
    assert answer.status_code == 200
    document = Document(io.BytesIO(answer.data))
    cells = [cell.text for table in document.tables for cell in table.rows[0].cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


def placed(answer, *told):
    """In which order some words stand in a Word file, tables where they are."""
    body = Document(io.BytesIO(answer.data)).element.body
    texts = ["".join(part.itertext()) for part in body]
    return sorted(told, key=lambda one: next(place for place, text in enumerate(texts) if one in text))


def sequence(calendar):
    """How the appointment counts against what was sent before."""
    return int(re.search(r"SEQUENCE:(\d+)", calendar)[1])


def test_the_invitation_says_who_when_where_and_what_about(commune, browse_as):
    meeting = a_convened(commune)
    told = words(browse_as(commune.border).get(f"/meetings/{meeting.id}/invitation.docx"))
    for part in ("GIẤY MỜI", "09 giờ 00 phút, ngày 24 tháng 11 năm 2026", "Hội trường UBND xã",
                 "Hội nghị giao ban công tác phối hợp tháng 11/2026", "- UBND xã Bờ Y;",
                 "- Các thôn Bắc Phong, Ngọc Hải."):  # fmt: skip
        assert part in told


def test_the_minutes_bear_two_signatures_and_what_was_ordered(commune, browse_as):
    with clock.telling(ON_THE_DAY):
        meeting = an_approved(commune)
        told = words(browse_as(commune.clerk).get(f"/meetings/{meeting.id}/minutes.docx"))
    for part in ("BIÊN BẢN", "THƯ KÝ", "CHỦ TRÌ", "I. THÀNH PHẦN", "Kết luận: Ghi nhận. Đã nghe."):
        assert part in told
    assert "QUYẾT ĐỊNH" not in told


def test_the_notice_of_conclusions_goes_to_each_forces_superior_and_tells_the_orders(commune, browse_as):
    with clock.telling(ON_THE_DAY):
        meeting = a_held(commune)
        an_order(commune, item_of(meeting, "military"), "QS", date(2026, 12, 20), "Phát quang đường tuần tra")
        conclude_all(commune, meeting)
        with transaction(commune.clerk):
            meeting.workflow.take("draft_minutes", meeting, commune.clerk)
        with transaction(commune.leader):
            meeting.workflow.take("approve_minutes", meeting, commune.leader)
        told = words(browse_as(commune.clerk).get(f"/meetings/{meeting.id}/conclusions.docx"))
    assert "Ban CHQS xã Bờ Y: Phát quang đường tuần tra, chậm nhất ngày 20/12/2026" in told
    assert "Kính gửi:\n- UBND tỉnh Quảng Ngãi;\n- Công an tỉnh Quảng Ngãi;\n- Bộ CHQS tỉnh Quảng Ngãi." in told
    assert told.count("Phát quang đường tuần tra") == 1


def approved(commune, meeting):
    """Its minutes are put before the chair and approved, once every item has its outcome."""
    conclude_all(commune, meeting)
    with transaction(commune.clerk):
        meeting.workflow.take("draft_minutes", meeting, commune.clerk)
    with transaction(commune.leader):
        meeting.workflow.take("approve_minutes", meeting, commune.leader)


def concluded(commune, item, outcome, text="", order=None):
    with transaction(commune.leader):
        actions.conclude(item, outcome, commune.leader.id, text=text, order=order)
        actions.let_go(item, commune.leader.id)


def test_the_notice_of_conclusions_tells_what_is_to_be_done_because_of_an_item_that_was_only_noted(commune, browse_as):
    order = actions.Order("Lắp đèn ở ngầm tràn", commune.place("BP"), date(2026, 12, 16))
    with clock.telling(ON_THE_DAY):
        meeting = a_held(commune)
        concluded(commune, item_of(meeting, "military"), Outcome.NOTED, order=order)
        approved(commune, meeting)
        told = words(browse_as(commune.clerk).get(f"/meetings/{meeting.id}/conclusions.docx"))
    assert "Lắp đèn ở ngầm tràn" in told


def test_papers_do_not_say_twice_what_was_concluded(commune, browse_as):
    order = actions.Order("Phát quang", commune.place("QS"), date(2026, 12, 16))
    with clock.telling(ON_THE_DAY):
        meeting = a_held(commune)
        unit = commune.place("QS").title
        concluded(commune, item_of(meeting, "military"), Outcome.INSTRUCTED, f"Giao {unit} thực hiện.", order)
        concluded(commune, item_of(meeting, "police"), Outcome.AGREED, "Thống nhất kế hoạch trực Tết.")
        concluded(commune, item_of(meeting, "border"), Outcome.AGREED, "Chuyển lịch sang thứ Năm.")
        approved(commune, meeting)
        clerk = browse_as(commune.clerk)
        minutes = words(clerk.get(f"/meetings/{meeting.id}/minutes.docx"))
        notice = words(clerk.get(f"/meetings/{meeting.id}/conclusions.docx"))
    assert f"Kết luận: Giao thực hiện. {unit}: Phát quang" in minutes
    assert "Kết luận: Thống nhất kế hoạch trực Tết." in minutes
    assert "Kết luận: Thống nhất. Chuyển lịch sang thứ Năm." in minutes
    assert "Thống nhất kế hoạch trực Tết." in notice
    assert item_of(meeting, "police").title not in notice
    assert "Giao" not in notice.partition("Người chủ trì kết luận")[2].partition("Nhiệm vụ giao")[0]


def test_no_superior_is_told_that_the_last_minutes_were_approved(commune, browse_as):
    with clock.telling(clock.moment(date(2026, 11, 23), 7)):
        an_approved(commune, date(2026, 11, 23))
    with clock.telling(ON_THE_DAY):
        meeting = a_held(commune)
        last = next(one for one in meeting.agenda if one.source_id == LAST_MINUTES)
        concluded(commune, last, Outcome.AGREED, "Thống nhất biên bản kỳ trước.")
        approved(commune, meeting)
        told = words(browse_as(commune.clerk).get(f"/meetings/{meeting.id}/conclusions.docx"))
    assert "biên bản kỳ trước" not in told


def test_approved_minutes_are_printed_as_they_were_approved_with_corrections_under_them(commune, browse_as):
    with clock.telling(ON_THE_DAY):
        meeting = an_approved(commune)
        with transaction(commune.clerk):
            actions.correct(meeting, "Đọc là 28 dân quân", "Ghi nhầm số")
            commune.leader.full_name = "Tên Khác"
        told = words(browse_as(commune.clerk).get(f"/meetings/{meeting.id}/minutes.docx"))
    text, corrected = told.split("nhất trí và ký tên")
    assert (
        f"Đính chính ngày 24 tháng 11 năm 2026, {commune.clerk.with_title}: Đọc là 28 dân quân. Lý do: Ghi nhầm số."
        in (corrected)
    )
    assert "Đính chính" not in text
    assert "Chủ trì: Leader xã Bờ Y" in told


def test_minutes_that_were_changed_after_approval_are_told(commune, browse_as):
    with clock.telling(ON_THE_DAY):
        meeting = an_approved(commune)
        with transaction(commune.clerk):
            first, *rest = meeting.minutes.paragraphs
            meeting.minutes.paragraphs = [[first[0], "Đã sửa", first[2]], *rest]
        assert "were changed afterwards" in browse_as(commune.leader).get(f"/meetings/{meeting.id}").text


def test_each_paper_of_a_meeting_waits_in_the_register_for_its_signature(commune):
    with clock.telling(ON_THE_DAY):
        an_approved(commune)
    found = db.session.scalars(select(OfficialDocument).order_by(OfficialDocument.id)).all()
    assert [(one.code, one.issued) for one in found] == [("GM", False), ("BB", False), ("TB", False)]


def test_the_invitation_goes_into_calendars_and_moves_there_with_the_meeting(commune, browse_as):
    meeting, border = a_convened(commune), browse_as(commune.border)
    first = border.get(f"/meetings/{meeting.id}/invitation.ics")
    assert first.status_code == 200
    with transaction(commune.clerk):
        actions.move(meeting, clock.moment(date(2026, 11, 26), 14), "Phòng họp", "Trùng lịch", commune.clerk)
    second = border.get(f"/meetings/{meeting.id}/invitation.ics").text
    assert f"UID:meeting-{meeting.id}@portal" in second
    assert sequence(first.text) < sequence(second)
    assert "20261126T140000" in second
    for step in ("postpone", "cancel"):
        with transaction(commune.clerk):
            meeting.workflow.take(step, meeting, commune.clerk, "Mưa lũ")
        off = border.get(f"/meetings/{meeting.id}/invitation.ics").text
        assert "METHOD:CANCEL" in off
        assert sequence(second) < sequence(off)


def test_a_postponed_meeting_that_has_a_new_day_comes_back_into_calendars(commune, browse_as):
    meeting, border = a_convened(commune), browse_as(commune.border)
    with transaction(commune.clerk):
        meeting.workflow.take("postpone", meeting, commune.clerk, "Mưa lũ")
    off = border.get(f"/meetings/{meeting.id}/invitation.ics").text
    with transaction(commune.clerk):
        actions.reschedule(meeting, a_plan(commune, date(2026, 11, 26)), commune.clerk)
    again = border.get(f"/meetings/{meeting.id}/invitation.ics").text
    assert "METHOD:PUBLISH" in again
    assert sequence(off) < sequence(again)


def test_the_minutes_are_one_paper_and_what_a_restricted_item_says_is_an_annex_for_those_who_may_read_it(
    commune, browse_as
):
    a_breach(commune, a_case(commune))
    with clock.telling(ON_THE_DAY):
        meeting = an_approved(commune)
        item = next(one for one in meeting.agenda if one.restricted)
        clerk, leader = browse_as(commune.clerk), browse_as(commune.leader)
        printed = {words(one.get(f"/meetings/{meeting.id}/minutes.docx")) for one in (clerk, leader)}
        annex = f"/meetings/items/{item.id}/annex.docx"
        told = words(leader.get(annex))
        refused = clerk.get(annex)
        assert annex in leader.get(f"/meetings/{meeting.id}").text
        assert annex not in clerk.get(f"/meetings/{meeting.id}").text
        openly = next(one for one in meeting.agenda if not one.restricted)
        assert leader.get(f"/meetings/items/{openly.id}/annex.docx").status_code == 404
    (minutes,) = printed
    assert f"{item.position}. Nội dung hạn chế, ghi tại phụ lục riêng." in minutes
    assert item.title not in minutes
    assert item.title in told
    assert "PHỤ LỤC" in told
    assert refused.status_code in (403, 404)
    assert ("THƯ KÝ" in minutes, "Số:" in minutes) == (True, True)
    assert ("THƯ KÝ" in told, "Số:" in told, "CHỦ TRÌ" in told) == (False, False, True)


def test_a_correction_made_before_anybody_signed_stands_over_the_signatures_and_a_later_one_below(commune, browse_as):
    with clock.telling(ON_THE_DAY):
        meeting, clerk = an_approved(commune), browse_as(commune.clerk)
        with transaction(commune.clerk):
            actions.correct(meeting, "Đọc là 28 dân quân", "Ghi nhầm số")
        paper = f"/meetings/{meeting.id}/minutes.docx"
        assert placed(clerk.get(paper), "CHỦ TRÌ", "Đính chính") == ["Đính chính", "CHỦ TRÌ"]
        sealed(document_of(meeting, "BB"), commune.clerk)
        assert placed(clerk.get(paper), "CHỦ TRÌ", "Đính chính") == ["CHỦ TRÌ", "Đính chính"]


def test_a_secretary_who_may_read_a_restricted_item_signs_its_annex(commune, browse_as):
    a_breach(commune, a_case(commune))
    with clock.telling(ON_THE_DAY):
        meeting = a_held(commune, secretary=commune.chief)
        item = next(one for one in meeting.agenda if one.restricted)
        annex = f"/meetings/items/{item.id}/annex.docx"
        assert "THƯ KÝ" in words(browse_as(commune.leader).get(annex))


# ── the papers in the register ──────────────────────────────────────────────────────────────────────────────────────
def issue(commune, browse_as, paper):
    """The clerk records number, day and scan, today."""
    data = {"number": "07/GM-UBND", "dated_on": "23/11/2026", "not_classified": "y", "version": str(paper.version)}
    data["scan"] = (io.BytesIO(photo_in_pdf()), "giấy mời.pdf")
    clerk = browse_as(commune.clerk)
    answer = clerk.post(f"/documents/{paper.id}/issue", data=data, follow_redirects=True)
    assert answer.status_code == 200, answer.text


def papers_of(code):
    found = select(OfficialDocument).where(OfficialDocument.code == code).order_by(OfficialDocument.id)
    return db.session.scalars(found.execution_options(populate_existing=True)).all()


def test_an_invitation_is_issued_before_its_meeting_and_bears_its_number(commune, browse_as):
    meeting = a_convened(commune)
    issue(commune, browse_as, papers_of("GM")[0])
    told = words(browse_as(commune.border).get(f"/meetings/{meeting.id}/invitation.docx"))
    assert "Số: 07/GM-UBND" in told
    assert "ngày 23 tháng 11 năm 2026" in told


def test_a_meeting_that_moves_after_its_invitation_was_issued_has_another_that_names_it(commune, browse_as):
    meeting = a_convened(commune)
    issue(commune, browse_as, papers_of("GM")[0])
    with transaction(commune.clerk):
        actions.move(meeting, clock.moment(date(2026, 11, 26), 14), "Phòng họp", "Trùng lịch", commune.clerk)
    assert [one.issued for one in papers_of("GM")] == [True, False]
    told = words(browse_as(commune.border).get(f"/meetings/{meeting.id}/invitation.docx"))
    assert "thay thế Giấy mời số 07/GM-UBND ngày 23 tháng 11 năm 2026" in told
    assert "Số: 07/GM-UBND" not in told


def test_an_invitation_that_nobody_signed_yet_is_not_entered_twice_when_the_meeting_moves(commune):
    meeting = a_convened(commune)
    with transaction(commune.clerk):
        actions.move(meeting, clock.moment(date(2026, 11, 26), 14), "Phòng họp", "Trùng lịch", commune.clerk)
    assert len(papers_of("GM")) == 1


def test_the_page_of_a_meeting_lists_all_its_papers_in_the_register(commune, browse_as):
    with clock.telling(ON_THE_DAY):
        meeting = an_approved(commune)
        page = browse_as(commune.clerk).get(f"/meetings/{meeting.id}").text
    for paper in papers_of("GM") + papers_of("BB") + papers_of("TB"):
        assert f'href="/documents/{paper.id}"' in page


def test_a_meeting_whose_minutes_and_notice_are_not_issued_says_so_with_what_is_left(commune, browse_as):
    with clock.telling(ON_THE_DAY):
        meeting = an_approved(commune)
        clerk, told = browse_as(commune.clerk), "are not issued yet"
        page = clerk.get(f"/meetings/{meeting.id}").text
        signers = f"{commune.clerk.with_title}; {commune.leader.with_title}"
        assert told in page
        assert f"Minutes: Waits for the signature of {signers}" in page
        assert f"Notice of conclusions: Waits for the signature of {commune.leader.with_title}" in page
        with transaction(None):
            for paper in (*papers_of("BB"), *papers_of("TB")):
                paper.afterwards, paper.vouched_by_id = "Ký trên giấy", commune.leader.id
                paper.number, paper.dated_on = "09", TOMORROW
        assert told not in clerk.get(f"/meetings/{meeting.id}").text


def deputy_of(commune):
    """Another grant by which somebody may take the chair: the chief, for the police."""
    return next(grant for grant in commune.chief.held_today if grant.unit == commune.place("CA"))


def taken_by_the_chief(commune, meeting):
    with transaction(commune.clerk):
        actions.take_chair(meeting, deputy_of(commune), "Chủ tịch đi công tác", commune.clerk)


def test_an_invitation_that_waits_follows_whoever_takes_the_chair_into_the_register_of_their_unit(commune, browse_as):
    meeting = a_convened(commune)
    (entry,) = papers_of("GM")
    assert (entry.signatures, entry.unit) == ([commune.leader.with_title], commune.place("UB"))
    with transaction(commune.clerk):
        documents.issue(entry, documents.Signed(numbers.read("3/GM-UBND"), clock.today()))
    taken_by_the_chief(commune, meeting)
    (entry,) = papers_of("GM")
    assert meeting.chair_unit == commune.place("CA")
    assert (entry.signatures, entry.unit, entry.symbol) == (
        [commune.chief.with_title], commune.place("CA"), "GM-CAX",
    )  # fmt: skip
    assert (entry.number, entry.dated_on, entry.unsigned) == ("", None, [commune.chief.with_title])
    assert "Papers to be registered" in browse_as(commune.chief).get("/notices/").text  # and the keeper is told
    assert "TRƯỞNG CÔNG AN" in words(browse_as(commune.border).get(f"/meetings/{meeting.id}/invitation.docx"))
    page = browse_as(commune.border).get(f"/meetings/{meeting.id}").text
    assert f"Waits for the signature of {commune.chief.with_title}" in page


def test_an_invitation_that_was_issued_stays_as_it_was_signed(commune, browse_as):
    meeting = a_convened(commune)
    issue(commune, browse_as, papers_of("GM")[0])
    taken_by_the_chief(commune, meeting)
    (entry,) = papers_of("GM")
    assert (entry.signatures, entry.number) == ([commune.leader.with_title], "07/GM-UBND")


def test_an_invitation_that_waits_names_those_who_are_invited_still_and_keeps_its_number(commune):
    meeting = a_convened(commune)
    (entry,) = papers_of("GM")
    with transaction(commune.clerk):
        documents.issue(entry, documents.Signed(numbers.read("3/GM-UBND"), clock.today()))
        assert commune.place("QS").name in entry.recipients
        actions.uninvite(next(one for one in meeting.invited if one.unit == commune.place("QS")), "Đi diễn tập")
    (entry,) = papers_of("GM")
    assert commune.place("QS").name not in entry.recipients
    assert entry.number == "03/GM-UBND"


def test_an_invitation_that_was_signed_before_its_meeting_moved_is_signed_anew(commune):
    meeting = a_convened(commune)
    (entry,) = papers_of("GM")
    with transaction(commune.clerk):
        documents.issue(entry, documents.Signed(numbers.read("3/GM-UBND"), clock.today()))
    with clock.telling(clock.moment(TOMORROW, 7)), transaction(commune.clerk):
        actions.move(meeting, clock.moment(date(2026, 11, 26), 14), "Phòng họp", "Trùng lịch", commune.clerk)
    (entry,) = papers_of("GM")
    assert (entry.drafted_on, entry.registered, entry.unsigned) == (TOMORROW, False, [commune.leader.with_title])


def mended(commune, browse_as, entry, **typed):
    """What the clerk wrote into an entry by hand."""
    clerk, here = browse_as(commune.clerk), f"/documents/{entry.id}/edit"
    fields = ("code", "issued_by", "abstract", "recipients", "symbol", "signers", "authority")
    kept = {name: getattr(entry, name) for name in fields}
    assert clerk.post(here, data={**kept, "version": str(entry.version), **typed}).status_code == 302
    return papers_of("GM")[0]


def test_what_the_keeper_mended_in_an_entry_stays_when_its_meeting_changes(commune, browse_as):
    meeting = a_convened(commune)
    by_hand = {"recipients": "Các lực lượng; Lưu: VT", "signers": "Lê Trọng Khôi, Bí thư kiêm Chủ tịch"}
    entry = mended(commune, browse_as, papers_of("GM")[0], **by_hand)
    with transaction(commune.clerk):
        documents.issue(entry, documents.Signed(numbers.read("3/GM-UBND"), clock.today()))
        actions.uninvite(next(one for one in meeting.invited if one.unit == commune.place("QS")), "Đi diễn tập")
    (entry,) = papers_of("GM")
    assert {name: getattr(entry, name) for name in by_hand} == by_hand
    assert entry.number == "03/GM-UBND"


def test_whoever_keeps_the_register_is_told_of_a_number_that_is_dropped_since_others_sign(commune, browse_as):
    meeting = a_convened(commune)
    entry = mended(commune, browse_as, papers_of("GM")[0], signers="Lê Trọng Khôi, Bí thư kiêm Chủ tịch")
    with transaction(commune.clerk):
        documents.issue(entry, documents.Signed(numbers.read("3/GM-UBND"), clock.today()))
    with transaction(commune.leader):
        actions.take_chair(meeting, deputy_of(commune), "Chủ tịch đi công tác", commune.leader)
    (entry,) = papers_of("GM")
    assert (entry.signatures, entry.number) == ([commune.chief.with_title], "")
    told = select(Notification.user_id).where(Notification.kind == "DOCUMENT-ANEW")
    assert list(db.session.scalars(told)) == [commune.clerk.id]
    assert "03/GM-UBND is free again" in browse_as(commune.clerk).get("/notices/").text
    assert "It bore the number 03/GM-UBND." in browse_as(commune.chief).get(f"/documents/{entry.id}").text


def test_nobody_signs_the_invitation_to_a_meeting_that_was_called_off(commune, browse_as):
    meeting = a_convened(commune)
    with transaction(commune.clerk):
        meeting.workflow.take("cancel", meeting, commune.clerk, "Mưa lũ")
    (entry,) = papers_of("GM")
    assert (entry.waits, entry.voided_at is not None) == (False, True)


def test_why_an_invitation_is_not_issued_is_told_in_the_language_of_the_reader(commune, browse_as):
    meeting = a_convened(commune)
    with transaction(commune.clerk):
        meeting.workflow.take("postpone", meeting, commune.clerk, "Mưa lũ")
    (entry,) = papers_of("GM")
    page = browse_as(commune.clerk).get(f"/documents/{entry.id}").text
    assert "the meeting does not take place on that day, so its invitation is not issued" in page
    assert "giấy mời không phát hành" not in entry.void_reason


def test_nobody_signs_the_invitation_to_a_meeting_that_was_broken_off(commune):
    meeting = a_held(commune)
    missing = {commune.military.id, commune.border.id}
    with clock.telling(ON_THE_DAY), transaction(commune.clerk):
        actions.record_attendance(meeting, {one.id: one.user_id not in missing for one in meeting.invited}, {})
        meeting.workflow.take("break_off", meeting, commune.clerk, "Thiếu đơn vị")
    (entry,) = papers_of("GM")
    assert (entry.waits, entry.voided_at is not None) == (False, True)


def test_minutes_wait_for_the_secretary_and_then_for_the_chair(commune, browse_as):
    with clock.telling(ON_THE_DAY):
        an_approved(commune)
        (entry,) = papers_of("BB")
        assert entry.signatures == [commune.clerk.with_title, commune.leader.with_title]
        home = browse_as(commune.clerk).get("/").text
    assert f"Waits for the signature of {commune.clerk.with_title}; {commune.leader.with_title}" in home


def test_papers_of_before_there_was_a_register_are_entered_once(commune):
    with clock.telling(ON_THE_DAY):
        an_approved(commune)
        with transaction(None):
            assert enter_missing() == 0
            for entry in (*papers_of("BB"), *papers_of("TB")):
                entry.subject_id = None
            assert enter_missing() == 2
            assert enter_missing() == 0


def test_the_entries_of_minutes_and_notice_of_a_meeting_that_was_held_are_not_struck_out_by_hand(commune, browse_as):
    an_approved(commune)
    clerk = browse_as(commune.clerk)
    for entry in (*papers_of("BB"), *papers_of("TB")):
        sent = {"version": entry.version, "reason": "Ghi trùng"}
        refused = clerk.post(f"/documents/{entry.id}/void", data=sent)
        assert (refused.status_code, "stands in the portal" in refused.text) == (422, True)
    assert papers_of("BB")
    assert papers_of("TB")
