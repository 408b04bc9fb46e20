"""Take a picture of every page: as each demo account, on a phone and on a desk, by day and by night.

    python scripts/pictures.py [--accounts police_officer,…] [--only cases] [--out pictures]

It follows links from Home and takes one picture a kind of page and account. The folder is ignored by git.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser

sys.path.insert(0, str(Path(__file__).parent.parent))

from portal.organisation.demo_accounts import DEMO_USERNAMES
from tests.server import browser, prepared, running
from tests.walker import kind_of, sign_in, walk

WIDTHS = {"phone": (390, 844), "desk": (1280, 900)}
SCHEMES = ("light", "dark")


def take(opened: Browser, address: str, username: str, only: str, folder: Path) -> None:
    with opened.new_context(locale="vi-VN", reduced_motion="reduce") as context:  # no colour caught half way
        page = sign_in(context, address, username)
        paths = [path for path in walk(page, address) if only in path]
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
