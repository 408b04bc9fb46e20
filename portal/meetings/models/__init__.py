"""Meetings with their agendas, who attended, the minutes, and the tasks that came out of them."""

from portal.meetings.models.attendance import Attendance, ItemAttendance, Stay
from portal.meetings.models.item import LAST_MINUTES, NO_LONGER, SUBJECT, AgendaFigure, AgendaItem, ItemDraft
from portal.meetings.models.kinds import KIND_NAMES, PART_KINDS, REPORTING, REVIEWS, MeetingKind
from portal.meetings.models.meeting import BEFORE, TOOK_PLACE, Meeting
from portal.meetings.models.minutes import Erratum, Minutes
from portal.meetings.models.outcome import OUTCOME_NAMES, OUTCOME_WORDS, EarlierOutcome, Outcome
from portal.meetings.models.series import RULE_NAMES, MeetingSeries, SeriesException, SeriesRule
from portal.meetings.models.task import ActionItem

__all__ = [
    "BEFORE", "KIND_NAMES", "LAST_MINUTES", "NO_LONGER", "OUTCOME_NAMES", "OUTCOME_WORDS", "PART_KINDS", "REPORTING",
    "REVIEWS", "RULE_NAMES", "SUBJECT", "TOOK_PLACE", "ActionItem", "AgendaFigure", "AgendaItem", "Attendance",
    "EarlierOutcome", "Erratum", "ItemAttendance", "ItemDraft", "Meeting", "MeetingKind", "MeetingSeries", "Minutes",
    "Outcome", "SeriesException", "SeriesRule", "Stay",
]  # fmt: skip
