"""Numbers of papers: 05/QĐ-UBND is the fifth of the year's register of decisions of the People's Committee."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from portal.documents import issuers
from portal.organisation.models import Unit, UnitKind

# The party joins number and symbol by a dash, and symbol and body by a stroke: 71-KH/ĐU.
_NUMBER = re.compile(r"0*([1-9][0-9]{0,4})([a-zđ]?)\s*(?:/|-(?=\s*[^\s/]{2,10}/))\s*(\S{2,30})")


@dataclass(frozen=True)
class Number:
    """A number as the register knows it. The letter is for what the paper register squeezed in: 05a."""

    ordinal: int
    symbol: str
    letter: str = ""

    def __str__(self) -> str:
        return f"{self.ordinal:02d}{self.letter}{'-' if self.of_party else '/'}{self.symbol}"

    @property
    def of_party(self) -> bool:
        """Whether it is one of the party: KH/ĐU; the year in 2024/NQ-HĐND makes it none."""
        kind, stroke, _body = self.symbol.partition("/")
        return bool(stroke) and not kind.isdigit()

    def of(self, symbol: str) -> bool:
        """Whether it stands in the register of that sign, however large the letters were typed."""
        return self.symbol.casefold() == symbol.casefold()

    def same_as(self, other: "Number") -> bool:
        return self.of(other.symbol) and (self.ordinal, self.letter) == (other.ordinal, other.letter)

    def spelled_as(self, symbol: str) -> "Number":
        """The same with the sign as the paper spells it, if it is that sign."""
        return replace(self, symbol=symbol) if self.of(symbol) else self


def read(text: str) -> Number | None:
    """Read a number as people type it: "5/QĐ-UBND", "05 / qđ-ubnd"."""
    found = _NUMBER.fullmatch(" ".join(text.split()))
    return Number(int(found[1]), found[3], found[2]) if found else None


def following(taken: Iterable[Number], symbol: str) -> Number:
    """The next number of the register."""
    return Number(max((one.ordinal for one in taken if one.of(symbol)), default=0) + 1, symbol)


def missing(taken: Iterable[Number], symbol: str, before: int) -> list[int]:
    """Ordinals below *before* that the portal does not know: in the paper register, or forgotten."""
    known = {one.ordinal for one in taken if one.of(symbol)}
    return [ordinal for ordinal in range(1, before) if ordinal not in known]


def in_runs(ordinals: list[int]) -> str:
    """Ordinals as people read them: "03, 05–08"."""
    runs: list[list[int]] = []
    for ordinal in ordinals:
        if runs and ordinal == runs[-1][-1] + 1:
            runs[-1].append(ordinal)
        else:
            runs.append([ordinal])
    return ", ".join(f"{run[0]:02d}" if len(run) == 1 else f"{run[0]:02d}–{run[-1]:02d}" for run in runs)


COMMITTEE = "UBND"
BODIES = {UnitKind.MILITARY: "BCHQS", UnitKind.BORDER_POST: "ĐBP", UnitKind.FRONT: "MTTQ"}
WITHOUT_CODE = "CV"  # an official letter has no code of its kind


PARTY, STEERING = "ĐU", "BCĐ"  # bodies that are no unit of the portal


def sign_of(unit: Unit) -> str:
    """How a unit is called in the symbols of its papers; one without a sign of its own issues as the committee."""
    return issuers.police_sign(unit.commune) if unit.kind == UnitKind.POLICE else BODIES.get(unit.kind, COMMITTEE)


def symbol_of(unit: Unit, code: str, body: str = "") -> str:
    """The symbol under which a unit, or another *body*, issues a kind of paper: QĐ-UBND, KH/ĐU; of a letter the body
    alone."""
    body = body or sign_of(unit)
    if body == PARTY:
        return f"{code}/{body}"
    return body if code == WITHOUT_CODE else f"{code}-{body}"
