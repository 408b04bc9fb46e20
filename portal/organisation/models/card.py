"""A printed card that signs a village head's phone in once, without a password, and for the own village only."""

from datetime import datetime, timedelta

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.engine import clock
from portal.engine.db import Record
from portal.organisation.models.role import OPENED_BY_CARD, Role
from portal.organisation.models.unit import Unit
from portal.organisation.models.user import RoleGrant, User

CARD_DAYS = 30  # how long a phone stays signed in that a card opened


class SignInCard(Record):
    """Handed over in person, good for one phone and for some days. Of its code only a keyed digest is kept.

    Whoever made a card could use it. So what it opened shows nothing of a case before the chief or the leader has
    confirmed that the phone is the owner's (DESIGN §1).
    """

    parent = "user"
    sensitive = frozenset({"code_hash"})

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    village_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    code_hash: Mapped[str] = mapped_column(unique=True)
    valid_until: Mapped[datetime]
    used_at: Mapped[datetime | None]
    taken_back_at: Mapped[datetime | None]  # by the office: neither the card nor the phone that it opened is good
    confirmed_at: Mapped[datetime | None]  # that the phone is the owner's
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    user: Mapped[User] = relationship(foreign_keys=user_id)
    village: Mapped[Unit] = relationship(foreign_keys=village_id)
    confirmed_by: Mapped[User | None] = relationship(foreign_keys=confirmed_by_id)

    @property
    def state(self) -> str:
        """out, used, expired or taken_back."""
        if self.taken_back_at is not None or self.voided_at is not None:
            return "taken_back"
        if self.used_at is not None:
            return "used"
        return "out" if clock.now() < self.valid_until else "expired"

    @property
    def fits(self) -> bool:
        """Whether it may open anything: the village is still theirs, and they hold no office that opens more."""
        standing = self.state in ("out", "used") and self.user.is_active
        return standing and opens_by_card(self.user) and any(map(self.covers, self.user.held_today))

    @property
    def opens_cases(self) -> bool:
        """Whether the people whom its owner helps are shown on the phone."""
        return self.confirmed_at is not None

    @property
    def waits(self) -> bool:
        """Whether it opened a phone of which nobody has confirmed whose it is."""
        open_ = self.used_at is not None and clock.now() - self.used_at < timedelta(days=CARD_DAYS)
        return open_ and self.state == "used" and self.confirmed_at is None

    def covers(self, grant: RoleGrant) -> bool:
        """Whether a role is the one that it was made for: head of the village, or of what took it over."""
        own = grant.role == Role.VILLAGE_HEAD and grant.on_behalf_of_id is None
        return own and (grant.unit.heir_id or grant.unit_id) == (self.village.heir_id or self.village_id)


def opens_by_card(user: User) -> bool:
    """Whether somebody is a village head and nothing that opens more: their other roles want a password."""
    return all(grant.role in OPENED_BY_CARD for grant in user.grants if grant.standing)
