"""The root key on paper: groups that can be read aloud, and check digits that find a misread one."""

import hashlib

GROUP, A_LINE = 4, 16  # hex digits


class Misread(ValueError):
    """A line of the sheet does not fit its check digits; the first argument is the line's number, 0 for the whole."""


def lines(root: bytes) -> list[str]:
    """Write a key as numbered lines, each of four groups and two check digits; the last one checks the whole."""
    digits = root.hex()
    rows = [digits[at : at + A_LINE] for at in range(0, len(digits), A_LINE)]
    told = [f"{number}  {_grouped(row)}  {_check(f'{number} {row}')}" for number, row in enumerate(rows, start=1)]
    return [*told, f"=  {_check(digits, 8)}"]


def read(typed: list[str]) -> bytes:
    """Read a sheet back, whatever the blanks and capitals. Raises Misread with the first line that does not fit."""
    digits = ""
    *rows, last = [line.lower().split() for line in typed if line.strip()] or [[]]
    for number, row in enumerate(rows, start=1):
        found = "".join(row[1:-1])
        if row[:1] != [str(number)] or row[-1] != _check(f"{number} {found}"):
            raise Misread(number)
        digits += found
    if last[:1] != ["="] or last[-1] != _check(digits, 8):
        raise Misread(0)
    return bytes.fromhex(digits)


def _grouped(digits: str) -> str:
    return " ".join(digits[at : at + GROUP] for at in range(0, len(digits), GROUP))


def _check(text: str, length: int = 2) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:length]
