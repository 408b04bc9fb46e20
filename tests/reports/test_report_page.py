"""The page of a report: short, its columns named, its next step at hand, and why it came back at its top."""

import re
from datetime import date

import pytest

from portal.engine.text import as_on_paper
from portal.engine.transaction import transaction
from portal.organisation.models import Role
from portal.reports import actions, figures, papers
from portal.reports.models import Body
from portal.reports.wording.periods import over_column, to_choose
from tests.builders import a_case
from tests.reports.report import a_draft, a_kind, a_submitted, answered, taken
from tests.reports.test_reports import url


@pytest.mark.parametrize(
    ("first", "last", "named"),
    [
        (date(2024, 1, 1), date(2024, 8, 31), "8 tháng 2024"),
        (date(2024, 1, 1), date(2024, 12, 31), "Năm 2024"),
        (date(2024, 1, 1), date(2024, 6, 30), "6 tháng đầu 2024"),
        (date(2024, 7, 1), date(2024, 9, 30), "Quý III/2024"),
        (date(2024, 10, 15), date(2024, 11, 14), "Tháng 11/2024"),
        (date(2024, 3, 4), date(2024, 9, 30), "04/03/2024–30/09/2024"),
    ],
)
def test_a_column_is_named_by_its_period(first, last, named):
    assert over_column(first, last) == named


def test_the_table_names_its_periods_and_units_and_folds_all_but_one_subject(commune, browse_as):
    report, chief = a_draft(commune), browse_as(commune.chief)
    page = chief.get(url(report)).text
    assert ">10 tháng 2026<" in page
    assert ">10 tháng 2025<" in page
    assert '<span class="unit">, ' in page
    fold = page.split("Figures of the other subjects")[0].rsplit("<details", 1)[1]
    assert " open" not in fold
    for more in ("?table=whole", "?opened=cases.community.received"):
        fold = chief.get(url(report, more)).text.split("Figures of the other subjects")[0].rsplit("<details", 1)[1]
        assert " open" in fold


def test_the_bar_of_a_phone_does_the_next_step_itself(commune, browse_as):
    report = a_draft(commune)
    bar = browse_as(commune.chief).get(url(report)).text.split('class="action-bar')[1].split("</section>")[0]
    assert f'method="post" action="/reports/{report.id}/submit"' in bar


def test_a_report_that_came_back_says_at_its_top_why(commune, browse_as):
    report = taken(a_submitted(commune), commune.leader, "return", "Bổ sung số liệu thôn Iệc.")
    assert "Bổ sung số liệu thôn Iệc." in browse_as(commune.chief).get(url(report)).text.split('id="main-figures"')[0]


@pytest.mark.parametrize(("last", "late"), [(date(2026, 9, 14), True), (date(2026, 12, 14), False)])
def test_a_report_that_is_late_says_by_how_many_days(commune, browse_as, last, late):
    kind = a_kind(commune, "order_month")
    with transaction(commune.chief):
        first = date(2026, last.month - 1, 15)
        report = actions.begin(kind, first, last, commune.id)
    top = browse_as(commune.chief).get(url(report)).text.split('id="main-figures"')[0]
    assert "Due on" in top
    assert ("Late by" in top) == late


def test_the_tasks_of_a_report_name_it_and_say_that_it_is_late(commune, browse_as):
    kind = a_kind(commune, "order_month")
    with transaction(commune.chief):
        late = actions.begin(kind, date(2026, 8, 15), date(2026, 9, 14), commune.id)
        for key in ("situation", "assessment", "tasks"):
            actions.write(late, key, "Đã làm.")
    taken(answered(commune, late), commune.chief, "submit")
    home = browse_as(commune.leader).get("/").text
    assert f"{late.title} tháng 9 năm 2026 ({late.number})" in home
    assert "Late by" in home
    taken(late, commune.leader, "return", "Bổ sung số liệu.")
    assert f"{late.title} tháng 9 năm 2026 ({late.number})" in browse_as(commune.chief).get("/").text


def test_a_period_to_choose_is_short_and_kinds_are_told_apart_by_it_first(commune, browse_as):
    assert to_choose(date(2026, 11, 15), date(2026, 12, 14)) == "tháng 12 năm 2026 (15/11–14/12/2026)"
    assert to_choose(date(2025, 12, 15), date(2026, 12, 14)) == "năm 2026 (15/12/2025–14/12/2026)"
    assert to_choose(date(2026, 1, 1), date(2026, 8, 31)) == "8 tháng đầu năm 2026"
    kind = a_kind(commune, "order_month")
    page = browse_as(commune.chief).get("/reports/new").text
    told = re.findall(r'<b>([^<]+)</b></span><span class="sub block" lang="vi">', page)
    assert len(told) == len(set(told)) == 6
    begin = browse_as(commune.chief).get(f"/reports/kinds/{kind.id}/begin").text
    assert "tháng 11 năm 2026 (15/10–14/11/2026)" in begin


def test_a_report_on_some_subjects_shows_their_figures_first_and_folds_the_others(commune, browse_as):
    report = a_draft(commune)
    with transaction(commune.chief):
        report.kind.sections = ["weapons", "sentences", "tasks"]
    a_case(commune, received_on=date(2026, 3, 2))
    page = browse_as(commune.chief).get(url(report)).text
    large = page.split('id="main-figures"')[1].split("</div>")[0]
    assert "ommunity-sentence" in large
    assert "Security and order incidents" not in large
    before, _fold, behind = page.split('id="table"')[1].partition("Figures of the other subjects")
    assert 'id="g-community"' in before
    assert 'id="g-security"' in behind


def test_a_report_with_an_addressee_names_it_first_among_who_receives_it(commune):
    report = a_draft(commune)
    with transaction(commune.chief):
        report.kind.addressee, report.kind.recipients = "UBND tỉnh", "Đảng ủy xã\nLưu: VT"
    with as_on_paper():
        assert list(papers.paper(report, figures.of_report(report)).recipients) == [
            "Như trên", "Đảng ủy xã", "Lưu: VT",
        ]  # fmt: skip


def test_whoever_approves_a_report_that_another_signs_does_not_press_sign(commune, browse_as):
    report = a_submitted(commune)
    leader = browse_as(commune.leader)
    assert "Sign: approve and number" in leader.get(url(report, "/approve")).text
    with transaction(commune.chief):
        report.kind.body, report.kind.signer_role = Body.POLICE, Role.POLICE_CHIEF
    page = leader.get(url(report, "/approve")).text
    assert "Sign: approve and number" not in page
    assert "the paper is signed by whoever stands under it" in page


def test_figures_that_changed_while_an_approval_was_read_do_not_tell_of_something_typed(commune, browse_as):
    report, leader = a_submitted(commune), browse_as(commune.leader)
    shown = leader.get(url(report, "/approve")).text.split('name="shown" type="hidden" value="')[1].split('"')[0]
    a_case(commune, received_on=date(2026, 3, 2))
    page = leader.post(url(report, "/approve"), data={"version": report.version, "shown": shown})
    assert page.status_code == 409
    assert "Records were added or changed since this page was opened." in page.text
    assert "What you typed is kept below" not in page.text
