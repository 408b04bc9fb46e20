"""Every page for everybody: axe finds nothing, nothing needs sideways scrolling, everything works without script."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from portal.organisation.demo_accounts import DEMO_USERNAMES
from tests.journeys.conftest import a_window
from tests.server import running
from tests.walker import kind_of, sign_in, walk

pytestmark = pytest.mark.browser

PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
NARROW, SMALL_DESK = {"width": 320, "height": 800}, {"width": 1024, "height": 768}
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    "resultTypes": ["violations"],
}
FOR_EACH_ACCOUNT = (
    "/",
    "/cases",
    "/cases/N",
    "/proposals/N",
)  # these differ by who looks; of the others one look is enough
IN_THE_DARK = (
    "/",
    "/cases",
    "/cases/N",
    "/cases/N/check-in",
    "/proposals/N",
    "/cases/regularity",
    "/campaigns/N",
    "/coverage",
    "/reports/figures",
    "/styleguide",
)
TWO_SCREENS = 2 * 844


@pytest.fixture(scope="module")
def address(prepared_example: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A portal of its own, in which nobody has done anything yet."""
    with running(shutil.copytree(prepared_example, tmp_path_factory.mktemp("untouched") / "instance")) as served:
        yield served


def violations(page: Page) -> list[str]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    found = page.evaluate("(rules) => axe.run(rules).then((told) => told.violations)", RULES)
    return [f"{one['id']}: {node['target']} {node['failureSummary'][:160]}" for one in found for node in one["nodes"]]


def scrolls_sideways(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


def faults_of(page: Page, kind: str) -> list[str]:
    """What is wrong with the page that is open: at both widths, for a part of them in the dark, narrow, enlarged."""
    faults = []
    for size in (PHONE, DESK):
        page.set_viewport_size(size)
        faults += [f"{size['width']}: {one}" for one in violations(page)]
    if kind in IN_THE_DARK:
        page.emulate_media(color_scheme="dark")
        faults += [f"dark: {one}" for one in violations(page)]
        page.emulate_media(color_scheme="light")
    for size in (NARROW, SMALL_DESK):
        page.set_viewport_size(size)
        faults += [f"sideways at {size['width']} px"] if scrolls_sideways(page) else []
    page.set_viewport_size({"width": 640, "height": 900})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    return faults + (["sideways at text of 200 %"] if scrolls_sideways(page) else [])


def test_axe_finds_nothing_on_any_page_of_any_account_and_none_scrolls_sideways(address, chromium):
    seen, faults = set(), []
    for username in DEMO_USERNAMES:
        with a_window(chromium, locale="vi-VN", reduced_motion="reduce") as context:
            page = sign_in(context, address, username)

            def look(path: str, page: Page = page, username: str = username) -> None:
                kind = kind_of(path)
                faults.extend(f"{username} {path} {fault}" for fault in faults_of(page, kind))
                seen.add(kind)

            walk(page, address, look, lambda path: kind_of(path) not in seen or kind_of(path) in FOR_EACH_ACCOUNT)
    assert not faults, "\n".join(faults)


def test_axe_finds_nothing_on_the_pages_before_signing_in(address, chromium):
    with a_window(chromium, reduced_motion="reduce") as context:
        page = context.new_page()
        for path in ("/login", "/login?as=police_officer", "/card", "/tour"):
            page.goto(address + path)
            assert faults_of(page, path) == []


@pytest.mark.parametrize("username", DEMO_USERNAMES)
def test_the_open_home_is_at_most_two_screens_of_a_phone(address, chromium, username):
    with a_window(chromium, viewport=PHONE, locale="vi-VN") as context:
        page = sign_in(context, address, username)
        assert page.evaluate("document.documentElement.scrollHeight") <= TWO_SCREENS


def test_what_a_phone_folds_stands_open_on_a_desk(address, chromium):
    with a_window(chromium, viewport=DESK, locale="vi-VN") as context:
        page = sign_in(context, address, "police_officer")
        fold = page.locator(".fold.on-desk").first
        assert fold.locator("summary").is_hidden()
        assert fold.locator("li, tr").first.is_visible()
        page.set_viewport_size(PHONE)
        assert fold.locator("summary").is_visible()
        assert fold.locator("li, tr").first.is_hidden()
        fold.locator("summary").click()
        assert fold.locator("li, tr").first.is_visible()


@pytest.mark.parametrize("menu", ["bell", "account"])
def test_the_keyboard_reaches_the_skip_link_first_and_escape_closes_a_menu(address, chromium, menu):
    closed = {"bell": ".topbar .menu:has(.ringing)", "account": ".topbar .menu:not(:has(.ringing))"}[menu]
    with a_window(chromium, viewport=PHONE, locale="vi-VN") as context:
        page = sign_in(context, address, "police_officer")
        page.goto(f"{address}/cases")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "main"
        page.locator(f"{closed} > summary").focus()
        page.keyboard.press("Enter")
        assert page.locator(f"{closed}[open]").count() == 1
        page.keyboard.press("Escape")
        assert page.locator(".topbar .menu[open]").count() == 0
        assert page.evaluate("(menu) => document.activeElement.matches(`${menu} > summary`)", closed)


def test_an_officer_records_a_self_report_without_script(address, chromium):
    with a_window(chromium, java_script_enabled=False, viewport=PHONE, locale="vi-VN") as context:
        page = sign_in(context, address, "police_officer")
        page.click('.quick a[href*="on-duty"]')
        page.click('.links a[href$="/check-in"] >> nth=0')
        page.click("main form .btn-main")
        expect(page.locator(".message-done")).to_have_count(1)
        assert re.search(r"/cases/\d+$", page.url)


def test_a_leader_reads_and_decides_without_script(address, chromium):
    with a_window(chromium, java_script_enabled=False, viewport=PHONE, locale="vi-VN") as context:
        page = sign_in(context, address, "commune_leader")
        page.click("#decide .btn-main >> nth=0")
        page.click('button.card[value="approve"]')
        page.click(".btn-main:visible")
        assert page.locator(".message-done").count() == 1
        page.goto(f"{address}/")
        assert page.locator("#decide .mark").count() <= 1


def test_a_first_visit_weighs_at_most_60_kib_in_few_requests(address, chromium):
    answers = []
    with a_window(chromium, viewport=PHONE, locale="vi-VN") as context:
        page = context.new_page()
        page.on("requestfinished", lambda request: answers.append((request.url, request.sizes()["responseBodySize"])))
        page.goto(f"{address}/login", wait_until="networkidle")
        page.fill("input[name=username]", "police_officer")
        page.fill("input[name=password]", "vach-va-moc-2024")
        page.click("main form .btn-main")
        page.wait_for_url(f"{address}/", wait_until="networkidle")
    assert sum(size for _url, size in answers) <= 60 * 1024, answers
    assert len(answers) <= 12, answers
