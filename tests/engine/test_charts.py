"""Charts: what a picture shows is what its table says, and it fits every width."""

from itertools import pairwise

import pytest

from portal.engine.charts import FULL, HATCHED, HOLLOW, Bar, Chart, Limit, Part
from portal.engine.drawing import PHONE, PLOT, lying, small, upright


def a_chart(*bars, **more):
    return Chart("key", "Title", "Finding", "Month", "All", bars, **more)


def a_bar(*values, label="11/2026", **more):
    looks = (FULL, HATCHED, HOLLOW)
    return Bar(label, tuple(Part(value, look) for value, look in zip(values, looks, strict=False)), **more)


def test_parts_stand_on_each_other_as_high_as_their_share_of_the_scale():
    drawn = upright(a_chart(a_bar(6, 3, 1), a_bar(5)))
    assert [one.height for one in drawn.stretches] == [PLOT * share for share in (0.6, 0.3, 0.1, 0.5)]
    lower, upper = drawn.stretches[:2]
    assert (lower.y + lower.height, upper.y + upper.height) == (drawn.base, lower.y)
    assert [word.text for word in drawn.numbers] == [10, 5]


def test_a_limit_above_all_bars_stands_at_the_top_and_one_below_crosses_them():
    assert upright(a_chart(a_bar(5), limit=Limit(10, "Goal"))).limit == upright(a_chart(a_bar(10))).stretches[0].y
    lower = upright(a_chart(a_bar(10), limit=Limit(5, "Goal")))
    assert lower.limit == lower.base - PLOT / 2


@pytest.mark.parametrize(("count", "label"), [(1, "23/11"), (5, "23/11"), (16, "23/11"), (12, "11"), (16, "1234567")])
def test_names_and_numbers_leave_each_other_room_on_a_phone(count, label):
    drawn = upright(a_chart(*(a_bar(1234, label=label) for _number in range(count))))
    for words in (drawn.names, drawn.numbers):
        places = [word.x * PHONE / 100 for word in words if not word.wide]
        needed = 8 * max(len(f"{word.text:,}") if isinstance(word.text, int) else len(word.text) for word in words)
        assert all(after - before >= needed for before, after in pairwise(places))
        assert places[-1] == pytest.approx((count - 0.5) * PHONE / max(count, 4), abs=0.1)


def test_nothing_but_noughts_is_drawn_without_bars():
    assert upright(a_chart(a_bar(0), a_bar(0))).stretches == []
    assert upright(a_chart()).stretches == []
    assert small(a_chart(a_bar(0))).stretches == []


def test_a_long_name_is_broken_into_lines_over_its_bar():
    (row,) = lying(a_chart(a_bar(5, label="Ngã ba đường vào bãi tập kết vật liệu xây dựng"))).rows
    assert len(row.name) == 2
    assert all(len(line.text) <= 26 for line in row.name)
    assert row.stretches[0].y > row.name[-1].y


def test_what_has_no_number_takes_up_the_whole_scale_and_does_not_stretch_it():
    never, ago = lying(a_chart(Bar("Mốc 792", (), endless="never"), a_bar(20), limit=Limit(10, "Goal"))).rows
    assert [(one.width, one.look) for one in never.stretches] == [(100, HOLLOW)]
    assert never.number.text == "never"
    assert [one.width for one in ago.stretches] == [100, 100]


def test_the_table_has_a_column_for_each_part_where_bars_have_several():
    looks = {FULL: "In time", HATCHED: "Late", HOLLOW: "Not"}
    chart = a_chart(a_bar(6, 3, 1), looks=looks, parted=True, telling="Besides")
    assert [one if isinstance(one, str) else one["label"] for one in chart.heads] == [
        "Month", "All", "In time", "Late", "Not", "Besides",
    ]  # fmt: skip
    assert [cell.value for cell in chart.cells(chart.bars[0])] == [10, 6, 3, 1]
    whole = a_chart(a_bar(6), looks=looks)
    assert [cell.value for cell in whole.cells(whole.bars[0])] == [6]
