"""What of meetings is counted."""

from typing import Any

from sqlalchemy import Select, select

from portal.engine.indicators import Examples, Indicator, Period, by_month
from portal.engine.text import _l
from portal.meetings.models import TOOK_PLACE, Meeting, MeetingKind


def _held(kind: MeetingKind, period: Period) -> Select[Any]:
    """Meetings of a kind that took place within the period, whatever became of their minutes since."""
    return select(Meeting).where(
        Meeting.commune_id.in_(period.communes), Meeting.kind == kind, Meeting.state.in_(TOOK_PLACE),
        Meeting.held_on.between(period.first, period.last), Meeting.voided_at.is_(None),
    )  # fmt: skip


_PARTED = (by_month(Meeting.held_on),)
_EXAMPLES = Examples(
    (
        _l("postponed, and held on a day of the period"), _l("held, its minutes not approved yet"),
        _l("held on the first or the last day of the period"),
    ),
    (
        _l("convened, and not held yet"), _l("cancelled"), _l("of another kind, such as a review"),
        _l("entered in error"),
    ),
)  # fmt: skip

COORDINATION = Indicator(
    "meetings.coordination.held", _l("Coordination briefings held"), _l("meetings"),
    _l("Briefings of the coordination that were held in the period. One that was postponed counts on the day on which "
       "it was held; reviews are another kind."),
    "flow", Meeting, lambda period: _held(MeetingKind.COORDINATION, period),
    breakdowns=_PARTED, examples=_EXAMPLES,
)  # fmt: skip
INTERIM_REVIEWS = Indicator(
    "meetings.interim_reviews.held", _l("Half-year reviews of the coordination held"), _l("meetings"),
    _l("Half-year reviews that were held in the period."),
    "flow", Meeting, lambda period: _held(MeetingKind.INTERIM_REVIEW, period),
    breakdowns=_PARTED, examples=_EXAMPLES,
)  # fmt: skip
ANNUAL_REVIEWS = Indicator(
    "meetings.annual_reviews.held", _l("Annual reviews of the coordination held"), _l("meetings"),
    _l("Annual reviews that were held in the period."),
    "flow", Meeting, lambda period: _held(MeetingKind.ANNUAL_REVIEW, period),
    breakdowns=_PARTED, examples=_EXAMPLES,
)  # fmt: skip

INDICATORS = (COORDINATION, INTERIM_REVIEWS, ANNUAL_REVIEWS)
