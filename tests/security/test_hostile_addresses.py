"""Odd addresses, methods, bodies and headers: refused with a page that helps, never an error of ours."""

import io
from collections.abc import Iterator
from typing import Any

import pytest
from werkzeug.test import EnvironBuilder

from tests.security.hostile import VALUES
from tests.security.test_hostile_forms import lived_in

BAD_IDS = (
    "0", "-1", "999999999", str(2**31), str(2**63), "9" * 400, "9" * 5000, "1.5", "1e3", "٣", "¹", "1%00", "%00", "%2F",
    "1%2F..%2F2", "..", "%FF", "%ED%A0%80", "None", "' OR 1=1", "<script>", "x" * 5000, "1;2", "1?", "+1", " 1", "1_0",
)  # fmt: skip
LISTS = ("/cases/", "/cases/export", "/cases/on-duty", "/proposals/", "/audit/", "/reports/figures", "/cases/1/lookers")
FILTERS = ("q", "show", "sort", "page", "village", "officer", "who", "action", "kind", "number", "from", "to", "before",
           "story", "as", "next", "month")  # fmt: skip
BAD_QUERIES = (
    "%00", "%FF", "%ED%A0%80", "%C0%AF", "%", "%zz", "%25", "_", "%5C", "zzz", "-5", "0", "9" * 30, "9" * 5000, "1e9",
    "x" * 60_000, "%F0%9F%92%A9" * 500, "a" * 100_000, "%E0%B8%82%CC%81" * 2000, "' OR 1=1 --", "%3Cscript%3Ehostile",
)  # fmt: skip


@pytest.fixture
def somebody(app: Any, commune: Any, neighbour: Any, browse_as: Any) -> dict[str, Any]:
    lived_in(commune, neighbour)
    names = ("officer", "chief", "inspector", "administrator")
    return {**{name: browse_as(getattr(commune, name)) for name in names}, "nobody": app.test_client()}


def rules_with_an_id(app: Any) -> Iterator[Any]:
    return (
        rule for rule in app.url_map.iter_rules() if "{" in rule.rule.replace("<", "{") and rule.endpoint != "static"
    )


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


def test_an_address_with_an_id_that_cannot_be_is_not_found(app, somebody):
    found = {
        (rule.rule, value[:20], method): answer.status_code
        for rule in rules_with_an_id(app) if "<int:" in rule.rule and rule.rule.index("<int:") == rule.rule.index("<")
        for value in BAD_IDS for method in ("GET", "POST")
        if (answer := somebody["chief"].open(address_of(rule, value), method=method)).status_code not in (404, 405)
        and not (answer.status_code == 308 or value == "1?")
    }  # fmt: skip
    assert not found


def test_no_value_in_the_place_of_a_name_breaks_an_address(app, somebody):
    found = {
        (rule.rule, value.text[:20]): answer.status_code
        for rule in rules_with_an_id(app) for value in VALUES
        if not any(0xD800 <= ord(letter) < 0xE000 for letter in value.text)
        and (answer := somebody["chief"].get(address_of(rule, value.text.replace("?", "").replace("#", "")))).status_code
        >= 500
    }  # fmt: skip
    assert not found


@pytest.mark.parametrize("address", LISTS)
def test_no_filter_in_an_address_breaks_a_list(somebody, address):
    who = somebody["inspector" if address in ("/audit/", "/cases/1/lookers") else "chief"]
    broken = {}
    for name in FILTERS:
        for value in BAD_QUERIES:
            answer = who.get(f"{address}?{name}={value}")
            if answer.status_code >= 500 or "<script>hostile" in answer.text or "Traceback" in answer.text:
                broken[name, value[:30]] = answer.status_code
    assert not broken


def test_a_mistyped_filter_shows_no_page_rather_than_everything(somebody):
    assert {
        address: somebody["chief"].get(address).status_code
        for address in ("/cases/?show=zzz", "/cases/?sort=zzz", "/cases/?village=999", "/cases/?officer=x",
                        "/proposals/?show=zzz", "/proposals/?sort=%00")
    } == dict.fromkeys(("/cases/?show=zzz", "/cases/?sort=zzz", "/cases/?village=999", "/cases/?officer=x",
                        "/proposals/?show=zzz", "/proposals/?sort=%00"), 404)  # fmt: skip


@pytest.mark.parametrize("page", ["0", "-5", "99", "9" * 30, "9" * 5000, "x", "", "1.5", "%00"])
def test_a_page_beyond_the_last_is_the_last_and_one_before_the_first_the_first(somebody, page):
    answer = somebody["chief"].get(f"/cases/?page={page}")
    assert answer.status_code == 200
    assert "2026-001" in answer.text


@pytest.mark.parametrize("words", ["%", "_", "\\", "%%%%", "a%b", "[a-z]"])
def test_a_search_takes_no_letter_as_a_pattern(somebody, words):
    assert "2026-001" not in somebody["chief"].get("/cases/", query_string={"q": words}).text


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "CONNECT", "HOSTILE", "POST", "get"])
def test_an_odd_method_is_refused(somebody, method):
    for address in ("/", "/cases/", "/cases/1", "/login", "/health"):
        assert somebody["chief"].open(address, method=method).status_code in (400, 405) or method == "get"


def test_every_page_answers_a_question_for_its_head_as_one_for_itself(somebody):
    for address in ("/", "/cases/", "/cases/1", "/cases/999", "/login", "/audit/", "/health", "/nowhere"):
        assert somebody["chief"].head(address).status_code == somebody["chief"].get(address).status_code
        assert not somebody["chief"].head(address).data


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
    "1,001 parts": (
        b"".join(b'--a\r\nContent-Disposition: form-data; name="x%d"\r\n\r\n1\r\n' % one for one in range(1001)) + b"--a--",
        "multipart/form-data; boundary=a",
    ),
    "10 MB": (b"username=" + b"x" * 10 * 2**20, "application/x-www-form-urlencoded"),
    "30 MB": (b"x" * 30 * 2**20, "application/x-www-form-urlencoded"),
}  # fmt: skip


@pytest.mark.parametrize("name", BODIES)
@pytest.mark.parametrize(
    ("who", "address"), [("nobody", "/login"), ("chief", "/cases/new"), ("chief", "/cases/1/contact")]
)
def test_a_body_that_is_no_form_is_refused(somebody, who, address, name):
    body, kind = BODIES[name]
    answer = somebody[who].open(address, method="POST", input_stream=io.BytesIO(body), content_length=len(body),
                                content_type=kind)  # fmt: skip
    assert 400 <= answer.status_code < 500
    assert "<h1" in answer.text
    assert "Traceback" not in answer.text


@pytest.mark.parametrize(("name", "status"), [
    ("1,001 parts", 413), ("1,001 fields", 413), ("10 MB", 413), ("30 MB", 413), ("not UTF-8", 400), ("raw bytes", 400),
])  # fmt: skip
def test_a_body_that_is_too_much_or_not_text_is_told_as_what_it_is(somebody, name, status):
    body, kind = BODIES[name]
    answer = somebody["chief"].open("/cases/1/contact", method="POST", input_stream=io.BytesIO(body),
                                    content_length=len(body), content_type=kind)  # fmt: skip
    assert answer.status_code == status


HEADERS = (
    ("Host", "evil.example"), ("Host", ""), ("Host", "127.0.0.1:99999999"), ("Host", "[::1"), ("Host", "a\tb"),
    ("Accept-Language", "x" * 10_000), ("Accept-Language", "vi;q=NaN, ;;;=,"), ("Cookie", "portal=hostile"),
    ("Cookie", "portal=\x00\xff; portal=;;;=="), ("Cookie", "portal-browser=" + "x" * 10_000),
    ("X-Forwarded-For", "1.2.3.4, ' OR 1=1"), ("X-Forwarded-Host", "evil.example"), ("X-Forwarded-Proto", "gopher"),
    ("User-Agent", "a\x00b\xff" * 1000), ("Referer", "http://["), ("Origin", "null"), ("Range", "bytes=-1,5-2,x"),
    ("If-Modified-Since", "31/02/2026"), ("If-None-Match", '"' * 1000), ("Content-Length", "-1"),
    ("Content-Length", "zzz"), ("Transfer-Encoding", "hostile"), ("X-HTTP-Method-Override", "DELETE"),
)  # fmt: skip


@pytest.mark.parametrize(("name", "value"), HEADERS)
def test_no_header_breaks_a_page(somebody, name, value):
    for who, address in (("nobody", "/login"), ("chief", "/cases/1"), ("chief", "/nowhere")):
        builder = EnvironBuilder(address)
        environ = builder.get_environ()
        key = name.upper().replace("-", "_")
        environ[key if key.startswith("CONTENT_") else f"HTTP_{key}"] = value
        answer = somebody[who].open(environ)
        assert answer.status_code < 500, (who, address)
        assert "evil.example" not in answer.text
        assert "evil.example" not in str(answer.headers)


@pytest.mark.parametrize("wanted", [
    "//evil.example", "/\\evil.example", "https://evil.example", "javascript:x", "http://[", "//[", "/\t/evil.example",
    "/\n/evil.example", "\\\\evil.example", " //evil.example", "/%09/evil.example", "///evil.example", "/x\x00", "/" * 5000,
])  # fmt: skip
def test_signing_in_leads_nowhere_else(app, commune, wanted):
    username, password = "by.officer", "rừng xanh mây trắng 27"
    answer = app.test_client().post("/login", data={"username": username, "password": password, "next": wanted})
    assert answer.status_code == 302
    assert answer.location.startswith("/")
    assert not answer.location.startswith(("//", "/\\", "/\t", "/\n"))


def test_a_user_agent_of_any_letters_is_kept_as_text(app, commune, browse_as):
    client = browse_as(commune.officer)
    client.post("/login", data={"username": "by.officer", "password": "rừng xanh mây trắng 27"},
                headers={"User-Agent": "<script>hostile</script>" + "x" * 5000})  # fmt: skip
    answer = client.get("/account/sessions")
    assert answer.status_code == 200
    assert "<script>hostile" not in answer.text
