"""When something fails: a page that says what to do, a number that leads to the log, and nothing told of anybody."""

import logging
import re
import sqlite3
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from portal.engine import audit
from portal.engine.db import db
from portal.engine.transaction import transaction
from tests import builders
from tests.server import prepared, running

SECRET = "Trần Bí Mật 079123456789"


@pytest.fixture
def gone(app: Any, commune: Any, browse_as: Any) -> Iterator[Any]:
    """A browser that is signed in, and then the database is no database any more."""
    client = browse_as(commune.officer)
    db.session.remove()
    db.engine.dispose()
    file = Path(app.instance_path) / "portal.db"
    for leftover in ("portal.db-wal", "portal.db-shm"):
        file.with_name(leftover).unlink(missing_ok=True)
    file.rename(file.with_name("away.db"))
    file.mkdir()
    yield client
    _back(file)


def _back(file: Path) -> None:
    if file.is_dir():
        db.engine.dispose()
        file.rmdir()
        file.with_name("away.db").rename(file)


def test_without_its_database_every_page_says_so_and_when_to_try_again(app, gone):
    anybody = app.test_client()
    asked = [(gone, "/"), (gone, "/cases/"), (gone, "/nowhere"), (anybody, "/login"), (anybody, "/nowhere")]
    for client, address in asked:
        answer = client.get(address)
        assert answer.status_code == 503, address
        assert "at the moment" in answer.text
        assert answer.headers["Retry-After"]
        assert client.head(address).status_code == 503


def test_without_its_database_the_portal_is_not_healthy_and_with_it_it_is_again(app, gone):
    assert app.test_client().get("/health").status_code == 503
    _back(Path(app.instance_path) / "portal.db")
    assert app.test_client().get("/health").status_code == 200
    assert gone.get("/cases/").status_code == 200


def fail_with(error: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: Any, **_options: Any) -> None:
        raise error

    monkeypatch.setattr(audit, "look", fail)


@pytest.mark.parametrize(("error", "status"), [
    (OperationalError("INSERT", (SECRET,), sqlite3.OperationalError("database is locked")), 503),
    (OperationalError("INSERT", (SECRET,), sqlite3.OperationalError("database or disk is full")), 503),
    (OSError(28, "No space left on device"), 503),
    (ValueError(f"cannot read {SECRET}\r\nerror 0000"), 500),
    (RecursionError(SECRET), 500),
])  # fmt: skip
def test_a_fault_is_shown_as_a_number_that_leads_to_one_line_of_the_log(
    commune, browse_as, monkeypatch, caplog, error, status
):
    case = builders.a_case(commune, SECRET)
    client = browse_as(commune.officer)
    fail_with(error, monkeypatch)
    with caplog.at_level(logging.DEBUG):
        answer = client.get(f"/cases/{case.id}")
    assert answer.status_code == status
    number = re.findall(r"\b[0-9a-f]{8}\b", answer.text)[-1]
    lines = [record.getMessage() for record in caplog.records if number in record.getMessage()]
    assert len(lines) == 1
    assert type(error).__name__ in lines[0]
    assert "\n" not in lines[0]
    assert "Bí Mật" not in answer.text + caplog.text
    assert "Traceback" not in answer.text


def test_whoever_keeps_the_portal_is_named_where_one_signs_in_and_where_it_fails(app, commune, browse_as, monkeypatch):
    client, case = browse_as(commune.officer), builders.a_case(commune)
    fail_with(ValueError(), monkeypatch)
    assert "Whoever keeps this portal is reached" not in client.get(f"/cases/{case.id}").text
    monkeypatch.setitem(app.config, "CONTACT", "0260 3 <tổ máy>")
    named = "Whoever keeps this portal is reached at: 0260 3 &lt;tổ máy&gt;"
    assert named in app.test_client().get("/login").text
    assert named in client.get(f"/cases/{case.id}").text
    fail_with(OSError(28, "No space left on device"), monkeypatch)
    assert named in client.get(f"/cases/{case.id}").text


@pytest.mark.parametrize("language", ["en", "vi"])
def test_the_page_of_a_fault_speaks_the_language_of_the_user(commune, browse_as, monkeypatch, language):
    case = builders.a_case(commune)
    with transaction(None):
        db.session.merge(commune.officer).locale = language
    client = browse_as(commune.officer)
    fail_with(ValueError(), monkeypatch)
    assert f'<html lang="{language}"' in client.get(f"/cases/{case.id}").text


def test_what_is_typed_and_who_signs_in_stands_in_no_log(commune, browse_as, caplog):
    with caplog.at_level(logging.DEBUG):
        client = browse_as(commune.officer)
        case = builders.a_case(commune)
        client.post(f"/cases/{case.id}/contact", data={"note": SECRET, "kind": "visit", "happened_on": "31/02/2026"})
        client.get(f"/cases/?q={SECRET}")
        client.post("/login", data={"username": SECRET, "password": SECRET, "hostile\r\nline": SECRET})
    assert "Bí Mật" not in caplog.text
    assert builders.PASSWORD not in caplog.text
    assert all("\n" not in record.getMessage() for record in caplog.records)


@pytest.mark.parametrize(("status", "address", "options"), [
    (400, "/login", {"method": "POST", "data": b"a=%FF", "content_type": "application/x-www-form-urlencoded"}),
    (403, "/audit/", {}),
    (404, "/nowhere", {}),
    (405, "/cases/", {"method": "DELETE"}),
    (414, "/login?q=" + "x" * 5000, {}),
    (413, "/login", {"method": "POST", "data": {"username": "x" * 3_000_000}}),
])  # fmt: skip
def test_an_error_page_says_in_words_what_to_do(app, commune, browse_as, status, address, options):
    clients = [browse_as(commune.officer)] + ([] if status == 403 else [app.test_client()])
    for client in clients:
        answer = client.open(address, **options)
        assert answer.status_code == status
        assert ("Account of" in answer.text) is (client is clients[0])
        assert re.search(r"<h1[^>]*>\s*\w+", answer.text)
        assert re.search(r'<a class="btn btn-main" href="/[^"]*">', answer.text)
        assert client.open(address, **{"method": "HEAD", **options}).status_code == status or "method" not in options


def test_the_server_leaves_an_address_that_is_too_long_to_the_portals_own_page(tmp_path):
    prepared(tmp_path, "--no-demo")
    with running(tmp_path) as address, pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(f"{address}/login?q={'x' * 5000}", timeout=20)  # noqa: S310 - an address of our own
    assert refused.value.code == 414
    assert '<html lang="vi">' in refused.value.read().decode()


def test_whoever_is_sent_to_sign_in_from_a_long_address_comes_to_the_form(app, commune):
    answer = app.test_client().get("/cases/?q=" + "%E1%BA%AF" * 400, follow_redirects=True)
    assert answer.status_code == 200
    assert 'name="password"' in answer.text


def test_the_boxes_that_search_take_no_more_than_is_searched_for(commune, browse_as):
    page = browse_as(commune.officer).get("/cases/").text
    boxes = re.findall(r'<input[^>]*type="search"[^>]*>', page)
    assert len(boxes) == 2
    assert all('maxlength="100"' in box for box in boxes)


READABLE, NOT_YOURS = "You may read this record", "This page does not belong to the role in which you act."


def test_a_page_that_belongs_to_another_role_speaks_of_no_record(commune, browse_as):
    for who, addresses in (("officer", ("/audit/", "/units/", "/accounts/")), ("clerk", ("/cases/", "/cases/new"))):
        for address in addresses:
            answer = browse_as(getattr(commune, who)).get(address)
            said = NOT_YOURS in answer.text, READABLE in answer.text
            assert (answer.status_code, said) == (403, (True, False)), address


def test_a_step_on_a_record_that_may_be_read_says_that_the_step_is_not_open(commune, browse_as):
    case = builders.a_case(commune)
    for who, address in (("leader", f"/cases/{case.id}/edit"), ("chief", f"/accounts/{commune.officer.id}/edit")):
        answer = browse_as(getattr(commune, who)).get(address)
        assert (answer.status_code, READABLE in answer.text, NOT_YOURS in answer.text) == (403, True, False), address


def test_at_an_address_that_is_not_the_portals_there_is_a_line_of_plain_text_and_no_page(app, commune, browse_as):
    """No page can be drawn there: its links would lead to whoever's address it is."""
    for client in (browse_as(commune.officer), app.test_client()):
        answer = client.get("/", headers={"Host": "evil.example"})
        assert (answer.status_code, answer.mimetype) == (400, "text/plain")
        assert answer.text == "The portal is not at this address."
