"""What the board of parts is filled with: each part in each of its states."""

from types import SimpleNamespace
from typing import Any

from portal.engine.refusal import Plain
from portal.guide.sample_charts import charts

MONTHS = 36
DONE, LATE, NEXT = 18, 9, 19  # of the monthly dots
BARS = (
    ("Măng Tôn", 77.6, "77,6%", "312/402"), ("Bắc Phong", 76.2, "76,2%", "371/487"),
    ("Tà Ka", 63.6, "63,6%", "224/352"), ("Đăk Răng", 58.3, "58,3%", "187/321"),
)  # fmt: skip


class Clause(Plain):
    """A reason with its clause, not confirmed yet."""

    source, confirmed, rule = "Luật Thi hành án hình sự 2019, Điều 92 khoản 1", False, "SAMPLE"


def samples() -> dict[str, Any]:
    """The objects that the parts draw."""
    return {
        "refusals": [Clause("61 ngày vượt quá 60 ngày mỗi lần.")],
        "offers": _offers(),
        "listing": SimpleNamespace(first=1, last=11, total=14, previous_url="", next_url="#"),
        "steps": _steps(),
        "story_items": [
            {"day": "20/11", "sub": "16:05", "sentence": "Trung tá Lê Đình Thọ đồng ý", "remark": "Chấp hành tốt."},
            {"day": "19/11", "sub": "10:40", "sentence": "Đại úy Nguyễn Hữu Khánh nộp đề xuất"},
        ],
        "todo": _todo(),
        "calendar_data": _calendar(),
        "charts": charts(),
        "columns_data": _columns(),
        "bars_data": [{"label": name, "percent": share, "value": text, "of": of} for name, share, text, of in BARS],
        "grid_rows": _grid(),
        "strip_cells": _strip(),
        "sketch_data": _sketch(),
    }


def _offers() -> list[Any]:
    plain: dict[str, Any] = {"url": "#", "needs_reason": False, "danger": False, "help": ""}
    return [
        SimpleNamespace(**{**plain, "name": "submit", "label": "Trình phê duyệt"}),
        SimpleNamespace(**{**plain, "name": "suspend", "label": "Tạm dừng có lý do", "needs_reason": True}),
        SimpleNamespace(**{**plain, "name": "withdraw", "label": "Rút đề xuất", "danger": True}),
        SimpleNamespace(
            transition=SimpleNamespace(**{**plain, "name": "approve", "label": "Phê duyệt"}),
            refusals=[Clause("61 ngày vượt quá 60 ngày mỗi lần.")],
        ),
    ]


def _steps() -> list[dict[str, str]]:
    return [
        {"label": "Soạn", "state": "done", "day": "19/11"},
        {"label": "Nộp", "state": "done", "day": "19/11"},
        {"label": "Trưởng công an", "state": "done", "day": "20/11"},
        {"label": "Chủ tịch", "state": "now", "day": "hôm nay", "shape": "waiting"},
        {"label": "Thực hiện", "state": "next", "day": ""},
    ]


def _todo() -> list[dict[str, Any]]:
    return [
        {"shape": "right", "title": "Đủ điều kiện xét rút ngắn", "text": "từ 12/11/2026.", "in_doubt": True,
         "label": "Lập đề xuất rút ngắn", "url": "#"},
        {"shape": "todo", "title": "Bản tự nhận xét tháng 12", "text": "nộp từ 01/12 đến 05/12/2026.",
         "label": "Hẹn ngày", "url": "#"},
    ]  # fmt: skip


def _calendar() -> dict[str, Any]:
    dots = [(round(100 * (month - 0.5) / MONTHS, 1), _dot(month)) for month in range(1, MONTHS + 1)]
    return {
        "id": "sample", "title": "Thời hạn từ 12/05/2025 đến 12/05/2028", "desc": "Nộp trễ một kỳ. Đủ ½: 12/11/2026.",
        "starts": "12/05/2025", "ends": "12/05/2028", "today": "23/11/2026", "served_percent": 51.1,
        "today_percent": 51.1, "absences": [(45.0, 2.5)], "dots": dots,
        "stems": [(50.1, "Đủ ½", "12/11/2026", True, True), (75.1, "Đủ ¾", "12/08/2027", False, False)],
        "years": [(21.4, "2026"), (54.7, "2027"), (88.0, "2028")],
    }  # fmt: skip


def _dot(month: int) -> str:
    if month == LATE:
        return "late"
    return "done" if month <= DONE else "next" if month == NEXT else "later"


def _columns() -> dict[str, Any]:
    now, before = (1, 1, 0, 1, 1, 1, 1, 0), (1, 0, 2, 1, 0, 1, 0, 1)
    bars = [
        (round(12 + 88 * number / 8, 1), f"T{number + 1}", 200 - 70 * this, 70 * this, 200 - 70 * that, 70 * that)
        for number, (this, that) in enumerate(zip(now, before, strict=True))
    ]
    return {
        "title": "Vụ việc theo tháng", "desc": "Mỗi tháng nhiều nhất 1 vụ.", "now_label": "Năm 2024",
        "then_label": "Năm 2023", "lines": [(60, "2"), (130, "1"), (200, "0")], "bars": bars,
    }  # fmt: skip


def _grid() -> list[dict[str, Any]]:
    done, late, missed, none = ("dot", "đúng hạn"), ("soon", "trễ"), ("overdue", "chưa nộp"), ("none", "chưa đến kỳ")
    return [
        {"name": "Phan Văn Dũng", "url": "#", "cells": [done] * 6},
        {"name": "Nguyễn Thế Vững", "url": "#", "cells": [done, done, late, done, late, missed]},
        {"name": "Bùi Xuân Tưởng", "url": "#", "cells": [none] * 6},
    ]


def _strip() -> list[dict[str, Any]]:
    """Three forces, the reader's own still to sign."""
    forces = (
        ("Công an xã Bờ Y", "done", "Đã ghi nhật ký", "21/11, 18:40"),
        ("Ban CHQS xã Bờ Y", "done", "Đã ký", "22/11, 08:15"),
        ("Đồn Biên phòng CKQT Bờ Y", "waiting", "Chờ bạn ký", "còn 1 ngày"),
    )  # fmt: skip
    return [
        {
            "name": name, "people": "3 người", "shape": shape, "state": state, "when": when,
            "mine": shape == "waiting", "reason": "", "changes": "",
        }
        for name, shape, state, when in forces
    ]  # fmt: skip


def _sketch() -> Any:
    """A border with two markers, a village, and a place that wants attention."""
    dots = (
        (124, 96, "stone", "Mốc 790"), (80, 268, "stone", "Mốc 791"), (226, 158, "place", "Đăk Mế"),
        (112, 184, "attention", "Suối Đăk Ba"),
    )  # fmt: skip
    return SimpleNamespace(
        box="0 0 340 330", border="124,0 124,96 80,268 80,330", out="0,0 124,0 124,96 80,268 80,330 0,330",
        route="226,158 124,96 112,184 80,268", words="Đăk Mế – Mốc 790 – Suối Đăk Ba – Mốc 791",
        dots=[
            SimpleNamespace(
                x=x, y=y, shape=shape, name=name, label_x=x + 13, label_y=y + 5, anchor="start", faint=False
            )
            for x, y, shape, name in dots
        ],
    )  # fmt: skip
