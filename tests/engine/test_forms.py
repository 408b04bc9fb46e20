"""What fields take, and how they say no."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from flask_babel import force_locale
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from portal.engine.forms import (
    FIRST_YEAR,
    LAST_YEAR,
    Day,
    Digits,
    EditForm,
    Form,
    Line,
    Number,
    Paragraphs,
    Phone,
    Required,
    Version,
    Year,
    a_name,
)
from portal.engine.refusal import Conflict
from portal.engine.transaction import transaction
from portal.patrols.models import PatrolStop


class Asked(Form):
    class Meta:
        csrf = False

    line = Line("Line", length=50)
    text = Paragraphs("Text", length=200)
    long = Paragraphs("Long")
    day = Day("Day")
    number = Number("Number", most=10**12)
    small = Number("Small", least=1, most=9)
    digits = Digits("Digits", length=12)
    year = Year("Year")
    phone = Phone("Phone", length=15)
    name_of = Line("Name", [a_name])
    needed = Line("Needed", [Required()])


@pytest.fixture(autouse=True)
def request_of_somebody(app: Any) -> Iterator[None]:
    with app.test_request_context():
        yield


def typed(**values: str) -> Asked:
    form = Asked(MultiDict({"needed": "x", **values}))
    form.validate()
    return form


@pytest.mark.parametrize("name", ["place", "validate", "data", "errors"])
def test_no_field_may_hide_what_every_form_can_do(name):
    with pytest.raises(TypeError, match=name):
        type("Hiding", (Form,), {name: Line("Where")})


def test_a_field_may_be_asked_for_anew_in_a_form_made_of_another():
    anew = type("Anew", (Asked,), {"day": Day("Another day")})
    assert str(anew().day.label.text) == "Another day"


@pytest.mark.parametrize(("text", "number"), [
    ("15", 15), ("1.500.000", 1_500_000), ("1500000", 1_500_000), (" 7 ", 7), ("0", 0), ("007", 7),
    ("999.999.999.999", 999_999_999_999),
])  # fmt: skip
def test_a_number_is_read_with_dots_between_thousands_or_without(text, number):
    form = typed(number=text)
    assert form.number.data == number
    assert not form.number.errors


@pytest.mark.parametrize("text", [
    "1.5", "1.50", "15.00", "1.5000", "1..000", ".5", "5.", "1,5", "1 000", "1e3", "0x10", "--1", "+1", "٣", "²", "１",
    "NaN", "1_0", "1.000.00", "9" * 400, str(2**63), "-1", "1000000000001",
])  # fmt: skip
def test_nothing_that_is_no_whole_number_is_taken_for_one(text):
    form = typed(number=text)
    assert form.number.errors
    assert form.number._value() == text


def test_a_number_out_of_its_bounds_is_told_with_the_bounds():
    assert "from 1 to 9" in typed(small="10").small.errors[0]
    assert "from 1 to 9" in typed(small="0").small.errors[0]


@pytest.mark.parametrize(("language", "bound", "letters"), [
    ("vi", "1.000.000.000.000", "4.000"), ("en", "1,000,000,000,000", "4,000"),
])  # fmt: skip
def test_bounds_are_grouped_as_in_the_readers_language_and_can_be_typed_so(language, bound, letters):
    with force_locale(language):
        form = typed(number="1000000000001", long="x" * 4001)
        assert f"from 0 to {bound} is" in form.number.errors[0]
        assert f"At most {letters} letters" in form.long.errors[0]
        assert typed(number=bound).number.data == 10**12


@pytest.mark.parametrize("text", ["1,5", "1,500.000", "1.500,000", "1,50,000", ",500", "1,5000"])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_comma_groups_thousands_in_english_and_nothing_else(language, text):
    with force_locale(language):
        assert typed(number=text).number.errors
        assert bool(typed(number="1,500").number.errors) is (language == "vi")


@pytest.mark.parametrize("text", [
    "31/02/2026", "29/02/2025", "31/04/2024", "00/01/2026", "01/13/2026", "0000-00-00", "10000-01-01", "31/12/1899",
    "01/01/2201", "1/1/26", "٠١/٠١/٢٠٢٦", "2026-11-23T00:00", "01/01/2026 hostile", "5.12.26", "31.2.2026", "today",
    "\x00",
])  # fmt: skip
def test_what_is_no_day_stays_in_the_field_and_is_refused(text):
    form = typed(day=text)
    assert form.day.errors
    assert form.day.data is None
    assert form.day._value() == text


@given(day=st.dates(date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)))
def test_every_day_is_read_as_people_and_as_programs_write_it(day):
    assert typed(day=f"{day:%d/%m/%Y}").day.data == day
    assert typed(day=day.isoformat()).day.data == day
    assert typed(day=f" {day.day}/{day.month}/{day.year} ").day.data == day
    assert typed(day=f"{day.day}.{day.month}.{day.year}").day.data == day


@given(text=st.text(max_size=80))
def test_no_text_breaks_a_field_and_what_is_taken_can_be_kept(text):
    form = typed(line=text, text=text, day=text, number=text, small=text, digits=text)
    for field in (form.line, form.text):
        if not field.errors and field.data:
            field.data.encode("utf-8")
            assert "\x00" not in field.data
            assert field.data == field.data.strip()
    if not form.line.errors:
        assert "\n" not in (form.line.data or "")
    if not form.digits.errors and form.digits.data:
        assert form.digits.data.isascii()
        assert form.digits.data.isdigit()
    assert form.number.data is None or isinstance(form.number.data, int)


@given(number=st.integers(0, 10**12))
def test_a_number_survives_being_written_with_dots(number):
    assert typed(number=f"{number:,}".replace(",", ".")).number.data == number


def test_text_is_kept_composed_and_without_what_nobody_sees():
    form = typed(line=" Nguye\u0302\u0303n\u200b V\u0103n\u202e A\u00ad ", needed="\u200b \u2060")
    assert form.line.data == "Nguyễn Văn A"
    assert form.needed.errors


def test_a_text_of_one_line_has_no_breaks_and_a_longer_one_keeps_them():
    form = typed(line="a\r\nb\tc", text="a\r\nb")
    assert form.line.data == "a b c"
    assert form.text.data == "a\nb"


@pytest.mark.parametrize(
    "text", ["a\x00b", "a\x1bb", "a\ufffeb", "a\ufffdb", "a\ue000b", f"a{chr(0xD800)}b", "a" + "\u0301" * 50 + "b"]
)
def test_what_no_database_keeps_is_refused_and_the_rest_stays_to_be_sent_again(text):
    form = typed(line=text)
    assert form.line.errors
    assert not typed(line=form.line.data).line.errors
    assert form.line.data.startswith(("a", "á"))


def test_a_text_too_long_is_told_with_its_bound_and_kept():
    form = typed(line="x" * 51)
    assert "50" in form.line.errors[0]
    assert form.line.data == "x" * 51


def test_of_a_field_that_is_sent_twice_one_is_read_and_a_day_sent_twice_is_none():
    form = Asked(MultiDict([("needed", "a"), ("needed", "b"), ("day", "01/01/2026"), ("day", "02/01/2026")]))
    form.validate()
    assert form.needed.data == "a"
    assert form.day.errors


def test_what_lost_a_race_can_be_sent_again_as_it_stands(commune, browse_as):
    """The page of the refusal carries the version that stands now: nobody types anything anew."""
    unit, client = commune.place("BPH"), browse_as(commune.administrator)
    address, typed = (
        f"/units/{unit.id}/edit",
        {"name": "thôn Bắc Phong Mới", "superior": "", "phone": "", "version": unit.version},
    )
    with transaction(None):
        commune.place("BPH").phone = "0901234567"
    lost = client.post(address, data=typed)
    assert lost.status_code == 409
    assert 'value="thôn Bắc Phong Mới"' in lost.text
    version = re.search(r'name="version"[^>]*value="(\d+)"', lost.text)[1]
    assert client.post(address, data={**typed, "version": version}).status_code == 302
    assert commune.place("BPH").name == "thôn Bắc Phong Mới"


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_year_is_told_without_a_sign_between_its_thousands(language):
    with force_locale(language):
        told = typed(year="1800").year.errors[0]
        assert "1900" in told
        assert "2200" in told


@pytest.mark.parametrize(("given", "kept"), [
    ("+84 912 345 678", "0912345678"), ("0084912345678", "0912345678"), ("+84 (0)912 345 678", "0912345678"),
    ("0912.345.678", "0912345678"), ("0260 3 831 234", "02603831234"), ("113", "113"),
])  # fmt: skip
def test_a_telephone_number_is_kept_as_it_is_called_within_the_country(given, kept):
    form = typed(phone=given)
    assert not form.phone.errors
    assert form.phone.data == kept


@pytest.mark.parametrize("given", ["chín một hai", "+1 202 555 0100", "09x"])
def test_what_is_no_telephone_number_of_the_country_is_refused_and_kept(given):
    form = typed(phone=given)
    assert form.phone.errors
    assert form.phone.data


@pytest.mark.parametrize("given", ["1234", "🙂", "<script>", "A > B", "..."])
def test_what_cannot_be_a_name_is_refused(given):
    assert typed(name_of=given).name_of.errors


@pytest.mark.parametrize("given", ["A Hluân", "Y Blưm", "Nguyễn Văn Ất", "K'Brêu", "O"])
def test_names_of_every_people_are_taken(given):
    assert not typed(name_of=given).name_of.errors


class SeveralShown(EditForm):
    class Meta:
        csrf = False

    patrol_stop_version_7 = Version()


@pytest.mark.parametrize(("id", "carried"), [(7, ("1", "3")), (8, ("1", ""))])
def test_the_version_of_one_of_several_records_is_carried_in_its_own_field_or_nowhere(id, carried):
    form = SeveralShown(MultiDict({"version": "1", "patrol_stop_version_7": ""}))
    form.place(Conflict(PatrolStop(id=id, version=3)))
    assert (form.version.data, form.patrol_stop_version_7.data) == carried
