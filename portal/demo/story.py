# ruff: noqa: E501 -- a table is read along its rows
"""The example as tables: files, what was special about them, and the neighbour's few.

The figures that come out of it are a real commune's; every name, birth, sentence, court number and place is invented.
Days are as on the papers. What recurs (self-reports, assessments, opening, certificate) follows by rule: `chronicle`.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from portal.cases.models import CaseType, MeasureKind
from portal.demo import judgments
from portal.people.models import Sex

END_OF_TOLD_PART = date(2026, 11, 23)
MEN, WOMEN = Sex.MALE, Sex.FEMALE


def day(text: str) -> date:
    """Read a day as officials write it: 09/04/2026."""
    number, month, year = (int(part) for part in text.split("/"))
    return date(year, month, number)


@dataclass(frozen=True)
class File:
    """One person and one sentence or measure. *ends_early* is an end before the law's last day, with its reason."""

    code: str
    type: CaseType
    name: str
    sex: Sex
    born: int
    village: str
    starts_on: date
    received_on: date
    months: int
    prison_months: int | None
    offence: str
    paper: str
    court: str
    officer: str
    commune: str = "BY"
    cut: tuple[date, int] | None = None
    ends_early: date | None = None
    supervised_by: str = ""  # the force that supervises where it is not the commune police: "QS", "BP"

    @property
    def judged_on(self) -> date:
        """The day of the judgment: that from which the term counts, or one long before the prison was left."""
        if self.type not in RELEASED:
            return self.starts_on
        return judgments.day_of(self.code, self.starts_on, self.prison_months, self.paper)


RELEASED = (CaseType.RESIDENCE_SUPERVISION, CaseType.RESIDENCE_BAN, CaseType.REINTEGRATION)  # their term begins there
DISTRICT_COURT, KON_TUM_COURT = judgments.DISTRICT_COURT, "TAND tỉnh Kon Tum"
AREA_COURT, QUANG_NGAI_COURT = judgments.AREA_COURT, "TAND tỉnh Quảng Ngãi"

THEFT, INJURY, TRAFFIC = "Trộm cắp tài sản", "Cố ý gây thương tích", "Vi phạm quy định về tham gia giao thông đường bộ"
GAMBLING, FOREST, DISORDER = "Đánh bạc", "Hủy hoại rừng", "Gây rối trật tự công cộng"
POSSESSION, FRAUD, SMUGGLING = "Tàng trữ trái phép chất ma túy", "Lừa đảo chiếm đoạt tài sản", "Buôn lậu"
ROBBERY, DEALING, USE = "Cướp giật tài sản", "Mua bán trái phép chất ma túy", "Sử dụng trái phép chất ma túy"
BURIED = "Vận chuyển hàng cấm"

# Who is in charge of which file.
THANH, NHUIN, DIEU, TUYEN = "police_officer", "a_nhuin", "tran_thi_dieu", "dn.police_officer"

CUTS = {"SS-01": (day("20/03/2025"), 3)}  # the court's decision, when 30 of 36 months were served
MILITARY, BORDER_POST = "QS", "BP"
SUPERVISED_BY = {"SS-09": MILITARY, "RB-02": BORDER_POST}  # of the militia; banned from living at the border
EARLY_ENDS = {  # before the last day of the law
    "DM-04": day("20/05/2025"),  # found to be addicted: another procedure takes over
    "NCR-02": day("27/01/2026"),  # died
    "SS-11": day("20/03/2026"),  # moved to another province, with the file
    "PAR-06": day("12/08/2026"),  # the release was cancelled
    "SS-10": day("18/09/2026"),  # has to serve prison after all
}
DIED = frozenset({"NCR-02"})


def _files(type: CaseType, *rows: tuple[Any, ...], commune: str = "BY") -> tuple[File, ...]:
    """Read rows: code, name, sex, born, village, starts, received, months, prison months, offence, paper, court, officer."""
    return tuple(_file(type, row, commune) for row in rows)


def _file(type: CaseType, row: tuple[Any, ...], commune: str) -> File:
    code, name, sex, born, village, starts, received, months, prison_months, offence, paper, court, officer = row
    return File(
        code, type, name, sex, born, village, day(starts), day(received), months, prison_months, offence, paper, court,
        officer, commune, cut=CUTS.get(code), ends_early=EARLY_ENDS.get(code),
        supervised_by=SUPERVISED_BY.get(code, ""),
    )  # fmt: skip


SUSPENDED_SENTENCES = _files(
    CaseType.SUSPENDED_SENTENCE,
    ("SS-00", "Hoàng Hữu Diệm", MEN, 1986, "NHA", "20/12/2021", "10/01/2022", 24, 12, GAMBLING, "61/2021/HS-ST", DISTRICT_COURT, THANH),
    ("SS-01", "Nguyễn Công Trứng", MEN, 1979, "BPH", "15/09/2022", "03/10/2022", 36, 18, INJURY, "38/2022/HS-ST", DISTRICT_COURT, THANH),
    ("SS-02", "A Hluân", MEN, 1995, "KKH", "22/03/2023", "10/04/2023", 24, 12, FOREST, "12/2023/HS-ST", DISTRICT_COURT, NHUIN),
    ("SS-03", "Trần Thị Ngạn", WOMEN, 1988, "NHA", "28/11/2023", "15/12/2023", 18, 9, GAMBLING, "55/2023/HS-ST", DISTRICT_COURT, DIEU),
    ("SS-04", "Y Blưm", WOMEN, 1999, "IEC", "19/03/2024", "15/04/2024", 48, 24, TRAFFIC, "14/2024/HS-ST", DISTRICT_COURT, DIEU),
    ("SS-05", "Đinh Văn Quýnh", MEN, 1991, "MTO", "10/12/2024", "27/12/2024", 36, 18, INJURY, "52/2024/HS-ST", DISTRICT_COURT, NHUIN),
    ("SS-11", "Hoàng Minh Thạo", MEN, 1993, "NTA", "11/03/2025", "01/04/2025", 24, 12, THEFT, "11/2025/HS-ST", DISTRICT_COURT, DIEU),
    ("SS-10", "Trịnh Văn Quảng", MEN, 1996, "KKH", "15/04/2025", "05/05/2025", 24, 12, DISORDER, "18/2025/HS-ST", DISTRICT_COURT, NHUIN),
    ("SS-06", "Hồ Công Nghị", MEN, 2001, "BPH", "19/08/2025", "05/09/2025", 30, 15, DISORDER, "09/2025/HS-ST", AREA_COURT, THANH),
    ("SS-07", "Y Hlim", WOMEN, 1994, "KKH", "14/07/2026", "31/07/2026", 24, 12, TRAFFIC, "27/2026/HS-ST", AREA_COURT, DIEU),
    ("SS-08", "Ngô Quang Thỉnh", MEN, 1987, "NHA", "20/10/2026", "06/11/2026", 18, 9, FOREST, "44/2026/HS-ST", AREA_COURT, THANH),
    ("SS-09", "Lý Văn Khả", MEN, 2004, "MTO", "22/10/2026", "10/11/2026", 12, 6, TRAFFIC, "46/2026/HS-ST", AREA_COURT, NHUIN),
)  # fmt: skip

CONDITIONAL_RELEASES = _files(
    CaseType.CONDITIONAL_RELEASE,
    ("PAR-01", "Phạm Minh Thước", MEN, 1982, "MTO", "01/09/2023", "05/09/2023", 20, 60, SMUGGLING, "31/2023/QĐ-TA", KON_TUM_COURT, NHUIN),
    ("PAR-02", "A Djrêng", MEN, 1990, "DME", "28/04/2023", "04/05/2023", 22, 66, ROBBERY, "17/2023/QĐ-TA", KON_TUM_COURT, NHUIN),
    ("PAR-03", "Lê Văn Uẩn", MEN, 1976, "NTA", "26/04/2024", "02/05/2024", 30, 84, DEALING, "15/2024/QĐ-TA", KON_TUM_COURT, DIEU),
    ("PAR-04", "A Bring", MEN, 1992, "IEC", "29/08/2025", "03/09/2025", 26, 72, DEALING, "22/2025/QĐ-TA", QUANG_NGAI_COURT, NHUIN),
    ("PAR-06", "Cao Đình Thuận", MEN, 1988, "BPH", "29/08/2025", "03/09/2025", 20, 54, ROBBERY, "24/2025/QĐ-TA", QUANG_NGAI_COURT, THANH),
    ("PAR-05", "Đặng Văn Luyến", MEN, 1980, "NTA", "31/08/2026", "04/09/2026", 20, 60, BURIED, "19/2026/QĐ-TA", QUANG_NGAI_COURT, DIEU),
)  # fmt: skip

OTHER_SENTENCES = (
    *_files(
        CaseType.NON_CUSTODIAL_REFORM,
        ("NCR-00", "Đỗ Quang Bính", MEN, 1993, "BPH", "21/11/2022", "25/11/2022", 18, None, THEFT, "49/2022/HS-ST", DISTRICT_COURT, THANH),
        ("NCR-02", "Nguyễn Văn Thiềng", MEN, 1968, "NTA", "10/06/2025", "13/06/2025", 18, None, FOREST, "19/2025/HS-ST", DISTRICT_COURT, DIEU),
        ("NCR-01", "Trần Đức Phẩm", MEN, 1998, "BPH", "17/11/2025", "20/11/2025", 24, None, THEFT, "21/2025/HS-ST", AREA_COURT, THANH),
    ),
    *_files(
        CaseType.RESIDENCE_SUPERVISION,
        ("QC-01", "Phạm Văn Khoáng", MEN, 1975, "NHA", "11/02/2026", "13/02/2026", 24, 96, DEALING, "33/2018/HS-ST", KON_TUM_COURT, DIEU),
    ),
    *_files(
        CaseType.RESIDENCE_BAN,
        ("RB-01", "A Thưm", MEN, 1984, "TKA", "20/05/2026", "22/05/2026", 12, 48, SMUGGLING, "18/2022/HS-ST", KON_TUM_COURT, NHUIN),
        ("RB-02", "Tạ Đình Lượng", MEN, 1979, "DME", "09/11/2026", "11/11/2026", 24, 60, SMUGGLING, "41/2021/HS-ST", KON_TUM_COURT, DIEU),
    ),
)  # fmt: skip

REINTEGRATION = _files(
    CaseType.REINTEGRATION,
    ("R-00", "A Nhrôi", MEN, 1985, "KKH", "10/12/2021", "14/12/2021", 24, 30, THEFT, "27/2019/HS-ST", DISTRICT_COURT, NHUIN),
    ("R-01", "Vũ Hữu Đoan", MEN, 1978, "BPH", "20/06/2022", "23/06/2022", 24, 36, FRAUD, "11/2019/HS-ST", DISTRICT_COURT, THANH),
    ("R-02", "Trần Công Sửu", MEN, 1973, "NHA", "05/12/2022", "08/12/2022", 24, 42, POSSESSION, "20/2019/HS-ST", DISTRICT_COURT, DIEU),
    ("R-03", "A Briu Tơ", MEN, 1987, "IEC", "14/02/2023", "16/02/2023", 24, 24, INJURY, "06/2021/HS-ST", DISTRICT_COURT, DIEU),
    ("R-04", "Ngô Đức Khiêm", MEN, 1981, "MTO", "30/05/2023", "01/06/2023", 36, 84, DEALING, "13/2016/HS-ST", KON_TUM_COURT, NHUIN),
    ("R-05", "Bùi Thị Lưu", WOMEN, 1990, "NTA", "12/10/2023", "16/10/2023", 24, 30, FRAUD, "16/2021/HS-ST", DISTRICT_COURT, DIEU),
    ("R-06", "Phan Minh Chước", MEN, 1996, "BPH", "05/02/2024", "07/02/2024", 24, 18, ROBBERY, "40/2022/HS-ST", DISTRICT_COURT, THANH),
    ("R-07", "A Klêng", MEN, 1983, "DME", "18/06/2024", "20/06/2024", 36, 78, DEALING, "09/2018/HS-ST", KON_TUM_COURT, NHUIN),
    ("R-08", "Đỗ Minh Sạn", MEN, 1989, "MTO", "02/09/2025", "04/09/2025", 24, 36, THEFT, "35/2022/HS-ST", DISTRICT_COURT, NHUIN),
    ("R-09", "Y Phel", WOMEN, 1990, "IEC", "31/08/2026", "03/09/2026", 24, 28, FRAUD, "08/2024/HS-ST", DISTRICT_COURT, DIEU),
)  # fmt: skip

DRUG_USERS = _files(
    CaseType.DRUG_USER_MANAGEMENT,
    ("DM-01", "Phạm Công Cẩn", MEN, 1990, "BPH", "18/07/2024", "18/07/2024", 12, None, USE, "212/QĐ-UBND", "UBND xã Pờ Y", THANH),
    ("DM-02", "Lê Hữu Đoán", MEN, 1996, "DME", "18/07/2024", "18/07/2024", 12, None, USE, "213/QĐ-UBND", "UBND xã Pờ Y", NHUIN),
    ("DM-03", "A Mlôn", MEN, 2001, "BPH", "25/07/2024", "25/07/2024", 12, None, USE, "220/QĐ-UBND", "UBND xã Pờ Y", THANH),
    ("DM-04", "Y Rchăm", WOMEN, 1998, "KKH", "01/08/2024", "01/08/2024", 12, None, USE, "228/QĐ-UBND", "UBND xã Pờ Y", DIEU),
    ("DM-05", "Phạm Minh Dĩnh", MEN, 1993, "IEC", "08/08/2024", "08/08/2024", 12, None, USE, "235/QĐ-UBND", "UBND xã Pờ Y", DIEU),
    ("DM-06", "Hồ Đức Gia", MEN, 1989, "DME", "15/08/2024", "15/08/2024", 12, None, USE, "241/QĐ-UBND", "UBND xã Pờ Y", NHUIN),
    ("DM-07", "Nguyễn Hữu Triêm", MEN, 2000, "BPH", "14/10/2025", "14/10/2025", 12, None, USE, "118/QĐ-UBND", "UBND xã Bờ Y", THANH),
    ("DM-08", "A Yui", MEN, 1997, "DME", "24/03/2026", "24/03/2026", 12, None, USE, "64/QĐ-UBND", "UBND xã Bờ Y", NHUIN),
    ("DM-09", "Lê Công Hoạch", MEN, 2003, "NHA", "10/09/2026", "10/09/2026", 12, None, USE, "37/QĐ-CAX", "Công an xã Bờ Y", DIEU),
)  # fmt: skip

NEIGHBOURS = (
    *_files(
        CaseType.SUSPENDED_SENTENCE,
        ("N-SS-01", "Phùng Văn Chấn", MEN, 1990, "DTH", "16/04/2026", "05/05/2026", 24, 12, TRAFFIC, "15/2026/HS-ST", AREA_COURT, TUYEN),
        ("N-SS-02", "A Kruih", MEN, 1997, "SDA", "18/08/2026", "04/09/2026", 30, 15, FOREST, "33/2026/HS-ST", AREA_COURT, TUYEN),
        commune="DN",
    ),
    *_files(
        CaseType.REINTEGRATION,
        ("N-R-01", "Lương Thị Vẹn", WOMEN, 1986, "DTH", "02/02/2026", "05/02/2026", 24, 24, FRAUD, "19/2024/HS-ST", DISTRICT_COURT, TUYEN),
        commune="DN",
    ),
)  # fmt: skip

FILES = (*SUSPENDED_SENTENCES, *CONDITIONAL_RELEASES, *OTHER_SENTENCES, *REINTEGRATION, *DRUG_USERS, *NEIGHBOURS)


@dataclass(frozen=True)
class Leave:
    """A permitted absence: asked for, endorsed and permitted on working days before it."""

    code: str
    asked_on: date
    leaves_on: date
    returns_on: date
    destination: str
    reason: str


LEAVES = (
    Leave("PAR-01", day("01/07/2024"), day("08/07/2024"), day("19/07/2024"), "xã Hòa Thuận, tỉnh Bình Định", "Về thăm mẹ ốm"),
)  # fmt: skip

# Self-reports handed in late: file and month, and the day it came; the breach was noted and the person reminded.
LATE = {("SS-02", day("01/03/2024")): day("11/03/2024")}


@dataclass(frozen=True)
class Help:
    """Help given to somebody released from prison; *amount* in đồng."""

    code: str
    kind: MeasureKind
    given_on: date
    given_by: str
    amount_vnd: int | None
    text: str


HELP = (
    Help("R-06", MeasureKind.PAPERS, day("04/03/2024"), "Công an xã", None, "Hướng dẫn làm lại căn cước công dân và đăng ký thường trú."),
    Help("R-05", MeasureKind.TRAINING, day("18/03/2024"), "Hội Liên hiệp Phụ nữ xã", None, "Học nghề may công nghiệp, khóa ba tháng tại huyện."),
    Help("R-04", MeasureKind.LOAN, day("16/04/2024"), "Ngân hàng Chính sách xã hội", 30_000_000, "Vay vốn mua bò giống, có Hội Nông dân bảo lãnh."),
    Help("R-07", MeasureKind.PAPERS, day("08/07/2024"), "Công an xã", None, "Xác nhận cư trú, cấp lại giấy tờ tùy thân."),
    Help("R-08", MeasureKind.WORK, day("03/11/2025"), "Hợp tác xã nông nghiệp thôn Măng Tôn", None, "Nhận vào làm tại tổ thu mua mì."),
    Help("R-09", MeasureKind.PAPERS, day("14/09/2026"), "Công an xã", None, "Làm lại căn cước và thẻ bảo hiểm y tế."),
)  # fmt: skip

# Tết visits to everybody released from prison, a few working days before the new year by the lunar calendar.
TET_VISITS = tuple(
    day(text)
    for text in ("27/01/2022", "17/01/2023", "05/02/2024", "22/01/2025", "11/02/2026", "01/02/2027", "20/01/2028")
)
