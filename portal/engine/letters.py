"""Which letters a text may hold: what people can read and every database keeps alike."""

import unicodedata
from collections.abc import Iterator

_BREAKS = "\n\t\r"
_UNKEPT = {"Cc", "Cs", "Cn", "Co"}  # control, half a surrogate pair, unassigned and noncharacters, private use
_UNKNOWN = "\ufffd"  # stands where something could not be read
MOST_MARKS = 4  # on one letter; Vietnamese needs two

# What nobody sees: soft hyphens, joiners, directions, fillers, selectors, tags.
_HIDDEN = dict.fromkeys([
    0x00AD, 0x034F, 0x061C, 0x115F, 0x1160, 0x180E, 0x3164, 0xFEFF, 0xFFA0,
    *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), *range(0xFE00, 0xFE10),
    *range(0xFFF9, 0xFFFC), *range(0xE0000, 0xE01F0),
])  # fmt: skip


def plain(text: str) -> str:
    """Normalise to NFC and drop what nobody sees: zero-width and direction marks, blanks at the ends."""
    return unicodedata.normalize("NFC", text.translate(_HIDDEN)).strip()


def on_one_line(text: str) -> str:
    """Let breaks and tabs be blanks."""
    return " ".join(text.replace("\t", " ").splitlines()).strip() if any(one in text for one in _BREAKS) else text


def can_be_kept(letter: str) -> bool:
    return letter in _BREAKS or (unicodedata.category(letter) not in _UNKEPT and letter != _UNKNOWN)


def kept(text: str) -> str:
    """Leave out what cannot be kept, and marks heaped on one letter."""
    used = set(text)  # far fewer than the letters of a long text, which hold nothing of the kind as a rule
    if all(map(can_be_kept, used)) and not any(map(unicodedata.combining, used)):
        return text
    return "".join(_without_heaps(letter for letter in text if can_be_kept(letter)))


def _without_heaps(letters: Iterator[str]) -> Iterator[str]:
    marks = 0
    for letter in letters:
        marks = marks + 1 if unicodedata.combining(letter) else 0
        if marks <= MOST_MARKS:
            yield letter
