"""The charts on the board of parts: weeks against a goal, months in three parts, places against a limit."""

from portal.engine.charts import FULL, HATCHED, HOLLOW, Bar, Chart, Limit, Part

WEEKS = (("04/11", 96), ("11/11", 189), ("18/11", 293), ("25/11", 398))
MONTHS = (("6", 7, 0, 0), ("7", 6, 1, 0), ("8", 8, 0, 0), ("9", 5, 2, 1), ("10", 9, 0, 0), ("11", 5, 1, 2))
PLACES = (("Tà Ka", 125), ("Mốc 792", 69), ("Ngã ba đường vào bãi tập kết vật liệu", 8))
LONG = 31


def charts() -> dict[str, Chart]:
    return {"weeks": _weeks(), "months": _months(), "places": _places(), "nothing": _nothing()}


def _weeks() -> Chart:
    bars = [Bar(f"{week}/2026", (Part(count),), week) for week, count in WEEKS]
    return Chart(
        "sample-weeks", "Số hộ đã ký qua từng tuần", "Đến 25/11/2026 đã ký 398 trên 488", "Đến hết ngày", "Đã ký", bars,
        limit=Limit(488, "Chỉ tiêu: 488"),
    )  # fmt: skip


def _months() -> Chart:
    looks = {FULL: "Đúng hạn", HATCHED: "Trễ", HOLLOW: "Chưa nộp"}
    bars = [
        Bar(f"{month}/2026", tuple(Part(count, look, "#") for count, look in zip(counts, looks, strict=True)), month)
        for month, *counts in MONTHS
    ]
    return Chart(
        "sample-months", "Bản tự nhận xét theo tháng", "47 bản phải nộp: 40 đúng hạn, 4 trễ, 3 chưa nộp.", "Tháng",
        "Phải nộp", bars, looks=looks, parted=True,
    )  # fmt: skip


def _places() -> Chart:
    looks = {FULL: "Đã đến trong vòng 31 ngày", HATCHED: "Lần gần nhất đã lâu hơn", HOLLOW: "Chưa ai đến"}
    bars = [Bar(name, (Part(days, HATCHED if days > LONG else FULL),)) for name, days in PLACES]
    return Chart(
        "sample-places", "Số ngày chưa ai đến", "3 trên 4 điểm quá 31 ngày chưa ai đến.", "Điểm", "Số ngày",
        [Bar("Trụ sở xã", (), endless="chưa lần nào"), *bars], looks=looks, limit=Limit(LONG, "31 ngày một lần"),
    )  # fmt: skip


def _nothing() -> Chart:
    return Chart("sample-nothing", "Chưa có gì", "", "Tháng", "Đã ký", (), empty="Chưa ai ký.")
