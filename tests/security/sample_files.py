"""Files that a form takes: a picture, and a list of households."""

from io import BytesIO

from openpyxl import Workbook
from PIL import Image


def a_picture() -> tuple[BytesIO, str]:
    drawn = BytesIO()
    Image.new("RGB", (8, 8)).save(drawn, "PNG")
    drawn.seek(0)
    return drawn, "anh.png"


def a_list() -> tuple[BytesIO, str]:
    written, book = BytesIO(), Workbook()
    for row in (("Chủ hộ", "Số khẩu", "Thôn"), ("Y Mẫu", 4, "Bắc Phong")):
        book.active.append(row)
    book.save(written)
    written.seek(0)
    return written, "ho.xlsx"
