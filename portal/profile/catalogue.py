"""The facts of a commune that are typed once and hold from a day: what each is called, its unit, what may be written.

Values are kept as an official writes them: 9.481,11; 20,122; 04/2023.
"""

import enum
import re
from dataclasses import dataclass
from typing import Any

from portal.engine.text import _l, mark

Exact = int | float | str


class FactKind(enum.StrEnum):
    WHOLE = "whole"
    DECIMAL = "decimal"
    MONTH = "month"
    TEXT = "text"


_GROUPED = r"[0-9]{1,3}(?:\.[0-9]{3}){1,3}"
_WRITTEN = {
    FactKind.WHOLE: re.compile(rf"[0-9]{{1,9}}|{_GROUPED}"),
    # 8.022 may be 8 022 or, with the wrong sign, 8,022: it is asked for again
    FactKind.DECIMAL: re.compile(rf"[0-9]{{1,9}}(?:,[0-9]{{1,3}})?|{_GROUPED},[0-9]{{1,3}}"),
    FactKind.MONTH: re.compile(r"(?:0?[1-9]|1[0-2])/(?:19|20)[0-9]{2}"),
    FactKind.TEXT: re.compile(r".{1,60}"),
}
WRONG = {
    FactKind.WHOLE: mark("Please write a whole number, such as 2.304."),
    FactKind.DECIMAL: mark("Please write a number with a comma before its decimals, such as 9.481,11 or 8,022."),
    FactKind.MONTH: mark("Please write the month and the year, such as 04/2023."),
    FactKind.TEXT: mark("Please write at most 60 letters."),
}


class FactKey(enum.StrEnum):
    DISTANCE = "profile.distance_to_district_km"
    AREA = "profile.area_ha"
    BORDER = "profile.border_length_km"
    BORDER_LAOS = "profile.border_laos_km"
    BORDER_CAMBODIA = "profile.border_cambodia_km"
    NEIGHBOUR_COUNTRIES = "profile.neighbour_countries"
    ETHNIC_GROUPS = "profile.ethnic_groups"
    BRAU_HOUSEHOLDS = "profile.brau_dak_me_households"
    BRAU_PERSONS = "profile.brau_dak_me_persons"
    RELIGIONS = "profile.religions"
    OPPOSITE_VILLAGES = "profile.opposite_villages"
    OPPOSITE_HOUSEHOLDS = "profile.opposite_households"
    OPPOSITE_PERSONS = "profile.opposite_persons"
    TWINNED_VILLAGES = "profile.twinned_villages"
    AREA_TRANSFORMED = "drugs.area_transformed_month"
    MANAGEMENT_TERM = "drugs.management_term_months"
    NEW_RURAL_CRITERION = "new_rural.criterion"


@dataclass(frozen=True)
class FactOf:
    """A fact as the catalogue has it."""

    name: Any
    unit: Any
    kind: FactKind

    def fits(self, written: str) -> bool:
        return _WRITTEN[self.kind].fullmatch(written) is not None

    def exact(self, written: str) -> Exact:
        """The value for programs: a number, a month as 2023-04, or the text itself. Raises ValueError for none."""
        if not self.fits(written):
            raise ValueError(written)
        if self.kind == FactKind.TEXT:
            return written
        if self.kind == FactKind.MONTH:
            month, _slash, year = written.partition("/")
            return f"{year}-{int(month):02d}"
        number = float(written.replace(".", "").replace(",", "."))
        return int(number) if number.is_integer() else number


_WHOLE, _DECIMAL = FactKind.WHOLE, FactKind.DECIMAL
_KM, _HOUSEHOLDS, _PERSONS = _l("km"), _l("households"), _l("inhabitants")

FACTS: dict[FactKey, FactOf] = {
    FactKey.DISTANCE: FactOf(_l("Distance to the district centre"), _KM, _DECIMAL),
    FactKey.AREA: FactOf(_l("Total area"), _l("ha"), _DECIMAL),
    FactKey.BORDER: FactOf(_l("Length of the border"), _KM, _DECIMAL),
    FactKey.BORDER_LAOS: FactOf(_l("Border with Laos"), _KM, _DECIMAL),
    FactKey.BORDER_CAMBODIA: FactOf(_l("Border with Cambodia"), _KM, _DECIMAL),
    FactKey.NEIGHBOUR_COUNTRIES: FactOf(_l("Countries bordered"), _l("countries"), _WHOLE),
    FactKey.ETHNIC_GROUPS: FactOf(_l("Ethnic groups"), _l("groups"), _WHOLE),
    FactKey.BRAU_HOUSEHOLDS: FactOf(_l("Brâu households in Đăk Mế"), _HOUSEHOLDS, _WHOLE),
    FactKey.BRAU_PERSONS: FactOf(_l("Brâu inhabitants in Đăk Mế"), _PERSONS, _WHOLE),
    FactKey.RELIGIONS: FactOf(_l("Main religions"), _l("religions"), _WHOLE),
    FactKey.OPPOSITE_VILLAGES: FactOf(_l("Villages opposite"), _l("villages abroad"), _WHOLE),
    FactKey.OPPOSITE_HOUSEHOLDS: FactOf(_l("Households opposite"), _HOUSEHOLDS, _WHOLE),
    FactKey.OPPOSITE_PERSONS: FactOf(_l("Inhabitants opposite"), _PERSONS, _WHOLE),
    FactKey.TWINNED_VILLAGES: FactOf(_l("Villages twinned across the border"), _l("pairs"), _WHOLE),
    FactKey.AREA_TRANSFORMED: FactOf(_l("Month in which the drug hot-spot was cleared"), "", FactKind.MONTH),
    FactKey.MANAGEMENT_TERM: FactOf(_l("Term of the management of drug users"), _l("months"), _WHOLE),
    FactKey.NEW_RURAL_CRITERION: FactOf(_l("New-rural criterion on security"), "", FactKind.TEXT),
}
FACT_NAMES = {key: one.name for key, one in FACTS.items()}
