"""Signature lines as a table: by what power, in which office."""

import pytest

from portal.documents.paper import Signature
from portal.documents.signature import chair, committee, police, signature

COMMITTEE, CHAIR, POLICE = committee("xã"), chair("xã"), police("xã")
TM = "TM. ỦY BAN NHÂN DÂN"


@pytest.mark.parametrize(
    ("office", "capacity", "title", "lines", "name"),
    [
        (COMMITTEE, "", "Chủ tịch UBND xã", (TM, "CHỦ TỊCH"), "Lê Trọng Khôi"),
        (COMMITTEE, "KT", "Phó Chủ tịch UBND xã", (TM, "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), "Lê Trọng Khôi"),
        (COMMITTEE, "Q", "Quyền Chủ tịch UBND xã", (TM, "Q. CHỦ TỊCH"), "Lê Trọng Khôi"),
        (COMMITTEE, "TL", "Chánh Văn phòng", ("TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG"), "Lê Trọng Khôi"),
        (COMMITTEE, "TUQ", "Trưởng phòng Văn hóa", ("TUQ. CHỦ TỊCH", "TRƯỞNG PHÒNG VĂN HÓA"), "Lê Trọng Khôi"),
        (CHAIR, "", "Chủ tịch UBND xã", ("CHỦ TỊCH",), "Lê Trọng Khôi"),
        (CHAIR, "KT", "Phó Chủ tịch UBND xã", ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), "Lê Trọng Khôi"),
        (CHAIR, "Q", "Quyền Chủ tịch UBND xã", ("Q. CHỦ TỊCH",), "Lê Trọng Khôi"),
        (CHAIR, "TUQ", "Chánh Văn phòng", ("TUQ. CHỦ TỊCH", "CHÁNH VĂN PHÒNG"), "Lê Trọng Khôi"),
        (POLICE, "", "Trung tá, Trưởng Công an xã", ("TRƯỞNG CÔNG AN XÃ",), "Trung tá Lê Trọng Khôi"),
        (
            POLICE, "KT", "Thiếu tá, Phó Trưởng Công an xã", ("KT. TRƯỞNG CÔNG AN XÃ", "PHÓ TRƯỞNG CÔNG AN XÃ"),
            "Thiếu tá Lê Trọng Khôi",
        ),
        (POLICE, "Q", "Thiếu tá", ("Q. TRƯỞNG CÔNG AN XÃ",), "Thiếu tá Lê Trọng Khôi"),
        (
            POLICE, "TL", "Đại úy, Đội trưởng", ("TL. TRƯỞNG CÔNG AN XÃ", "ĐỘI TRƯỞNG"), "Đại úy Lê Trọng Khôi",
        ),
        (police("phường"), "", "", ("TRƯỞNG CÔNG AN PHƯỜNG",), "Lê Trọng Khôi"),
    ],
)  # fmt: skip
def test_the_lines_say_in_whose_name_and_by_what_power(office, capacity, title, lines, name):
    assert signature(office, capacity, title, "Lê Trọng Khôi") == Signature(lines, name)


def test_nobody_stands_under_what_nobody_decided():
    assert signature(COMMITTEE) == Signature((TM, "CHỦ TỊCH"), "")
