"""Search without marks, and order by given name."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from portal.engine.access import mask
from portal.engine.letters import MOST_MARKS, kept, on_one_line, plain
from portal.engine.vietnamese import fold, place_key, sort_key

LETTERS = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"
names = st.lists(st.text(LETTERS, min_size=1, max_size=6), min_size=1, max_size=4).map(" ".join)


@given(name=names)
def test_a_name_is_found_however_its_marks_are_encoded(name):
    assert fold(unicodedata.normalize("NFD", name)) == fold(name) == fold(name.upper())
    assert sort_key(unicodedata.normalize("NFD", name)) == sort_key(name) == sort_key(name.upper())


@given(name=names)
def test_a_folded_name_is_plain_ascii_and_folds_to_itself(name):
    assert fold(name).isascii()
    assert fold(fold(name)) == fold(name)


@given(text=st.text())
@example("\u0323")
@example("x\u0323\u0301")
def test_any_text_folds_sorts_and_is_made_plain(text):
    assert fold(text) == fold(f" {text} ")
    assert plain(plain(text)) == plain(text)
    assert kept(kept(text)) == kept(text)
    assert "\n" not in on_one_line(text)
    sort_key(text).encode("ascii")


@given(text=st.text())
def test_what_is_kept_can_be_written_everywhere(text):
    kept(text).encode("utf-8")
    assert not {"\x00", "\ufffd"} & set(kept(text))


def test_marks_heaped_on_a_letter_are_taken_off_and_those_of_a_language_are_not():
    assert kept("ễ ẫ " + unicodedata.normalize("NFD", "Nguyễn")) == "ễ ẫ " + unicodedata.normalize("NFD", "Nguyễn")
    assert len(kept("a" + "\u0301" * 200)) == 1 + MOST_MARKS


@pytest.mark.parametrize(
    "hidden", ["\u200b", "\u202e", "\u2066", "\ufeff", "\u00ad", "\u061c", "\U000e0041", "\ufe0f", "\u3164"]
)
def test_what_nobody_sees_is_dropped_from_a_name(hidden):
    assert plain(f"Trần{hidden} Văn{hidden}") == "Trần Văn"


def test_names_stand_by_given_name_then_family_name_and_letters_come_before_tones():
    wanted = ["Lê Văn An", "Nguyễn Thị An", "Trần Văn Ân", "Lê Bình", "Lê Dung", "Lê Đạt", "Phạm Hoa", "Phạm Hoan"]
    assert sorted(wanted, key=sort_key) == wanted
    assert sort_key("Phạm Hoa") < sort_key("Phạm Hòa") < sort_key("Phạm Hóa") < sort_key("Phạm Hoan")


@given(one=names, other=names)
def test_two_names_have_one_key_only_if_they_are_one_name(one, other):
    assert (sort_key(one) == sort_key(other)) == (one.split() == other.split())


@given(digits=st.text("0123456789", min_size=9, max_size=15))
def test_of_a_long_number_five_digits_are_left_and_its_length(digits):
    shown = mask(digits)
    assert len(shown) == len(digits)
    assert shown.count("•") == len(digits) - 5
    assert (shown[:2], shown[-3:]) == (digits[:2], digits[-3:])


@given(text=st.text(min_size=1, max_size=30).filter(lambda one: not one.isdigit()))
def test_of_anything_else_nothing_is_left(text):
    assert mask(text) == "•••"


def test_places_stand_in_the_order_of_the_alphabet_letters_first_tones_after_numbers_as_numbers():
    """As a commune lists its villages: Đ after D, ă and â after a, tones from level to heavy."""
    names = ["Thôn 10", "Ngọc Tiền", "Xuân Tân", "Thôn 2", "Ngọc Thư", "Ngọc Yên", "Đăk Mế", "Ngọc Tân", "Ngọc Hiệp"]
    assert sorted(names, key=place_key) == [
        "Đăk Mế", "Ngọc Hiệp", "Ngọc Tân", "Ngọc Thư", "Ngọc Tiền", "Ngọc Yên", "Thôn 2", "Thôn 10", "Xuân Tân",
    ]  # fmt: skip
    assert sorted(["Tạ", "Tá", "Tã", "Tả", "Tà", "Ta", "Tâ", "Tă"], key=place_key) == [
        "Ta", "Tà", "Tả", "Tã", "Tá", "Tạ", "Tă", "Tâ",
    ]  # fmt: skip
