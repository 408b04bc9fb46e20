"""Short codes of units, made of their names: "BY" for xã Bờ Y, "BY-DME" for its thôn Đăk Mế."""

from sqlalchemy import select

from portal.engine.db import db
from portal.engine.vietnamese import fold
from portal.organisation.models import Unit

KINDS = ("xa", "phuong", "thi tran", "thon", "lang", "ban", "buon", "to dan pho")
LETTERS = 3


def free_code(name: str, above: str = "") -> str:
    """A code that nobody has. It never changes, also when the name does."""
    wanted = "-".join(part for part in (above, letters(name)) if part)
    taken = set(db.session.scalars(select(Unit.code).where(Unit.code.startswith(wanted, autoescape=True))))
    tries = (wanted, *(f"{wanted}{number}" for number in range(2, len(taken) + 2)))
    return next(code for code in tries if code not in taken)


def letters(name: str) -> str:
    """First letters of the words, and more of the last one while there are too few."""
    words = fold(name).split()
    for kind in KINDS:
        if words[: len(kind.split())] == kind.split() and len(words) > len(kind.split()):
            words = words[len(kind.split()) :]
            break
    words = ["".join(letter for letter in word if letter.isascii() and letter.isalnum()) for word in words]
    words = [word for word in words if word] or ["u"]
    short = "".join(word[0] for word in words)
    return (short + words[-1][1 : 1 + max(0, LETTERS - len(words))]).upper()[:6]
