"""Figures side by side: years of one commune, and communes of a period within the reader's scope."""

import re
from datetime import date

import pytest
from sqlalchemy import select

from portal.demo.registering import scanned_page
from portal.documents import actions as register
from portal.documents import store
from portal.documents.register import number_of
from portal.engine import clock, waiting
from portal.engine.db import db
from portal.engine.transaction import transaction
from portal.organisation import actions as organisation
from portal.organisation.models import Role
from portal.reports import actions
from portal.reports.models import Report, ReportFigure
from portal.reports.usual import usual
from tests.builders import FOUNDED, a_case
from tests.reports.asked import statements
from tests.reports.report import an_approved, answered, approved, taken

AUGUST = "from=2026-08-01&to=2026-08-31"


def sees_both(commune, neighbour):
    """The viewer of the commune holds the role in its neighbour as well."""
    with transaction(None):
        grant = organisation.grant_role(commune.province, Role.PROVINCE_VIEWER, neighbour.unit, FOUNDED)
        organisation.confirm_grant(grant, None)


def sent(report):
    """The report with its signed page, as it went out."""
    with transaction(None):
        report.state, report.sent_on = "sent", clock.today()
    return report


def row(page, label):
    """The values of a row, a cell each."""
    cells = page.split(f'<th scope="row">{label}</th>')[1].split("</tr>")[0]
    return re.findall(r">([^<>]+)<", cells.replace("\n", ""))


def test_the_same_days_of_each_year_stand_side_by_side_and_open_their_records(commune, browse_as):
    for year in (2026, 2026, 2024):
        a_case(commune, f"Người {year}", received_on=date(year, 8, 3))
    page = browse_as(commune.chief).get(f"/reports/compare?{AUGUST}&years=4").text
    assert row(page, "Community-sentence files received in the period") == ["2", "0", "1", "0"]
    assert "/reports/figures/cases.community.received?from=2024-08-01&amp;to=2024-08-31" in page
    assert re.findall(r">(20\d\d)<", page.split("<table")[1].split("</thead>")[0]) == ["2026", "2025", "2024", "2023"]


def test_years_are_counted_line_by_line_as_long_as_it_takes(commune, browse_as, monkeypatch):
    a_case(commune, received_on=date(2026, 8, 3))
    monkeypatch.setattr(waiting, "MOMENT", -1)
    page = browse_as(commune.chief).get(f"/reports/compare?{AUGUST}&years=2").text
    assert "Being counted: 1 of" in page
    assert row(page, "Community-sentence files received in the period") == ["1", "0"]


@pytest.mark.parametrize(
    "query",
    [f"{AUGUST}&years=1", f"{AUGUST}&years=600", f"{AUGUST}&years=x", AUGUST, "from=2026-08-31&to=2026-08-01&years=3",
     "from=1500-01-01&to=2026-01-01&years=3", f"{AUGUST}&years=3&years=4"],
)  # fmt: skip
def test_what_cannot_be_compared_is_told_and_nothing_is_shown(commune, browse_as, query):
    answer = browse_as(commune.chief).get(f"/reports/compare?{query}")
    assert answer.status_code == 422
    assert "<table" not in answer.text


def test_communes_of_the_scope_stand_side_by_side_with_the_sum_of_what_was_signed(commune, neighbour, browse_as):
    sees_both(commune, neighbour)
    a_case(commune, received_on=date(2026, 5, 4))
    for number in range(2):
        a_case(neighbour, f"Người {number}", received_on=date(2026, 5, 4))
    sent(an_approved(commune))
    sent(an_approved(neighbour))
    a_case(commune, "Trần Văn Muộn", received_on=date(2026, 5, 5))  # later than the signature
    page = browse_as(commune.province).get("/reports/compare/communes").text
    assert row(page, "Community-sentence files received in the period") == ["1", "2", "3"]


def test_a_commune_that_signed_nothing_is_named_and_not_counted(commune, neighbour, browse_as):
    sees_both(commune, neighbour)
    a_case(neighbour, received_on=date(2026, 5, 4))
    sent(an_approved(commune))
    page = browse_as(commune.province).get("/reports/compare/communes").text
    communes = page.split('id="communes"')[1].split("</section>")[0]
    assert "Xã Dục Nông" in communes
    assert "Missing" in communes
    assert row(page, "Community-sentence files received in the period") == ["0", "no figure", "0"]


def test_a_commune_outside_of_the_scope_is_not_there(commune, neighbour, browse_as):
    an_approved(commune)
    an_approved(neighbour)
    assert "Xã Dục Nông" not in browse_as(commune.province).get("/reports/compare/communes").text


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"state": "sent", "sent_on": date(2026, 11, 2)}, "Sent on 02/11/2026"),
        ({"state": "sent", "sent_on": date(2026, 11, 3)}, "Late: sent on 03/11/2026, due on 02/11/2026"),
        ({}, "Late: approved on 01/11/2026 and not signed yet, due on 02/11/2026"),
    ],
)
def test_what_was_not_sent_by_its_day_is_marked_late_whenever_it_was_approved(commune, browse_as, more, said):
    signs(commune, OWN, 1, **more)
    assert f"{said}<" in browse_as(commune.province).get("/reports/compare/communes").text.replace("\n", "")


def test_a_correction_of_what_was_sent_in_time_is_not_late(commune, browse_as):
    signs(commune, OWN, 1, state="sent", sent_on=date(2026, 11, 2))
    first = db.session.scalars(select(Report)).one()
    with transaction(commune.chief):
        second = actions.correct(first, "Sót một hồ sơ")
        second.state, second.approved_on = "approved", date(2026, 11, 20)
    assert "Late" not in browse_as(commune.province).get("/reports/compare/communes").text


def test_a_correction_takes_the_place_of_what_it_corrects_once_it_is_signed(commune, browse_as):
    report = sent(an_approved(commune))
    a_case(commune, received_on=date(2026, 5, 4))
    with transaction(commune.chief):
        later = actions.correct(report, "Thiếu một hồ sơ")
    province = browse_as(commune.province)
    received = "Community-sentence files received in the period"
    approved(commune, taken(answered(commune, later), commune.chief, "submit"))
    assert row(province.get("/reports/compare/communes").text, received) == ["0", "0"]
    with transaction(commune.clerk):
        scan = store.keep(scanned_page())
        register.issue(later.document, register.Signed(number_of(later.document), clock.today()), scan, None, 10**6)
    assert row(province.get("/reports/compare/communes").text, received) == ["1", "1"]


def test_what_was_approved_and_waits_for_its_signature_is_named_and_its_figures_are_not_shown(commune, browse_as):
    a_case(commune, received_on=date(2026, 5, 4))
    an_approved(commune)
    page = browse_as(commune.province).get("/reports/compare/communes").text
    assert "and not signed yet" in page
    assert "Community-sentence files received in the period" not in page


OWN = {**next(one for one in usual() if one["code"] == "order_month"), "title": "Tình hình dân tộc, tôn giáo"}
del OWN["code"]
SENT = {"state": "sent", "sent_on": date(2026, 11, 2)}
OCTOBER = {"first": date(2026, 10, 1), "last": date(2026, 10, 31)}


def signs(commune, facts, value, **more):
    """A report of a kind of the commune's own for October, with one frozen figure."""
    with transaction(commune.chief):
        kind = actions.save_kind(None, facts, commune.id)
        number = f"R-2026-{kind.id}"
        report = Report(commune_id=commune.id, number=number, kind=kind, **{"state": "approved", **OCTOBER, **more})
        report.approved_on = report.approved_on or date(2026, 11, 1)
        told = {"label": "", "definition": "", "unit": "", "kind": "flow", "record_type": "case", "position": 1}
        kept = {"value": value, "previous_value": 0, "ids": [], "previous_ids": [], "parts": {}}
        report.figures = [ReportFigure(figure_id="cases.community.received", **told, **kept)]
        db.session.add(report)
    return kind


def test_kinds_of_communes_own_are_not_taken_for_each_other_whatever_they_are_called(commune, neighbour, browse_as):
    sees_both(commune, neighbour)
    kinds = [
        signs(commune, OWN, 1, **SENT), signs(commune, {**OWN, "title": "Khác"}, 2, **SENT),
        signs(neighbour, OWN, 4, **SENT),
    ]  # fmt: skip
    codes = ["tinh_hinh_dan_toc_ton_giao", "khac", "tinh_hinh_dan_toc_ton_giao"]
    assert [kind.code for kind in kinds] == codes
    province = browse_as(commune.province)
    page = province.get("/reports/compare/communes").text
    keys = re.findall(r'<option value="([^"]+)"', page)
    assert len(keys) == 3
    found = [province.get(f"/reports/compare/communes?period={key}").text for key in keys]
    received = [row(one, "Community-sentence files received in the period") for one in found]
    assert sorted(received) == [["1", "1"], ["2", "2"], ["4", "4"]]


def test_a_second_kind_of_the_same_title_has_a_code_of_its_own_and_none_that_of_a_usual_one(commune):
    with transaction(commune.chief):
        made = [actions.save_kind(None, {**OWN, "title": title}, commune.id) for title in ("Đạo", "Đạo", "Order month")]
    assert [kind.code for kind in made] == ["dao", "dao_2", "order_month_2"]


def test_more_communes_and_reports_are_compared_with_as_many_questions(commune, neighbour, browse_as):
    sees_both(commune, neighbour)
    usual_kind = {**OWN, "code": "order_month"}
    signs(commune, usual_kind, 1, **SENT)
    province = browse_as(commune.province)
    province.get("/reports/compare/communes")
    with statements() as few:
        province.get("/reports/compare/communes")
    signs(neighbour, usual_kind, 2, **SENT)
    with statements() as more:
        page = province.get("/reports/compare/communes").text
    assert row(page, "Community-sentence files received in the period") == ["1", "2", "3"]
    assert len(more) <= len(few)
    assert not [one for one in more if "report_figure.ids" in one or "report.text" in one]


def test_a_period_of_which_nothing_was_signed_is_not_found(commune, browse_as):
    province = browse_as(commune.province)
    assert "No report was signed yet." in province.get("/reports/compare/communes").text
    assert province.get("/reports/compare/communes?period=x_2026-01-01_2026-01-31").status_code == 404


@pytest.mark.parametrize("who", ["village_head", "military", "administrator"])
def test_whoever_reads_no_report_compares_none(commune, browse_as, who):
    assert browse_as(getattr(commune, who)).get("/reports/compare/communes").status_code == 403
