"""What is counted of patrols: those within the commune that took place, and those that found a violation."""

from typing import Any

from sqlalchemy import Select, select

from portal.engine.db import local_day
from portal.engine.indicators import Examples, Indicator, Period, by_month
from portal.engine.text import _l
from portal.organisation.breakdowns import by_unit
from portal.patrols.models import Patrol, PatrolKind
from portal.patrols.workflow import TOOK_PLACE


def _made(kind: PatrolKind, period: Period) -> Select[Any]:
    """Patrols of a kind that were logged and actually began on a day of the period; a joint one counts once."""
    return select(Patrol).where(
        Patrol.commune_id.in_(period.communes), Patrol.kind == kind, Patrol.state.in_(TOOK_PLACE),
        Patrol.voided_at.is_(None), Patrol.started_at >= period.begins_at, Patrol.started_at < period.ended_at,
    )  # fmt: skip


def order_patrols(period: Period) -> Select[Any]:
    return _made(PatrolKind.ORDER, period)


def with_violations(period: Period) -> Select[Any]:
    return order_patrols(period).where(Patrol.violations_found > 0)


def border_patrols(period: Period) -> Select[Any]:
    return _made(PatrolKind.BORDER, period)


def border_with_violations(period: Period) -> Select[Any]:
    return border_patrols(period).where(Patrol.violations_found > 0)


_PARTED = (by_month(local_day(Patrol.started_at)), by_unit(Patrol.leading_unit_id))
_EXAMPLES = Examples(
    (
        _l("began in the evening of the last day and ended on the day after the period"),
        _l("several forces went together: one patrol"), _l("logged, and waiting for a countersignature"),
    ),
    (_l("planned, and not begun"), _l("called off"), _l("of the other kind"), _l("entered in error")),
)  # fmt: skip
_EXAMPLES_OF_VIOLATIONS = Examples(
    (_l("two violations found on one patrol: one patrol"), *_EXAMPLES.counts[:1]),
    (_l("a finding that is no violation"), *_EXAMPLES.does_not),
)  # fmt: skip

ORDER = Indicator(
    "patrols.order.count", _l("Order patrols in the commune"), _l("patrols"),
    _l("Patrols within the commune that took place and began on a day of the period. Border patrols, planned and "
       "cancelled ones do not count; a patrol of several forces counts once."),
    "flow", Patrol, order_patrols, breakdowns=_PARTED, examples=_EXAMPLES,
)  # fmt: skip
WITH_VIOLATIONS = Indicator(
    "patrols.order.with_violations", _l("Order patrols that found a violation"), _l("patrols"),
    _l("Of the order patrols of the period, those whose log tells of at least one violation."),
    "flow", Patrol, with_violations, breakdowns=_PARTED, examples=_EXAMPLES_OF_VIOLATIONS,
)  # fmt: skip
BORDER = Indicator(
    "patrols.border.count", _l("Border patrols"), _l("patrols"),
    _l("Patrols along the border that took place and began on a day of the period. Planned and cancelled ones do not "
       "count; a patrol of several forces counts once."),
    "flow", Patrol, border_patrols, breakdowns=_PARTED, examples=_EXAMPLES,
)  # fmt: skip
BORDER_WITH_VIOLATIONS = Indicator(
    "patrols.border.with_violations", _l("Border patrols that found a violation"), _l("patrols"),
    _l("Of the border patrols of the period, those whose log tells of at least one violation."),
    "flow", Patrol, border_with_violations, breakdowns=_PARTED, examples=_EXAMPLES_OF_VIOLATIONS,
)  # fmt: skip

INDICATORS = (ORDER, WITH_VIOLATIONS, BORDER, BORDER_WITH_VIOLATIONS)
