"""What pledges have to tell of half a year or a year."""

from portal.engine.agenda import counted
from portal.engine.indicators import Period
from portal.engine.reviews import Reviewed, ReviewSource
from portal.engine.text import mark
from portal.households.indicators import INDICATORS


def pledges(period: Period) -> Reviewed:
    return Reviewed(tuple(counted(one, period) for one in INDICATORS))


REVIEWS = (ReviewSource("households", mark("Pledges"), 50, pledges),)
