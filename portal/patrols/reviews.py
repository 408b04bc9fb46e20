"""What patrols have to tell of half a year: made against the plan, by which force, and which points nobody passed."""

from portal.engine.agenda import Told, counted
from portal.engine.indicators import Period
from portal.engine.reviews import ByForce, Named, Reviewed, ReviewSource
from portal.engine.text import _, mark
from portal.organisation.queries import plans_of
from portal.patrols import months
from portal.patrols.indicators import INDICATORS
from portal.patrols.queries import landmarks_on, passed_between, patrols_by_force, patrols_of

PASSED = "coverage.show"  # the page of all points


def patrols(period: Period) -> Reviewed:
    commune_id = period.communes[0]
    whole = months.counted(months.went_between(patrols_of(commune_id), period.first, period.last))
    asked = months.asked_between(plans_of(commune_id), period.first, period.last)
    planned = f"patrols.months?year={period.last.year}" if whole.planned else ""  # only such a year has its page
    figures = (
        *(counted(one, period) for one in INDICATORS), Told(_("Patrols asked for by the plan"), asked, "plans.index"),
        Told(_("Patrols planned"), whole.planned, planned),
    )  # fmt: skip
    each = patrols_by_force(commune_id, period.first, period.last)
    return Reviewed(figures, by_force=(ByForce(_("Patrols"), each),))


def coverage(period: Period) -> Reviewed:
    """Of the points that exist at the end of the period: how many were passed in it, and which were not."""
    points = landmarks_on(period.communes[0], period.last)
    passed = passed_between(period.communes[0], period.first, period.last)
    alone = [one.name for one in points if one.id not in passed]
    figures = (
        Told(_("Points of the catalogue"), len(points), PASSED),
        Told(_("Points passed at least once"), len(points) - len(alone), PASSED),
        Told(_("Points that nobody passed"), len(alone), PASSED),
        Told(_("Times that a point was passed"), sum(passed.values()), PASSED),
    )
    return Reviewed(figures, (Named(_("Points that nobody passed"), alone, PASSED),) if alone else ())


REVIEWS = (
    ReviewSource("patrols", mark("Joint patrols"), 20, patrols),
    ReviewSource("patrols.coverage", mark("Coverage"), 30, coverage),
)
