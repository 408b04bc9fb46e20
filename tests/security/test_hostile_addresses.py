"""Odd addresses, methods, bodies and headers: refused with a page that helps, never an error of ours."""

import io
from collections.abc import Iterator
from itertools import product
from typing import Any
from urllib.parse import quote

import pytest
from werkzeug.exceptions import NotFound
from werkzeug.test import EnvironBuilder

from tests.builders import PASSWORD
from tests.security.hostile import SOME

BAD_IDS = (
    "0", "-1", str(2**31), str(2**63), "9" * 400, "9" * 3000, "1.5", "٣", "¹", "1%00", "%00", "1%2F..%2F2", "%FF",
    "%ED%A0%80", "' OR 1=1", "+1", "1_0",
)  # fmt: skip
LISTS = {
    "/cases/": ("q", "show", "sort", "page", "village", "officer"),
    "/cases/export": ("q", "show"),
    "/cases/on-duty": ("q", "page"),
    "/cases/regularity": ("month", "show"),
    "/cases/1": ("story",),
    "/cases/1/lookers": ("page",),
    "/proposals/": ("q", "show", "page"),
    "/audit/": ("who", "action", "kind", "number", "from", "before"),
    "/reports/figures": ("from", "to"),
    "/login": ("as", "next"),
    "/drug-reviews/new": ("person",),
    "/drug-tests/new": ("person",),
    "/drug-fines/new": ("person", "test"),
    "/drug-tests/grid": ("rows",),
    "/meetings/new": ("series", "day"),
    "/observations/new": ("patrol",),
    "/pledges/breached": ("incident", "on"),
}
BAD_QUERIES = (
    "%00", "%FF", "%ED%A0%80", "%", "%zz", "%25", "-5", "9" * 30, "9" * 3000, "x" * 60_000, "%F0%9F%92%A9" * 500,
    "a%CC%81" * 2000, "' OR 1=1 --", "%3Cscript%3Ehostile",
)  # fmt: skip


@pytest.fixture
def somebody(app: Any, lived_in: None, commune: Any, browse_as: Any) -> dict[str, Any]:
    names = ("officer", "chief", "inspector", "administrator")
    return {**{name: browse_as(getattr(commune, name)) for name in names}, "nobody": app.test_client()}


def rules_with_an_id(app: Any) -> Iterator[Any]:
    return (rule for rule in app.url_map.iter_rules() if rule.arguments and rule.endpoint != "static")


def method_of(rule: Any) -> str:
    return "GET" if "GET" in rule.methods else "POST"


def address_of(rule: Any, value: str) -> str:
    """The address of a rule with the value in its first place, and something that fits in the others."""
    filled, first = "", True
    for part in rule.rule.replace(">", "<").split("<"):
        if ":" in part or part in rule.arguments:
            choices = part.split("(")[1].split(")")[0].split(",")[0].strip() if "(" in part else "3"
            filled, first = filled + (value if first and "any" not in part else choices), False
        else:
            filled += part
    return filled


def is_anywhere(app: Any, address: str, method: str) -> bool:
    """Whether the address leads to any page. Wherever it leads nowhere, one and the same answer is given."""
    try:
        app.url_map.bind_to_environ(EnvironBuilder(address, method=method).get_environ()).match()
    except NotFound:
        return False
    return True


def test_an_address_with_an_id_that_cannot_be_is_not_found(app, somebody):
    found, nowhere = {}, set()
    for rule, value in product([one for one in rules_with_an_id(app) if "<int:" in one.rule], BAD_IDS):
        if value == "0" and "<int:village>" in rule.rule:
            continue  # of whoever lives in no village
        address, method = address_of(rule, value), method_of(rule)
        if not is_anywhere(app, address, method):
            if value in nowhere:
                continue  # was asked for once
            nowhere.add(value)
        answer = somebody["chief"].open(address, method=method)
        if answer.status_code != 404:
            found[rule.rule, value[:20]] = answer.status_code
    assert not found


def test_no_name_in_an_address_breaks_it(app, somebody):
    found = {
        (rule.rule, value.text[:20]): answer.status_code
        for rule in rules_with_an_id(app) if "<int:" not in rule.rule for value in SOME
        if (answer := somebody["chief"].get(address_of(rule, quote(value.text, safe="")))).status_code >= 500
    }  # fmt: skip
    assert not found


def test_no_filter_in_an_address_breaks_a_page(somebody):
    broken = {}
    for address, names in LISTS.items():
        who = somebody["inspector" if address.startswith("/audit") else "chief"]
        for name, value in product(names, BAD_QUERIES):
            answer = who.get(f"{address}?{name}={value}")
            if answer.status_code >= 500 or "<script>hostile" in answer.text:
                broken[address, name, value[:30]] = answer.status_code
    assert not broken


def test_a_mistyped_filter_shows_no_page_rather_than_everything(somebody):
    assert {
        address: somebody["chief"].get(address).status_code
        for address in ("/cases/?show=zzz", "/cases/?sort=zzz", "/cases/?village=999", "/cases/?officer=x",
                        "/proposals/?show=zzz", "/proposals/?sort=%00")
    } == dict.fromkeys(("/cases/?show=zzz", "/cases/?sort=zzz", "/cases/?village=999", "/cases/?officer=x",
                        "/proposals/?show=zzz", "/proposals/?sort=%00"), 404)  # fmt: skip


def test_a_page_beyond_the_last_is_the_last_and_one_before_the_first_the_first(somebody):
    for page in ("0", "-5", "99", "9" * 30, "9" * 3000, "x", "", "1.5", "%00"):
        answer = somebody["chief"].get(f"/cases/?page={page}")
        assert answer.status_code == 200
        assert "Phạm Thị Mẫu" in answer.text


def test_a_search_takes_no_letter_as_a_pattern(somebody):
    for words in ("%", "_", "\\", "%%%%", "a%b", "[a-z]"):
        assert "Phạm Thị Mẫu" not in somebody["chief"].get("/cases/", query_string={"q": words}).text, words
    assert "Phạm Thị Mẫu" in somebody["chief"].get("/cases/", query_string={"q": "pham thi"}).text


def test_an_odd_method_is_refused(somebody):
    for method, address in product(("PUT", "DELETE", "TRACE", "HOSTILE"), ("/", "/cases/1", "/login", "/health")):
        answer = somebody["chief"].open(address, method=method)
        assert answer.status_code == 405
        assert "GET" in answer.headers["Allow"]


def test_every_page_answers_a_question_for_its_head_as_one_for_itself(somebody):
    for address in ("/", "/cases/", "/cases/1", "/cases/999", "/login", "/audit/", "/health", "/nowhere"):
        assert somebody["chief"].head(address).status_code == somebody["chief"].get(address).status_code
        assert not somebody["chief"].head(address).data


PART = b'--a\r\nContent-Disposition: form-data; name="x"\r\n\r\n1\r\n'
BODIES = {
    "json": (b'{"username": ["x"], "password": {"a": 1}}', "application/json"),
    "deep json": (b'{"a":' * 20_000 + b"1" + b"}" * 20_000, "application/json"),
    "xml": (b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', "text/xml"),
    "no type": (b"username=x&password=y", ""),
    "odd type": (b"username=x", "hostile/\xff; charset=\x00"),
    "odd charset": (b"username=x&password=y", "application/x-www-form-urlencoded; charset=utf-7"),
    "no boundary": (b"hostile", "multipart/form-data"),
    "broken boundary": (b"--a\r\nhostile", "multipart/form-data; boundary=a"),
    "long boundary": (b"--a\r\n", "multipart/form-data; boundary=" + "a" * 5000),
    "no end": (b'--a\r\nContent-Disposition: form-data; name="username"\r\n\r\nx', "multipart/form-data; boundary=a"),
    "a file for a text": (
        b'--a\r\nContent-Disposition: form-data; name="username"; filename="x"\r\n\r\nx\r\n--a--\r\n',
        "multipart/form-data; boundary=a",
    ),
    "not UTF-8": (b"username=%FF%FE&password=%ED%A0%80", "application/x-www-form-urlencoded"),
    "raw bytes": (b"username=\xff\xfe&password=\x00", "application/x-www-form-urlencoded"),
    "deep names": (b"a" + b"[b]" * 20_000 + b"=1", "application/x-www-form-urlencoded"),
    "1,001 fields": (b"&".join(b"a%d=1" % number for number in range(1001)), "application/x-www-form-urlencoded"),
    "1,001 parts": (PART * 1001 + b"--a--", "multipart/form-data; boundary=a"),
    "10 MB": (b"username=" + b"x" * 10 * 2**20, "application/x-www-form-urlencoded"),
    "30 MB": (b"x" * 30 * 2**20, "application/x-www-form-urlencoded"),
}  # fmt: skip


TOO_MUCH = {"1,001 parts": 413, "1,001 fields": 413, "10 MB": 413, "30 MB": 413, "not UTF-8": 400, "raw bytes": 400}


@pytest.mark.parametrize(("who", "address"), [("nobody", "/login"), ("chief", "/cases/1/contact")])
def test_a_body_that_is_no_form_is_refused_as_what_it_is(somebody, who, address):
    for name, (body, kind) in BODIES.items():
        answer = somebody[who].open(
            address, method="POST", input_stream=io.BytesIO(body), content_length=len(body), content_type=kind
        )
        assert answer.status_code in ((TOO_MUCH[name],) if name in TOO_MUCH else (400, 415, 422)), name
        assert "<h1" in answer.text, name
        assert "Traceback" not in answer.text


HEADERS = (
    ("Host", "evil.example"), ("Host", ""), ("Host", "a\tb"),
    ("Accept-Language", "x" * 10_000), ("Accept-Language", "vi;q=NaN, ;;;=,"), ("Cookie", "portal=hostile"),
    ("Cookie", "portal=\x00\xff; portal=;;;=="), ("Cookie", "portal-browser=" + "x" * 10_000),
    ("X-Forwarded-For", "1.2.3.4, ' OR 1=1"), ("X-Forwarded-Host", "evil.example"), ("X-Forwarded-Proto", "gopher"),
    ("User-Agent", "a\x00b\xff" * 1000), ("Referer", "http://["), ("Origin", "null"), ("Range", "bytes=-1,5-2,x"),
    ("If-Modified-Since", "31/02/2026"), ("If-None-Match", '"' * 1000), ("Content-Length", "-1"),
    ("Content-Length", "zzz"), ("Transfer-Encoding", "hostile"), ("X-HTTP-Method-Override", "DELETE"),
)  # fmt: skip


def test_no_header_breaks_a_page(somebody):
    for (name, value), (who, address) in product(HEADERS, (("nobody", "/login"), ("chief", "/nowhere"))):
        environ = EnvironBuilder(address).get_environ()
        key = name.upper().replace("-", "_")
        environ[key if key.startswith("CONTENT_") else f"HTTP_{key}"] = value
        answer = somebody[who].open(environ)
        assert answer.status_code < 500, (name, value, who, address)
        assert "evil.example" not in answer.text
        assert "evil.example" not in str(answer.headers)


ELSEWHERE = (
    "//evil.example", "/\\evil.example", "https://evil.example", "javascript:x", "http://[", "//[", "/\t/evil.example",
    "/\n/evil.example", "\\\\evil.example", " //evil.example", "///evil.example", "/x\x00", "/" * 5000,
    "/x\r\nSet-Cookie: a",
)  # fmt: skip


def test_signing_in_leads_nowhere_else(app, commune):
    for wanted in ELSEWHERE:
        typed = {"username": "by.officer", "password": PASSWORD, "next": wanted}
        answer = app.test_client().post("/login", data=typed)
        assert answer.status_code == 302
        assert answer.location == "/", wanted


def test_a_user_agent_of_any_letters_is_kept_as_text(app, commune, browse_as):
    client = browse_as(commune.officer)
    client.post("/login", data={"username": "by.officer", "password": PASSWORD},
                headers={"User-Agent": "<script>hostile</script>" + "x" * 5000})  # fmt: skip
    answer = client.get("/account/sessions")
    assert answer.status_code == 200
    assert "<script>hostile" not in answer.text
