"""Which pages are measured, as whom, with which addresses."""

import sqlite3
import uuid
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bench.load import Browser, Request
from bench.organisation import PASSWORD
from bench.servers import Server
from bench.village import HEAD, TAG

__all__ = ["CHIEF", "PASSWORD", "Scenario", "for_memory", "of"]

CHIEF, OFFICER = "by.chief", "by.officer1"
WORDS = ("dang", "nguyen van", "thi kim", "huan", "tran duc s")
MOST_SIGN_INS, MOST_REPORTS = 3, 4
MOST_OF_FIFTY, PIECE, MANY = 3, 50, 100  # parcels a round; items of a small one, and of one of three


@dataclass(frozen=True)
class Visit:
    """Somebody on a server, and what they ask for."""

    server: Server
    username: str
    ask: Callable[[Browser, int], Request]

    def browser(self) -> Browser:
        browser = Browser(self.server)
        if self.username:
            browser.sign_in(self.username, PASSWORD)
        return browser

    def requests(self, browser: Browser, first: int, count: int) -> Sequence[Request]:
        return [self.ask(browser, first + number) for number in range(count)]


@dataclass(frozen=True)
class Scenario:
    """A page: who asks, and the request with a number. *most*: requests a round, where each costs much."""

    name: str
    username: str
    ask: Callable[[Browser, int], Request]
    most: int = 1000
    beside: str = "floor"  # the bare server that does the same

    def visit(self, server: Server) -> Visit:
        return Visit(server, self.username, self.ask)

    def count(self, wanted: int) -> int:
        return min(wanted, self.most)


def of(database: Path) -> list[Scenario]:
    with closing(sqlite3.connect(database)) as rows:
        some = [one[0] for one in rows.execute(SOME_CASES)]
        long_ones = [one[0] for one in rows.execute(LONG_CASES)]
        late = [one[0] for one in rows.execute(REPORT_MISSING, (_this_month(),))]
        goals, doors = ([one[0] for one in rows.execute(asked)] for asked in (GOALS, DOORS))
        village = rows.execute("SELECT min(id) FROM unit WHERE kind = 'village'").fetchone()[0]
    return [
        Scenario("sign-in page", "", _get(lambda _n: "/login")),
        Scenario("sign-in", "", _signs_in, MOST_SIGN_INS),
        Scenario("Home", OFFICER, _get(lambda _n: "/")),
        Scenario("list", CHIEF, _get(lambda n: f"/cases/?page={n % 5 + 1}")),
        Scenario("list filtered", CHIEF, _get(lambda _n: f"/cases/?show=suspended_sentence&village={village}")),
        Scenario("list searched", CHIEF, _get(lambda n: "/cases/?q=" + WORDS[n % len(WORDS)].replace(" ", "+"))),
        Scenario("list by name", CHIEF, _get(lambda n: f"/cases/?sort=name&page={n % 5 + 1}")),
        Scenario("list of an officer", OFFICER, _get(lambda n: f"/cases/?page={n % 3 + 1}")),
        Scenario("case with its event", CHIEF, _get(lambda n: f"/cases/{some[n % len(some)]}")),
        Scenario("case with five years", CHIEF, _get(lambda n: f"/cases/{long_ones[n % len(long_ones)]}")),
        Scenario("monthly round", CHIEF, _get(lambda _n: "/cases/round")),
        Scenario("self-report", CHIEF, lambda browser, n: _reports(browser, late[n]), MOST_REPORTS),
        Scenario("50 doors of a phone", HEAD, _sends(goals[::3], doors, PIECE), MOST_OF_FIFTY, "bare Flask"),
        Scenario(
            "300 doors in 3 sends",
            HEAD,
            _sends(goals[1::3] + goals[2::3], doors, MANY, len(doors) // MANY),
            1,
            "bare Flask",
        ),
    ]


SOME_CASES = """SELECT id FROM "case" WHERE commune_id = 1 AND state = 'open' AND received_on >= date('now', '-4 years')
    ORDER BY id * 7919 % 1009 LIMIT 60"""
LONG_CASES = (
    """SELECT id FROM "case" WHERE commune_id = 1 AND state = 'open' AND received_on < date('now', '-4 years')"""
)
REPORT_MISSING = """SELECT c.id FROM "case" c JOIN duty d ON d.case_id = c.id WHERE c.commune_id = 1 AND c.state = 'open'
    AND d.rule = 'COM-SELF-REPORT' AND d.key = ? AND d.done_on IS NULL AND strftime('%Y-%m', c.received_on) < d.key
    ORDER BY c.id * 7919 % 1009 LIMIT 200"""


GOALS = "SELECT id FROM campaign_goal WHERE village_id = (SELECT village_id FROM household LIMIT 1) ORDER BY id"
DOORS = "SELECT id FROM household ORDER BY walk"


def for_memory() -> list[Request]:
    return [Request("/cases/"), Request("/cases/?q=dang"), *(Request(f"/cases/{case}") for case in (1, 3, 5, 7))]


def _get(path: Callable[[int], str]) -> Callable[[Browser, int], Request]:
    return lambda _browser, number: Request(path(number))


def _signs_in(browser: Browser, _number: int) -> Request:
    form = {"username": CHIEF, "password": PASSWORD, **_token(browser, "/login")}
    return Request("/login", form, 302, keeps_cookies=False)


def _reports(browser: Browser, case: int) -> Request:
    """A self-report of this month, handed in today."""
    today = datetime.now(ZoneInfo("Asia/Ho_Chi_Minh")).date()
    token = _token(browser, "/account" if browser.server.name == "portal" else "/")
    form = {"month": f"{_this_month()}-01", "received_on": f"{today:%d/%m/%Y}", "channel": "in_person", "note": "Đủ"}
    return Request(f"/cases/{case}/check-in", {**form, **token}, 302)


def _sends(
    goals: Sequence[int], doors: Sequence[int], piece: int, pieces: int = 1
) -> Callable[[Browser, int], Request]:
    """Doors that were ticked without signal, each of them once in a campaign."""
    whole = piece * pieces

    def ask(browser: Browser, number: int) -> Request:
        _token(browser, "/account" if browser.server.name == "portal" else "/offline/hello")
        goal, place = divmod(number * whole, len(doors))
        last, *others = reversed([doors[first : first + piece] for first in range(place, place + whole, piece)])
        request = _send(goals[goal], last)
        for some in others:
            request = replace(_send(goals[goal], some), then=request)
        return request

    return ask


def _send(goal: int, doors: Sequence[int]) -> Request:
    items = [_door(goal, door) for door in doors]
    parcel = {"phone": TAG, "clock": datetime.now(UTC).isoformat(), "waiting": 0, "items": items}
    return Request("/offline/send", parcel=parcel)


def _door(goal: int, door: int) -> dict[str, Any]:
    today = datetime.now(ZoneInfo("Asia/Ho_Chi_Minh")).date()
    typed = [["version", "1"], ["household", str(door)], ["signed_on", f"{today:%d/%m/%Y}"], ["result", "signed"]]
    return {
        "id": str(uuid.uuid4()), "form": "households.door", "about": goal, "acting": "village_head:",
        "written": datetime.now(UTC).isoformat(), "typed": typed,
    }  # fmt: skip


def _token(browser: Browser, path: str) -> dict[str, str]:
    """The hidden field of a form; it lasts as long as the session."""
    if not browser.form_token:
        browser.form_token = browser.token(path)
    return browser.form_token


def _this_month() -> str:
    return datetime.now(ZoneInfo("Asia/Ho_Chi_Minh")).date().strftime("%Y-%m")
