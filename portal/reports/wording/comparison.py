"""Changes against the year before, in an official's words."""

from dataclasses import dataclass

from portal.reports.wording.numbers import count
from portal.reports.wording.told import Figures, Told

NEITHER = "không tăng, không giảm"


@dataclass(frozen=True)
class Before:
    """The same period of the year before, as it is called: "cùng kỳ năm 2023", of *whole* years "năm 2023"."""

    year: int
    whole: bool = False

    @property
    def name(self) -> str:
        return f"năm {self.year}" if self.whole else f"cùng kỳ năm {self.year}"

    def compared(self, one: Told, unit: str) -> str:
        """ "so với cùng kỳ năm 2023 tăng 02 vụ"; nothing where there is nothing to compare with."""
        if one.change is None:
            return ""
        return f"so với {self.name} {by(one, unit)}"

    def pair(self, told: Figures, first: str, second: str, units: tuple[str, str]) -> str:
        """Two figures that stand together: "không tăng, không giảm về số vụ; giảm 04 đối tượng so với …"."""
        pairs = [(told[name], unit) for name, unit in zip((first, second), units, strict=True) if name in told]
        changes = [(one, unit) for one, unit in pairs if one.change is not None]
        if not changes:
            return ""
        if all(not one.change for one, _unit in changes):
            return f"{NEITHER} so với {self.name}"
        return f"{'; '.join(by(one, unit, named=True) for one, unit in changes)} so với {self.name}"


def by(one: Told, unit: str, *, named: bool = False) -> str:
    """ "tăng 02 vụ", "giảm 04 đối tượng", "không tăng, không giảm"; *named*: of what, also where nothing changed."""
    if not one.change:
        return f"{NEITHER} về số {unit}" if named else NEITHER
    return f"{'tăng' if one.change > 0 else 'giảm'} {count(abs(one.change))} {unit}".rstrip()


def beside(told: Figures, id: str) -> str:
    """A short change in brackets after a figure: " (tăng 02)"; nothing where nothing changed."""
    change = told[id].change if id in told else None
    if not change:
        return ""
    return f" ({'tăng' if change > 0 else 'giảm'} {count(abs(change))})"
