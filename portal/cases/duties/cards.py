"""Whose phone a card opened: asked where its owner helps somebody, since whoever made the card could have used it."""

from collections.abc import Iterable, Iterator

from sqlalchemy import ColumnElement, and_, select

from portal.cases.models import Assignment
from portal.cases.queries import helps
from portal.duties.rules import DutyRule, Source, Wanted
from portal.engine import clock
from portal.engine.db import db
from portal.engine.text import _l
from portal.organisation import confirming
from portal.organisation.models import Role, SignInCard, line_of

RULES = (
    DutyRule(
        "CONFIRM-PHONE", _l("Confirm a phone that a card opened"),
        _l("%(name)s: is the phone theirs that a card opened?"), _l("Confirm the phone"), "cards.confirm",
        Role.POLICE_CHIEF, ((Role.COMMUNE_LEADER, 1),),
    ),
)  # fmt: skip


def of_card(card: SignInCard) -> Iterator[Wanted]:
    """The same day, as long as the card opens a phone; of a head who helps nobody nothing is asked."""
    if card.used_at is None or not ((card.waits and card.fits and helps(card.user_id)) or card.confirmed_at):
        return
    asked = confirming.asked(card.user, card.created_by_id)
    yield Wanted(
        "CONFIRM-PHONE", "", clock.day_of(card.used_at), asked.role, asked.user_id,
        values={"name": card.user.full_name},
        done_on=clock.day_of(card.confirmed_at) if card.confirmed_at else None, done_by_id=card.confirmed_by_id,
    )  # fmt: skip


def _waiting() -> ColumnElement[bool]:
    return and_(
        SignInCard.used_at.is_not(None), SignInCard.confirmed_at.is_(None), SignInCard.taken_back_at.is_(None),
        SignInCard.voided_at.is_(None),
    )  # fmt: skip


def _of_helper(assignment: Assignment) -> Iterable[SignInCard]:
    return db.session.scalars(select(SignInCard).where(SignInCard.user_id == assignment.assignee_id, _waiting()))


SOURCE = Source(
    SignInCard, RULES, of_card, also=((Assignment, _of_helper),),
    goes_on=lambda commune_id: and_(SignInCard.commune_id.in_(line_of(commune_id)), _waiting()),
)  # fmt: skip
