"""The four grades of a monthly assessment."""

import enum

from portal.engine.text import _l


class Rating(enum.StrEnum):
    GOOD = "good"
    FAIR = "fair"
    AVERAGE = "average"
    POOR = "poor"


RATING_NAMES = {
    Rating.GOOD: _l("Good"),
    Rating.FAIR: _l("Fair"),
    Rating.AVERAGE: _l("Average"),
    Rating.POOR: _l("Poor"),
}
