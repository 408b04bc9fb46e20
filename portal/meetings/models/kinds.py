"""The kinds of meetings, and the parts that the forces have in them."""

import enum

from portal.engine.text import _l
from portal.organisation.models import UnitKind


class MeetingKind(enum.StrEnum):
    COORDINATION = "coordination"
    INTERIM_REVIEW = "interim_review"
    ANNUAL_REVIEW = "annual_review"
    STEERING_COMMITTEE = "steering_committee"
    AD_HOC = "ad_hoc"


KIND_NAMES = {
    MeetingKind.COORDINATION: _l("Coordination briefing"),
    MeetingKind.INTERIM_REVIEW: _l("Half-year review"),
    MeetingKind.ANNUAL_REVIEW: _l("Annual review"),
    MeetingKind.STEERING_COMMITTEE: _l("Steering committee"),
    MeetingKind.AD_HOC: _l("Extraordinary meeting"),
}
REVIEWS = (MeetingKind.INTERIM_REVIEW, MeetingKind.ANNUAL_REVIEW)

# Whose turn it is, by the part of the agenda that a room declares for.
PART_KINDS = {
    "chair": UnitKind.COMMITTEE,
    "police": UnitKind.POLICE,
    "military": UnitKind.MILITARY,
    "border": UnitKind.BORDER_POST,
}
REPORTING = ("police", "military", "border")
