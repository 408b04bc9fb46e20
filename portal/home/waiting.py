"""What waits for others: the user's own proposals, and papers of their register that somebody has yet to sign."""

from flask import url_for
from sqlalchemy.orm import joinedload, selectin_polymorphic, selectinload

from portal.cases.models import Case
from portal.documents.models import OfficialDocument
from portal.documents.queries import waits_for_signature
from portal.documents.shown import waits_for
from portal.engine.access import Actor, ask_ahead, holds, reach
from portal.engine.db import db
from portal.engine.presentation import day
from portal.engine.text import _
from portal.organisation.models import ROLE_NAMES, Role
from portal.people.presenter import called
from portal.proposals.kinds import models
from portal.proposals.models import Proposal

MOST = 6  # of each kind


def proposals_under_way(user: Actor) -> list[dict[str, str]]:
    """The user's own proposals that others hold: with whom, and since when."""
    mine = reach(user, "read", Proposal).where(
        Proposal.created_by_id == user.id, Proposal.state.in_(("submitted", "endorsed", "oral"))
    )
    loaded = selectin_polymorphic(Proposal, models()), joinedload(Proposal.case).joinedload(Case.person)
    found = db.session.scalars(mine.options(*loaded).order_by(Proposal.id).limit(MOST)).all()
    ask_ahead(user, [one.case.person for one in found])
    return [
        {"title": one.titled(called(user, one.case.person)), "url": url_for("proposals.show", id=one.id),
         "text": _with_whom(one)}
        for one in found
    ]  # fmt: skip


def _with_whom(proposal: Proposal) -> str:
    whom = ROLE_NAMES[Role(proposal.waits_for)] if proposal.waits_for else proposal.standing.label
    return _("With %(whom)s, submitted on %(day)s", whom=whom, day=day(proposal.submitted_on))


def papers_to_sign(user: Actor) -> list[dict[str, str]]:
    """For whoever keeps a register: whose signatures its papers wait for, the oldest first."""
    if not holds(user, "issue", OfficialDocument):
        return []
    kept = reach(user, "issue", OfficialDocument).where(waits_for_signature())
    found = db.session.scalars(
        kept.options(selectinload(OfficialDocument.files)).order_by(OfficialDocument.id).limit(MOST)
    )
    return [
        {"title": f"{one.title}: {one.abstract}", "url": url_for("register.issue", id=one.id), "text": waits_for(one)}
        for one in found
    ]  # fmt: skip
