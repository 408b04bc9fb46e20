"""The self-reports of six months, one row a person: what was asked for, and what came."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from portal.cases.models import RUNNING, SELF_REPORT_RULES, Case
from portal.cases.regularity import Came, came_of, last_months
from portal.duties.models import Duty
from portal.engine.access import Actor, ask_ahead, holds, reach
from portal.engine.db import db
from portal.engine.text import _l
from portal.people.models import Person
from portal.people.presenter import called

MONTHS, MOST = 6, 15
CELLS = {
    Came.IN_TIME: ("dot", _l("on time")),
    Came.LATE: ("soon", _l("late")),
    Came.MISSING: ("overdue", _l("missing")),
    Came.NOT_DUE: ("none", _l("not due")),
    Came.NOT_ASKED: ("none", _l("not asked for")),
}


@dataclass(frozen=True)
class Grid:
    """Months as heads, and for each case a shape a month."""

    months: list[str]
    rows: list[dict[str, Any]]


def check_in_grid(user: Actor) -> Grid | None:
    """The user's own running cases that are asked for self-reports; None for roles that do not record."""
    if not holds(user, "read_notes", Case):
        return None
    months = last_months(MONTHS)
    asked: dict[Case, dict[str, Duty]] = {}
    for duty in _asked_of(user, months[0]):
        asked.setdefault(duty.case, {})[duty.key] = duty
    ask_ahead(user, [case.person for case in asked])
    rows = [_row(user, case, duties, months) for case, duties in asked.items()]
    return Grid([str(month.month) for month in months], rows)


def _asked_of(user: Actor, first: date) -> Iterable[Duty]:
    """The duties of self-reports since a month, with their cases, by name: one question, whatever became of them."""
    asked = Duty.rule.in_(SELF_REPORT_RULES), Duty.key >= f"{first:%Y-%m}", Duty.voided_at.is_(None)
    owed = select(Duty.id).where(Duty.case_id == Case.id, *asked).correlate(Case).exists()
    mine = (
        reach(user, "read_notes", Case)
        .with_only_columns(Case.id)
        .join(Case.person)
        .where(Case.owner_id == user.id, Case.state.in_(RUNNING), Case.voided_at.is_(None), owed)
        .order_by(Person.sort_key, Case.id)
        .limit(MOST)
    )
    case = contains_eager(Duty.case)
    found = select(Duty).join(Duty.case).join(Case.person).where(Duty.case_id.in_(mine), *asked)
    loaded = found.options(case.contains_eager(Case.person), case.selectinload(Case.check_ins))
    return db.session.scalars(loaded.order_by(Person.sort_key, Case.id)).unique()


def _row(user: Actor, case: Case, duties: Mapping[str, Duty], months: Iterable[date]) -> dict[str, Any]:
    came = {one.month: one for one in case.check_ins if one.counts}
    return {
        "name": called(user, case.person),
        "url": url_for("cases.show", id=case.id),
        "cells": [_cell(came_of(duties.get(f"{month:%Y-%m}"), came.get(month))) for month in months],
    }


def _cell(came: Came) -> tuple[str, str]:
    """The shape of a month, and its word."""
    shape, word = CELLS[came]
    return shape, str(word)
