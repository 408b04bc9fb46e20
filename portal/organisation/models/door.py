"""From where people are signed in, by a password or a card, and how long the next attempt must wait."""

from datetime import datetime, timedelta

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.engine import clock
from portal.engine.db import Base
from portal.organisation.models.card import SignInCard
from portal.organisation.models.user import User


class UserSession(Base):
    """A browser in which somebody is signed in. The cookie holds a random token; here stands only its hash."""

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    acting_key: Mapped[str] = mapped_column(default="")
    address: Mapped[str] = mapped_column(default="")
    browser: Mapped[str] = mapped_column(default="")
    started_at: Mapped[datetime] = mapped_column(default=clock.now)
    seen_at: Mapped[datetime] = mapped_column(default=clock.now)
    proved_at: Mapped[datetime] = mapped_column(default=clock.now)  # when password or card was last given
    card_id: Mapped[int | None] = mapped_column(ForeignKey("sign_in_card.id"), index=True)  # instead of a password
    ended_at: Mapped[datetime | None]

    user: Mapped[User] = relationship()
    card: Mapped[SignInCard | None] = relationship()

    @property
    def opens(self) -> bool:
        """Whether whoever holds it may still come in: by a card only while the office that it was made for is held."""
        return self.user.is_active and (self.card is None or self.card.fits)

    def alive(self, idle: timedelta, whole: timedelta) -> bool:
        now = clock.now()
        return self.ended_at is None and now - self.seen_at < idle and now - self.started_at < whole


class Waiting(Base):
    """How often a sign-in failed for an account, a browser of it or an address, and until when the next must wait."""

    __tablename__ = "sign_in_waiting"

    key: Mapped[str] = mapped_column(primary_key=True)  # a keyed digest
    failures: Mapped[int] = mapped_column(default=0)
    until: Mapped[datetime | None]
    changed_at: Mapped[datetime] = mapped_column(default=clock.now, onupdate=clock.now)


class KnownBrowser(Base):
    """A browser in which the user has signed in before: it has a wait of its own, so that nobody keeps them out."""

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    token_hash: Mapped[str] = mapped_column(index=True)
    since: Mapped[datetime] = mapped_column(default=clock.now)
