"""Who may be the second person that answers to what one person asks: one condition for page, button and duty."""

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from portal.cases.models import Case
from portal.engine.db import base_of
from portal.engine.workflow import Step
from portal.organisation.models import Role, RoleGrant
from portal.organisation.queries import held_in


def chiefs_to_answer(record: Any, commune_id: int) -> Select[RoleGrant]:
    """The grants of chiefs and their deputies under which somebody else may answer than whoever asks.

    *record* is one record, or its class within a query about many. Where the author's own record waits, the author
    alone is out, since a deputy compares it with a paper. Where a step asks anew (`Transition.asks`), whoever asks is
    out, the one in whose name they do, and who acts for either of them: `workflow.bound` says the same of a button.
    """
    by, behalf = _last_asked(record, Step.by_id), _last_asked(record, Step.on_behalf_of_id)
    somebody_else = and_(
        RoleGrant.user_id.is_distinct_from(func.coalesce(by, record.created_by_id)),
        RoleGrant.user_id.is_distinct_from(behalf),
    )
    acts_for_neither = and_(
        RoleGrant.on_behalf_of_id.is_distinct_from(by), RoleGrant.on_behalf_of_id.is_distinct_from(behalf)
    )
    free = or_(by.is_(None), RoleGrant.on_behalf_of_id.is_(None), acts_for_neither)
    answering = held_in(Role.POLICE_CHIEF, commune_id).where(somebody_else, free)
    return answering.where(_not_in_charge(record)) if getattr(record, "not_by_owner", False) else answering


def _not_in_charge(record: Any) -> ColumnElement[bool]:
    """Whoever has the case in hand, or acts for them, is not the second person who looks at it."""
    owner = select(Case.owner_id).where(Case.id == record.case_id).correlate_except(Case).scalar_subquery()
    return and_(RoleGrant.user_id != owner, RoleGrant.on_behalf_of_id.is_distinct_from(owner))


def _last_asked(record: Any, person: ColumnElement[Any] | Any) -> Any:
    """Whoever put the last question to a second person; nobody where only the record itself asks."""
    kind = base_of(record if isinstance(record, type) else type(record)).__tablename__
    return (
        select(person)
        .where(Step.record_type == kind, Step.record_id == record.id, Step.name.in_(record.workflow.asking))
        .order_by(Step.at.desc(), Step.id.desc())
        .limit(1)
        .correlate_except(Step)
        .scalar_subquery()
    )
