"""Walk the portal in a browser by its own links: one address a kind of page."""

import re
import sys
from collections import deque
from collections.abc import Callable
from urllib.parse import urljoin, urlsplit

from lxml import html
from playwright.sync_api import BrowserContext, Error, Page, Response

from portal.organisation.demo_accounts import DEMO_PASSWORD

LEFT_OUT = re.compile(r"\.(xlsx|docx|ics|pdf)$|^/(static|attachments|logout|login)")
MOST_PAGES = 80


def kind_of(path: str) -> str:
    """Pages that differ by a number, or by which figure they open, are one kind."""
    return re.sub(r"/\d+", "/N", re.sub(r"(/figures)/[^/]+", r"\1/N", path)).rstrip("/") or "/"


def sign_in(context: BrowserContext, address: str, username: str, password: str = DEMO_PASSWORD) -> Page:
    page = context.new_page()
    page.goto(f"{address}/login")
    page.fill("input[name=username]", username)
    page.fill("input[name=password]", password)
    page.click("main form .btn-main")
    page.wait_for_url(f"{address}/")
    return page


def walk(
    page: Page,
    address: str,
    look: Callable[[str], None] = lambda _path: None,
    to_see: Callable[[str], bool] = lambda _path: True,
) -> list[str]:
    """Follow links from Home, look at one page a kind, and tell which they were.

    What nobody needs *to see* is read for its links without being drawn.
    """
    found, seen, waiting = [], {"/"}, deque(["/"])
    while waiting and len(found) < MOST_PAGES:
        path = waiting.popleft()
        shown = to_see(path)
        links = (_shown if shown else _read)(page, address + path)
        if links is None:
            continue
        found.append(path)
        if shown:
            look(path)
        for link in links:
            parts = urlsplit(link)
            if parts.netloc != urlsplit(address).netloc or LEFT_OUT.search(parts.path):
                continue
            if kind_of(parts.path) not in seen:
                seen.add(kind_of(parts.path))
                waiting.append(parts.path)
    return found


def _shown(page: Page, url: str) -> list[str] | None:
    """Open a page and give where it leads; nothing where it is none."""
    answer = _opened(page, url)
    if answer is None or _refused(url, answer.status):
        return None
    links: list[str] = page.eval_on_selector_all("a[href]", "links => links.map(link => link.href)")
    return links


def _read(page: Page, url: str) -> list[str] | None:
    """Where a page leads, as its text says."""
    answer = page.request.get(url)
    if _refused(url, answer.status) or "text/html" not in answer.headers.get("content-type", ""):
        return None
    return [urljoin(answer.url, link) for link in html.fromstring(answer.text()).xpath("//a/@href")]


def _refused(url: str, status: int) -> bool:
    if status >= 400:
        sys.stderr.write(f"{url} answered {status}\n")
    return status >= 400


def _opened(page: Page, address: str) -> Response | None:
    """The answer at an address; nothing where it is a file to take along, which leads no further."""
    try:
        return page.goto(address)
    except Error as refused:
        if "Download is starting" not in refused.message:
            raise
        return None
