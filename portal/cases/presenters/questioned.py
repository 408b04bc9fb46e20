"""What of a case is in question: what its person says is wrong, until the request is answered; what is unusual."""

from collections.abc import Sequence

from flask import url_for
from sqlalchemy import select

from portal.cases import doubtful
from portal.cases.models import Case
from portal.cases.presenters.term import Pending
from portal.engine.db import db
from portal.engine.presentation import day, told_with_source
from portal.engine.text import _
from portal.people.models import ASKED_ABOUT_NAMES, PersonRequest


def questioned(case: Case) -> Sequence[PersonRequest]:
    """The requests that wait for their answer and say what is wrong."""
    if not case.person.questioned:
        return ()
    asked = PersonRequest.person_id == case.person_id, PersonRequest.about.is_not(None)
    waiting = PersonRequest.state == "received", PersonRequest.voided_at.is_(None)
    return db.session.scalars(select(PersonRequest).where(*asked, *waiting).order_by(PersonRequest.id)).all()


def as_pending(requests: Sequence[PersonRequest], *, may_open: bool) -> list[Pending]:
    """Each as a question that waits, without the person's words: whoever reads the case may not read those."""
    return [
        Pending(
            _("The person says that this is wrong: %(what)s", what=str(ASKED_ABOUT_NAMES[one.about]).lower()),
            _("Request %(number)s, to be answered by %(day)s.", number=one.number, day=day(one.due_on)),
            url_for("privacy.request", id=one.id) if may_open else "",
            _("Open the request"),
        )
        for one in requests
        if one.about
    ]


def to_check(case: Case) -> list[Pending]:
    """What of a file that is not closed somebody has to look at by hand, with the law that says why."""
    if case.voided_at or not (case.in_hand or case.state == "submitted"):
        return []
    return [Pending(_("To be checked by hand"), told_with_source(one), "", "") for one in doubtful.doubts(case)]
