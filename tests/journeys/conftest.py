"""A portal with the example as it is served, and people at their browsers."""

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from portal.engine import clock
from portal.organisation.demo_accounts import DEMO_PASSWORD
from tests import builders
from tests.conftest import House
from tests.journeys.passing_time import PEOPLE, Days, serving, settled, words_of
from tests.server import prepared, running

PATIENCE = 60_000  # ms that whatever is waited for may take: that a machine is slow is no fault of the portal
expect.set_options(timeout=PATIENCE)
UNTIL = """async ([arg, patience]) => {
  const asked = %s, end = Date.now() + patience;
  while (!(await asked(arg))) {
    if (Date.now() > end) throw new Error(`never came true: ${asked}`);
    await new Promise(requestAnimationFrame);
  }
}"""

PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}


@dataclass
class Visitor:
    """Somebody at a browser of their own: does what a person can do on a page, and counts the taps."""

    page: Page
    address: str
    taps: int = 0
    speaks: str = "en"
    said: Callable[[str], str] = str  # how the words of the sources stand on the pages that they read

    def sign_in(self, username: str, password: str = DEMO_PASSWORD) -> "Visitor":
        self.go("/login")
        if self.language != self.speaks:
            self.page.locator(f"button[name=locale][value={self.speaks}]").click()
        self.page.fill("input[name=username]", username)
        self.page.fill("input[name=password]", password)
        self.page.locator("main form .btn-main").click()
        expect(self.page.locator("nav.rail, nav.tabs").first).to_be_attached()
        self.taps = 0
        return self

    def go(self, path: str) -> int:
        answer = self.page.goto(self.address + path)
        assert answer is not None
        return answer.status

    @property
    def language(self) -> str | None:
        return self.page.locator("html").get_attribute("lang")

    @property
    def on_phone(self) -> bool:
        size = self.page.viewport_size
        return size is not None and size["width"] == PHONE["width"]

    @property
    def path(self) -> str:
        return self.page.url.removeprefix(self.address)

    @property
    def text(self) -> str:
        return self.page.locator("body").inner_text()

    def wait_until(self, asked: str, arg: Any = None) -> None:
        """Wait until a program of the browser promises a yes; the browser's own wait takes any promise for one."""
        self.page.evaluate(UNTIL % asked, [arg, PATIENCE])

    def press(self, name: str) -> None:
        self._tap(self.page.get_by_role("button", name=self.said(name), exact=True))

    def follow(self, name: str | re.Pattern[str], within: str = "body") -> None:
        """Tap a link; where it lies in a fold, open that first."""
        exact = isinstance(name, str)
        called = self.said(name) if isinstance(name, str) else name
        link = self.page.locator(within).get_by_role("link", name=called, exact=exact)
        folded = self.page.locator(f"{within} details:not([open])").filter(
            has=self.page.get_by_role("link", name=called, exact=exact, include_hidden=True)
        )
        if not link.count() and folded.count():
            self._tap(folded.first.locator("summary"))
        self._tap(link)

    def choose(self, name: str | re.Pattern[str]) -> None:
        """Tap a radio card, wherever its words are touched."""
        called = self.said(name) if isinstance(name, str) else name
        self._tap(self.page.locator("label.choice").filter(has_text=called))

    def decide(self, decision: str) -> None:
        """Tap the card of a decision, which leads to the page that is signed."""
        self._tap(self.page.locator("button.card").filter(has_text=re.compile(f"^{re.escape(self.said(decision))}")))

    def write(self, **fields: str) -> None:
        """Fill fields in by name, also in a fold; of a list, choose the line that has these words."""
        for name, value in fields.items():
            control = self.page.locator(f"main [name={name}]:not([type=hidden])").first
            if (fold := control.locator("xpath=ancestor::details[not(@open)]/summary")).count():
                fold.click()
            if control.evaluate("one => one.tagName") == "SELECT":
                named = re.compile(re.escape(self.said(value)), re.IGNORECASE)
                line = control.locator("option").filter(has_text=named).first
                control.select_option(line.get_attribute("value"))
            else:
                control.fill(value)

    def _tap(self, target: Any) -> None:
        target.first.click()
        self.taps += 1


@dataclass
class Story:
    """What happens in a small commune from day to day.

    Whoever is asked for signs in on that day, in a window of their own.
    """

    house: House
    stack: ExitStack
    chromium: Browser
    speaks: str = "vi"
    on_phones: tuple[str, ...] = ("helper", "leader")

    def __post_init__(self) -> None:
        self.days = Days()
        self.address = self.stack.enter_context(serving(self.house, self.days))
        self.said = words_of(self.house) if self.speaks == "vi" else str
        self.windows: dict[str, Visitor] = {}
        self.present: set[str] = set()

    def on(self, day: str, hour: int = 8, minute: int = 0) -> None:
        """Go on to a day, told as it is written in a form. Whoever was signed in has left meanwhile."""
        self.days.turn(datetime.strptime(day, "%d/%m/%Y").date(), hour, minute)  # noqa: DTZ007 - a day, no moment
        self.present = set()

    @property
    def today(self) -> str:
        return written(self.days.today)

    def __getattr__(self, name: str) -> Visitor:
        """Somebody by the role that they have here: story.officer, story.chief."""
        if name not in PEOPLE:
            raise AttributeError(name)
        if name not in self.windows:
            size = PHONE if name in self.on_phones else DESK
            context = self.stack.enter_context(
                a_window(self.chromium, viewport=size, locale="vi-VN", service_workers="block")
            )
            self.windows[name] = Visitor(context.new_page(), self.address, speaks=self.speaks, said=self.said)
        if name not in self.present:
            self.present.add(name)
            self.windows[name].page.context.clear_cookies()
            self.windows[name].sign_in(f"by.{name}", builders.PASSWORD)
        return self.windows[name]


def written(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def days_ago(count: int) -> date:
    return clock.today() - timedelta(days=count)


@contextmanager
def a_window(chromium: Browser, **options: Any) -> Iterator[BrowserContext]:
    """A browser window of its own, whose pages are as patient as what is expected of them."""
    with chromium.new_context(**options) as context:
        context.set_default_timeout(PATIENCE)
        yield context


@pytest.fixture(scope="session")
def prepared_example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a portal that holds the example, as its first start left it. Whoever changes it takes a copy."""
    folder: Path = tmp_path_factory.mktemp("prepared") / "instance"
    prepared(folder, "--demo")
    return folder


@pytest.fixture(scope="session")
def instance(prepared_example: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the portal that all journeys share."""
    return shutil.copytree(prepared_example, tmp_path_factory.mktemp("served") / "instance")


@pytest.fixture(scope="session")
def served(instance: Path) -> Iterator[str]:
    """Its address."""
    with running(instance) as address:
        yield address


@pytest.fixture
def visitor(served: str, chromium: Browser) -> Iterator[Callable[..., Visitor]]:
    """Open a browser window of its own; with *at* the size of a phone, or without scripts."""
    with ExitStack() as stack:

        def open_window(at: dict[str, int] = DESK, **options: Any) -> Visitor:
            context = stack.enter_context(a_window(chromium, viewport=at, locale="vi-VN", **options))
            return Visitor(context.new_page(), served)

        yield open_window


@pytest.fixture
def sign_in(visitor: Callable[..., Visitor]) -> Callable[..., Visitor]:
    return lambda username, **options: visitor(**options).sign_in(username)


@pytest.fixture(scope="session")
def small_commune(tmp_path_factory: pytest.TempPathFactory) -> House:
    return settled(tmp_path_factory.mktemp("settled"))


@pytest.fixture
def story(request: pytest.FixtureRequest, small_commune: House, chromium: Browser) -> Iterator[Story]:
    """Days in a commune that has its people and no case yet, as the story tells them."""
    small_commune.fresh()
    with ExitStack() as stack:
        yield Story(small_commune, stack, chromium, speaks=getattr(request, "param", "vi"))
