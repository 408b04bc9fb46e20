"""The papers of meetings in the register of documents: each is entered when it is due, and waits to be signed."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for
from sqlalchemy import tuple_
from sqlalchemy.orm import selectinload

from portal.documents import actions
from portal.documents.models import OfficialDocument
from portal.documents.paper import Paper
from portal.documents.shown import standing
from portal.engine import clock
from portal.engine.access import Actor, reach
from portal.engine.db import Kept, db
from portal.engine.workflow import State
from portal.meetings.models import Meeting
from portal.meetings.papers.conclusions import notice_of_conclusions
from portal.meetings.papers.frame import INVITATION
from portal.meetings.papers.invitation import invitation
from portal.meetings.papers.minutes import minutes


@dataclass(frozen=True)
class Entered:
    """A paper of a meeting in the register: what it is, how it stands, and its page there."""

    name: str
    state: State
    number: str
    url: str


def enter_papers(deeds: Sequence[tuple[str, Kept]]) -> None:
    """After a transaction's deeds: invitations wait to be signed once sent, minutes and notice once approved.

    A meeting that moved after its invitation was issued is invited to by another one.
    """
    for deed, record in dict.fromkeys(deeds):
        if isinstance(record, Meeting) and deed in ("convene", "move"):
            _enter(record, invitation(record))
        if isinstance(record, Meeting) and deed == "approve_minutes" and record.minutes:
            _enter(record, minutes(record, record.minutes.told))
            _enter(record, notice_of_conclusions(record))


def _enter(meeting: Meeting, paper: Paper) -> None:
    """The register learns what kind of paper it is and who signs; nothing of what is said in it."""
    chair, code = meeting.chair, paper.symbol.partition("-")[0]
    actions.register(
        meeting.chair_unit, code, f"{paper.abstract} ({meeting.number})", symbol=paper.symbol,
        subject=meeting, signer=", ".join(word for word in (chair.full_name, chair.title) if word),
        authority=" ".join(paper.signature.lines), recipients="; ".join((*paper.addressees, *paper.recipients)),
        drafted_on=clock.today() if code == INVITATION else meeting.day, again=code == INVITATION,
    )  # fmt: skip


def entered(user: Actor, meeting: Meeting) -> list[Entered]:
    """The papers of a meeting that the reader may read in the register."""
    subjects = [(meeting.kind_of_record, meeting.id)]
    if meeting.minutes:
        subjects.append((meeting.minutes.kind_of_record, meeting.minutes.id))
    about = tuple_(OfficialDocument.subject_type, OfficialDocument.subject_id).in_(subjects)
    asked = reach(user, "read", OfficialDocument).where(about, OfficialDocument.voided_at.is_(None))
    found = db.session.scalars(asked.options(selectinload(OfficialDocument.files)).order_by(OfficialDocument.id))
    return [Entered(one.abstract, standing(one), one.number, url_for("register.show", id=one.id)) for one in found]
