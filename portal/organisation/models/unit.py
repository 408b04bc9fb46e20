"""Units: communes, villages, forces, from a day to a day, and who took them over."""

import enum
from datetime import date, datetime
from functools import lru_cache

from sqlalchemy import ForeignKey, Select, event, false, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.engine import clock
from portal.engine.db import EMPTY, Kept
from portal.engine.text import _l
from portal.engine.vietnamese import fold


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
    MASS_BODY = "mass_body"
    SECURITY_TEAM = "security_team"
    SCHOOL = "school"
    ENTERPRISE = "enterprise"
    COURT = "court"


UNIT_KIND_NAMES = {
    UnitKind.PROVINCE: _l("Province"),
    UnitKind.DISTRICT: _l("District"),
    UnitKind.COMMUNE: _l("Commune"),
    UnitKind.VILLAGE: _l("Village"),
    UnitKind.POLICE: _l("Commune police"),
    UnitKind.MILITARY: _l("Military command"),
    UnitKind.BORDER_POST: _l("Border post"),
    UnitKind.COMMITTEE: _l("People's Committee"),
    UnitKind.FRONT: _l("Front and its bodies"),
    UnitKind.MASS_BODY: _l("Mass body"),
    UnitKind.SECURITY_TEAM: _l("Local security team"),
    UnitKind.SCHOOL: _l("School"),
    UnitKind.ENTERPRISE: _l("Enterprise"),
    UnitKind.COURT: _l("Court"),
}

# What a commune consists of: its administrator sets these up, in the order in which a list shows them.
PARTS = (
    UnitKind.COMMITTEE, UnitKind.POLICE, UnitKind.MILITARY, UnitKind.BORDER_POST, UnitKind.FRONT, UnitKind.MASS_BODY,
    UnitKind.SECURITY_TEAM, UnitKind.SCHOOL, UnitKind.ENTERPRISE, UnitKind.VILLAGE,
)  # fmt: skip

# Who coordinates under a plan, patrols together and sits in the briefing, in the order in which a list shows them.
FORCES = tuple(kind for kind in PARTS if kind != UnitKind.VILLAGE)
# Forces in which somebody with an account speaks for the whole: they sign what they took part in.
SIGNING = (UnitKind.COMMITTEE, UnitKind.POLICE, UnitKind.MILITARY, UnitKind.BORDER_POST)


NAMED_UNTIL = "%d/%m/%Y"  # how a line of former names begins


class Unit(Kept):
    """A commune, a village, a force: valid from a day to a day, both included, with the unit that took it over.

    *heir* is always the unit that stands for it at present, itself at first: the records of a line of units are found
    by one comparison. A village or a force says to which commune it belongs.
    """

    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]  # with its kind in front, as on paper: "xã Bờ Y", "thôn Đăk Mế"
    folded: Mapped[str | None]  # the name as it is searched for
    # what it was called before, the oldest first: a line each with the last day of it, "31/03/2026 thôn Iệc"
    former_names: Mapped[str] = mapped_column(default="", server_default=EMPTY)
    kind: Mapped[UnitKind]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    superior: Mapped[str] = mapped_column(default="")  # as on the head of a document: "tỉnh Quảng Ngãi"
    commune_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    successor_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    heir_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    phone: Mapped[str] = mapped_column(default="")
    # a commune's: whether it ever approved numbers or days off
    own_law: Mapped[bool] = mapped_column(default=False, server_default=false())
    duties_on: Mapped[date | None] = mapped_column(default=clock.today)  # a commune's: the day that its duties are of

    above: Mapped["Unit | None"] = relationship(foreign_keys=parent_id, remote_side="Unit.id")
    commune: Mapped["Unit | None"] = relationship(foreign_keys=commune_id, remote_side="Unit.id", post_update=True)
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
        return self.title_on(None)

    def title_on(self, day: date | None) -> str:
        """The same as it was called on a day; today, where none is given."""
        before = self.names_before if day else ()
        name = next((former for last, former in before if day is not None and day <= last), self.name)
        return name[:1].upper() + name[1:]

    @property
    def names_before(self) -> list[tuple[date, str]]:
        """What it was called, the oldest first, each with its last day."""
        return read_names(self.former_names)

    def valid_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


def read_names(lines: str) -> list[tuple[date, str]]:
    """Former names as they are kept, in the order of their days. Raises ValueError where a line is none."""
    found = (line.strip().partition(" ") for line in lines.splitlines() if line.strip())
    read = [(datetime.strptime(last, NAMED_UNTIL).date(), name.strip()) for last, _blank, name in found]  # noqa: DTZ007
    if not all(name for _last, name in read):
        raise ValueError(lines)
    return sorted(read)


@event.listens_for(Unit.name, "set")
def _name_changed(unit: Unit, name: str, _old: object, _initiator: object) -> None:
    unit.folded = fold(name)


@lru_cache(maxsize=256)
def line_of(commune_id: int) -> Select[int]:
    """Select the ids of a commune's whole line: all that have the same heir. The question is kept, never the answer."""
    heir = select(Unit.heir_id).where(Unit.id == commune_id).scalar_subquery()
    return select(Unit.id).where(Unit.heir_id == heir)
