"""Units, the people in them, what they may do and from where they are signed in."""

import enum
from datetime import date, datetime, timedelta
from functools import lru_cache

from flask_login import UserMixin
from sqlalchemy import ColumnElement, ForeignKey, Select, and_, or_, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.engine import clock
from portal.engine.db import Base, Kept
from portal.engine.text import _l


class UnitKind(enum.StrEnum):
    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"
    VILLAGE = "village"
    POLICE = "police"
    MILITARY = "military"
    BORDER_POST = "border_post"
    COMMITTEE = "committee"
    FRONT = "front"
    COURT = "court"


class Role(enum.StrEnum):
    POLICE_OFFICER = "police_officer"
    POLICE_CHIEF = "police_chief"
    COMMUNE_LEADER = "commune_leader"
    MILITARY_COMMAND = "military_command"
    BORDER_GUARD = "border_guard"
    VILLAGE_HEAD = "village_head"
    TEAM_MEMBER = "team_member"
    INSPECTOR = "inspector"
    OFFICE_CLERK = "office_clerk"
    PROVINCE_VIEWER = "province_viewer"
    ADMINISTRATOR = "administrator"


ROLE_NAMES = {
    Role.POLICE_OFFICER: _l("Commune police officer"),
    Role.POLICE_CHIEF: _l("Chief of commune police"),
    Role.COMMUNE_LEADER: _l("Chair of the People's Committee"),
    Role.MILITARY_COMMAND: _l("Commune military command"),
    Role.BORDER_GUARD: _l("Border guard"),
    Role.VILLAGE_HEAD: _l("Village head"),
    Role.TEAM_MEMBER: _l("Helper"),
    Role.INSPECTOR: _l("Inspector"),
    Role.OFFICE_CLERK: _l("Office clerk"),
    Role.PROVINCE_VIEWER: _l("Province viewer"),
    Role.ADMINISTRATOR: _l("Administrator"),
}

# A grant of one of these opens cases: the chief or the leader confirms it before it holds (DESIGN §1).
OPENS_CASES = frozenset({
    Role.POLICE_OFFICER, Role.POLICE_CHIEF, Role.COMMUNE_LEADER, Role.MILITARY_COMMAND, Role.BORDER_GUARD,
    Role.VILLAGE_HEAD, Role.TEAM_MEMBER, Role.INSPECTOR,
})  # fmt: skip


class Unit(Kept):
    """A commune, a village, a force: valid from a day to a day, both included, with the unit that took it over.

    *heir* is always the unit that stands for it at present, itself at first: the records of a line of units are found
    by one comparison. A village or a force says to which commune it belongs.
    """

    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]  # with its kind in front, as on paper: "xã Bờ Y", "thôn Đăk Mế"
    kind: Mapped[UnitKind]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    superior: Mapped[str] = mapped_column(default="")  # as on the head of a document: "tỉnh Quảng Ngãi"
    commune_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    successor_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    heir_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    phone: Mapped[str] = mapped_column(default="")

    above: Mapped["Unit | None"] = relationship(foreign_keys=parent_id, remote_side="Unit.id")
    commune: Mapped["Unit | None"] = relationship(foreign_keys=commune_id, remote_side="Unit.id")
    heir: Mapped["Unit | None"] = relationship(foreign_keys=heir_id, remote_side="Unit.id", post_update=True)

    @property
    def short_name(self) -> str:
        """The bare name: "Bờ Y" of "xã Bờ Y"."""
        for word in ("xã ", "thôn ", "tỉnh ", "huyện ", "phường ", "thị trấn "):
            if self.name.startswith(word):
                return self.name.removeprefix(word)
        return self.name

    @property
    def title(self) -> str:
        """The name at the head of a line."""
        return self.name[:1].upper() + self.name[1:]

    def valid_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@lru_cache(maxsize=256)
def line_of(commune_id: int) -> Select[int]:
    """Select the ids of a commune's whole line: all that have the same heir. The question is kept, never the answer."""
    heir = select(Unit.heir_id).where(Unit.id == commune_id).scalar_subquery()
    return select(Unit.id).where(Unit.heir_id == heir)


class User(Kept, UserMixin):  # type: ignore[misc]
    """Somebody with an account. What they may do stands in their grants, never here."""

    sensitive = frozenset({"password_hash"})

    username: Mapped[str] = mapped_column(unique=True)
    full_name: Mapped[str]
    title: Mapped[str] = mapped_column(default="")  # rank or office: "Đại úy", "Trưởng công an xã"
    address_word: Mapped[str] = mapped_column(default="")  # anh, chị, ông, bà; empty: bạn
    phone: Mapped[str] = mapped_column(default="")
    commune_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    locale: Mapped[str] = mapped_column(default="vi")
    password_hash: Mapped[str] = mapped_column(default="")
    password_changed_at: Mapped[datetime | None]
    must_change_password: Mapped[bool] = mapped_column(default=True)
    first_password_until: Mapped[datetime | None]  # a first password works once, and not for ever
    reset_waits: Mapped[bool] = mapped_column(default=False)  # a reset that opens cases waits for chief or leader
    disabled_at: Mapped[datetime | None]
    demo: Mapped[bool] = mapped_column(default=False)

    commune: Mapped[Unit | None] = relationship(foreign_keys=commune_id)
    grants: Mapped[list["RoleGrant"]] = relationship(
        back_populates="user", foreign_keys="RoleGrant.user_id", order_by="RoleGrant.id"
    )

    acting_key = ""  # set from the session's row at each request

    @property
    def is_active(self) -> bool:
        return self.disabled_at is None and self.voided_at is None

    @property
    def held_today(self) -> list["RoleGrant"]:
        """All grants that hold today."""
        today = clock.today()
        return [grant for grant in self.grants if grant.holds_on(today)] if self.is_active else []

    @property
    def acting(self) -> "RoleGrant | None":
        """The grant in whose role the user acts: the chosen one, else the first."""
        held = self.held_today
        return next((grant for grant in held if grant.key == self.acting_key), held[0] if held else None)

    @property
    def grants_today(self) -> list["RoleGrant"]:
        """The grants of the role in which the user acts, one a unit."""
        acting = self.acting
        return [grant for grant in self.held_today if acting and grant.key == acting.key]


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
    def commune_id(self) -> int:
        return self.unit.commune_id or self.unit_id

    @property
    def needs_confirmation(self) -> bool:
        return self.role in OPENS_CASES and self.confirmed_at is None

    def holds_on(self, day: date) -> bool:
        within = self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)
        return within and self.voided_at is None and not self.needs_confirmation


def holding_on(day: date) -> ColumnElement[bool]:
    """The condition of grants that hold on a day, for queries; `RoleGrant.holds_on` is its twin for one grant."""
    return and_(
        RoleGrant.valid_from <= day,
        or_(RoleGrant.valid_to.is_(None), RoleGrant.valid_to >= day),
        RoleGrant.voided_at.is_(None),
        or_(RoleGrant.role.not_in(OPENS_CASES), RoleGrant.confirmed_at.is_not(None)),
    )


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
    proved_at: Mapped[datetime] = mapped_column(default=clock.now)  # when the password was last given
    ended_at: Mapped[datetime | None]

    user: Mapped[User] = relationship()

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
