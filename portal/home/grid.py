"""The self-reports of six months, one row a person."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for
from sqlalchemy.orm import selectinload

from portal.cases.models import COMMUNITY_SENTENCES, RUNNING, Case, CaseType
from portal.engine import clock
from portal.engine.access import Actor, ask_ahead, holds, reach
from portal.engine.db import db
from portal.engine.text import _
from portal.law.days import add_months
from portal.people.models import Person
from portal.people.presenter import called

MONTHS, MOST = 6, 15
NO_REPORTS = (CaseType.RESIDENCE_BAN,)


@dataclass(frozen=True)
class Grid:
    """Months as heads, and for each case a shape a month."""

    months: list[str]
    rows: list[dict[str, Any]]


def check_in_grid(user: Actor) -> Grid | None:
    """The user's own running sentences; None for roles that do not record."""
    if not holds(user, "read_notes", Case):
        return None
    this = clock.today().replace(day=1)
    months = [add_months(this, shift) for shift in range(1 - MONTHS, 1)]
    mine = (
        reach(user, "read_notes", Case)
        .join(Case.person)
        .where(Case.owner_id == user.id, Case.state.in_(RUNNING), Case.type.in_(COMMUNITY_SENTENCES))
        .where(Case.type.not_in(NO_REPORTS), Case.voided_at.is_(None))
    )
    found = mine.options(selectinload(Case.check_ins)).order_by(Person.sort_key).limit(MOST)
    cases = db.session.scalars(found).all()
    ask_ahead(user, [one.person for one in cases])
    rows = [
        {
            "name": called(user, one.person),
            "url": url_for("cases.show", id=one.id),
            "cells": [_cell(one, month) for month in months],
        }
        for one in cases
    ]
    return Grid([str(month.month) for month in months], rows)


def _cell(case: Case, month: date) -> tuple[str, str]:
    """The shape of a month, and its word."""
    report = next((one for one in case.check_ins if one.month == month and one.counts), None)
    if report:
        return ("soon", _("late")) if report.late_days else ("dot", _("on time"))
    past = clock.today() > month.replace(day=5)
    missed = past and case.first_month <= month
    return ("overdue", _("missing")) if missed else ("none", _("not due"))
