"""What three hundred confirmations weigh on a slow line, and that what is sent short means the same as in full."""

import gzip
import json
import uuid
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import html

import portal
from portal.engine import clock
from portal.engine.db import db
from portal.households.models import Pledge
from portal.offline.models import Receipt
from portal.offline.short import spelled_out
from tests.households.doors import a_campaign, goal, some_households
from tests.offline.phones import Phone, an_item

A_SEND, DOORS = 50, 300  # as the app sends them

# What Chrome on Android says with a request of the app, over HTTP/1.1 where nothing packs heads; and what nginx adds.
TOLD_WITH_A_REQUEST = """Host: cong-an.bo-y.quang-ngai.vn\r
Connection: keep-alive\r
Content-Length: 12345\r
sec-ch-ua-platform: "Android"\r
X-CSRFToken: IjQ3ZDRhYzE1ZTBkNjE4ZjY1ZmI2ZDU4ZjkyYjQ1ZjE2NmI2OGEzNDYi.aSb3Rg.zsN8dZ2kHk3Gx2pWjD8kQZ7x3aM\r
sec-ch-ua: "Chromium";v="142", "Google Chrome";v="142", "Not_A Brand";v="99"\r
sec-ch-ua-mobile: ?1\r
User-Agent: Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36\r
Content-Type: application/json\r
Accept: */*\r
Origin: https://cong-an.bo-y.quang-ngai.vn\r
Sec-Fetch-Site: same-origin\r
Sec-Fetch-Mode: cors\r
Sec-Fetch-Dest: empty\r
Referer: https://cong-an.bo-y.quang-ngai.vn/offline/vi\r
Accept-Encoding: gzip, deflate, br, zstd\r
Accept-Language: vi-VN,vi;q=0.9,en-US;q=0.6,en;q=0.5\r
\r
"""  # noqa: E501 - as it goes over the line
TOLD_WITH_AN_ANSWER = (
    "HTTP/1.1 200 OK\r\nServer: nginx\r\nDate: Mon, 23 Nov 2026 01:00:00 GMT\r\nConnection: keep-alive\r\n"
)


class Line:
    """Counts every byte between phone and portal, both ways and with heads."""

    def __init__(self, browser):
        self.browser, self.bytes = browser, 0

    def ask(self, method, path, body=""):
        headers = {"Accept-Encoding": "gzip, deflate, br, zstd", "Sec-Fetch-Site": "same-origin"}
        kind = {"Content-Type": "application/json"} if body else {}
        answer = self.browser.open(path, method=method, data=body, headers=headers | kind)
        assert answer.status_code == 200, answer.text
        cookies = "; ".join(f"{one.key}={one.value}" for one in self.browser._cookies.values())
        self.bytes += len(f"{method} {path} HTTP/1.1\r\nCookie: {cookies}\r\n{TOLD_WITH_A_REQUEST}") + len(body)
        self.bytes += len(TOLD_WITH_AN_ANSWER) + len(str(answer.headers)) + len(answer.data)
        return answer


def written(phone):
    """Every door of the day ticked at once, as the app keeps them."""
    day = phone.day()
    (sheet,) = [one for one in day["sheets"] if one["form"] == "households.door"]
    common = dict(html.fromstring(f"<form>{sheet['html']}</form>").form_values())
    return [
        an_item("households.door", row["about"], day["acting"], **(common | row["values"])) for row in sheet["rows"]
    ]


def short(items):
    """As short.js does it."""
    found = items[:1]
    for before, one in pairwise(items):
        found.append({"id": one["id"], "but": [pair for pair in one["typed"] if pair not in before["typed"]]})
    return found


@pytest.mark.both_engines
def test_a_whole_contact_of_three_hundred_confirmations_is_less_than_a_hundred_kilobytes(commune, browse_as):
    some_households(commune, DOORS)
    a_campaign(commune)
    phone = Phone(browse_as(commune.village_head))
    items, line = written(phone), Line(phone.browser)
    assert len(items) == DOORS
    line.ask("GET", "/offline/hello")
    for first in range(0, DOORS, A_SEND):
        piece = {
            "phone": phone.tag, "clock": clock.now().isoformat(), "waiting": DOORS - first - A_SEND,
            "items": short(items[first : first + A_SEND]), "held": [], "receipts": [],
        }  # fmt: skip
        said = line.ask("POST", "/offline/send", json.dumps(piece, separators=(",", ":")))
        assert [one["state"] for one in json.loads(gzip.decompress(said.data))["answers"]] == ["received"] * A_SEND
    line.ask("GET", "/offline/day")
    assert db.session.scalar(db.select(db.func.count()).select_from(Pledge)) == DOORS
    assert line.bytes < 60_000, line.bytes


def test_an_item_that_was_sent_short_is_the_same_as_in_full(commune, browse_as):
    doors, at = some_households(commune, 3), goal(commune, a_campaign(commune)).id
    phone, said = Phone(browse_as(commune.village_head)), {"signed_on": "23/11/2026", "result": "signed"}
    items = [an_item("households.door", at, "village_head:", household=one.id, **said) for one in doors]
    items = [{**one, "written": items[0]["written"]} for one in items]
    first = phone.answers(*short(items))
    assert [one["number"] for one in phone.answers(*items)] == [one["number"] for one in first] == [1, 2, 3]
    assert len(db.session.scalars(db.select(Receipt)).all()) == 3


PAIRS = [["household", "1"], ["result", "signed"]]
FULL = {"id": "a", "form": "households.door", "about": 3, "typed": PAIRS}


@pytest.mark.parametrize("sent", [
    [{"id": "b", "but": []}], [None, {"id": "b", "but": []}], [{"id": "a"}, {"id": "b", "but": []}],
    [FULL, {"id": "b", "but": [["another", "1"]]}], [FULL, {"id": "b", "but": "household"}],
    [FULL, {"id": "b", "but": [[1, 2]]}],
    [{**FULL, "typed": [["text", "x" * 3000]]}, {"id": "b", "but": []}],
    [{**FULL, "typed": [["text", "x"]] * 41}, {"id": "b", "but": []}], [{**FULL, "typed": 7}, {"id": "b", "but": []}],
    [{**FULL, "typed": [[[], "x"]]}, {"id": "b", "but": [["text", None]]}],
])  # fmt: skip
def test_what_follows_nothing_is_damaged_and_spells_nothing_out(sent):
    assert list(spelled_out(sent))[-1] == sent[-1]


def test_the_app_sends_short_what_the_portal_spells_out_to_the_same(chromium):
    source = (Path(portal.__file__).parent / "static/offline/short.js").read_text("utf-8")
    door = {"form": "households.door", "about": 3, "acting": "village_head:", "written": "2026-11-23T08:00:00+07:00"}

    def one(said, **other):
        return {"id": str(uuid.uuid4()), **door, "typed": [*map(list, said.items())], **other}

    items = [
        *(one({"household": str(number), "result": "signed"}) for number in range(3)), one({"household": "3"}),
        one({"household": "4"}, about=4), one({"household": "4"}, about=4, written="2026-11-23T08:01:00+07:00"),
        one({"household": "5"}, form="households.other"), one({"text": "dài " * 400}), one({"text": "dài " * 400}),
        one({}, typed=[["a", "1"], ["a", "2"]]), one({}, typed=[["a", "1"], ["a", "3"]]), one({}), one({}),
    ]  # fmt: skip
    page = chromium.new_page()
    packed = page.evaluate(
        "async ([source, items]) => (await import('data:text/javascript,' + encodeURIComponent(source))).short(items)",
        [source, items],
    )
    page.close()
    assert list(spelled_out(packed)) == items
    assert [one.keys() == {"id", "but"} for one in packed] == [number in (1, 2, 12) for number in range(13)]
