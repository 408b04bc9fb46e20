"""What patrols have to tell of half a year: made against the plan, by which force, and which points nobody passed."""

from portal.engine import clock
from portal.engine.agenda import Told, counted
from portal.engine.indicators import Period
from portal.engine.reviews import ByForce, Named, Reviewed, ReviewSource
from portal.engine.text import _, _l
from portal.law.days import add_months
from portal.organisation.queries import plan_on
from portal.patrols.indicators import ORDER, WITH_VIOLATIONS
from portal.patrols.models import PatrolKind
from portal.patrols.queries import count_by_kind, landmarks_on, made, passed_between, patrols_by_force, planned_between


def patrols(period: Period) -> Reviewed:
    commune_id = period.communes[0]
    border = count_by_kind(commune_id, period.first, period.last, made()).get(PatrolKind.BORDER, 0)
    figures = (
        counted(ORDER, period), counted(WITH_VIOLATIONS, period), Told(_("Border patrols"), border),
        Told(_("Patrols asked for by the plan"), asked(period)),
        Told(_("Patrols planned"), planned_between(commune_id, period.first, period.last)),
    )  # fmt: skip
    each = patrols_by_force(commune_id, period.first, period.last)
    return Reviewed(figures, by_force=(ByForce(_("Patrols"), each),))


def asked(period: Period) -> int:
    """What the coordination plans of the period ask for, month by month, as far as the months have come."""
    total, month = 0, period.first.replace(day=1)
    while month <= min(period.last, clock.today()):
        plan = plan_on(period.communes[0], max(month, period.first))
        total += plan.patrols_a_month or 0 if plan else 0
        month = add_months(month, 1)
    return total


def coverage(period: Period) -> Reviewed:
    """Of the points that exist at the end of the period: how many were passed in it, and which were not."""
    points = landmarks_on(period.communes[0], period.last)
    passed = passed_between(period.communes[0], period.first, period.last)
    alone = [one.name for one in points if one.id not in passed]
    figures = (
        Told(_("Points of the catalogue"), len(points)),
        Told(_("Points passed at least once"), len(points) - len(alone)),
        Told(_("Points that nobody passed"), len(alone)),
        Told(_("Times that a point was passed"), sum(passed.values())),
    )
    return Reviewed(figures, (Named(_("Points that nobody passed"), alone, "coverage.show"),) if alone else ())


REVIEWS = (
    ReviewSource("patrols", _l("Joint patrols"), 20, patrols),
    ReviewSource("patrols.coverage", _l("Coverage"), 30, coverage),
)
