"""Numbers as officials write them: a zero before those below ten, dots between thousands, a comma before decimals."""

from decimal import Decimal

MILLION, BILLION = 10**6, 10**9
DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
GROUPS = ("", "nghìn", "triệu", "tỷ")
TEN, HUNDRED, THOUSAND = 10, 100, 1000
ONE, FOUR, FIVE = 1, 4, 5
Number = int | float


def count(value: Number) -> str:
    """ "06", "28", "2.000"; nought stays one digit. What is no whole number has no zero in front."""
    if isinstance(value, float) and not value.is_integer():
        return decimal(value)
    whole = int(value)
    if 0 < whole < TEN:
        return f"0{whole}"
    return f"{whole:,}".replace(",", ".")


def decimal(value: Number) -> str:
    """ "985,6", "9.481,11", "20,122": as many places as it has."""
    told = f"{Decimal(str(value)):,f}"
    whole, _point, places = told.partition(".")
    places = places.rstrip("0")
    return whole.replace(",", ".") + (f",{places}" if places else "")


def money(vnd: int) -> str:
    """ "85 triệu đồng" where nothing is lost by it, else "9.050.000 đồng"; whole milliards as "1,2 tỷ đồng"."""
    if vnd >= BILLION and vnd % (BILLION // HUNDRED) == 0:
        return f"{decimal(float(Decimal(vnd) / BILLION))} tỷ đồng"
    if vnd >= MILLION and vnd % MILLION == 0:
        return f"{count(vnd // MILLION)} triệu đồng"
    return f"{vnd:,} đồng".replace(",", ".")


def in_full(vnd: int) -> str:
    """An amount with its words beside it, as a fine is written: "9.000.000 đồng (chín triệu đồng)"."""
    digits = f"{vnd:,}".replace(",", ".")
    return f"{digits} đồng ({spelled(vnd)} đồng)"


def spelled(value: int) -> str:
    """A whole number in words: 9.000.000 is "chín triệu", 1.205 "một nghìn hai trăm linh năm"."""
    if value == 0:
        return DIGITS[0]
    if value >= 10**12:
        return f"{spelled(value // BILLION)} tỷ {_rest(value % BILLION)}".strip()
    groups: list[int] = []
    while value:
        value, group = divmod(value, THOUSAND)
        groups.append(group)
    told = []
    for place in reversed(range(len(groups))):
        if groups[place]:
            said = _hundreds(groups[place], whole=place < len(groups) - 1)
            told.append(f"{said} {GROUPS[place]}".strip())
    return " ".join(told)


def _rest(value: int) -> str:
    return spelled(value) if value else ""


def _hundreds(value: int, *, whole: bool) -> str:
    """Three digits; *whole*: what stands in front of them asks for "không trăm" and "linh"."""
    hundreds, rest = divmod(value, HUNDRED)
    said = f"{DIGITS[hundreds]} trăm" if hundreds or whole else ""
    return f"{said} {_tens(rest, after=bool(said))}".strip()


def _tens(value: int, *, after: bool) -> str:
    tens, ones = divmod(value, TEN)
    if tens == 0:
        return f"linh {DIGITS[ones]}" if ones and after else DIGITS[ones] if ones else ""
    begin = "mười" if tens == 1 else f"{DIGITS[tens]} mươi"
    if ones == 0:
        return begin
    if ones == FIVE:
        return f"{begin} lăm"
    if ones == ONE and tens > 1:
        return f"{begin} mốt"
    if ones == FOUR and tens > 1:
        return f"{begin} tư"
    return f"{begin} {DIGITS[ones]}"
