"""Take a picture of every page: as each demo account, on a phone and on a desk, by day and by night.

    python scripts/pictures.py [--accounts police_officer,…] [--only cases] [--out pictures]

It follows links from Home and takes one picture a kind of page and account. The folder is ignored by git.
"""

import argparse
import re
import sys
import tempfile
from collections import deque
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page

sys.path.insert(0, str(Path(__file__).parent.parent))

from portal.organisation.demo_accounts import DEMO_PASSWORD, DEMO_USERNAMES
from tests.server import browser, prepared, running

WIDTHS = {"phone": (390, 844), "desk": (1280, 900)}
SCHEMES = ("light", "dark")
LEFT_OUT = re.compile(r"\.(xlsx|docx|ics)$|^/(static|attachments|logout|login)")
MOST_PAGES = 60


def kind_of(path: str) -> str:
    """Pages that differ by a number only are one kind."""
    return re.sub(r"/\d+", "/N", path)


def pages_of(page: Page, address: str, only: str) -> list[str]:
    """Follow links from Home; one address a kind of page."""
    found, seen, waiting = [], {"/"}, deque(["/"])
    while waiting and len(found) < MOST_PAGES:
        path = waiting.popleft()
        answer = page.goto(address + path)
        if answer is None or answer.status >= 400:
            sys.stderr.write(f"{path} answered {answer.status if answer else 'nothing'}\n")
            continue
        found.append(path)
        for link in page.eval_on_selector_all("a[href]", "links => links.map(link => link.href)"):
            parts = urlsplit(link)
            if parts.netloc != urlsplit(address).netloc or LEFT_OUT.search(parts.path):
                continue
            if kind_of(parts.path) not in seen:
                seen.add(kind_of(parts.path))
                waiting.append(parts.path)
    return [path for path in found if only in path]


def sign_in(context: BrowserContext, address: str, username: str) -> Page:
    page = context.new_page()
    page.goto(f"{address}/login")
    page.fill("input[name=username]", username)
    page.fill("input[name=password]", DEMO_PASSWORD)
    page.click("main form .btn-main")
    page.wait_for_url(f"{address}/")
    return page


def take(opened: Browser, address: str, username: str, only: str, folder: Path) -> None:
    with opened.new_context(locale="vi-VN", reduced_motion="reduce") as context:  # no colour caught half way
        page = sign_in(context, address, username)
        paths = pages_of(page, address, only)
        for path in paths:
            page.goto(address + path)
            for width, (wide, high) in WIDTHS.items():
                page.set_viewport_size({"width": wide, "height": high})
                for scheme in SCHEMES:
                    page.emulate_media(color_scheme=scheme)
                    name = kind_of(path).strip("/").replace("/", "-") or "home"
                    page.screenshot(path=folder / username / f"{name}-{width}-{scheme}.png", full_page=True)
        print(f"{username}: {len(paths)} pages")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--accounts", default="", help="only these, with commas between")
    parser.add_argument("--only", default="", help="only pages whose address holds this")
    parser.add_argument("--out", type=Path, default=Path("pictures"))
    chosen = parser.parse_args()
    names = [name for name in chosen.accounts.split(",") if name] or list(DEMO_USERNAMES)
    with tempfile.TemporaryDirectory() as scratch:
        prepared(Path(scratch), "--demo")
        with running(Path(scratch)) as address, browser() as opened:
            for name in names:
                take(opened, address, name, chosen.only, chosen.out)


if __name__ == "__main__":
    main()
