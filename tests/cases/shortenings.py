"""How tests record a shortening, answer to it through its page, and look at what follows from it."""

from datetime import date

from sqlalchemy import select

from portal.cases.actions import record_term_change
from portal.duties.models import Duty
from portal.engine.db import db
from portal.engine.transaction import transaction
from tests.proposals.ways import version_on

DAY = date(2026, 11, 20)
QUESTIONS = ("CONFIRM-TERM", "TAKE-TERM-BACK")


def recorded(commune, case, by="officer", months=6):
    with transaction(getattr(commune, by)):
        return record_term_change(case, DAY, months, "12/2026/QĐ-TA")


def take(browser, change, step, **more):
    page = browser.get(f"/term-changes/{change.id}")
    return browser.post(f"/term-changes/{change.id}/{step}", data={"version": version_on(page), **more})


def days_of(case):
    """Every day that the law draws from the term, and every duty that asks for something."""
    db.session.rollback()
    db.session.expire_all()
    duties = db.session.scalars(select(Duty).where(Duty.case_id == case.id, Duty.rule.not_in(QUESTIONS)))
    asked = sorted((one.rule, one.key, one.due_on, one.done_on) for one in duties if one.dropped_on is None)
    return [(due.rule, due.due_on) for due in case.regime.calendar(case.term)], asked, case.ends_on


def question(change, rule="CONFIRM-TERM"):
    """The duty that asks a second person, the last one of its rule."""
    db.session.rollback()
    asked = select(Duty).where(Duty.rule == rule, Duty.subject_id == change.id).order_by(Duty.id.desc())
    return db.session.scalars(asked).first()
