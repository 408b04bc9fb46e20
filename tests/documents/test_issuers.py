"""To whom a force reports, as it was on the day of the paper."""

from datetime import date

from portal.documents import issuers
from portal.documents.wording import BLANK
from portal.engine.transaction import transaction
from portal.organisation import actions
from portal.organisation.models import Unit, UnitKind

SINCE, MERGED, LAST = date(2021, 7, 1), date(2025, 7, 1), date(2025, 6, 30)
NO_DISTRICT_POLICE = date(2025, 4, 10)


def before_the_merger(known: bool = True) -> Unit:
    """A commune of a district whose police ended before the district did."""
    with transaction(None):
        province = actions.create_unit("KT", "tỉnh Kon Tum", UnitKind.PROVINCE, SINCE, valid_to=LAST)
        district = actions.create_unit(
            "NH", "huyện Ngọc Hồi", UnitKind.DISTRICT, SINCE, above=province if known else None, valid_to=LAST
        )
        actions.create_unit(
            "NH-CA", "Công an huyện Ngọc Hồi", UnitKind.POLICE, SINCE, valid_to=date(2025, 2, 28)
        )  # fmt: skip
        return actions.create_unit(
            "PY", "xã Pờ Y", UnitKind.COMMUNE, SINCE, above=district, superior="huyện Ngọc Hồi", valid_to=LAST
        )


def test_a_force_of_before_the_merger_reports_to_its_district_or_to_the_province_of_then(commune):
    old = before_the_merger()
    forces = [commune.place(code) for code in ("UB", "CA", "QS", "BP")]
    assert [issuers.above(unit, old, NO_DISTRICT_POLICE) for unit in forces] == [
        "UBND huyện Ngọc Hồi", "Công an tỉnh Kon Tum", "Ban CHQS huyện Ngọc Hồi", "Bộ Chỉ huy BĐBP tỉnh Kon Tum",
    ]  # fmt: skip
    assert issuers.above(commune.place("CA"), old, date(2025, 1, 10)) == "Công an huyện Ngọc Hồi"


def test_a_province_that_nobody_entered_is_left_blank(commune):
    old = before_the_merger(known=False)
    assert issuers.above(commune.place("CA"), old, NO_DISTRICT_POLICE) == f"Công an tỉnh {BLANK}"
    assert issuers.above(commune.place("BP"), old, NO_DISTRICT_POLICE) == ""
