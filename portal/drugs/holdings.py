"""What of the review list somebody holds: the people whom they review."""

from collections.abc import Sequence

from sqlalchemy import select

from portal.drugs.books import REVIEWS
from portal.drugs.models import DrugReviewEntry
from portal.engine.db import db
from portal.engine.holdings import Held, Holding, Passing
from portal.engine.refusal import Plain, Reason
from portal.engine.text import _l, mark
from portal.organisation.models import Role, User, line_of

NUMBERED = mark("Entry %(number)s of the review list")
NO_POLICE = mark("%(name)s holds no role of the commune police today.")
POLICE = (Role.POLICE_OFFICER, Role.POLICE_CHIEF)


def reviewed(user: User, commune_id: int) -> Sequence[Held]:
    """Entries that nobody was taken off of, by who reviews them."""
    theirs = DrugReviewEntry.reviewer_id == user.id, DrugReviewEntry.commune_id.in_(line_of(commune_id))
    standing = DrugReviewEntry.removed_on.is_(None), DrugReviewEntry.voided_at.is_(None)
    found = select(DrugReviewEntry).where(*theirs, *standing).order_by(DrugReviewEntry.id)
    return [Held(one, NUMBERED, {"number": one.number}) for one in db.session.scalars(found)]


def against_review(_entry: DrugReviewEntry, taker: User | None) -> Reason | None:
    if taker is None or any(grant.role in POLICE for grant in taker.held_today):
        return None
    return Plain(NO_POLICE, name=taker.full_name)


def give_review(entry: DrugReviewEntry, passing: Passing) -> None:
    """The successor reviews the person from now on."""
    entry.reviewer, entry.reviewer_id = passing.taker, passing.taker.id


HOLDINGS = (
    Holding(
        "drugs.reviewed", _l("People on the review list"), reviewed, _l("The successor reviews them at once."),
        give_review, against_review, page=REVIEWS.endpoint("show"),
    ),
)  # fmt: skip
