"""Walk the portal in a browser by its own links: one address a kind of page."""

import re
import sys
from collections import deque
from collections.abc import Callable
from urllib.parse import urlsplit

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


def walk(page: Page, address: str, look: Callable[[str], None] = lambda _path: None) -> list[str]:
    """Follow links from Home, look at one page a kind, and tell which they were."""
    found, seen, waiting = [], {"/"}, deque(["/"])
    while waiting and len(found) < MOST_PAGES:
        path = waiting.popleft()
        answer = _opened(page, address + path)
        if answer is None:
            continue
        if answer.status >= 400:
            sys.stderr.write(f"{path} answered {answer.status}\n")
            continue
        found.append(path)
        links = page.eval_on_selector_all("a[href]", "links => links.map(link => link.href)")
        look(path)
        for link in links:
            parts = urlsplit(link)
            if parts.netloc != urlsplit(address).netloc or LEFT_OUT.search(parts.path):
                continue
            if kind_of(parts.path) not in seen:
                seen.add(kind_of(parts.path))
                waiting.append(parts.path)
    return found


def _opened(page: Page, address: str) -> Response | None:
    """The answer at an address; nothing where it is a file to take along, which leads no further."""
    try:
        return page.goto(address)
    except Error as refused:
        if "Download is starting" not in refused.message:
            raise
        return None
