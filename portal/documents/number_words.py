"""Amounts in Vietnamese words, as a decision writes them beside the figures."""

DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
GROUPS = ("", " nghìn", " triệu", " tỷ")


def in_words(amount: int) -> str:
    """3500000 is "ba triệu năm trăm nghìn". ValueError below 0, and from a million million on."""
    if not 0 <= amount < 1000 ** len(GROUPS):
        raise ValueError(amount)
    if amount == 0:
        return DIGITS[0]
    groups = [amount // 1000**place % 1000 for place in range(len(GROUPS))]
    highest = max(place for place, group in enumerate(groups) if group)
    told = [
        _group(groups[place], whole=place != highest) + GROUPS[place]
        for place in range(highest, -1, -1)
        if groups[place]
    ]
    return " ".join(told)


def _group(group: int, *, whole: bool) -> str:
    """Up to three digits; *whole*: all three are read, since others stand before them."""
    hundreds, rest = divmod(group, 100)
    tens, ones = divmod(rest, 10)
    told = [f"{DIGITS[hundreds]} trăm"] if hundreds or whole else []
    if tens > 1:
        told.append(f"{DIGITS[tens]} mươi")
    elif tens == 1:
        told.append("mười")
    elif ones and told:
        told.append("lẻ")
    if ones:
        told.append(_ones(ones, tens))
    return " ".join(told)


def _ones(ones: int, tens: int) -> str:
    if ones == 1 and tens > 1:
        return "mốt"
    return "lăm" if ones == 5 and tens else DIGITS[ones]
