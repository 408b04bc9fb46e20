"""A report from its draft to the signed paper: who does what, what is frozen, what came late."""

from datetime import date
from io import BytesIO

import pytest
from docx import Document
from sqlalchemy import select

from portal.cases.models import Case
from portal.documents.models import OfficialDocument
from portal.duties.models import Duty
from portal.engine import clock, waiting
from portal.engine.audit import AuditEvent
from portal.engine.db import db
from portal.engine.refusal import Plain, Refused
from portal.engine.transaction import transaction
from portal.meetings.models import ActionItem
from portal.reports import actions, catalogue, figures, freezing, outline, papers
from portal.reports.models import Body, Report, ReportFigure, ReportKind
from tests.builders import a_case, a_person
from tests.incidents.written import an_incident
from tests.proposals.ways import a_proposal, step
from tests.reports.asked import statements
from tests.reports.report import TEXTS, a_draft, a_kind, a_submitted, an_approved, answered, approved, taken

SERVING, RECEIVED = "cases.community.serving", "cases.community.received"
BEGUN = {"first": "01/01/2026", "last": "31/10/2026"}


def url(report, page=""):
    return f"/reports/{report.id}{page}"


def send(client, report, step, **more):
    return client.post(url(report, f"/{step}"), data={"version": report.version, "reason": "", **more})


def approve(client, report, **more):
    """As the page asks once more: with what it showed."""
    page = client.get(url(report, "/approve"))
    shown = page.text.split('name="shown" type="hidden" value="')[1].split('"')[0] if "shown" in page.text else ""
    return client.post(url(report, "/approve"), data={"version": report.version, "shown": shown, **more})


def fresh(report):
    db.session.expire_all()
    return db.session.get_one(Report, report.id)


def the_figure(report, figure_id):
    return next(one for one in fresh(report).figures if one.figure_id == figure_id)


# ── the way of a report ─────────────────────────────────────────────────────────────────────────────────────────────
def test_the_chief_drafts_and_submits_the_leader_approves_and_it_takes_the_next_number(commune, browse_as):
    a_case(commune)
    kind = a_kind(commune)
    chief, leader = browse_as(commune.chief), browse_as(commune.leader)
    answer = chief.post(f"/reports/kinds/{kind.id}/begin", data=BEGUN)
    report = db.session.scalars(select(Report)).one()
    assert answer.location == url(report)
    for key, text in TEXTS.items():
        version = fresh(report).version
        assert chief.post(url(report, f"/sections/{key}"), data={"text": text, "version": version}).status_code == 302
    assert send(chief, answered(commune, fresh(report)), "submit").status_code == 302
    assert approve(leader, fresh(report)).status_code == 302
    report = fresh(report)
    assert (report.state, report.document.number) == ("approved", "01/BC-BCĐ")
    assert report.intact
    assert "TM. BAN CHỈ ĐẠO" in report.document.authority


def test_nobody_approves_their_own_report_and_a_chief_never(commune, browse_as):
    report = a_submitted(commune)
    assert browse_as(commune.chief).post(url(report, "/approve"), data={"version": report.version}).status_code == 403
    assert fresh(report).state == "submitted"


def test_a_leader_who_wrote_a_report_does_not_approve_it(commune, browse_as):
    report, leader = a_draft(commune), browse_as(commune.leader)
    with transaction(None):
        report.created_by_id = commune.leader.id
    taken(answered(commune, report), commune.chief, "submit")
    assert "Somebody else decides" in leader.get(url(report)).text
    assert approve(leader, fresh(report)).status_code == 403
    assert fresh(report).state == "submitted"


def test_a_report_comes_back_with_remarks_and_goes_again(commune, browse_as):
    report, leader, chief = a_submitted(commune), browse_as(commune.leader), browse_as(commune.chief)
    assert send(leader, report, "return").status_code == 422
    assert send(leader, report, "return", reason="Bổ sung phần hạn chế.").status_code == 302
    assert "Bổ sung phần hạn chế." in chief.get(url(report)).text
    report = fresh(report)
    assert report.state == "returned"
    chief.post(url(report, "/sections/assessment"), data={"text": "Ưu điểm: rõ.", "version": report.version})
    assert send(chief, fresh(report), "submit").status_code == 302
    assert approve(leader, fresh(report)).status_code == 302


def test_what_was_submitted_is_not_written_on_any_more(commune, browse_as):
    report = a_submitted(commune)
    answer = browse_as(commune.chief).post(
        url(report, "/sections/advice"), data={"text": "Khác.", "version": report.version}
    )
    assert answer.status_code == 403
    assert fresh(report).text_of("advice") == TEXTS["advice"]


def test_a_report_with_an_empty_section_is_not_submitted(commune, browse_as):
    report = a_draft(commune, tasks="  ")
    page = send(browse_as(commune.chief), report, "submit")
    assert page.status_code == 422
    assert "These sections are empty: Tasks to come." in page.text


def test_it_is_sent_once_its_signed_page_is_registered_and_not_before(commune, browse_as):
    report, leader = an_approved(commune), browse_as(commune.leader)
    page = send(leader, report, "send")
    assert page.status_code == 422
    assert "It waits for the signature" in page.text
    with transaction(commune.clerk):
        entry = fresh(report).document
        entry.afterwards, entry.vouched_by_id = "Bản giấy đã gửi", commune.leader.id
    assert send(leader, fresh(report), "send").status_code == 302
    assert fresh(report).sent_on == clock.today()


def test_figures_that_changed_since_the_page_was_opened_are_not_approved_unseen(commune, browse_as):
    report, leader = a_submitted(commune), browse_as(commune.leader)
    page = leader.get(url(report, "/approve")).text
    shown = page.split('name="shown" type="hidden" value="')[1].split('"')[0]
    a_case(commune)
    version = fresh(report).version
    answer = leader.post(url(report, "/approve"), data={"version": version, "shown": shown})
    assert answer.status_code == 409
    assert fresh(report).state == "submitted"
    assert approve(leader, fresh(report)).status_code == 302


@pytest.mark.parametrize(
    "changed", [{"recipients": "Chỉ một nơi"}, {"addressee": "UBND tỉnh"}, {"title": "Việc khác"}, {"table": True}]
)
def test_a_paper_that_would_go_elsewhere_than_the_page_showed_is_not_approved_unseen(commune, browse_as, changed):
    report, leader = a_submitted(commune), browse_as(commune.leader)
    page = leader.get(url(report, "/approve")).text
    shown = page.split('name="shown" type="hidden" value="')[1].split('"')[0]
    with transaction(commune.chief):
        for name, value in changed.items():
            setattr(report.kind, name, value)
    answer = leader.post(url(report, "/approve"), data={"version": fresh(report).version, "shown": shown})
    assert answer.status_code == 409
    assert fresh(report).state == "submitted"


def test_the_page_that_asks_for_approval_says_who_signs_and_to_whom_it_goes(commune, browse_as):
    page = browse_as(commune.leader).get(url(a_submitted(commune), "/approve")).text
    assert "TM. BAN CHỈ ĐẠO, TRƯỞNG BAN, CHỦ TỊCH UBND XÃ, Leader xã Bờ Y" in page
    assert "Thường trực Đảng ủy xã" in page


def test_what_is_struck_out_while_it_is_approved_still_counts_in_what_was_read(commune, browse_as, monkeypatch):
    case = a_case(commune)
    report, number = a_submitted(commune), case.id
    next_free = actions.next_free

    def meanwhile(*given):
        db.session.rollback()
        with db.engine.begin() as raw:
            raw.execute(Case.__table__.update().where(Case.__table__.c.id == number).values(voided_at=clock.now()))
        return next_free(*given)

    leader = browse_as(commune.leader)
    page = leader.get(url(report, "/approve")).text
    shown = page.split('name="shown" type="hidden" value="')[1].split('"')[0]
    monkeypatch.setattr(actions, "next_free", meanwhile)
    answer = leader.post(url(report, "/approve"), data={"version": fresh(report).version, "shown": shown})
    assert answer.status_code == 302
    assert (the_figure(report, RECEIVED).value, the_figure(report, RECEIVED).ids) == (1, [number])


@pytest.mark.both_engines
def test_a_figure_and_its_records_are_frozen_as_of_one_moment(commune, monkeypatch):
    case, report = a_case(commune), a_submitted(commune)
    number, ids_counted = case.id, figures.ids_counted

    def meanwhile(*given):
        monkeypatch.setattr(figures, "ids_counted", ids_counted)
        with db.engine.begin() as raw:
            raw.execute(Case.__table__.update().where(Case.__table__.c.id == number).values(voided_at=clock.now()))
        return ids_counted(*given)

    monkeypatch.setattr(figures, "ids_counted", meanwhile)
    found = freezing.frozen(report, papers.who_signs(report), clock.today())
    row = next(one for one in found.rows if one["figure_id"] == RECEIVED)
    assert (row["value"], row["ids"]) == (1, [number])


def test_an_approval_that_is_sent_wrongly_is_asked_for_again(commune, browse_as):
    report, leader = a_submitted(commune), browse_as(commune.leader)
    assert approve(leader, report, shown=["a", "b"]).status_code == 422
    assert fresh(report).state == "submitted"


# ── what is frozen ──────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.both_engines
def test_an_approved_report_keeps_its_figures_its_text_and_its_file_whatever_is_recorded_later(commune, browse_as):
    kept = a_case(commune)
    report = an_approved(commune)
    reader = browse_as(commune.officer)
    file, page = reader.get(url(report, "/report.docx")).data, reader.get(url(report, "/text")).text
    assert "Toàn xã có " in page
    a_case(commune, "Trần Văn Muộn", received_on=date(2026, 9, 1))
    figure = the_figure(report, SERVING)
    assert (figure.value, figure.ids) == (1, [kept.id])
    assert reader.get(url(report, "/report.docx")).data == file
    assert reader.get(url(report, "/text")).text.count("01") == page.count("01")


def test_the_text_page_of_a_signed_report_stays_as_it_was_signed(commune, browse_as):
    report, reader = an_approved(commune), browse_as(commune.officer)
    text, page = reader.get(url(report, "/text")).text, reader.get(url(report)).text
    with transaction(commune.chief):
        facts = {"title": "Việc khác", "addressee": "Ai đó", "recipients": "Chỉ một nơi", "table": True}
        actions.save_kind(report.kind, {**facts, "body": Body.COMMITTEE}, commune.id)
        commune.leader.full_name = "Người Sau"
    later = reader.get(url(report, "/text")).text
    for words in ("Việc khác", "Ai đó", "Chỉ một nơi", "Người Sau"):
        assert words not in later
    assert "Leader xã Bờ Y" in text
    assert later.count("Thường trực Đảng ủy xã") == text.count("Thường trực Đảng ủy xã") > 0
    again = reader.get(url(report)).text
    assert again.count("Kết quả phong trào") == page.count("Kết quả phong trào") > 0
    assert fresh(report).intact


def test_who_receives_a_signed_report_cannot_be_changed_behind_its_seal(commune):
    report = an_approved(commune)
    table, other = Report.__table__, {**report.frame, "recipients": ["Chỉ một nơi"]}
    of_it = table.c.id == report.id
    db.session.rollback()
    with db.engine.begin() as raw:
        raw.execute(table.update().where(of_it).values(frame=other))
    assert not fresh(report).intact


def test_a_report_that_was_signed_before_its_frame_was_kept_is_drawn_from_its_kind(commune, browse_as):
    report = an_approved(commune)
    with transaction(None):
        report.frame = None
        report.sealed = report.digest
    page = browse_as(commune.officer).get(url(report, "/text"))
    assert page.status_code == 200
    assert "Thường trực Đảng ủy xã" in page.text
    assert fresh(report).intact


@pytest.mark.both_engines
def test_a_figure_opens_its_definition_and_the_records_that_it_counted(commune, browse_as):
    case = a_case(commune)
    report = an_approved(commune)
    a_case(commune, "Trần Văn Muộn", received_on=date(2026, 9, 1))
    page = browse_as(commune.officer).get(url(report, f"?opened={RECEIVED}")).text
    assert "1 record counted" in page
    assert f'href="/cases/{case.id}"' in page
    assert "Trần Văn Muộn" not in page
    assert the_figure(report, RECEIVED).definition in page


@pytest.mark.parametrize("report_of", [a_draft, an_approved])
def test_a_figure_that_there_is_not_is_not_found_however_long_the_others_are_counted(
    commune, browse_as, monkeypatch, report_of
):
    report, chief = report_of(commune), browse_as(commune.chief)
    monkeypatch.setattr(waiting, "MOMENT", -1)
    assert chief.get(url(report, "?opened=cases.community.nobody")).status_code == 404
    assert "records counted" in chief.get(url(report, f"?opened={SERVING}")).text


def test_a_reader_of_signed_reports_opens_figures_and_no_case(commune, browse_as):
    a_case(commune, "Phan Thị Kín")
    report = an_approved(commune)
    page = browse_as(commune.province).get(url(report, f"?opened={SERVING}"))
    assert page.status_code == 200
    assert "None of these records is yours to open." in page.text
    assert "Phan Thị Kín" not in page.text


def test_late_entries_are_listed_beside_the_report_and_not_in_it(commune, browse_as):
    gone = a_case(commune)
    report = an_approved(commune)
    late = a_case(commune, "Trần Văn Muộn", received_on=date(2026, 9, 1))
    with transaction(commune.chief):
        gone.voided_at, gone.void_reason = clock.now(), "Nhập hai lần"
    chief = browse_as(commune.chief)
    assert f'href="{url(report, "/late")}"' in chief.get(url(report)).text
    page = chief.get(url(report, "/late")).text
    assert f'href="/cases/{late.id}"' in page
    assert f'href="/cases/{gone.id}"' in page
    assert the_figure(report, RECEIVED).value == 1


def test_a_late_entry_says_when_and_by_whom_it_came_and_what_leaves_a_number_as_it_was_stands_apart(commune, browse_as):
    report = an_approved(commune)
    with transaction(commune.officer):
        an_incident(commune, kind="traffic", occurred_on=date(2026, 3, 2), injured=0)
    page = browse_as(commune.chief).get(url(report, "/late")).text
    changed, _fold, same = page.partition("The number stays, other records make it")
    assert "<h2>Traffic accidents</h2>" in changed
    assert f"by {commune.officer.full_name}" in changed.split("<h2>Traffic accidents</h2>")[1]
    assert f"Recorded {clock.now().astimezone(clock.VIETNAM):%H:}" in changed
    assert "Injured in traffic accidents" not in changed
    assert "<h2>Injured in traffic accidents</h2>" in same


def lists_told(of="case"):
    found = db.session.scalars(select(AuditEvent).where(AuditEvent.action == "list"))
    return [one.changes["rows"] for one in found if one.changes["type"] == of]


def test_names_behind_a_figure_are_looked_at_in_no_secret(commune, browse_as):
    a_case(commune)
    report, chief = an_approved(commune), browse_as(commune.chief)
    chief.get(url(report))
    assert lists_told() == []
    chief.get(url(report, f"?opened={SERVING}"))
    assert lists_told() == [1]
    a_case(commune, "Trần Văn Muộn", received_on=date(2026, 9, 1))
    chief.get(url(report, "/late"))
    told = lists_told()
    assert len(told) == 2
    assert told[1] > 0
    browse_as(commune.province).get(url(report, "/late"))
    assert lists_told() == told


def test_a_signed_report_is_shown_without_counting_anything_and_without_the_ids_that_it_keeps(commune, browse_as):
    a_case(commune)
    report, reader = an_approved(commune), browse_as(commune.officer)
    with statements() as asked:
        page = reader.get(url(report))
    assert page.status_code == 200
    assert not [one for one in asked if "report_figure.ids" in one or "previous_ids" in one]
    counts = {str(one.record.__tablename__) for one in catalogue.indicators().values()} - {"unit"}
    assert not [one for one in asked if "count(" in one and any(f"FROM {name}" in one for name in counts)]


def test_records_of_a_figure_that_somebody_changed_in_the_database_are_told_where_it_opens(commune, browse_as):
    a_case(commune)
    report, reader = an_approved(commune), browse_as(commune.officer)
    db.session.rollback()
    with db.engine.begin() as raw:
        raw.execute(ReportFigure.__table__.update().where(ReportFigure.figure_id == SERVING).values(ids=[]))
    told = "records of this figure were changed after the approval"
    assert told in reader.get(url(report, f"?opened={SERVING}")).text
    assert told not in reader.get(url(report, f"?opened={RECEIVED}")).text


def test_what_came_late_is_counted_figure_by_figure_as_long_as_it_takes(commune, browse_as, monkeypatch):
    report = an_approved(commune)
    late = a_case(commune, "Trần Văn Muộn", received_on=date(2026, 9, 1))
    monkeypatch.setattr(waiting, "MOMENT", -1)
    answer = browse_as(commune.chief).get(url(report, "/late"))
    assert "Being counted: 1 of" in answer.text
    assert f'href="/cases/{late.id}"' in answer.text


def test_nothing_late_is_said_where_nothing_came(commune, browse_as):
    a_case(commune)
    report = an_approved(commune)
    assert "Nothing came late." in browse_as(commune.chief).get(url(report, "/late")).text


def test_a_correction_is_a_new_version_that_shows_what_differs(commune, browse_as):
    a_case(commune)
    first = an_approved(commune)
    late = a_case(commune, "Trần Văn Muộn", received_on=date(2026, 9, 1))
    chief = browse_as(commune.chief)
    answer = chief.post(url(first, "/correct"), data={"why": "Sót một hồ sơ.", "version": first.version})
    second = fresh(first).correction
    assert answer.location == url(second)
    assert (second.version_no, second.text_of("advice")) == (2, TEXTS["advice"])
    page = chief.get(url(second, "/differences")).text
    assert "Sót một hồ sơ." in page
    assert f'href="/cases/{late.id}"' in page
    approved(commune, taken(answered(commune, second), commune.chief, "submit"))
    assert the_figure(second, RECEIVED).value == 2
    assert the_figure(first, RECEIVED).value == 1
    assert fresh(second).document.number == "02/BC-BCĐ"
    assert "thay thế Báo cáo số 01/BC-BCĐ" in fresh(second).document.abstract


def test_a_report_is_corrected_once_at_a_time_and_only_what_was_approved(commune, browse_as):
    report, chief = an_approved(commune), browse_as(commune.chief)
    chief.post(url(report, "/correct"), data={"why": "Một.", "version": report.version})
    again = chief.post(url(report, "/correct"), data={"why": "Hai.", "version": fresh(report).version})
    assert again.status_code == 422
    assert db.session.query(Report).count() == 2
    assert chief.get(url(fresh(report).correction, "/correct")).status_code == 403


def test_a_frozen_figure_that_somebody_changed_in_the_database_is_told(commune, browse_as):
    a_case(commune)
    report = an_approved(commune)
    assert fresh(report).intact
    db.session.rollback()
    with db.engine.begin() as raw:
        raw.execute(ReportFigure.__table__.update().where(ReportFigure.figure_id == SERVING).values(value=5))
    assert not fresh(report).intact
    assert "was changed afterwards" in browse_as(commune.leader).get(url(report)).text


# ── what people write ───────────────────────────────────────────────────────────────────────────────────────────────
def test_an_unknown_figure_is_refused_at_the_field_and_what_was_typed_stays(commune, browse_as):
    report = a_draft(commune)
    typed = "Có {cases.community.nobody} người."
    page = browse_as(commune.chief).post(
        url(report, "/sections/advice"), data={"text": typed, "version": report.version}
    )
    assert page.status_code == 422
    assert "There is no figure of these names: {cases.community.nobody}." in page.text
    assert typed in page.text
    assert fresh(report).text_of("advice") == TEXTS["advice"]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("{cases.community.serving:abc} người", "There are these ways: :money, :full, :decimal, :plain."),
        ("{Cases.community.serving} người", "These braces name no figure: {Cases.community.serving}."),
        ("{cases.community.serving } người", "These braces name no figure: {cases.community.serving }."),
        ("{{cases.community.serving}} người", "These braces name no figure: { }."),
        ("{cases.community.serving người", "These braces name no figure: {cases.community.serving người."),
    ],
)
def test_braces_that_name_no_figure_are_refused_at_the_field(commune, browse_as, typed, told):
    report = a_draft(commune)
    page = browse_as(commune.chief).post(
        url(report, "/sections/advice"), data={"text": typed, "version": report.version}
    )
    assert page.status_code == 422
    assert told in page.text
    assert typed in page.text
    assert fresh(report).text_of("advice") == TEXTS["advice"]


@pytest.mark.parametrize("kept", ["{incidents.fire.cases:abc}", "{Incidents.fire.cases}", "{cases.community.serving"])
def test_a_text_that_stands_with_such_braces_is_read_and_mended_and_not_submitted(commune, browse_as, kept):
    report, chief = answered(commune, a_draft(commune)), browse_as(commune.chief)
    with transaction(commune.chief):
        report.section("advice").text = f"Có {kept} vụ."
    for page in ("", "/text", "/report.docx", "/checks", "/sections/advice", "/tasks/new"):
        assert chief.get(url(report, page)).status_code == 200
    assert send(chief, fresh(report), "submit").status_code == 422
    assert fresh(report).state == "draft"


def test_a_figure_in_a_written_text_is_filled_in_and_opens(commune, browse_as):
    a_case(commune)
    page = browse_as(commune.chief).get(url(a_draft(commune), "/text")).text
    assert "Toàn xã có <a href=" in page
    assert ">01</a> bị án đang chấp hành." in page


def test_a_new_report_begins_with_what_was_written_last_and_shows_it_beside(commune, browse_as):
    half = a_draft(commune, date(2026, 1, 1), date(2026, 6, 30), advice="Sáu tháng đầu năm đã chỉ đạo.")
    approved(commune, taken(answered(commune, half), commune.chief, "submit"))
    a_draft(commune, date(2026, 1, 1), date(2026, 9, 30), advice="Nháp dở dang.")
    kind = db.session.scalars(select(ReportKind).where(ReportKind.code == "mass_movement")).one()
    chief = browse_as(commune.chief)
    chief.post(f"/reports/kinds/{kind.id}/begin", data=BEGUN)
    report = db.session.scalars(select(Report).order_by(Report.id.desc())).first()
    assert report.text_of("advice") == "Sáu tháng đầu năm đã chỉ đạo."
    chief.post(url(report, "/sections/advice"), data={"text": "Mười tháng.", "version": report.version})
    assert "Sáu tháng đầu năm đã chỉ đạo." in chief.get(url(report, "/sections/advice")).text


def test_the_first_report_of_a_kind_takes_over_what_a_signed_one_of_another_kind_says(commune, browse_as):
    half = a_draft(commune, date(2026, 1, 1), date(2026, 6, 30), situation="Địa bàn giáp biên giới.")
    approved(commune, taken(answered(commune, half), commune.chief, "submit"))
    with transaction(commune.chief):
        report = actions.begin(a_kind(commune, "order_month"), date(2026, 9, 15), date(2026, 10, 14), commune.id)
    assert report.text_of("situation") == "Địa bàn giáp biên giới."
    page = browse_as(commune.chief).get(url(report, "/sections/situation")).text
    assert f'href="/reports/{half.id}"' in page.split('id="before"')[1]


def test_two_who_write_at_once_lose_nothing(commune, browse_as):
    report = a_draft(commune)
    shown = report.version
    with transaction(commune.chief):
        from portal.reports import actions

        actions.write(report, "advice", "Người khác viết.")
    page = browse_as(commune.chief).post(url(report, "/sections/advice"), data={"text": "Tôi viết.", "version": shown})
    assert page.status_code == 409
    assert "Tôi viết." in page.text
    assert "Người khác viết." in page.text


# ── periods ─────────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("days", "said"),
    [
        ({"first": "01/10/2026", "last": "01/01/2026"}, "The last day cannot be before the first."),
        ({"first": "01/12/2026", "last": "31/12/2026"}, "The period has not begun yet."),
        ({"first": "01/01/1990", "last": "31/10/2026"}, "A period is at most 10 years long."),
        ({"first": "", "last": "31/10/2026"}, "This is needed."),
        ({"first": "31/02/2026", "last": "31/10/2026"}, "no day of the calendar"),
    ],
)
def test_days_that_are_no_period_are_told_at_their_field(commune, browse_as, days, said):
    kind = a_kind(commune)
    page = browse_as(commune.chief).post(f"/reports/kinds/{kind.id}/begin", data=days)
    assert page.status_code == 422
    assert said in page.text
    assert not db.session.query(Report).count()


def test_a_second_report_on_the_same_days_is_refused(commune, browse_as):
    report = a_draft(commune)
    page = browse_as(commune.chief).post(f"/reports/kinds/{report.kind_id}/begin", data=BEGUN)
    assert page.status_code == 422
    assert report.number in page.text


def test_a_kind_offers_its_own_periods_and_takes_no_other(commune, browse_as):
    kind, chief = a_kind(commune, "order_month"), browse_as(commune.chief)
    page = chief.get(f"/reports/kinds/{kind.id}/begin").text
    assert "tháng 11 năm 2026 (15/10–14/11/2026)" in page
    assert chief.post(f"/reports/kinds/{kind.id}/begin", data={"period": "2026-11-30"}).status_code == 422
    assert chief.post(f"/reports/kinds/{kind.id}/begin", data={"period": "2026-11-14"}).status_code == 302
    report = db.session.scalars(select(Report)).one()
    assert (report.first, report.last) == (date(2026, 10, 15), date(2026, 11, 14))


# ── what is due ─────────────────────────────────────────────────────────────────────────────────────────────────────
def due(kind, key):
    found = select(Duty).where(Duty.rule == "REPORT-DUE", Duty.subject_id == kind.id, Duty.key == key)
    return db.session.scalar(found)


def owed_since(commune, since):
    kind = a_kind(commune, "order_month")
    with transaction(commune.chief):
        kind.since = since
    return kind


def test_the_chief_owes_each_period_that_ended_and_the_leader_learns_who_is_late(commune, browse_as):
    kind = owed_since(commune, date(2026, 11, 1))
    duty = due(kind, "2026-11-14")
    assert (duty.due_on, duty.owner_role, duty.open) == (date(2026, 11, 16), "police_chief", True)
    assert [(one.role, one.from_on) for one in duty.escalations] == [("commune_leader", date(2026, 11, 17))]
    page = browse_as(commune.leader).get("/reports/due").text
    assert "Late by 7 days" in page
    assert due(kind, "2026-10-14") is None


def test_a_duty_is_done_once_its_report_is_submitted_and_then_the_leader_owes_the_answer(commune, browse_as):
    kind = owed_since(commune, date(2026, 11, 1))
    chief = browse_as(commune.chief)
    chief.post(f"/reports/kinds/{kind.id}/begin", data={"period": "2026-11-14"})
    report = db.session.scalars(select(Report)).one()
    with transaction(commune.chief):
        from portal.reports import actions

        for key in ("situation", "assessment", "tasks"):
            actions.write(report, key, "Có nội dung.")
    assert due(kind, "2026-11-14").open
    taken(answered(commune, report), commune.chief, "submit")
    db.session.expire_all()
    assert not due(kind, "2026-11-14").open
    waits = db.session.scalars(select(Duty).where(Duty.rule == "REPORT-APPROVE")).one()
    assert (waits.owner_role, waits.open) == ("commune_leader", True)
    approved(commune, report)
    db.session.expire_all()
    assert not waits.open


def test_a_kind_that_is_out_of_use_is_owed_by_nobody(commune):
    kind = owed_since(commune, date(2026, 11, 1))
    with transaction(commune.chief):
        kind.active = False
    db.session.expire_all()
    assert not due(kind, "2026-11-14").open


def sent(kind, commune, first, last, sent_on):
    with transaction(commune.chief):
        report = Report(commune_id=commune.id, number="R-2026-900", kind=kind, first=first, last=last)
        report.state, report.approved_on, report.sent_on = "sent", sent_on, sent_on
        db.session.add(report)
    return report


NOVEMBER = date(2026, 10, 15), date(2026, 11, 14)  # due on 16/11


def test_a_correction_begun_on_a_report_that_was_sent_in_time_makes_nothing_late(commune, browse_as):
    from portal.reports import actions

    report = sent(owed_since(commune, date(2026, 11, 1)), commune, *NOVEMBER, date(2026, 11, 16))
    with transaction(commune.chief):
        actions.correct(report, "Sót một hồ sơ.")
    page = browse_as(commune.leader).get("/reports/due").text
    assert "Sent on 16/11/2026" in page
    assert "Late" not in page


def test_a_report_that_was_sent_after_its_day_stays_late(commune, browse_as):
    sent(owed_since(commune, date(2026, 11, 1)), commune, *NOVEMBER, date(2026, 11, 18))
    assert "Sent on 18/11/2026. Late by 2 days" in browse_as(commune.leader).get("/reports/due").text


def test_what_is_owed_stays_in_the_calendar_as_long_as_it_is_a_duty(commune, browse_as):
    kind = owed_since(commune, date(2026, 1, 1))
    owed = {"2026-01-14", "2026-02-14", "2026-10-14", "2026-11-14"}
    sent(kind, commune, date(2026, 1, 15), date(2026, 2, 14), date(2026, 2, 16))
    page = browse_as(commune.leader).get("/reports/due").text
    assert all(due(kind, key) for key in owed)
    assert "tháng 01 năm 2026<" in page
    assert "tháng 02 năm 2026<" not in page


def test_sending_is_due_on_the_day_of_the_report_and_for_a_correction_soon_after_its_approval(commune):
    from portal.reports.duties import _to_send

    kind = owed_since(commune, date(2026, 11, 1))
    first = sent(kind, commune, *NOVEMBER, date(2026, 11, 16))
    second = Report(commune_id=commune.id, number="R-2026-901", kind=kind, first=first.first, last=first.last)
    assert _to_send(second, date(2026, 11, 20)) == date(2026, 11, 16)
    with db.session.no_autoflush:
        second.corrects = first
        assert _to_send(second, date(2026, 11, 20)) == date(2026, 11, 23)
    db.session.rollback()


# ── tasks ───────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_line_of_the_last_section_becomes_a_task_of_a_unit_and_a_duty(commune, browse_as):
    report, leader = an_approved(commune), browse_as(commune.leader)
    police = commune.place("CA")
    data = {"line": "2", "unit_id": str(police.id), "due_on": "20/12/2026", "version": report.version}
    assert leader.post(url(report, "/tasks/new"), data=data).status_code == 302
    task = db.session.scalars(select(ActionItem)).one()
    assert (task.text, task.report_id, task.meeting_id) == ("Rà soát các mô hình.", report.id, None)
    duty = db.session.scalars(select(Duty).where(Duty.rule == "ACTION-ITEM")).one()
    assert (duty.owner_role, duty.due_on) == ("police_chief", date(2026, 12, 20))
    chief = browse_as(commune.chief)
    page = chief.get(f"/meetings/tasks/{task.id}").text
    assert report.number in page
    assert "Rà soát các mô hình." in chief.get("/meetings/tasks").text
    again = leader.post(url(report, "/tasks/new"), data={**data, "version": fresh(report).version})
    assert again.status_code == 422
    done = chief.post(f"/meetings/tasks/{task.id}/finish", data={"reason": "Đã rà soát.", "version": task.version})
    assert done.status_code == 302


@pytest.mark.parametrize("data", [{"due_on": "01/01/2026"}, {"line": "9"}, {"unit_id": "0"}, {"due_on": "mai"}])
def test_a_task_that_does_not_fit_is_told_at_its_field(commune, browse_as, data):
    report = an_approved(commune)
    fits = {"line": "1", "unit_id": str(commune.place("CA").id), "due_on": "20/12/2026", "version": report.version}
    assert browse_as(commune.leader).post(url(report, "/tasks/new"), data={**fits, **data}).status_code == 422
    assert not db.session.query(ActionItem).count()


def test_no_task_is_given_out_of_a_draft_that_was_struck_out(commune, browse_as):
    report, chief = a_draft(commune), browse_as(commune.chief)
    assert "Give a task to a unit" in chief.get(url(report)).text
    chief.post(url(report, "/void"), data={"reason": "Nhầm kỳ.", "version": report.version})
    assert "Give a task to a unit" not in chief.get(url(report)).text
    assert chief.get(url(report, "/tasks/new")).status_code == 403
    with pytest.raises(Refused), transaction(commune.chief):
        actions.give_task(fresh(report), "Rà soát các mô hình.", commune.place("CA"), date(2026, 12, 20))


def test_no_report_is_begun_of_a_kind_that_is_out_of_use(commune, browse_as):
    kind = a_kind(commune)
    with transaction(commune.chief):
        kind.active = False
    page = browse_as(commune.chief).post(f"/reports/kinds/{kind.id}/begin", data=BEGUN)
    assert page.status_code == 422
    assert "This kind of report is not in use any more." in page.text
    assert not db.session.query(Report).count()


# ── who reads what ──────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("who", "draft", "signed"),
    [("chief", 200, 200), ("officer", 200, 200), ("leader", 200, 200), ("clerk", 404, 200), ("inspector", 404, 200),
     ("province", 404, 200), ("village_head", 404, 404), ("military", 404, 404), ("administrator", 404, 404)],
)  # fmt: skip
def test_drafts_are_the_polices_and_the_leaders_and_others_read_what_was_signed(commune, browse_as, who, draft, signed):
    report, reader = a_draft(commune), browse_as(getattr(commune, who))
    assert reader.get(url(report)).status_code == draft
    approved(commune, taken(answered(commune, report), commune.chief, "submit"))
    assert reader.get(url(report)).status_code == signed
    assert reader.get(url(report, "/report.docx")).status_code == signed


def test_a_neighbour_reads_no_report_and_counts_none_of_its_records(commune, neighbour, browse_as):
    report = an_approved(commune)
    for who in ("chief", "leader", "province", "inspector"):
        assert browse_as(getattr(neighbour, who)).get(url(report)).status_code == 404
    a_case(neighbour)
    assert the_figure(report, RECEIVED).value == 0


def test_the_clerk_finds_the_report_in_the_register_waiting_for_its_signed_page(commune, browse_as):
    report = an_approved(commune)
    entry = db.session.scalars(select(OfficialDocument)).one()
    assert (entry.code, entry.number, entry.waits) == ("BC", "01/BC-BCĐ", True)
    assert "01/BC-BCĐ" in browse_as(commune.clerk).get(f"/documents/{entry.id}").text
    assert fresh(report).document_id == entry.id


def test_the_clerk_comes_from_the_entry_of_a_paper_to_the_report_that_is_printed_and_who_signs_is_named_alone(
    commune, browse_as
):
    report = an_approved(commune)
    page = browse_as(commune.clerk).get(f"/documents/{report.document_id}").text
    assert f'href="{url(report)}"' in page
    assert "What it was written for: R-" in page
    assert report.document.signers == commune.leader.full_name


def test_nobody_is_led_from_the_register_to_a_record_that_they_may_not_read(commune, browse_as):
    absence = a_proposal("absence", a_case(commune), commune.officer)
    for name, by in (("submit", commune.officer), ("endorse", commune.chief), ("approve", commune.leader)):
        step(absence, name, by, "Vì")
    assert "What it was written for" in browse_as(commune.leader).get(f"/documents/{absence.document.id}").text
    assert "What it was written for" not in browse_as(commune.clerk).get(f"/documents/{absence.document.id}").text


def test_what_a_report_waits_for_speaks_of_sending_and_of_no_decision(commune, browse_as):
    report = an_approved(commune)
    page = browse_as(commune.leader).get(url(report)).text
    assert f"It waits for the signature of {commune.leader.full_name}. The report is sent once" in page
    assert "What was decided is told" not in page


# ── what is taken along ─────────────────────────────────────────────────────────────────────────────────────────────
def test_the_table_of_figures_has_every_figure_with_its_definition(commune, browse_as):
    from openpyxl import load_workbook

    a_case(commune)
    answer = browse_as(commune.chief).get(url(an_approved(commune), "/figures.xlsx"))
    rows = list(load_workbook(BytesIO(answer.data)).active.iter_rows(min_row=4, values_only=True))
    found = {row[6]: row for row in rows}
    assert found[RECEIVED][2:5] == (1, 0, 1)
    assert found[RECEIVED][5]


def test_the_table_of_figures_names_the_report_and_both_periods_and_follows_the_order_of_the_report(commune, browse_as):
    from openpyxl import load_workbook

    report = an_approved(commune)
    answer = browse_as(commune.chief).get(url(report, "/figures.xlsx"))
    rows = list(load_workbook(BytesIO(answer.data)).active.iter_rows(values_only=True))
    assert rows[1][0] == f"{report.title} 10 tháng đầu năm 2026 ({report.number})"
    assert rows[2][2:4] == ("10 tháng 2026", "10 tháng 2025")
    assert [row[6] for row in rows[3:]] == [one.id for one in outline.ordered()]


def test_a_figure_with_decimals_is_a_number_in_the_table_and_no_text(commune, browse_as):
    from openpyxl import load_workbook

    report = sent(owed_since(commune, date(2026, 11, 1)), commune, *NOVEMBER, date(2026, 11, 16))
    words = dict.fromkeys(("label", "definition", "unit", "kind", "record_type"), "")
    with transaction(commune.chief):
        kept = {"value": 1234.5, "previous_value": 1000.0, "ids": [], "previous_ids": [], "parts": {}}
        report.figures = [ReportFigure(figure_id="typed.loans", position=1, **words, **kept)]
    answer = browse_as(commune.chief).get(url(report, "/figures.xlsx"))
    value, before, change = next(load_workbook(BytesIO(answer.data)).active.iter_rows(4, 4, 3, 5))
    assert [(one.value, one.data_type) for one in (value, before, change)] == [(1234.5, "n"), (1000, "n"), (234.5, "n")]
    assert value.number_format == "#,##0.00#"


def test_a_draft_prints_without_number_and_a_lost_file_is_told(commune, browse_as, app):
    report, chief = a_draft(commune), browse_as(commune.chief)
    words = "\n".join(
        cell.text for table in Document(BytesIO(chief.get(url(report, "/report.docx")).data)).tables
        for cell in table.rows[0].cells
    )  # fmt: skip
    assert "/BC-BCĐ" in words
    approved(commune, taken(answered(commune, report), commune.chief, "submit"))
    from pathlib import Path

    (Path(app.instance_path) / "attachments" / fresh(report).stored_as).unlink()
    page = chief.get(url(report, "/report.docx"))
    assert page.status_code == 410
    assert "missing from the disk" in page.text


def test_a_draft_is_struck_out_with_a_reason_and_its_days_are_free_again(commune, browse_as):
    report, chief = a_draft(commune), browse_as(commune.chief)
    assert chief.post(url(report, "/void"), data={"reason": "Nhầm kỳ.", "version": report.version}).status_code == 302
    assert chief.post(f"/reports/kinds/{report.kind_id}/begin", data=BEGUN).status_code == 302
    signed = an_approved_again(commune)
    assert chief.post(url(signed, "/void"), data={"reason": "Nhầm.", "version": signed.version}).status_code == 403


def an_approved_again(commune):
    report = db.session.scalars(select(Report).where(Report.voided_at.is_(None))).one()
    from portal.reports import actions

    with transaction(commune.chief):
        for key, text in TEXTS.items():
            actions.write(report, key, text)
    return approved(commune, taken(answered(commune, report), commune.chief, "submit"))


# ── kinds ───────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_commune_takes_over_the_usual_kinds_once_and_changes_them(commune, browse_as):
    chief = browse_as(commune.chief)
    assert "Take over the usual kinds" in chief.get("/reports/kinds").text
    chief.post("/reports/kinds/usual")
    chief.post("/reports/kinds/usual")
    assert db.session.query(ReportKind).count() == 6
    kind = db.session.scalars(select(ReportKind).where(ReportKind.code == "order_month")).one()
    data = {
        "title": "Tình hình tháng", "recipients": "UBND tỉnh\nLưu: VT", "basis": "calendar", "length": "month",
        "body": "police", "signer_role": "police_chief", "since": "01/11/2026", "due_days": "",
        "sections": ["tasks", "situation"], "active": "y", "version": kind.version,
    }  # fmt: skip
    assert chief.post(f"/reports/kinds/{kind.id}", data=data).status_code == 302
    db.session.expire_all()
    assert (kind.due_days, kind.sections, kind.title) == (None, ["situation", "tasks"], "Tình hình tháng")


@pytest.mark.parametrize("free", [{"basis": "free", "length": "free"}, {"basis": "calendar", "length": "free"}])
def test_a_kind_of_any_days_takes_no_deadline(commune, browse_as, free):
    data = {
        "title": "Tình hình đột xuất", "recipients": "UBND tỉnh", "body": "police", "signer_role": "police_chief",
        "since": "01/11/2026", "sections": ["tasks"], "active": "y", **free,
    }  # fmt: skip
    chief = browse_as(commune.chief)
    refused = chief.post("/reports/kinds/new", data={**data, "due_days": "0"})
    assert refused.status_code == 422
    assert "A report of any days has no deadline by rule." in refused.text
    assert "Tình hình đột xuất" in refused.text
    assert chief.post("/reports/kinds/new", data={**data, "due_days": ""}).status_code == 302
    assert (
        chief.post(
            "/reports/kinds/new", data={**data, "length": "month", "basis": "calendar", "due_days": "0"}
        ).status_code
        == 302
    )


def test_usual_kinds_that_could_not_be_entered_are_not_told_as_entered(commune, browse_as, monkeypatch):
    def refuse(_commune_id):
        raise Refused(Plain("Not now."))

    monkeypatch.setattr(actions, "take_over_usual", refuse)
    chief = browse_as(commune.chief)
    answer = chief.post("/reports/kinds/usual")
    assert answer.status_code == 422
    assert "Not now." in answer.text
    assert "are entered" not in chief.get("/reports/kinds").text


def test_a_phuong_reports_to_its_own_committees_and_its_police_sign_as_such(commune):
    with transaction(None):
        commune.unit.name = "phường Bờ Y"
    kind = a_kind(commune)
    assert kind.sent_to[:2] == ["Thường trực Đảng ủy phường", "UBND phường"]
    report = a_draft(commune)
    with transaction(commune.chief):
        kind.body = Body.POLICE
    assert papers.symbol(report, clock.today()) == "BC-CAP"


def test_a_kind_without_a_section_is_refused(commune, browse_as):
    page = browse_as(commune.chief).post("/reports/kinds/new", data={"title": "X"})
    assert page.status_code == 422
    assert "Please choose at least one section." in page.text


def test_somebody_of_another_person_is_never_named_in_the_text(commune, browse_as):
    a_case(commune, person=a_person(commune, "Đinh Văn Bí Mật"))
    page = browse_as(commune.chief).get(url(an_approved(commune), "/text")).text
    assert "Đinh Văn Bí Mật" not in page


def test_the_entry_of_a_report_that_waits_for_its_signature_is_not_struck_out_of_the_register(commune, browse_as):
    report, clerk = an_approved(commune), browse_as(commune.clerk)
    here = f"/documents/{report.document.id}"
    assert "Strike the entry out" not in clerk.get(here).text
    refused = clerk.post(f"{here}/void", data={"version": report.document.version, "reason": "Ghi trùng"})
    assert (refused.status_code, "Ghi trùng" in refused.text) == (422, True)
    assert "the paper of something that stands in the portal" in refused.text
    db.session.expire_all()
    assert report.document.voided_at is None


def test_what_the_checks_find_after_the_submission_is_answered_by_whoever_approves_and_stays_with_the_report(
    commune, browse_as
):
    report, leader = a_submitted(commune), browse_as(commune.leader)
    an_incident(commune, text="Mất trộm xe máy")  # nobody has said where it was, nor what kind of violation
    page = leader.get(url(report, "/approve")).text
    assert "Found since it was submitted" in page
    assert "(optional)" not in page
    refused = approve(leader, report)
    assert (refused.status_code, "say why it is approved all the same" in refused.text) == (422, True)
    assert fresh(report).state == "submitted"
    assert approve(leader, report, reason="Đang bổ sung hồ sơ").status_code == 302
    by = {one.author.id for one in fresh(report).overrulings if one.reason == "Đang bổ sung hồ sơ"}
    assert by == {commune.leader.id}
    assert "Đang bổ sung hồ sơ" in leader.get(url(report, "/checks")).text


def test_a_reason_answers_what_was_read_and_nothing_that_came_up_while_it_was_typed(commune, browse_as):
    report, leader = a_submitted(commune), browse_as(commune.leader)
    an_incident(commune)
    shown = leader.get(url(report, "/approve")).text.split('name="shown" type="hidden" value="')[1].split('"')[0]
    an_incident(commune, text="Mất trộm xe đạp")
    late = leader.post(url(report, "/approve"), data={"version": report.version, "shown": shown, "reason": "Đủ"})
    assert (late.status_code, fresh(report).state) == (409, "submitted")


def test_a_number_of_the_paper_register_other_than_that_of_the_kept_file_is_named_wherever_the_file_is_opened(
    commune, browse_as
):
    report, clerk = an_approved(commune), browse_as(commune.clerk)
    here = f"/documents/{report.document.id}"
    assert "The file kept of this paper says 01/BC-BCĐ." in clerk.get(f"{here}/issue").text
    typed = {"version": report.document.version, "number": "27/BC-BCĐ", "dated_on": "23/11/2026", "not_classified": "y"}
    done = clerk.post(f"{here}/issue", data=typed, follow_redirects=True)
    assert "The kept file still says 01/BC-BCĐ." in done.text
    assert "It was signed as 27/BC-BCĐ; the file kept of it says 01/BC-BCĐ." in clerk.get(here).text
    told = "Number 27/BC-BCĐ; its kept file says 01/BC-BCĐ"
    for page in ("", "/text"):
        assert told in browse_as(commune.leader).get(url(report, page)).text


def test_a_number_that_the_paper_register_shares_with_the_kept_file_asks_for_no_word(commune, browse_as):
    report = an_approved(commune)
    assert "its kept file says" not in browse_as(commune.leader).get(url(report)).text
