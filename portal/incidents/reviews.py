"""What incidents have to tell of half a year or a year."""

from portal.engine.agenda import counted
from portal.engine.indicators import Period
from portal.engine.reviews import Reviewed, ReviewSource
from portal.engine.text import mark
from portal.incidents.indicators import FIRE, LABOUR, METHAMPHETAMINE, SECURITY, TRAFFIC, VALUABLE_TIPS
from portal.incidents.models import Incident


def happened(period: Period) -> Reviewed:
    shown = (*SECURITY, METHAMPHETAMINE, *TRAFFIC, *FIRE, *LABOUR, VALUABLE_TIPS)
    return Reviewed(tuple(counted(one, period) for one in shown))


REVIEWS = (ReviewSource("incidents", mark("Incidents"), 10, happened, right=(Incident, "read")),)
