"""A browser without a screen: requests on loopback, bounded in number and time, with what each took and weighed."""

import gzip
import http.client
import json
import statistics
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from bench.servers import Server

SECONDS_A_BLOCK = 4.0
HEADERS = {"Accept-Encoding": "gzip", "Sec-Fetch-Site": "same-origin", "User-Agent": "bench", "Accept-Language": "vi"}


@dataclass(frozen=True)
class Request:
    """What is asked for, and with which status it must be answered."""

    path: str
    form: dict[str, str] | None = None
    status: int = 200
    keeps_cookies: bool = True  # a sign-in that is asked for again comes from a new browser each time
    parcel: Any = None  # what a program sends, as JSON
    then: "Request | None" = None  # what follows at once, and is timed with it


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes  # as it was sent

    @property
    def content(self) -> bytes:
        return gzip.decompress(self.body) if self.headers.get("content-encoding") == "gzip" else self.body


class Browser:
    """A connection that is kept, with its cookies."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.cookies: dict[str, str] = {}
        self.form_token: dict[str, str] = {}
        self.connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=120)

    def sign_in(self, username: str, password: str) -> None:
        self.must(Request("/login", {"username": username, "password": password, **self.token("/login")}, 302))

    def token(self, path: str) -> dict[str, str]:
        """The hidden field that a form of the page carries."""
        page = self.must(Request(path)).content.decode()
        value = page.partition('name="csrf_token"')[2].partition('value="')[2].partition('"')[0]
        return {"csrf_token": value}

    def must(self, request: Request) -> Answer:
        """Ask, and insist on the status: a page of an error is quick to make."""
        answer = self._ask(request)
        if answer.status != request.status:
            told = answer.content.decode(errors="replace")[-1500:]
            raise RuntimeError(f"{self.server.name} answered {request.path} with {answer.status}:\n{told}")
        return answer

    def _ask(self, request: Request) -> Answer:
        for attempt in (1, 2):
            try:
                return self._ask_once(request)
            except (http.client.BadStatusLine, ConnectionError):  # an idle connection was closed
                self.connection.close()
                if attempt == 2:
                    raise
        raise AssertionError

    def _ask_once(self, request: Request) -> Answer:
        headers = {**HEADERS, "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        body = None
        if request.form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            body = urlencode(request.form)
        if request.parcel is not None:
            headers |= {"Content-Type": "application/json", "X-CSRFToken": self.form_token["csrf_token"]}
            body = json.dumps(request.parcel, separators=(",", ":"))
        self.connection.request("GET" if body is None else "POST", request.path, body, headers)
        got = self.connection.getresponse()
        for line in got.headers.get_all("Set-Cookie", []) if request.keeps_cookies else ():
            name, _equals, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        return Answer(got.status, {name.lower(): value for name, value in got.headers.items()}, got.read())


@dataclass
class Block:
    """Some requests of a kind, one after the other."""

    ms: list[float] = field(default_factory=list)
    cpu_ms: float = 0.0  # of the server, a request
    sent: int = 0  # bytes of the last answer as sent, raw, and zipped
    raw: int = 0
    zipped: int = 0

    @property
    def p50(self) -> float:
        return statistics.median(self.ms)


def percentile(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def measure(browser: Browser, requests: Sequence[Request]) -> Block:
    """Ask one after the other, and stop early where it takes too long."""
    block, cpu, deadline = Block(), browser.server.cpu_ns(), time.monotonic() + SECONDS_A_BLOCK
    answer = None
    for request in requests:
        started = time.perf_counter()
        answer = browser.must(request)
        while request.then is not None:
            request = request.then
            answer = browser.must(request)
        block.ms.append((time.perf_counter() - started) * 1000)
        if time.monotonic() > deadline:
            break
    block.cpu_ms = (browser.server.cpu_ns() - cpu) / 1e6 / len(block.ms)
    if answer is not None:
        block.sent, block.raw, block.zipped = len(answer.body), len(answer.content), len(gzip.compress(answer.content))
    return block


def at_once(browsers: Sequence[Browser], requests: Callable[[int], Sequence[Request]]) -> tuple[list[float], float]:
    """Several browsers at the same time: what each request took, and how many were answered a second."""
    started = time.perf_counter()
    with ThreadPoolExecutor(len(browsers)) as pool:
        blocks = list(pool.map(lambda pair: measure(pair[1], requests(pair[0])), enumerate(browsers)))
    took = [ms for block in blocks for ms in block.ms]
    return took, len(took) / (time.perf_counter() - started)
