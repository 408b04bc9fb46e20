"""A paper as data: what it says, whoever writes it and however it is drawn. Papers are Vietnamese, in any language."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
END = "./."


@dataclass(frozen=True)
class Issuer:
    """Who issues it, as it was called on that day: what stands over it, its own name in lines, and the place."""

    superior: str
    name: Sequence[str]
    place: str


@dataclass(frozen=True)
class Signature:
    """What stands under a paper: the lines of the office, and the name once somebody has signed."""

    lines: Sequence[str]
    name: str = ""


def in_lines(*signatures: Signature) -> str:
    """Who signs, a line each in their order: by name or, while nobody is named, by office."""
    return "\n".join(one.name or " ".join(one.lines) for one in signatures)


@dataclass(frozen=True)
class Basis:
    """A ground on which the paper stands. What nobody could confirm is flagged on the page, never on the paper."""

    text: str
    source: str = ""
    confirmed: bool = True


@dataclass(frozen=True)
class Clause:
    """A paragraph of the text; an article has its number in front. A heading without text stands alone."""

    text: str
    heading: str = ""


@dataclass(frozen=True)
class Piece:
    """Letters of one kind within a passage; *note* stands at the foot of the page, numbered by itself."""

    text: str
    bold: bool = False
    italic: bool = False
    note: Sequence["Piece"] = ()


@dataclass(frozen=True)
class Passage:
    """A paragraph whose letters are of several kinds. A heading stays with what follows it."""

    pieces: Sequence[Piece]
    heading: bool = False


@dataclass(frozen=True)
class Annex:
    """A table on pages of its own, after the signature; the first column is words, the others are numbers."""

    name: str
    abstract: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True)
class ListAnnex(Annex):
    """A list of people: a number in front, then words; each column as wide as *widths* say, in millimetres."""

    widths: Sequence[int] = ()


@dataclass(frozen=True)
class Paper:
    """A decision (QĐ), a submission (TTr), minutes (BB) or another paper, with all its parts."""

    issuer: Issuer
    symbol: str  # "QĐ-UBND"; empty for an annex, which has no number of its own
    number: str  # "05/QĐ-UBND", empty until it is registered
    day: date | None
    name: str  # "QUYẾT ĐỊNH"
    abstract: str
    bases: Sequence[Basis]
    text: Sequence[Clause | Passage]
    recipients: Sequence[str]
    signature: Signature
    authority: str = ""  # over the grounds of a decision: who has the power
    addressees: Sequence[str] = ()  # of a submission, an invitation, a notice
    warning: str = ""  # over a draft that must not be signed: why not
    beside: Sequence[Signature] = ()  # of minutes: who signs besides, the first at the left, the others below
    by_people: bool = False  # what people write to an authority: nation and motto stand over it alone, it has no number
    annex: Annex | None = None
    below: Sequence[Clause] = ()  # under the signatures: what was found wrong after they were set

    @property
    def is_decision(self) -> bool:
        return bool(self.authority)

    @property
    def unconfirmed(self) -> list[Basis]:
        return [basis for basis in self.bases if not basis.confirmed]

    @property
    def clauses(self) -> list[Clause | Passage]:
        """The text, the last paragraph with the end mark."""
        if not self.text:
            return []
        *first, last = self.text
        return [*first, _ended(last)]


def _ended(last: Clause | Passage) -> Clause | Passage:
    if isinstance(last, Clause):
        return Clause(last.text.rstrip(" .") + END, last.heading)
    if not last.pieces:
        return Passage((Piece(END),))
    *first, piece = last.pieces
    return Passage((*first, replace(piece, text=piece.text.rstrip(" .") + END)), last.heading)
