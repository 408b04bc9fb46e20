"""A portal with the example as it is served, and people at their browsers."""

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from portal.engine import clock
from portal.organisation.demo_accounts import DEMO_PASSWORD
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

    def sign_in(self, username: str, password: str = DEMO_PASSWORD) -> "Visitor":
        self.go("/login")
        if self.language != "en":
            self.page.locator("button[name=locale][value=en]").click()
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
    def path(self) -> str:
        return self.page.url.removeprefix(self.address)

    @property
    def text(self) -> str:
        return self.page.locator("body").inner_text()

    def wait_until(self, asked: str, arg: Any = None) -> None:
        """Wait until a program of the browser promises a yes; the browser's own wait takes any promise for one."""
        self.page.evaluate(UNTIL % asked, [arg, PATIENCE])

    def press(self, name: str) -> None:
        self._tap(self.page.get_by_role("button", name=name, exact=True))

    def follow(self, name: str | re.Pattern[str], within: str = "body") -> None:
        exact = isinstance(name, str)
        self._tap(self.page.locator(within).get_by_role("link", name=name, exact=exact))

    def choose(self, name: str | re.Pattern[str]) -> None:
        """Tap a radio card, wherever its words are touched."""
        self._tap(self.page.locator("label.choice").filter(has_text=name))

    def decide(self, decision: str) -> None:
        """Tap the card of a decision, which leads to the page that is signed."""
        self._tap(self.page.locator("button.card").filter(has_text=re.compile(f"^{decision}")))

    def write(self, **fields: str) -> None:
        """Fill fields in by name, also in a fold; of a list, choose the line that has these words."""
        for name, value in fields.items():
            control = self.page.locator(f"main [name={name}]:not([type=hidden])").first
            if (fold := control.locator("xpath=ancestor::details[not(@open)]/summary")).count():
                fold.click()
            if control.evaluate("one => one.tagName") == "SELECT":
                line = control.locator("option").filter(has_text=re.compile(re.escape(value), re.IGNORECASE)).first
                control.select_option(line.get_attribute("value"))
            else:
                control.fill(value)

    def _tap(self, target: Any) -> None:
        target.first.click()
        self.taps += 1


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
