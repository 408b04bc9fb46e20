"""What a meeting is called at the head of its page, in lists and on Home."""

from portal.engine.text import _
from portal.meetings.models.kinds import MeetingKind
from portal.meetings.models.meeting import Meeting
from portal.meetings.models.wording import of_first_half


def title(meeting: Meeting) -> str:
    """ "Coordination briefing of 11/2026", or what an extraordinary meeting is about."""
    if meeting.subject:
        return meeting.subject
    if meeting.kind == MeetingKind.ANNUAL_REVIEW:
        return _("Annual review of %(year)s", year=meeting.day.year)
    if meeting.kind == MeetingKind.INTERIM_REVIEW:
        halves = _("Review of the second half of %(year)s"), _("Review of the first half of %(year)s")
        return halves[of_first_half(meeting)] % {"year": meeting.period_last.year}
    return _("%(kind)s, %(month)s", kind=meeting.kind_name, month=f"{meeting.of_month:%m/%Y}")
