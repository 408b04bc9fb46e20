"""English pages hold no Vietnamese letter but in data; Vietnamese pages hold nothing that was left in English."""

import re
from collections import deque
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
import sqlalchemy as sa
from babel.messages.pofile import read_po

from portal.app import create_app
from portal.engine import clock
from portal.engine.db import db
from portal.engine.presentation import by_year
from portal.law import approval, catalogue
from portal.organisation.demo_accounts import DEMO_PASSWORD, DEMO_USERNAMES
from tests.conftest import CHEAP, Browser
from tests.example import LAST_TOLD
from tests.translations import TRANSLATIONS, compiled

VIETNAMESE = re.compile("[ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ]", re.IGNORECASE)
SPOKEN = ("aria-label", "title", "placeholder", "alt", "data-draft", "data-show", "data-hide")
SAME_IN_BOTH = frozenset({"OK", "Excel", "Word", "PDF"})
MOST = 80


class Words(HTMLParser):
    """What a page says: its text and the attributes that are read out, without what names its own language."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.left_out: list[str] = []
        self.goes_on = False  # within words that only a line end must not part

    def handle_starttag(self, tag, attributes):
        told = dict(attributes)
        self.goes_on = told.get("class") == "nowrap"
        apart = tag in ("script", "style", "code") or ("lang" in told and tag != "html")
        if apart or tag in self.left_out[-1:]:
            self.left_out.append(tag)
        if not self.left_out:
            self.said += [told[name] for name in SPOKEN if told.get(name)]

    def handle_endtag(self, tag):
        if tag in self.left_out[-1:]:
            self.left_out.pop()

    def handle_data(self, data):
        if not self.left_out and data.strip():
            before = [self.said.pop()] if self.goes_on and self.said else []
            self.said.append(" ".join([*before, *data.split()]))


def said_on(page: str) -> list[str]:
    words = Words()
    words.feed(page)
    return words.said


def pages(app, username, locale) -> Iterator[tuple[str, str]]:
    """One page of each kind that an account is led to."""
    client = app.test_client()
    client.post("/language", data={"locale": locale})
    yield "/login", client.get("/login").text
    client.post("/login", data={"username": username, "password": DEMO_PASSWORD})
    kinds, waiting = set(), deque(["/"])
    while waiting and len(kinds) < MOST:
        path = waiting.popleft()
        answer = client.get(path)
        if answer.mimetype != "text/html" or answer.status_code != 200:
            continue
        yield path, answer.text
        for link in re.findall(r'href="(/[^"#?]*)', answer.text):
            kind = re.sub(r"/\d+", "/N", link)
            if kind not in kinds and not link.startswith("/static/"):
                kinds.add(kind)
                waiting.append(link)


@pytest.fixture(scope="module")
def speaking(told, tmp_path_factory):
    """The example with its translations as they stand in the sources, compiled or not."""
    folder = compiled(tmp_path_factory.mktemp("translations"))
    app = create_app(
        instance=Path(told.instance_path), TESTING=True, WTF_CSRF_ENABLED=False, PASSWORD_COST=CHEAP,
        BABEL_TRANSLATION_DIRECTORIES=str(folder),
    )  # fmt: skip
    app.test_client_class = Browser
    with app.app_context(), clock.telling(clock.moment(LAST_TOLD, 10)):
        yield app
        db.session.remove()


def values() -> Iterator[str]:
    """Every text that the database keeps, and what the law is called: those are data in any language."""
    found = sa.MetaData()
    found.reflect(db.engine)
    for table in found.tables.values():
        columns = [column for column in table.columns if isinstance(column.type, sa.String | sa.Text)]
        for row in db.session.execute(sa.select(*columns)) if columns else ():
            yield from (part for value in row if isinstance(value, str) for part in (value, *value.splitlines()))
    yield from (version.source for version in catalogue.rules())
    yield from (chain.source for versions in approval.CHAINS.values() for _since, chain in versions)
    yield "Nghị định 231/2026/NĐ-CP"


@pytest.fixture(scope="module")
def data(speaking) -> re.Pattern[str]:
    told = {one for value in values() if VIETNAMESE.search(value) and len(value) > 1 for one in (value, by_year(value))}
    known = {" ".join(value.split()).rstrip(".") for value in told}
    ordered = sorted(known, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, ordered)), re.IGNORECASE)


@pytest.mark.parametrize("username", DEMO_USERNAMES)
def test_english_pages_hold_no_vietnamese_letter_but_in_data(speaking, data, username):
    left = {
        f"{path}: {words}"
        for path, page in pages(speaking, username, "en")
        for words in said_on(page)
        if VIETNAMESE.search(data.sub("", words))
    }
    assert left == set()


def untranslated(catalogue_of: Path) -> tuple[set[str], list[re.Pattern[str]]]:
    """Source texts as they stand, and those with values as patterns; texts that are the same in both are no sign."""
    with catalogue_of.open("rb") as read:
        messages = [one for one in read_po(read) if one.id and one.string]
    told = [(one.id, one.string) if isinstance(one.id, str) else (one.id[-1], one.string[0]) for one in messages]
    plain = {text for text, translated in told if text != translated and "%(" not in text}
    valued = [text for text, translated in told if text != translated and "%(" in text]
    return plain - SAME_IN_BOTH, [as_pattern(text) for text in valued if len(re.sub(r"%\(\w+\)s", "", text)) > 8]


def as_pattern(text: str) -> re.Pattern[str]:
    parts: Iterable[str] = re.split(r"%\(\w+\)s", text)
    return re.compile(".+".join(map(re.escape, parts)))


@pytest.mark.parametrize("username", DEMO_USERNAMES)
def test_vietnamese_pages_hold_nothing_that_was_left_in_english(speaking, username):
    plain, valued = untranslated(TRANSLATIONS / "vi" / "LC_MESSAGES" / "messages.po")
    left = {
        f"{path}: {words}"
        for path, page in pages(speaking, username, "vi")
        for words in said_on(page)
        if words in plain or any(one.fullmatch(words) for one in valued)
    }
    assert left == set()
