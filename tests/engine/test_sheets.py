"""Tables as files: no text of a cell is cut."""

from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook

from portal.engine.sheets import HEAD_ROWS, MOST_LETTERS, Column, cell, workbook

LONG = "a" * MOST_LETTERS + "b" * MOST_LETTERS + "c"
COLUMNS = (Column("Số", lambda row: row[0]), Column("Nội dung", lambda row: row[1]))


def test_a_text_that_no_cell_holds_goes_on_in_the_cells_below():
    written = load_workbook(BytesIO(workbook("Sổ", COLUMNS, [(1, LONG), (2, "ngắn")], "Xuất")))
    rows = [[one.value for one in row] for row in written.active.iter_rows(min_row=HEAD_ROWS + 1)]
    assert [row[0] for row in rows] == [1, None, None, 2]
    assert "".join(row[1] for row in rows[:3]) == LONG
    assert rows[3][1] == "ngắn"


def test_a_cell_takes_no_text_that_it_would_cut():
    book = Workbook()
    with pytest.raises(ValueError, match="too long"):
        cell(book.active, LONG)
