"""The papers of a meeting: invitation (GM), minutes (BB), notice of conclusions (TB). Vietnamese, as all papers are."""

from portal.meetings.papers.conclusions import notice_of_conclusions
from portal.meetings.papers.invitation import invitation
from portal.meetings.papers.minutes import annex, minutes

__all__ = ["annex", "invitation", "minutes", "notice_of_conclusions"]
