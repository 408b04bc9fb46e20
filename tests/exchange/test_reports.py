"""Kinds of reports, reports as they stand, and what an approval froze go out and come in."""

from datetime import date

import pytest
from sqlalchemy import select

from portal.engine.db import db
from portal.engine.transaction import transaction
from portal.reports import actions
from portal.reports.models import ReportKind
from portal.reports.periods import Basis, Length
from tests.exchange.test_rooms import bring, moved, run, same, template
from tests.reports.report import a_kind

__all__ = ["bring", "moved", "run", "template"]


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
    with transaction(commune.chief):
        actions.save_kind(a_kind(commune), {"due_days": 4, "addressee": "UBND tỉnh\nCông an tỉnh"})
        own = {**a_kind(commune).facts, "title": "Kết quả công tác tuyên truyền", "active": False}
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
