"""Kinds of reports, reports as they stand, and what an approval froze go out and come in."""

import re
from dataclasses import asdict
from datetime import date
from io import BytesIO

import pytest
from docx import Document
from openpyxl import load_workbook
from sqlalchemy import select

from portal.documents.models import OfficialDocument
from portal.engine.db import db
from portal.engine.refusal import Forbidden
from portal.engine.transaction import transaction
from portal.engine.workflow import steps_of
from portal.exchange.kinds.frozen.frame import PARTS
from portal.organisation import actions as accounts
from portal.organisation.models import UnitKind
from portal.reports import actions, figures, papers
from portal.reports.models import Report, ReportKind
from portal.reports.periods import Basis, Length
from portal.reports.wording.runs import Run, completed
from tests.builders import a_case
from tests.exchange.test_frozen_cells import NESTED
from tests.exchange.test_rooms import FIRST, LAST, same
from tests.exchange.workbooks import cells_of, saved
from tests.reports.report import TEXTS, a_draft, a_kind, an_approved, answered, approved, taken

# ── kinds ───────────────────────────────────────────────────────────────────────────────────────────────────────────
KIND = {
    "code": "fire_month", "title": "Kết quả công tác phòng cháy, chữa cháy", "recipients": "UBND tỉnh\nLưu: VT",
    "body": "committee", "signer_role": "commune_leader", "basis": "calendar", "length": "month", "due_days": 3,
    "since": date(2026, 1, 1), "sections": "Fires and explosions", "active": "Yes",
}  # fmt: skip


def facts_of(kind):
    return kind.code, kind.facts


@pytest.mark.both_engines
def test_kinds_of_reports_come_into_another_portal(commune, moved):
    kind = a_kind(commune)
    with transaction(commune.chief):
        actions.save_kind(kind, {"due_days": None if kind.is_free else 4, "addressee": "UBND tỉnh\nCông an tỉnh"})
        own = {**kind.facts, "title": "Kết quả công tác tuyên truyền", "active": False}
        actions.save_kind(None, {**own, "sections": ["outreach", "assessment"]}, commune.id)
    told = [facts_of(one) for one in db.session.scalars(select(ReportKind).order_by(ReportKind.id))]
    assert same(moved(), "report_kinds")
    assert [facts_of(one) for one in db.session.scalars(select(ReportKind).order_by(ReportKind.id))] == told


def test_a_kind_of_report_is_brought_in_by_whoever_keeps_them_with_its_sections_in_their_order(commune, bring):
    row = {**KIND, "sections": "Tasks to come; order.fire"}
    assert "Your role does not write this" in bring({"report_kinds": [row]}, "--as", "by.officer").output
    told = bring({"report_kinds": [row]}, "--as", "by.clerk")
    assert told.exit_code == 0, told.output
    assert "nothing added" in bring({"report_kinds": [{**row, "sections": "order.fire; tasks"}]}).output
    assert "Change it on its page" in bring({"report_kinds": [{**row, "due_days": 9}]}).output
    kind = db.session.scalars(select(ReportKind)).one()
    assert (kind.sections, kind.basis, kind.length, kind.active) == (
        ["order.fire", "tasks"], Basis.CALENDAR, Length.MONTH, True,
    )  # fmt: skip


def test_what_does_not_fit_of_kinds_of_reports_is_refused(commune, bring):
    row = {**KIND, "sections": "order.fire"}
    for rows, reason in (
        ([{**row, "code": "Cháy"}], "Small letters without diacritics"),
        ([row, row], "This code stands in the file twice"),
        ([{**row, "sections": None}], "Please choose at least one section"),
        ([{**row, "sections": "fire"}], "Please choose one of"),
        ([{**row, "basis": "fourteenth", "length": "free"}], "Any length goes with"),
    ):
        assert reason in bring({"report_kinds": rows}).output, reason
    assert not db.session.scalars(select(ReportKind)).all()


# ── reports ─────────────────────────────────────────────────────────────────────────────────────────────────────────
SHEETS = ("report_kinds", "reports", "reports.steps", "reports.sections", "reports.overrulings", "reports.figures",
          "reports.text", "reports.frame", "reports.seals", "documents")  # fmt: skip
CASES = "cases.community.serving"


def sent(commune, report):
    """Its page is signed on paper, for which the chair stands; then it is sent."""
    with transaction(commune.clerk):
        report.document.afterwards, report.document.vouched_by_id = "Bản giấy đã gửi", commune.leader.id
        report.document.afterwards_by_id = commune.clerk.id
    return taken(report, commune.leader, "send")


def the_reports():
    return db.session.scalars(select(Report).order_by(Report.version_no, Report.number)).all()


def frozen_of(report):
    """All that the approval froze, but for the records."""
    told = [(one.position, figures.told_of(one), one.record_type, one.parts) for one in report.figures]
    return told, report.text, report.frame, report.file_digest, report.file_name, report.file_size


@pytest.mark.both_engines
def test_a_signed_report_comes_into_another_portal_as_it_was_signed(commune, moved):
    a_case(commune)
    kind = a_kind(commune)
    with transaction(commune.chief):
        kind.table = True
    report = sent(commune, an_approved(commune))
    with transaction(commune.chief):
        actions.give_task(report, "Rà soát các mô hình.", commune.place("CA"), date(2026, 12, 20))
    told, number, steps = frozen_of(report), report.number, [one.name for one in steps_of(report)]
    assert told[2]["annex"]["rows"]
    assert same(moved(), *SHEETS, "reports.tasks")
    (report,) = the_reports()
    assert frozen_of(report) == told
    assert (report.number, report.state, report.intact, report.was_brought_in) == (number, "sent", True, True)
    assert [one.name for one in steps_of(report)] == steps
    assert (report.document.number, report.document.issued, report.created_by_id) == (
        "01/BC-BCĐ", True, commune.chief.id,
    )  # fmt: skip
    assert [(one.records_intact, one.ids) for one in report.figures] == [(True, [])] * len(report.figures)
    assert [(one.text, one.unit.code, one.report) for one in report.tasks] == [
        ("Rà soát các mô hình.", "BY-CA", report)
    ]


def test_the_page_of_a_report_that_was_brought_in_tells_where_its_records_are(commune, moved, browse_as):
    a_case(commune)
    an_approved(commune)
    moved()
    (report,) = the_reports()
    chief, page = browse_as(commune.chief), f"/reports/{report.id}"
    shown = chief.get(page).text
    assert "approved in another portal, and brought in" in shown
    assert "Tell the inspector" not in shown
    opened = chief.get(f"{page}?opened={CASES}").text
    assert "those of the portal in which the report was approved" in opened
    assert "0 records counted" not in opened
    listed = chief.get(f"{page}/figures/{CASES}").text
    assert "those of the portal in which the report was approved" in listed
    assert "records counted" not in listed
    late = chief.get(f"{page}/late").text
    assert "Nothing came late" in late
    text = chief.get(f"{page}/text")
    assert "01/BC-BCĐ" in text.text
    paper = chief.get(f"{page}/report.docx")
    assert paper.status_code == 200
    assert any("Toàn xã có" in one.text for one in Document(BytesIO(paper.data)).paragraphs)


def test_what_differs_from_a_figure_that_was_brought_in_is_told_without_its_records(commune, moved, browse_as):
    a_case(commune)
    an_approved(commune)
    moved()
    (report,) = the_reports()
    a_case(commune, "Trần Văn Muộn", received_on=date(2026, 9, 1))
    late = browse_as(commune.chief).get(f"/reports/{report.id}/late").text
    assert "those of the approval are in another portal" in late
    assert not re.search(r'href="/cases/\d', late)
    of_figure = browse_as(commune.chief).get(f"/reports/{report.id}/late/{CASES}").text
    assert "those of the approval are in another portal" in of_figure


def test_a_correction_and_drafts_come_behind_what_they_correct_and_are_gone_on_with(commune, moved, browse_as):
    a_case(commune)
    first = an_approved(commune)
    with transaction(commune.chief):
        second = actions.correct(first, "Sót một hồ sơ.")
    taken(answered(commune, second), commune.chief, "submit")
    a_draft(commune, date(2025, 1, 1), date(2025, 12, 31))
    assert same(moved(), *SHEETS)
    draft, first, second = sorted(the_reports(), key=lambda one: (one.version_no, one.last))
    assert (second.corrects, second.version_no, second.why_corrected, second.state) == (
        first, 2, "Sót một hồ sơ.", "submitted",
    )  # fmt: skip
    assert (draft.text_of("advice"), draft.editable, draft.figures) == (TEXTS["advice"], True, [])
    assert {one.author for one in second.overrulings} <= {commune.chief}
    with pytest.raises(Forbidden), transaction(commune.chief):
        second.workflow.take("approve", second, commune.chief)
    approved(commune, second)
    assert (second.document.number, second.intact, second.was_brought_in) == ("02/BC-BCĐ", True, False)
    page = browse_as(commune.chief).get(f"/reports/{second.id}/differences")
    assert (page.status_code, "The figures are the same" in page.text) == (200, True)


def test_a_report_that_somebody_changed_after_its_approval_stays_so(commune, moved):
    a_case(commune)
    report = an_approved(commune)
    with transaction(commune.chief):
        next(one for one in report.figures if one.figure_id == CASES).value = 99
    assert not report.intact
    assert same(moved(), *SHEETS)
    (report,) = the_reports()
    assert (report.intact, next(one.value for one in report.figures if one.figure_id == CASES)) == (False, 99)


@pytest.fixture
def elsewhere(run, houses, engine_name, tmp_path):
    """Take everything out, and into another portal of the same commune as somebody changed the file."""
    file = tmp_path / "ra.xlsx"

    def taken_out():
        assert run("export", str(file), "--unit", "BY").exit_code == 0
        db.session.remove()
        houses(engine_name).fresh()
        return file.read_bytes()

    def brought(content, change):
        book = load_workbook(BytesIO(content))
        change({sheet["A1"].value: sheet for sheet in book.worksheets})
        changed = tmp_path / "sua.xlsx"
        changed.write_bytes(saved(book))
        return run("import", str(changed), "--unit", "BY")

    return taken_out, brought


def without(key):
    return lambda sheets: sheets[key].parent.remove(sheets[key])


def without_last_row(key):
    return lambda sheets: sheets[key].delete_rows(sheets[key].max_row)


def with_another_value(sheets):
    sheet = sheets["reports.figures"]
    place = next(cell.column for cell in sheet[2] if cell.value == "value")
    sheet.cell(4, place).value = "987"


def with_a_seal_twice(sheets):
    sheet = sheets["reports.seals"]
    sheet.append([cell.value for cell in sheet[4]])


def on_other_days(sheets):
    sheet = sheets["reports"]
    place = next(cell.column for cell in sheet[2] if cell.value == "first")
    sheet.cell(4, place).value = date(2026, 2, 1)


def without_paper(sheets):
    without("documents")(sheets)
    sheet = sheets["reports.seals"]
    sheet.cell(4, next(cell.column for cell in sheet[2] if cell.value == "paper")).value = None


HALVES = (
    (without("reports.text"), "nothing of the text with which this was approved"),
    (without("reports.figures"), "none of the figures with which this was approved"),
    (without("reports.frame"), "something is missing, or was changed"),
    (without("reports.seals"), "It has no row on the sheet of seals"),
    (without("documents"), "The paper 01/BC-BCĐ of this report does not stand on the sheet of documents"),
    (without_last_row("reports.text"), "something is missing, or was changed"),
    (without_last_row("reports.figures"), "something is missing, or was changed"),
    (without_paper, "something is missing, or was changed"),
    (on_other_days, "something is missing, or was changed"),
    (with_another_value, "something is missing, or was changed"),
    (with_a_seal_twice, "The seal of this report stands in the file twice"),
)  # fmt: skip


def test_a_signed_report_comes_whole_or_not_at_all(commune, elsewhere):
    a_case(commune)
    an_approved(commune)
    taken_out, brought = elsewhere
    content = taken_out()
    for change, reason in HALVES:
        told = brought(content, change)
        assert told.exit_code == 1, reason
        assert reason in told.output
        assert not the_reports(), reason
    told = brought(content, lambda _sheets: None)
    assert told.exit_code == 0, told.output
    assert [one.intact for one in the_reports()] == [True]


def test_the_frame_of_a_signed_paper_has_the_parts_that_the_workbook_asks_for(commune):
    a_case(commune)
    kind = a_kind(commune)
    with transaction(commune.chief):
        kind.table = True
    report = an_approved(commune)
    empty = papers.empty_frame()
    assert report.frame.keys() == empty.keys()
    assert {name: report.frame[name].keys() for name in ("issuer", "signature")} == {
        name: empty[name].keys() for name in ("issuer", "signature")
    }
    assert report.frame["annex"].keys() == papers.empty_annex().keys()
    assert all(PARTS.keys() >= shape.keys() for shape in (empty, report.frame))
    assert completed([{"text": "a"}])[0].keys() == asdict(Run("a")).keys()


def test_a_figure_that_was_brought_in_and_is_given_records_is_not_intact(commune, moved):
    a_case(commune)
    an_approved(commune)
    moved()
    figure = the_reports()[0].figures[0]
    with transaction(commune.chief):
        figure.ids = [1]
    assert not figure.records_intact


def test_no_paper_is_drawn_from_a_report_that_was_brought_in_and_changed_since(commune, moved, browse_as):
    a_case(commune)
    an_approved(commune)
    moved()
    (report,) = the_reports()
    with transaction(commune.chief):
        report.figures[0].value = 99
    paper = browse_as(commune.chief).get(f"/reports/{report.id}/report.docx")
    assert (paper.status_code, "no longer what was approved" in paper.text) == (410, True)


def test_reports_of_a_commune_that_was_taken_over_keep_their_kind_and_their_number(commune, bring, moved):
    with transaction(None):
        old = accounts.create_unit("PY", "xã Pờ Y", UnitKind.COMMUNE, FIRST, valid_to=LAST)
        accounts.take_over(commune.unit, old)
    kinds = [{**KIND, "sections": "order.fire", "commune": code, "title": f"Của {code}"} for code in ("PY", "BY")]
    report = {"number": "R-2026-001", "kind_id": "fire_month", "first": date(2026, 1, 1), "last": date(2026, 1, 31)}
    rows = [{**report, "commune": "PY", "kind_id": "PY/fire_month"}, report]
    sections = [{"report_id": one, "key": "order.fire", "text": one} for one in ("PY/R-2026-001", "R-2026-001")]
    told = bring({"report_kinds": kinds, "reports": rows, "reports.sections": sections})
    assert told.exit_code == 0, told.output
    assert same(moved(), "report_kinds", "reports", "reports.sections")
    assert {(one.commune.code, one.kind.title, one.text_of("order.fire")) for one in the_reports()} == {
        ("BY", "Của BY", "R-2026-001"), ("PY", "Của PY", "PY/R-2026-001"),
    }  # fmt: skip


REPORT = {"number": "R-2026-001", "kind_id": "fire_month", "first": date(2026, 1, 1), "last": date(2026, 1, 31)}
APPROVED = {**REPORT, "state": "approved", "approved_on": date(2026, 2, 1)}
SECOND = {**REPORT, "number": "R-2026-002", "version_no": 2, "corrects_id": "R-2026-001", "why_corrected": "Sót"}
FIGURE = {"report_id": "R-2026-001", "position": 1, "figure_id": "fires.cases", "label": "Số vụ cháy", "value": "3"}
PARAGRAPH = {"report_id": "R-2026-001", "paragraph": 1, "runs": '[{"text": "Mở đầu"}]'}
PART = {"report_id": "R-2026-001", "part": "title", "content": '"Kết quả"'}
ISSUER = {**PART, "part": "issuer", "content": '{"superior": "UBND tỉnh", "name": "UBND xã", "place": "Bờ Y"}'}
ANNEX = {**PART, "part": "annex", "content": '{"name": "PHỤ LỤC", "abstract": "", "heads": ["Chỉ tiêu", "Đơn vị"]}'}
ROW = {"report_id": "R-2026-001", "part": "annex_row", "position": 1, "content": '["Số vụ cháy", "vụ", "3", "2"]'}
PAPER = {"unit_id": "BY-UB", "direction": "outgoing", "code": "BC", "abstract": "Báo cáo", "signers": "Ai đó",
         "report_id": "R-2026-001"}  # fmt: skip
INCOMING = {"unit_id": "BY-UB", "direction": "incoming", "code": "CV", "abstract": "Đến",
            "number": "5/CV-UBND", "sender": "UBND tỉnh", "dated_on": date(2026, 2, 1),
            "received_on": date(2026, 2, 2), "arrival": 7, "report_id": "R-2026-001"}  # fmt: skip
REFUSED = (
    ({"reports": [{**REPORT, "last": date(2025, 12, 31)}]}, "The last day cannot be before the first"),
    ({"reports": [{**REPORT, "last": date(2046, 1, 1)}]}, "A period is at most"),
    ({"reports": [{**REPORT, "kind_id": "none"}]}, "There is no entry of this number"),
    ({"reports": [{**REPORT, "version_no": 2}]}, "A further version says which one it corrects"),
    ({"reports": [{**REPORT, "state": "approved"}]}, "What was approved says on which day"),
    ({"reports": [{**APPROVED, "state": "sent"}]}, "What was sent says on which day"),
    ({"reports": [{**APPROVED, "approved_on": date(2026, 1, 30)}]}, "approved once its period has come to its end"),
    ({"reports": [{**APPROVED, "state": "sent", "sent_on": date(2026, 1, 31)}]}, "Nothing is sent before it is"),
    ({"reports": [REPORT, REPORT]}, "This number stands in the file twice"),
    ({"reports": [REPORT, {**REPORT, "number": "R-2026-002"}]}, "There is a report on this period already: R-2026-001"),
    ({"reports": [REPORT, SECOND]}, "Only what was approved is corrected"),
    ({"reports": [APPROVED, {**SECOND, "version_no": 3}]}, "The version after that one is number 2"),
    ({"reports": [APPROVED, {**SECOND, "last": date(2026, 2, 1)}]}, "has the kind and the days of the one"),
    ({"reports": [APPROVED, SECOND, {**SECOND, "number": "R-2026-003"}]}, "A correction is there already: R-2026-002"),
    ({"reports": [REPORT], "reports.figures": [FIGURE]}, "Only of a report that was approved"),
    ({"reports": [APPROVED], "reports.figures": [{**FIGURE, "value": "ba"}]}, "not as the portal writes it"),
    ({"reports": [APPROVED], "reports.figures": [{**FIGURE, "value": "NaN"}]}, "not as the portal writes it"),
    ({"reports": [APPROVED], "reports.figures": [{**FIGURE, "parts": "[1]"}]}, "not as the portal writes it"),
    ({"reports": [APPROVED], "reports.figures": [{**FIGURE, "parts": "[" * 9000}]}, "not as the portal writes it"),
    ({"reports": [APPROVED], "reports.text": [{**PARAGRAPH, "runs": '[{"html": "x"}]'}]}, "not as the portal writes"),
    ({"reports": [APPROVED], "reports.text": [{**PARAGRAPH, "paragraph": 2}]}, "Paragraphs come one after the other"),
    ({"reports": [APPROVED], "reports.frame": [{**PART, "content": '["Kết quả"]'}]}, "not as the portal writes it"),
    ({"reports": [APPROVED], "reports.frame": [{**PART, "content": None}]}, "not as the portal writes it"),
    ({"reports": [APPROVED], "reports.frame": [PART, PART]}, "This part stands in the file twice"),
    ({"reports": [APPROVED], "reports.frame": [ISSUER]}, "not as the portal writes it"),
    ({"reports": [APPROVED], "reports.frame": [ANNEX, {**ROW, "content": '["vụ"]'}]}, "not as the portal writes it"),
    ({"reports": [APPROVED], "reports.frame": [ROW]}, "The rows of an annex come after it"),
    ({"reports": [APPROVED]}, "It has no row on the sheet of seals"),
    ({"reports": [REPORT], "documents": [PAPER]}, "Only a report that was approved has a paper"),
    ({"reports": [APPROVED], "documents": [INCOMING]}, "Only a paper that goes out is written for a record"),
    ({"reports": [APPROVED], "documents": [PAPER, {**PAPER, "abstract": "Khác"}]}, "has its paper already"),
    ({"reports": [APPROVED], "reports.text": [{**PARAGRAPH, "runs": NESTED}]}, "not as the portal writes it"),
)  # fmt: skip


@pytest.mark.parametrize(("sheets", "reason"), REFUSED)
def test_what_does_not_fit_of_reports_is_refused(commune, bring, sheets, reason):
    told = bring({"report_kinds": [{**KIND, "sections": "order.fire"}], **sheets})
    assert told.exit_code == 1
    assert reason in told.output
    assert not the_reports()


def test_nobody_brings_in_a_report_by_their_right_and_no_page_offers_it(commune, bring, browse_as):
    kind = {"report_kinds": [{**KIND, "sections": "order.fire"}]}
    refused = bring({**kind, "reports": [REPORT]}, "--as", "by.chief")
    assert "Only whoever keeps the portal brings this in" in refused.output
    offered = cells_of(browse_as(commune.chief).get("/exchange/template").data)
    assert [one for one in offered if one.startswith("report")] == ["report_kinds"]


def test_nothing_is_added_from_a_file_to_a_report_that_is_there(commune, bring):
    a_case(commune)
    report = an_approved(commune)
    one = {**FIGURE, "report_id": report.number}
    assert "The portal holds this report already" in bring({"reports.figures": [one]}).output
    section = {"report_id": report.number, "key": "none", "text": "Thêm"}
    document = {"unit_id": "BY-UB", "direction": "outgoing", "code": "BC", "abstract": "Khác", "signers": "Ai đó",
                "report_id": report.number}  # fmt: skip
    step = {"record_id": report.number, "name": "approve", "from_state": "submitted", "to_state": "approved",
            "at": "02/11/2026 08:00", "by_id": "by.officer"}  # fmt: skip
    steps = len(steps_of(report))
    for sheets in ({"reports.sections": [section]}, {"documents": [document]}, {"reports.steps": [step]}):
        assert "The portal holds this report already" in bring(sheets).output
    assert report.intact
    assert len(steps_of(report)) == steps
    assert len(db.session.scalars(select(OfficialDocument)).all()) == 1


def test_no_file_displaces_a_report_that_was_approved_here(commune, bring):
    a_case(commune)
    report = an_approved(commune)
    number, kind = report.number, report.kind.code
    row = {"number": "R-2026-099", "kind_id": kind, "first": report.first, "last": report.last}
    second = {**row, "version_no": 2, "corrects_id": number, "why_corrected": "Khác"}
    for one, reason in ((row, f"There is a report on this period already: {number}"), (second, "on its page")):
        assert reason in bring({"reports": [one]}).output
    assert [one.number for one in the_reports()] == [number]
