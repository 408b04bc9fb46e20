"""The units of the example: xã Pờ Y until 30/06/2025, xã Bờ Y since, what lies above and below, and a neighbour.

Province, district and communes are real, forces bear the names that they would have; the neighbour's villages, and one
of the eight (Ngọc Tân), are made up. The eight villages went over to the new commune unchanged.
"""

from datetime import date

from portal.organisation import actions
from portal.organisation.models import Unit, UnitKind

SET_UP_ON = date(2021, 7, 1)  # before the oldest case of the story
MERGED_ON = date(2025, 7, 1)
LAST_DAY_OF_OLD = date(2025, 6, 30)
DISTRICT_POLICE_ENDED_ON = date(2025, 2, 28)
TEAMS_SINCE = date(2024, 7, 1)  # the security teams of the villages, by the law of 2023

COMMUNE, OLD_COMMUNE, NEIGHBOUR = "BY", "PY", "DN"

# code, name, kind, first day, last day
ABOVE = (
    ("KT", "tỉnh Kon Tum", UnitKind.PROVINCE, SET_UP_ON, LAST_DAY_OF_OLD),
    ("QN", "tỉnh Quảng Ngãi", UnitKind.PROVINCE, SET_UP_ON, None),
    ("NH", "huyện Ngọc Hồi", UnitKind.DISTRICT, SET_UP_ON, LAST_DAY_OF_OLD),
    ("NH-CA", "Công an huyện Ngọc Hồi", UnitKind.POLICE, SET_UP_ON, DISTRICT_POLICE_ENDED_ON),
    ("NH-TA", "TAND huyện Ngọc Hồi", UnitKind.COURT, SET_UP_ON, LAST_DAY_OF_OLD),
    ("KT-CA", "Công an tỉnh Kon Tum", UnitKind.POLICE, SET_UP_ON, LAST_DAY_OF_OLD),
    ("QN-CA", "Công an tỉnh Quảng Ngãi", UnitKind.POLICE, SET_UP_ON, None),
)
COMMUNES = (
    (OLD_COMMUNE, "xã Pờ Y", "NH", "huyện Ngọc Hồi", SET_UP_ON, LAST_DAY_OF_OLD),
    ("PK", "thị trấn Plei Kần", "NH", "huyện Ngọc Hồi", SET_UP_ON, LAST_DAY_OF_OLD),
    ("DX", "xã Đăk Xú", "NH", "huyện Ngọc Hồi", SET_UP_ON, LAST_DAY_OF_OLD),
    (COMMUNE, "xã Bờ Y", "QN", "tỉnh Quảng Ngãi", MERGED_ON, None),
    (NEIGHBOUR, "xã Dục Nông", "QN", "tỉnh Quảng Ngãi", MERGED_ON, None),
)
FORCES = (
    ("CA", "Công an {}", UnitKind.POLICE),
    ("QS", "Ban CHQS {}", UnitKind.MILITARY),
    ("UB", "UBND {}", UnitKind.COMMITTEE),
    ("MT", "Ủy ban MTTQ Việt Nam {}", UnitKind.FRONT),
)
# Who goes along on patrols from the villages: code, name, commune, first day, last day. They sign nothing.
VILLAGE_TEAMS = (
    ("PY-AN", "Tổ An ninh nhân dân xã Pờ Y", OLD_COMMUNE, SET_UP_ON, LAST_DAY_OF_OLD),
    ("PY-BV", "Tổ bảo vệ ANTT xã Pờ Y", OLD_COMMUNE, TEAMS_SINCE, LAST_DAY_OF_OLD),
    ("BY-BV", "Tổ bảo vệ ANTT xã Bờ Y", COMMUNE, MERGED_ON, None),
)
VILLAGES = (
    ("DME", "thôn Đăk Mế"),
    ("IEC", "thôn Iệc"),
    ("MTO", "thôn Măng Tôn"),
    ("KKH", "thôn Kon Khôn"),
    ("BPH", "thôn Bắc Phong"),
    ("NHA", "thôn Ngọc Hải"),
    ("TKA", "thôn Tà Ka"),
    ("NTA", "thôn Ngọc Tân"),
)
JOINED_VILLAGES = (  # of the other two communes, since the merger: by name only, no records
    ("CCH", "thôn Chiên Chiết"),
    ("DTA", "thôn Đăk Tang"),
    ("KJO", "thôn Ke Joi"),
    ("XTA", "thôn Xuân Tân"),
    ("NTH", "thôn Ngọc Thư"),
    ("NTI", "thôn Ngọc Tiền"),
    ("TH5", "thôn 5"),
)
NEIGHBOUR_VILLAGES = (("DTH", "thôn Đồi Thông"), ("SDA", "thôn Suối Đá"))
POLICE_PHONE = "02600000113"  # no number of the network begins like this
BORDER_POST = "Đồn Biên phòng CKQT Bờ Y"


def set_up_units() -> dict[str, Unit]:
    """Set all units up; returns them by code."""
    units: dict[str, Unit] = {}
    for code, name, kind, first, last in ABOVE:
        units[code] = actions.create_unit(code, name, kind, first, valid_to=last)
    units["NH"].above = units["KT"]
    for code, name, above, superior, first, last in COMMUNES:
        units[code] = actions.create_unit(
            code, name, UnitKind.COMMUNE, first, above=units[above], superior=superior, valid_to=last
        )
    for commune in (OLD_COMMUNE, COMMUNE, NEIGHBOUR):
        _add_forces(units, units[commune])
    _add_villages(units, COMMUNE, VILLAGES, SET_UP_ON)
    _add_villages(units, COMMUNE, JOINED_VILLAGES, MERGED_ON)
    _add_villages(units, NEIGHBOUR, NEIGHBOUR_VILLAGES, MERGED_ON)
    for commune, first in ((COMMUNE, SET_UP_ON), (NEIGHBOUR, MERGED_ON)):
        units[f"{commune}-BP"] = actions.create_unit(
            f"{commune}-BP", BORDER_POST if commune == COMMUNE else "Đồn Biên phòng Dục Nông",
            UnitKind.BORDER_POST, first, commune=units[commune], above=units[commune],
        )  # fmt: skip
    for code, name, commune, first, last in VILLAGE_TEAMS:
        units[code] = actions.create_unit(
            code, name, UnitKind.SECURITY_TEAM, first, valid_to=last, commune=units[commune], above=units[commune]
        )
    police = units[f"{COMMUNE}-CA"]
    actions.edit_unit(police, police.name, police.superior, POLICE_PHONE)
    _merge(units)
    return units


def _add_forces(units: dict[str, Unit], commune: Unit) -> None:
    for short, name, kind in FORCES:
        code = f"{commune.code}-{short}"
        units[code] = actions.create_unit(
            code, name.format(commune.name), kind, commune.valid_from, valid_to=commune.valid_to,
            commune=commune, above=commune,
        )  # fmt: skip


def _add_villages(units: dict[str, Unit], commune: str, villages: tuple[tuple[str, str], ...], first: date) -> None:
    for short, name in villages:
        code = f"{commune}-{short}"
        units[code] = actions.create_unit(
            code, name, UnitKind.VILLAGE, first, commune=units[commune], above=units[commune]
        )


def _merge(units: dict[str, Unit]) -> None:
    """The new commune takes in three old ones; each force its own predecessor."""
    actions.take_over(units[COMMUNE], units[OLD_COMMUNE], units["PK"], units["DX"])
    for short, _name, _kind in FORCES:
        actions.take_over(units[f"{COMMUNE}-{short}"], units[f"{OLD_COMMUNE}-{short}"])
    actions.take_over(units["BY-BV"], units["PY-BV"])
    actions.take_over(units["QN"], units["KT"])
    actions.take_over(units["QN-CA"], units["KT-CA"])
