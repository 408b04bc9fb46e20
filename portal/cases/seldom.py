"""What most cases have none of, asked for together: each of them is then read only where there is one."""

from typing import Any

from sqlalchemy import Exists, exists, inspect, literal, select, union_all
from sqlalchemy.orm.attributes import set_committed_value

from portal.cases.models import Case
from portal.engine.db import db

SELDOM = (
    "birth_corrections", "custodies", "deaths", "end_checks", "fines", "handovers", "helper_reports", "holds",
    "left_undone", "measures", "moves", "receptions", "reviews", "summonses", "term_changes", "violations", "warnings",
)  # fmt: skip


def tell_empty(case: Case) -> None:
    """Ask once which of these a case has at all; of the others no further question is asked in this session.

    What was read already stays as it is. What was not saved yet is saved by the question, so that it is found.
    """
    state = inspect(case)
    unread = [name for name in SELDOM if name in state.unloaded]
    if not (state.persistent and db.session.autoflush) or len(unread) < 2:
        return
    relations = inspect(Case).relationships
    asked = (select(literal(name)).where(_has(relations[name].mapper.class_, case.id)) for name in unread)
    there = set(db.session.scalars(union_all(*asked)))
    for name in unread:
        if name not in there:
            set_committed_value(case, name, [])


def _has(model: Any, case_id: int) -> Exists:
    return exists().where(model.case_id == case_id)
