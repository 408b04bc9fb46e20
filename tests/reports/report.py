"""Reports at each stage, made through actions as pages call them."""

from datetime import date
from typing import Any

from portal.documents import store
from portal.engine import clock
from portal.engine.db import db
from portal.engine.text import as_on_paper
from portal.engine.transaction import transaction
from portal.reports import actions, checking, freezing, papers
from portal.reports.checks import Weight
from portal.reports.models import Report, ReportKind
from portal.reports.usual import MOVEMENT
from tests.builders import Commune

FIRST, LAST = date(2026, 1, 1), date(2026, 10, 31)
TEXTS = {
    "situation": "Toàn xã có {cases.community.serving} bị án đang chấp hành.",
    "advice": "Ban Chỉ đạo thực hiện Kết luận 44-KL/TW.",
    "rural": "Ra quân xây dựng nông thôn mới.",
    "assessment": "Ưu điểm: phong trào được chỉ đạo sát.\nHạn chế: phối hợp chưa đều.",
    "tasks": "Tuyên truyền cho cán bộ, học sinh.\nRà soát các mô hình.",
}


def a_kind(commune: Commune, code: str = MOVEMENT) -> ReportKind:
    """The usual kinds, taken over by the chief; that of a code."""
    with transaction(commune.chief):
        actions.take_over_usual(commune.id)
    return next(one for one in db.session.query(ReportKind) if one.code == code and one.commune_id == commune.id)


def a_draft(commune: Commune, first: date = FIRST, last: date = LAST, **texts: str) -> Report:
    """What people write is written, too."""
    kind = a_kind(commune)
    with transaction(commune.chief):
        report = actions.begin(kind, first, last, commune.id)
        for key, text in {**TEXTS, **texts}.items():
            actions.write(report, key, text)
    return report


def taken(report: Report, by: Any, step: str, reason: str = "") -> Report:
    with transaction(by):
        report.workflow.take(step, report, by, reason)
    return report


def answered(commune: Commune, report: Report, reason: str = "Đã rà soát, số liệu đúng.") -> Report:
    """Every doubt of the checks has its reason."""
    with as_on_paper():
        doubts = [one for one in checking.look(report) if one.check.weight == Weight.DOUBT]
    with transaction(commune.chief):
        for one in doubts:
            actions.overrule(report, one, reason)
    return report


def a_submitted(commune: Commune, **texts: str) -> Report:
    return taken(answered(commune, a_draft(commune, **texts)), commune.chief, "submit")


def approved(commune: Commune, report: Report) -> Report:
    """What the page does: written before the transaction, frozen within it."""
    found = freezing.frozen(report, papers.who_signs(report), clock.today())
    ready = freezing.prepared(found, actions.next_free(report, clock.today()))
    stored = store.keep(ready.file)
    with transaction(commune.leader):
        actions.approve(report, ready, stored, commune.leader)
    return report


def an_approved(commune: Commune, **texts: str) -> Report:
    return approved(commune, a_submitted(commune, **texts))
