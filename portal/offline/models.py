"""Phones, receipts for what they sent, and what came from them too late."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.engine import clock
from portal.engine.db import EMPTY, Base, Record, Sealed
from portal.engine.keys import keys
from portal.engine.workflow import Moves
from portal.offline.workflow import HELD
from portal.organisation.models import User


class Phone(Record):
    """One person on one phone. The portal knows that it holds something unsent, never what."""

    __table_args__ = (UniqueConstraint("user_id", "tag"),)
    sensitive = frozenset({"tag"})

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    tag: Mapped[str]  # what the phone calls itself for this owner: random, made there
    label: Mapped[str]  # as its browser says: Chrome on Android
    seen_at: Mapped[datetime] = mapped_column(default=clock.now)
    waiting: Mapped[int] = mapped_column(default=0)  # unsent items, as it said when it was last there
    forgotten_at: Mapped[datetime | None]
    session_id: Mapped[int | None] = mapped_column(ForeignKey("user_session.id"))  # with which it was there last

    user: Mapped[User] = relationship(foreign_keys=user_id)

    @property
    def secret(self) -> str:
        """What opens the store of its owner again after a sign-in: kept nowhere, so no restore loses it."""
        return keys().digest("secret of a phone", f"{self.user_id} {self.tag}")


class Receipt(Base):
    """What a phone sent was taken: once, under a number that its owner can quote."""

    __table_args__ = (UniqueConstraint("user_id", "send_id"), UniqueConstraint("commune_id", "year", "number"))

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    phone_id: Mapped[int] = mapped_column(ForeignKey("phone.id"), index=True)
    commune_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    send_id: Mapped[str]  # made on the phone
    content: Mapped[str]  # its keyed digest
    form: Mapped[str]
    acting: Mapped[str] = mapped_column(server_default=EMPTY)  # in which role it was written
    record_type: Mapped[str] = mapped_column(default="")  # what came of it
    record_id: Mapped[int | None]
    year: Mapped[int]
    number: Mapped[int]
    written_at: Mapped[datetime]  # when it was written, by the portal's clock
    phone_said: Mapped[str]  # the same by the phone's own clock, as it was sent
    received_at: Mapped[datetime] = mapped_column(default=clock.now)


class HeldSend(Record, Moves):
    """What somebody wrote whose role had ended by then: nothing is done until the chief takes it over."""

    workflow = HELD
    protected = True
    sensitive = frozenset({"typed"})

    receipt_id: Mapped[int] = mapped_column(ForeignKey("receipt.id"), unique=True)
    form: Mapped[str]
    about_id: Mapped[int | None]
    typed: Mapped[str] = mapped_column(Sealed("held_send.typed"))  # pairs of name and value, as JSON
    state: Mapped[str] = mapped_column(default="held", index=True)

    receipt: Mapped[Receipt] = relationship()
    author: Mapped[User] = relationship(foreign_keys="HeldSend.created_by_id")
    photos: Mapped[list["HeldPhoto"]] = relationship(order_by="HeldPhoto.id")


class HeldPhoto(Base):
    """A photo of such a text: it lies in the store of files, and belongs to no record until the text is taken over."""

    id: Mapped[int] = mapped_column(primary_key=True)
    held_id: Mapped[int] = mapped_column(ForeignKey("held_send.id"), index=True)
    receipt_id: Mapped[int] = mapped_column(ForeignKey("receipt.id"), unique=True)
    file_name: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]
    digest: Mapped[str]
    stored_as: Mapped[str] = mapped_column(unique=True)

    receipt: Mapped[Receipt] = relationship()
