"""The papers of meetings in the register of documents: each is entered when it is due, and waits to be signed."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import or_, select

from portal.documents import actions
from portal.documents.models import OfficialDocument
from portal.documents.paper import Paper
from portal.documents.queries import document_of, never_entered
from portal.engine import clock
from portal.engine.area import Papers
from portal.engine.db import Kept, db
from portal.engine.text import mark
from portal.meetings.models import Attendance, Meeting, Minutes
from portal.meetings.papers.conclusions import notice_of_conclusions
from portal.meetings.papers.frame import INVITATION
from portal.meetings.papers.invitation import invitation
from portal.meetings.papers.minutes import MINUTES, minutes
from portal.meetings.workflow import CALLED_OFF
from portal.organisation.models import User

NOTICE = "TB"
SENT = ("convene", "move")  # with each of these an invitation is due, whatever was sent before
OFF = mark("the meeting does not take place on that day, so its invitation is not issued")


def enter_papers(deeds: Sequence[tuple[str, Kept]]) -> None:
    """After a transaction's deeds: invitations wait to be signed once sent, minutes and notice once approved.

    While an invitation is not issued it follows its meeting: who takes the chair, who is invited, when it was moved.
    One that moved after that is invited to by another; what was called off is signed by nobody.
    """
    for deed, record in dict.fromkeys(deeds):
        if isinstance(record, Meeting):
            _follow(deed, record)
        if isinstance(record, Attendance) and deed in ("create", "void"):
            _renew_invitation(record.meeting)


def _follow(deed: str, meeting: Meeting) -> None:
    if deed in SENT:
        _enter(meeting, invitation(meeting), (meeting.chair,), clock.today(), again=True)
    if deed == "take_chair":
        _renew_invitation(meeting, clock.today())
    if deed in CALLED_OFF:
        _strike_invitation(meeting)
    if deed == "approve_minutes" and meeting.minutes:
        _enter_minutes(meeting)
        _enter_notice(meeting)


def _renew_invitation(meeting: Meeting, day: date | None = None) -> None:
    """Let an invitation that waits say what its meeting says now; once people have met, it stays as it was sent."""
    if meeting.state == "convened" and _waiting(meeting):
        _enter(meeting, invitation(meeting), (meeting.chair,), day)


def _strike_invitation(meeting: Meeting) -> None:
    entry = _waiting(meeting)
    if entry is not None:
        actions.withdraw(entry, OFF)


def _waiting(meeting: Meeting) -> OfficialDocument | None:
    entry = document_of(meeting, INVITATION)
    return entry if entry is not None and entry.waits else None


def _enter_minutes(meeting: Meeting) -> None:
    """Signed by the secretary first, then by the chair."""
    told = meeting.minutes.told if meeting.minutes else []
    _enter(meeting, minutes(meeting, told), (meeting.secretary, meeting.chair), meeting.day)


def _enter_notice(meeting: Meeting) -> None:
    _enter(meeting, notice_of_conclusions(meeting), (meeting.chair,), meeting.day)


def _enter(meeting: Meeting, paper: Paper, signers: Sequence[User], day: date | None, *, again: bool = False) -> None:
    """The register learns what kind of paper it is and who signs; nothing of what is said in it."""
    facts = actions.Facts(
        meeting.chair_unit, paper.symbol.partition("-")[0], f"{paper.abstract} ({meeting.number})",
        symbol=paper.symbol, signers="\n".join(one.with_title for one in signers),
        authority=" ".join(paper.signature.lines), recipients="; ".join((*paper.addressees, *paper.recipients)),
        drafted_on=day,
    )  # fmt: skip
    actions.register(facts, subject=meeting, again=again)


def missing() -> Iterable[int]:
    """Meetings of which something waits to be signed since before there was a register."""
    convened = select(Meeting.id).where(Meeting.state == "convened", never_entered(Meeting, INVITATION))
    approved = select(Meeting.id).join(Minutes, Minutes.meeting_id == Meeting.id)
    lacking = or_(never_entered(Meeting, MINUTES), never_entered(Meeting, NOTICE))
    return sorted({*db.session.scalars(convened), *db.session.scalars(approved.where(lacking))})


def enter(meeting: Meeting) -> int:
    """Enter the invitation, minutes and notice of such a meeting, each if it is due and was never entered; how many."""
    invites = meeting.state == "convened" and _never_had(meeting, INVITATION)
    records = meeting.minutes is not None and _never_had(meeting, MINUTES)
    concludes = meeting.minutes is not None and _never_had(meeting, NOTICE)
    if invites:
        _enter(meeting, invitation(meeting), (meeting.chair,), clock.today())
    if records:
        _enter_minutes(meeting)
    if concludes:
        _enter_notice(meeting)
    return invites + records + concludes


def _never_had(meeting: Meeting, code: str) -> bool:
    asked = select(Meeting.id).where(Meeting.id == meeting.id, never_entered(Meeting, code))
    return db.session.scalar(asked) is not None


PAPERS = Papers(Meeting, missing, enter)
