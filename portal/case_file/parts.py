"""What the file of a case is made of: parts with lines and tables. Its page and its .docx are drawn from the same."""

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Table:
    """*widths* are millimetres of the 165 between the margins; *title* stands over it where a part has several."""

    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[int]
    title: str = ""
    lines: Sequence[str] = ()  # between its title and it


@dataclass(frozen=True)
class Part:
    """A section of the file. Where it has no rows at all it says *nothing*."""

    key: str
    title: str
    tables: Sequence[Table] = ()
    facts: Sequence[tuple[str, str]] = ()
    lines: Sequence[str] = ()
    nothing: str = ""

    @property
    def empty(self) -> bool:
        return not (self.facts or self.lines or any(table.rows or table.lines for table in self.tables))


@dataclass(frozen=True)
class CaseFile:
    """The whole file: its cover, its parts, and the mark on each page that says who took it, when and what for."""

    issuer: str
    title: str
    name: str
    facts: Sequence[tuple[str, str]]
    mark: str
    number: str
    parts: Sequence[Part] = field(default_factory=tuple)

    @property
    def rows(self) -> int:
        return sum(len(table.rows) for part in self.parts for table in part.tables)
