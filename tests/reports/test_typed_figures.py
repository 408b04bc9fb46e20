"""Figures that no record gives: typed with where they come from, named in texts, frozen like all others."""

from datetime import date

import pytest

from portal.books.actions import write_down
from portal.engine.db import db
from portal.engine.indicators import Period
from portal.engine.refusal import Refused
from portal.engine.text import as_on_paper
from portal.engine.transaction import transaction
from portal.reports import catalogue, checking, comparing
from portal.reports.models import ManualFigure
from tests.reports.report import FIRST, LAST, a_draft, answered, approved, taken

NAMED = "Ngân hàng cho {typed.loans} hộ vay vốn."


def typed(commune, value=120_500, first=FIRST, last=LAST, key="loans", **more):
    facts = {
        "key": key, "label": "Số hộ vay vốn", "value": value, "unit": "hộ", "first": first, "last": last,
        "definition": "Hộ được vay trong kỳ.", "evidence": "Báo cáo 12/BC-NH", **more,
    }  # fmt: skip
    with transaction(commune.officer):
        return write_down(ManualFigure, commune.id, facts, commune.officer)


def in_the_way(report):
    with as_on_paper():
        return [one.check.id for one in checking.look(report) if one.in_the_way]


def test_it_counts_for_just_its_days_and_is_blank_for_others(commune, neighbour):
    typed(commune)
    typed(commune, 90_000, date(2025, 1, 1), date(2025, 10, 31))
    period = Period(FIRST, LAST, (commune.id,))
    one = catalogue.of_period(period)["typed.loans"]
    assert (one.value(period), one.value(period.year_before())) == (120.5, 90)
    assert one.value(Period(FIRST, date(2026, 9, 30), (commune.id,))) is None
    assert "typed.loans" not in catalogue.of_period(Period(FIRST, LAST, (neighbour.id,)))


def test_a_text_names_it_and_the_page_marks_it_as_typed(commune, browse_as):
    typed(commune, 120_000)
    report = a_draft(commune, rural=NAMED)
    chief = browse_as(commune.chief)
    page = chief.get(f"/reports/{report.id}").text
    assert "Typed by hand" in page
    assert "Ngân hàng cho" in page
    opened = chief.get(f"/reports/{report.id}?opened=typed.loans").text
    assert "Báo cáo 12/BC-NH" in opened
    assert "Hộ được vay trong kỳ." in opened


def test_a_text_that_names_what_nobody_typed_is_refused_and_what_is_blank_here_is_not_submitted(commune, browse_as):
    report, chief = a_draft(commune), browse_as(commune.chief)
    answer = chief.post(f"/reports/{report.id}/sections/rural", data={"text": NAMED, "version": report.version})
    assert answer.status_code == 422
    assert "There is no figure of these names: {typed.loans}." in answer.text
    entry = typed(commune, first=date(2026, 1, 1), last=date(2026, 9, 30))
    answer = chief.post(f"/reports/{report.id}/sections/rural", data={"text": NAMED, "version": report.version})
    assert answer.status_code == 302
    assert "named-and-there" in in_the_way(report)
    with transaction(commune.officer):
        entry.last = LAST
    assert "named-and-there" not in in_the_way(report)


def test_it_is_frozen_with_the_report_and_a_later_change_is_told_as_late(commune):
    entry = typed(commune)
    report = approved(commune, taken(answered(commune, a_draft(commune, rural=NAMED)), commune.chief, "submit"))
    kept = next(one for one in report.figures if one.figure_id == "typed.loans")
    assert (kept.value, kept.ids, kept.kind, kept.record_type) == (120.5, [entry.id], "typed", "manual_figure")
    with transaction(commune.officer):
        entry.value = 121_000
    with as_on_paper():
        late = {one.id: (one.before, one.now) for one in comparing.found(comparing.late(report).all())}
    assert late["typed.loans"] == (120.5, 121)


def test_a_figure_that_only_another_commune_typed_is_none_here(commune, neighbour):
    with transaction(neighbour.officer):
        facts = {
            "key": "loans", "label": "Số hộ vay vốn", "value": 1000, "unit": "hộ", "first": FIRST, "last": LAST,
            "definition": "Hộ được vay.", "evidence": "Báo cáo 12/BC-NH",
        }  # fmt: skip
        write_down(ManualFigure, neighbour.id, facts, neighbour.officer)
    with pytest.raises(Refused):
        a_draft(commune, rural=NAMED)
    typed(commune)
    assert a_draft(commune, date(2026, 1, 1), date(2026, 9, 30), rural=NAMED)


def test_a_value_that_cannot_be_written_in_the_way_that_a_text_asks_for_is_in_the_way(commune, browse_as):
    entry = typed(commune, 120_500)
    report = a_draft(commune, rural="Dư nợ {typed.loans:full}.")
    assert "Dư nợ " in browse_as(commune.chief).get(f"/reports/{report.id}/text").text
    assert "named-and-there" in in_the_way(report)
    with transaction(commune.officer):
        entry.value = 120_000
    assert "named-and-there" not in in_the_way(report)


def test_the_year_before_of_what_was_typed_this_year_alone_is_in_the_way(commune):
    typed(commune)
    report = a_draft(commune, rural="Năm trước {typed.loans<} hộ vay vốn.")
    assert "named-and-there" in in_the_way(report)
    typed(commune, 90_000, date(2025, 1, 1), date(2025, 10, 31))
    assert "named-and-there" not in in_the_way(report)


@pytest.mark.parametrize(
    "wrong",
    [{"key": "Vay vốn"}, {"key": "1st"}, {"key": "a b"}, {"key": "typed.loans"}, {"last": date(2025, 12, 31)},
     {"last": date(2526, 1, 1)}, {}],
)  # fmt: skip
def test_what_does_not_fit_is_refused(commune, wrong):
    typed(commune)
    with pytest.raises(Refused):
        typed(commune, **wrong)
    assert db.session.query(ManualFigure).count() == 1
