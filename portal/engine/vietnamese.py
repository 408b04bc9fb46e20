"""Vietnamese words: folding for search, sorting by given name, numbers as officials write them."""

import unicodedata

from portal.engine.letters import plain

_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_RANK = {letter: f"{rank:02d}" for rank, letter in enumerate(_LETTERS, start=10)}
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}  # huyền hỏi ngã sắc nặng


def fold(text: str) -> str:
    """Strip case, diacritics and doubled blanks, for search: "ĐẶNG  Văn Ước" becomes "dang van uoc"."""
    bare = unicodedata.normalize("NFD", text.replace("Đ", "D").replace("đ", "d"))
    kept = "".join(letter for letter in bare if not unicodedata.combining(letter))
    return " ".join(kept.casefold().split())


def sort_key(full_name: str) -> str:
    """Build a key that sorts by given name, then family name, then middle names, in the Vietnamese alphabet.

    Plain byte order of the keys is the order of the names, on every database. Letters decide first, tones after.
    """
    words = plain(full_name).split()
    ordered = [words[-1], *words[:-1]] if words else []
    spelled = [_spell(word) for word in ordered]
    return " ".join(letters for letters, _ in spelled) + "|" + " ".join(tones for _, tones in spelled)


def place_key(name: str) -> str:
    """Build a key that sorts places and other names word by word as they are read, numbers in their order: "Thôn 2"
    stands before "Thôn 10", "Đăk Mế" before "Ngọc Tân"."""
    spelled = [_spell_word(word) for word in plain(name).split()]
    return " ".join(letters for letters, _ in spelled) + "|" + " ".join(tones for _, tones in spelled)


def _spell_word(word: str) -> tuple[str, str]:
    """A number stands before all letters; the longer one after the shorter one."""
    number = word.lstrip("0") if word.isascii() and word.isdigit() else ""
    return (f"0{len(number):04d}{number}", "") if number else _spell(word)


def given_name(full_name: str) -> str:
    """The last word, by which people are called: "Đặng Văn Ước" is Ước."""
    return full_name.split()[-1] if full_name.strip() else ""


def _spell(word: str) -> tuple[str, str]:
    letters, tones = [], []
    for letter in unicodedata.normalize("NFC", word.lower()):
        tone, bare = _split_tone(letter)
        letters.append(_RANK.get(bare) or _spell_foreign(bare))
        tones.append(tone)
    return "".join(letters), "".join(tones)


def _spell_foreign(letters: str) -> str:
    """Stand after the alphabet: one code point, or none where a tone stands on no letter."""
    return "".join(f"90{ord(letter):06x}" for letter in letters)


def _split_tone(letter: str) -> tuple[str, str]:
    marks = unicodedata.normalize("NFD", letter)
    tone = next((_TONES[mark] for mark in marks if mark in _TONES), "0")
    return tone, unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in _TONES))
