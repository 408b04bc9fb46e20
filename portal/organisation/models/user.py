"""People with an account, and the roles that they hold in units from a day to a day."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Protocol, cast

from flask_login import UserMixin
from sqlalchemy import ColumnElement, ForeignKey, String, and_, event, or_
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.engine import clock
from portal.engine.db import EMPTY, Kept, Sealed
from portal.engine.vietnamese import fold, sort_key
from portal.organisation.models.role import OPENS_CASES, Role
from portal.organisation.models.unit import Unit

QUIET_FROM, QUIET_UNTIL = 21, 6  # hours between which no mail goes out, unless somebody sets others
_KEY = String(400).with_variant(String(400, collation="C"), "postgresql")


class Key(Protocol):
    """What opens a session without a password: it covers some of somebody's roles, and cases only once confirmed."""

    @property
    def opens_cases(self) -> bool: ...

    def covers(self, grant: "RoleGrant") -> bool: ...


class User(Kept, UserMixin):  # type: ignore[misc]
    """Somebody with an account. What they may do stands in their grants, never here."""

    sensitive = frozenset({"password_hash", "first_half", "folded", "sort_key", "email"})

    username: Mapped[str] = mapped_column(unique=True)
    full_name: Mapped[str]
    title: Mapped[str] = mapped_column(default="")  # rank or office: "Đại úy", "Trưởng công an xã"
    address_word: Mapped[str] = mapped_column(default="")  # anh, chị, ông, bà; empty: bạn
    phone: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="", server_default=EMPTY)  # where they are told that notices wait
    commune_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    locale: Mapped[str] = mapped_column(default="vi")
    password_hash: Mapped[str] = mapped_column(default="")
    password_changed_at: Mapped[datetime | None]
    must_change_password: Mapped[bool] = mapped_column(default=True)
    first_password_until: Mapped[datetime | None]  # a first password works once, and not for ever
    reset_waits: Mapped[bool] = mapped_column(default=False)  # a reset that opens cases waits for chief or leader
    first_half: Mapped[str | None] = mapped_column(Sealed("user.first_half"))  # of a password that waits for its other
    first_half_at: Mapped[datetime | None]
    first_half_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", use_alter=True))  # who was shown it
    vouched_at: Mapped[datetime | None]  # since when no single colleague has known a password of this account
    disabled_at: Mapped[datetime | None]
    disabled_reason: Mapped[str] = mapped_column(default="", server_default=EMPTY)
    demo: Mapped[bool] = mapped_column(default=False)
    theme: Mapped[str] = mapped_column(default="", server_default=EMPTY)  # light, dark; empty: as the browser has it
    quiet_from: Mapped[int] = mapped_column(default=QUIET_FROM, server_default=str(QUIET_FROM))  # an hour of the day
    quiet_until: Mapped[int] = mapped_column(default=QUIET_UNTIL, server_default=str(QUIET_UNTIL))  # the same: no quiet
    folded: Mapped[str] = mapped_column(default="", server_default=EMPTY)
    sort_key: Mapped[str] = mapped_column(_KEY, default="", server_default=EMPTY, index=True)

    commune: Mapped[Unit | None] = relationship(foreign_keys=commune_id)
    grants: Mapped[list["RoleGrant"]] = relationship(
        back_populates="user", foreign_keys="RoleGrant.user_id", order_by="RoleGrant.id"
    )

    acting_key = ""  # set from the session's row at each request
    # The moment whose roles count, of what a phone sends later; else the present one.
    acting_at = None  # type: datetime | None
    acting_grace = None  # type: timedelta | None
    opened_by = cast("Key | None", None)  # as acting_key, where a session opens not all their roles

    @property
    def with_title(self) -> str:
        """As papers name somebody: with rank or office behind the name."""
        return ", ".join(word for word in (self.full_name, self.title) if word)

    @property
    def is_active(self) -> bool:
        return self.disabled_at is None and self.voided_at is None

    @property
    def has_first_password(self) -> bool:
        """Whether the password is a random one, good for once and for a while."""
        return self.must_change_password and self.first_password_until is not None

    @property
    def opens_cases(self) -> bool:
        """Whether a role of theirs opens cases, today or later, confirmed or not."""
        return any(grant.role in OPENS_CASES and grant.standing for grant in self.grants)

    @property
    def held_today(self) -> list["RoleGrant"]:
        """All grants that hold today or, of what a phone sends later, that held when it was written."""
        if self.acting_at is not None:
            held = [grant for grant in self.grants if grant.held_at(self.acting_at)]
            return [grant for grant in held if self.acting_grace is None or grant.ended_within(self.acting_grace)]
        today = clock.today()
        return [grant for grant in self.grants if grant.holds_on(today)] if self.is_active else []

    @contextmanager
    def as_of(self, moment: datetime, acting_key: str, grace: timedelta | None = None) -> Iterator[None]:
        """Let the role count in which the user acted at a moment, if they held it then, and no other in its place.

        With a *grace* only while it holds, or ended no longer ago than that.
        """
        before = self.acting_at, self.acting_key, self.acting_grace
        self.acting_at, self.acting_key, self.acting_grace = moment, acting_key, grace
        try:
            yield
        finally:
            self.acting_at, self.acting_key, self.acting_grace = before

    def last_held(self, acting_key: str, moment: datetime) -> datetime:
        """The moment nearest to another at which the user held a role; that moment itself if they never did."""
        held = [grant.nearest(moment) for grant in self.grants if grant.key == acting_key and grant.has_held]
        return min(held, key=lambda one: abs(one - moment), default=moment)

    @property
    def opened_today(self) -> list["RoleGrant"]:
        """Those of them in which the user may act in this session."""
        return [grant for grant in self.held_today if self.opened_by is None or self.opened_by.covers(grant)]

    @property
    def acting(self) -> "RoleGrant | None":
        """The grant in whose role the user acts: the chosen one, else the first that holds today."""
        return self._acting_among(self.opened_today)

    @property
    def grants_today(self) -> list["RoleGrant"]:
        """The grants of the role in which the user acts, one a unit."""
        opened = self.opened_today
        acting = self._acting_among(opened)
        return [grant for grant in opened if acting and grant.key == acting.key]

    def _acting_among(self, held: "list[RoleGrant]") -> "RoleGrant | None":
        other = held[0] if held and self.acting_at is None else None
        return next((grant for grant in held if grant.key == self.acting_key), other)


class RoleGrant(Kept):
    """A role in a unit, from a day to a day, both included; for a deputy, on behalf of somebody.

    The grant holds only once confirmed where it opens cases.
    """

    parent = "user"

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    role: Mapped[Role]
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    ended_at: Mapped[datetime | None]  # in the course of its last day: what was done before stays done under it
    on_behalf_of_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    capacity: Mapped[str] = mapped_column(default="")  # on a signature: "", KT, TL, TUQ, Q
    purpose: Mapped[str] = mapped_column(default="")
    confirmed_at: Mapped[datetime | None]
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    user: Mapped[User] = relationship(back_populates="grants", foreign_keys=user_id)
    unit: Mapped[Unit] = relationship(lazy="joined")
    on_behalf_of: Mapped[User | None] = relationship(foreign_keys=on_behalf_of_id)

    @property
    def key(self) -> str:
        """As whom: the role, and for whom. Grants in several units act together."""
        return f"{self.role}:{self.on_behalf_of_id or ''}"

    @property
    def opens_cases_now(self) -> bool:
        """Whether whoever acts in it is shown cases: by a card only once somebody confirmed whose phone it opened."""
        return self.user.opened_by is None or self.user.opened_by.opens_cases

    @property
    def commune_id(self) -> int:
        return self.unit.commune_id or self.unit_id

    @property
    def commune(self) -> Unit:
        """The commune that it is held in, or the one that took it over."""
        within = self.unit.commune or self.unit
        return within.heir or within

    @property
    def standing(self) -> bool:
        """Whether it holds today or may hold later: neither struck out nor over."""
        return (
            self.voided_at is None
            and self.ended_at is None
            and (self.valid_to is None or self.valid_to >= clock.today())
        )

    @property
    def needs_confirmation(self) -> bool:
        return self.role in OPENS_CASES and self.confirmed_at is None

    @property
    def has_held(self) -> bool:
        """Whether it holds or has held: something may have been done under it."""
        return self.voided_at is None and not self.needs_confirmation and self.valid_from <= clock.today()

    def holds_on(self, day: date) -> bool:
        """Whether rights come of it on a day, today or later."""
        return self._covers(day) and self.voided_at is None and self.ended_at is None and not self.needs_confirmation

    def held_at(self, moment: datetime) -> bool:
        """Whether rights came of it at a moment that is past: it may have ended since, or later that day."""
        ended = self.ended_at is not None and self.ended_at <= moment
        confirmed = self.confirmed_at is None or self.confirmed_at <= moment
        return self._covers(clock.day_of(moment)) and self.has_held and confirmed and not ended

    @property
    def over_at(self) -> datetime | None:
        """From when on it holds no more; None where no end is known."""
        after = clock.at(self.valid_to + timedelta(days=1), time()) if self.valid_to else None
        return min((one for one in (self.ended_at, after) if one), default=None)

    def ended_within(self, length: timedelta) -> bool:
        """Whether it holds still, or ended no longer ago than this."""
        return self.over_at is None or clock.now() <= self.over_at + length

    def nearest(self, moment: datetime) -> datetime:
        """That moment if it held then, else the first or the last at which it did."""
        begun = max(clock.at(self.valid_from, time()), self.confirmed_at or datetime.min.replace(tzinfo=UTC))
        return max(min(moment, self.over_at - timedelta(microseconds=1)) if self.over_at else moment, begun)

    def _covers(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


def holding_on(day: Any) -> ColumnElement[bool]:
    """The condition of grants from which rights come on a day, today or later; `RoleGrant.holds_on` is its twin."""
    return and_(
        RoleGrant.valid_from <= day,
        or_(RoleGrant.valid_to.is_(None), RoleGrant.valid_to >= day),
        RoleGrant.voided_at.is_(None),
        RoleGrant.ended_at.is_(None),
        or_(RoleGrant.role.not_in(OPENS_CASES), RoleGrant.confirmed_at.is_not(None)),
    )


@event.listens_for(User.full_name, "set")
def _name_changed(user: User, name: str, _old: object, _initiator: object) -> None:
    user.folded, user.sort_key = fold(name), sort_key(name)
