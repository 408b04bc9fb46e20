"""What every template keeps to: no style or script of its own, icons that exist, words that are translated."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2] / "portal"
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
SHEETS = sorted((ROOT / "static").glob("*.css"))
WITH_COLOURS = ("tokens.css", "print.css")  # define them
VIETNAMESE = re.compile("[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)
MARKED = 'lang="vi"'  # what stands on a paper, and samples of the field


def name_of(path: Path) -> str:
    return path.relative_to(ROOT / "templates").as_posix()


def without_comments(path: Path) -> str:
    return re.sub(r"\{#.*?#\}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_a_template_holds_no_style_no_handler_and_no_script_of_its_own(path):
    text = without_comments(path)
    assert not re.search(r"\sstyle\s*=|<style|\son[a-z]+\s*=\s*[\"']|javascript:", text)
    assert not re.search(r"<script(?![^>]*\ssrc=)", text)


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_a_template_calls_no_data_safe(path):
    assert not re.search(r"\|\s*safe\b|autoescape false", without_comments(path))


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_a_template_speaks_no_vietnamese_itself_unless_it_says_so(path):
    text = without_comments(path).replace("Tiếng Việt", "")  # what the language calls itself
    assert MARKED in text or not VIETNAMESE.search(text)


WITHOUT_ID = {  # settings that go back and forth, and looks at what is masked: they carry the token alone
    "auth.html", "components/facts.html", "components/shell.html", "organisation/account.html",
}  # fmt: skip


def test_a_form_that_carries_the_token_carries_the_id_by_which_it_is_one_deed():
    alone = {name_of(path) for path in TEMPLATES if "csrf_token()" in without_comments(path)}
    assert alone == WITHOUT_ID | {"components/tokens.html"}


def test_every_icon_and_shape_that_a_template_or_a_room_names_is_drawn():
    drawn = set(re.findall(r'<symbol id="([^"]+)"', (ROOT / "static" / "icons.svg").read_text(encoding="utf-8")))
    for path in TEMPLATES:
        text = without_comments(path)
        for name in re.findall(r'\bicon\("([^"]+)"', text) + re.findall(r'"icon": "([^"]+)"', text):
            assert name in drawn, f"{name} in {name_of(path)}"
        for name in re.findall(r'\bshape\("([^"]+)"', text):
            assert f"shape-{name}" in drawn, f"{name} in {name_of(path)}"


@pytest.mark.parametrize("path", [one for one in SHEETS if one.name not in WITH_COLOURS], ids=lambda path: path.name)
def test_a_style_sheet_names_colours_by_their_tokens(path):
    assert not re.search(r":[^;{}]*(#[0-9a-fA-F]{3,8}\b|rgb\()", path.read_text(encoding="utf-8"))


def test_nothing_is_downloaded_by_a_style_sheet():
    for path in SHEETS:
        assert not re.search(r"@import|@font-face|url\(", path.read_text(encoding="utf-8")), path.name
