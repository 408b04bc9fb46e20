"""Doors: the headers of every answer, the token of every unsafe request, and where a request may come from or lead."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

import gunicorn
import pytest
from flask.testing import FlaskClient

from portal.app import create_app
from portal.engine.db import db
from portal.engine.sheets import MEDIA_TYPE
from portal.organisation.models import Role
from tests.builders import PASSWORD
from tests.conftest import CHEAP
from tests.security.conftest import Stage
from tests.security.expectations import OWN_PAGES, PUBLIC_PAGES, ROLE_PAGES, arguments_of
from tests.security.test_matrix import address, addresses, ask, body_for
from tests.security.world import NEVER

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
EVERYWHERE = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
ONE_YEAR = 31_536_000  # seconds


TAKEN_ALONG = {**EVERYWHERE, "Content-Security-Policy": "sandbox"}  # a file: nothing runs in it, wherever it is opened


def wrong_headers(answer: Any) -> list[str]:
    """What an answer lacks of the headers that each must have."""
    taken_along = answer.headers.get("Content-Disposition", "").startswith("attachment")
    wanted = TAKEN_ALONG if taken_along else EVERYWHERE
    wrong = [name for name, value in wanted.items() if answer.headers.get(name) != value]
    allowed = answer.headers.get("Permissions-Policy", "")
    if {"camera=(self)", "geolocation=(self)", "microphone=()"} - set(re.split(r",\s*", allowed)):
        wrong.append("Permissions-Policy")
    return wrong


def pages(stage: Stage) -> Iterator[tuple[str, str, Any]]:
    """Each route with each of its methods at the officer's own case, as method, address and body."""
    for _endpoint, page, place, url in addresses(stage):
        if place in ("own", "colleague", "never"):
            yield from ((method, url, body_for(stage, page, place)) for method in page.methods.split())
    for endpoint, page in ROLE_PAGES.items():
        url = address(stage, endpoint, **page.arguments)
        yield from ((method, url, page.body) for method in page.methods.split())
    for endpoint, methods in (*OWN_PAGES.items(), *PUBLIC_PAGES.items()):
        if endpoint != "organisation.sign_out":
            url = address(stage, endpoint, **arguments_of(endpoint))
            yield from ((method, url, {}) for method in methods.split())


def unsafe(stage: Stage) -> list[tuple[str, Any]]:
    return [(url, body) for method, url, body in pages(stage) if method == "POST"]


# ── headers ─────────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("who", ["chief", "officer", "nobody"])
def test_every_answer_of_every_route_carries_the_headers_and_is_kept_nowhere(stage, who):
    browsers = {"chief": stage.browser(Role.POLICE_CHIEF), "officer": stage.browser(Role.POLICE_OFFICER)}
    browser, wrong, told = browsers.get(who) or stage.app.test_client(), [], set()
    for method, url, body in pages(stage):
        answer = ask(browser, method, url, body)
        told.add(answer.status_code)
        lacks = wrong_headers(answer) + ([] if answer.headers["Cache-Control"] == "no-store" else ["Cache-Control"])
        wrong += [f"{method} {url}: {answer.status_code} lacks {name}" for name in lacks]
    assert wrong == []
    assert told >= ({302, 200} if who == "nobody" else {200, 302, 404, 422})


def test_errors_redirects_downloads_and_static_files_carry_them_too(stage, monkeypatch):
    chief, own = stage.browser(Role.POLICE_CHIEF), stage.world.places["own"]
    body = dict(ROLE_PAGES["cases.export"].body)
    found = {
        "404": chief.get("/no-such-page"), "405": chief.delete("/cases/"), "413": _too_large(chief),
        "400": chief.get("/cases/", headers={"Host": "elsewhere.example"}),
        "301": chief.get("/cases"), "xlsx": chief.post("/cases/export", data=body),
        "file": chief.get(f"/attachments/{own.ids['attachment']}"),
        "docx": chief.get(f"/proposals/{own.ids['laid']}/paper.docx"),
        "static": chief.get("/static/portal.js"), "hashed": chief.get(_hashed(chief)),
    }  # fmt: skip
    assert {name: answer.status_code for name, answer in found.items() if name.isdigit()} == {
        name: int(name) for name in found if name.isdigit()
    } | {"301": found["301"].status_code}
    assert found["xlsx"].mimetype == MEDIA_TYPE
    assert found["file"].data.startswith(b"%PDF")
    for name in ("xlsx", "file", "docx"):
        assert found[name].headers["Content-Disposition"].startswith("attachment")
    assert {name: wrong_headers(answer) for name, answer in found.items() if wrong_headers(answer)} == {}


def _too_large(browser: FlaskClient) -> Any:
    return browser.post("/login", data={"username": "x" * (22 * 2**20)})


def _hashed(browser: FlaskClient) -> str:
    return re.search(r'href="(/static/portal\.[0-9a-f]{12}\.css)"', browser.get("/login").text)[1]


def test_only_static_files_may_be_kept_by_a_browser(stage):
    chief = stage.browser(Role.POLICE_CHIEF)
    assert "immutable" in chief.get(_hashed(chief)).headers["Cache-Control"]
    assert chief.get("/health").headers["Cache-Control"] == "no-store"


def test_an_error_of_ours_carries_the_headers_and_tells_nothing(stage, monkeypatch):
    def broken(*_anything: Any) -> None:
        raise ZeroDivisionError("a secret of the code")

    monkeypatch.setattr("portal.cases.views.files.case_page", broken)
    case = stage.world.places["own"].ids["case"]
    answer = stage.browser(Role.POLICE_CHIEF).get(f"/cases/{case}")
    assert (answer.status_code, wrong_headers(answer)) == (500, [])
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text


def test_no_answer_names_a_version_of_the_server(stage):
    assert not re.search(r"\d", gunicorn.SERVER)
    assert "X-Powered-By" not in stage.browser(Role.POLICE_CHIEF).get("/").headers


# ── behind https ────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.fixture
def https(stage: Stage) -> Iterator[FlaskClient]:
    """The same portal as a server behind https would run it, on the same data."""
    app = create_app(instance=stage.instance, TESTING=True, HTTPS=True, WTF_CSRF_ENABLED=False, PASSWORD_COST=CHEAP)
    yield app.test_client()
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def test_behind_https_the_browser_is_told_to_stay_there_for_a_year(https):
    for url in ("/login", "/no-such-page", "/static/portal.js"):
        answer = https.get(url, base_url="https://localhost")
        assert int(re.search(r"max-age=(\d+)", answer.headers["Strict-Transport-Security"])[1]) >= ONE_YEAR
        assert wrong_headers(answer) == []
    assert https.get("/login", base_url="http://localhost").headers["Location"].startswith("https://")


def test_behind_https_the_cookie_is_the_hosts_own_and_goes_with_the_browser(https):
    data = {"username": "by.officer", "password": PASSWORD}
    answer = https.post("/login", data=data, base_url="https://localhost")
    cookies = {one.split("=")[0]: one for one in answer.headers.getlist("Set-Cookie")}
    session = cookies["__Host-portal"]
    for word in ("; Secure", "; HttpOnly", "; Path=/", "; SameSite=Lax"):
        assert word in session
    assert not re.search(r"Domain|Expires|Max-Age", session)
    assert all("; Secure" in one and "; HttpOnly" in one for one in cookies.values())


# ── tokens and origins ──────────────────────────────────────────────────────────────────────────────────────────────
@pytest.fixture
def guarded(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> Stage:
    """The portal as it runs: with its tokens, which other tests do without."""
    monkeypatch.setitem(stage.app.config, "WTF_CSRF_ENABLED", True)
    return stage


def token(browser: FlaskClient) -> str:
    return re.search(r'name="csrf_token" [^>]*value="([^"]+)"', browser.get("/account/password").text)[1]


BAD_TOKENS = {"none": lambda _stage: {}, "wrong": lambda _stage: {"csrf_token": "IjEi.aaaa.bbbb"}, "another's": (
    lambda stage: {"csrf_token": token(stage.browser(Role.POLICE_OFFICER))})}  # fmt: skip


@pytest.mark.parametrize("kind", BAD_TOKENS)
def test_every_unsafe_request_without_the_sessions_own_token_is_refused(guarded, kind):
    chief, bad, before = guarded.browser(Role.POLICE_CHIEF), BAD_TOKENS[kind](guarded), guarded.contents()
    found = {url: chief.post(url, data={**body, **bad}).status_code for url, body in unsafe(guarded)}
    assert set(found.values()) == {400}, found
    assert guarded.contents() == before


ELSEWHERE = (
    {"Origin": "https://evil.example"}, {"Origin": "null"}, {"Origin": "http://localhost.evil.example"},
    {"Origin": "http://localhost:9999"}, {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"},
)  # fmt: skip


@pytest.mark.parametrize("headers", ELSEWHERE, ids=str)
def test_every_unsafe_request_from_elsewhere_is_refused_even_with_the_token(guarded, headers):
    chief, before = guarded.browser(Role.POLICE_CHIEF), guarded.contents()
    mine = {"csrf_token": token(chief)}
    found = {url: chief.post(url, data={**body, **mine}, headers=headers).status_code for url, body in unsafe(guarded)}
    assert set(found.values()) == {400}, found
    assert guarded.contents() == before


def test_a_form_of_our_own_pages_is_accepted(guarded):
    chief, case = guarded.browser(Role.POLICE_CHIEF), guarded.world.places["own"].ids["case"]
    body = {"kind": "visit", "happened_on": "20/11/2026", "note": "Gặp ở nhà", "csrf_token": token(chief)}
    from_here = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}
    assert chief.post(f"/cases/{case}/contact", data=body, headers=from_here).status_code == 302


def test_the_session_is_asked_for_before_the_token_and_the_token_before_the_record(guarded):
    nobody, chief = guarded.app.test_client(), guarded.browser(Role.POLICE_CHIEF)
    foreign = guarded.world.places["foreign"].ids["case"]
    for number in (foreign, NEVER):
        assert nobody.post(f"/cases/{number}/contact").headers["Location"].startswith("/login")
        assert chief.post(f"/cases/{number}/contact").status_code == 400
        assert chief.post(f"/cases/{number}/contact", data={"csrf_token": token(chief)}).status_code == 404


# ── where a request may lead, and which hosts are ours ──────────────────────────────────────────────────────────────
OUT = (
    "//evil.example", "/\\evil.example", "\\\\evil.example", "https:evil.example", "https://evil.example",
    "http:///evil.example", "///evil.example", "/\t/evil.example", "\t//evil.example", "/\n/evil.example",
    "/\r\\evil.example", " //evil.example", "javascript:alert(1)", "data:text/html,x", "%2f%2fevil.example",
    "/%09/evil.example", "//evil.example@localhost/", "http://localhost@evil.example/", "\x00//evil.example",
)  # fmt: skip


def leads_out(location: str) -> bool:
    """As a browser reads it: tabs and line ends are dropped, a backslash is a slash."""
    read = re.sub(r"[\t\r\n]", "", location).strip().lstrip("\x00").replace("\\", "/")
    return not read.startswith("/") or read.startswith("//")


@pytest.mark.parametrize("wanted", OUT)
def test_no_address_to_go_on_to_leads_out_of_the_portal(stage, wanted):
    nobody = stage.app.test_client()
    data = {"username": "by.officer", "password": PASSWORD, "next": wanted}
    for answer in (nobody.post("/login", data=data), nobody.post("/language", data={"locale": "en", "next": wanted})):
        assert answer.status_code == 302
        assert not leads_out(answer.headers["Location"])
        assert not leads_out(unquote(answer.headers["Location"])) or "%" in wanted


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "127.0.0.2"])
def test_a_host_that_is_not_ours_gets_nothing(stage, host):
    answer = stage.browser(Role.POLICE_CHIEF).get("/cases/", headers={"Host": host})
    assert answer.status_code == 400
    assert host not in answer.text
    assert stage.world.seen_in(answer.text) == set()


def test_forwarded_headers_are_believed_from_no_one_unless_a_proxy_is_configured(stage):
    lie = {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.9"}
    answer = stage.app.test_client().get("/cases/", headers=lie)
    assert answer.headers["Location"] == "/login?next=/cases/"
    assert "evil" not in stage.app.test_client().get("/login", headers=lie).text


# ── the checks find what they are there to find ─────────────────────────────────────────────────────────────────────
def test_an_answer_without_a_header_is_found(stage):
    answer = stage.browser(Role.POLICE_CHIEF).get("/cases/")
    assert wrong_headers(answer) == []
    del answer.headers["Content-Security-Policy"]
    answer.headers["Referrer-Policy"] = "unsafe-url"
    assert wrong_headers(answer) == ["Content-Security-Policy", "Referrer-Policy"]


def test_a_route_that_is_exempt_from_tokens_is_found(guarded, monkeypatch):
    from portal.app import csrf

    view = guarded.app.view_functions["cases.contact"]
    monkeypatch.setattr(csrf, "_exempt_views", {f"{view.__module__}.{view.__name__}"})
    case = guarded.world.places["own"].ids["case"]
    assert guarded.browser(Role.POLICE_CHIEF).post(f"/cases/{case}/contact", data={}).status_code != 400
