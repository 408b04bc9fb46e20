"""Every look at a protected record, and every refusal, is one event, written before the answer; no event, no page."""

import re
from typing import Any

import pytest
from sqlalchemy import event, select, text

from portal.engine.audit import AuditEvent
from portal.engine.db import db
from portal.organisation.models import Role
from tests.security import expectations as expected
from tests.security.conftest import Stage
from tests.security.expectations import ROLE_PAGES, lines, places_of
from tests.security.test_matrix import address, addresses, ask, body_for, status, text_of
from tests.security.world import NEVER, RECORDS

TOKEN = re.compile(r'(?<=name="csrf_token" value=")[^"]+|(?<=name="send_id" value=")[^"]+')


def last(stage: Stage) -> int:
    with stage.app.app_context():
        return int(db.session.scalar(select(AuditEvent.sequence).order_by(AuditEvent.sequence.desc()).limit(1)))


def told_since(stage: Stage, sequence: int) -> list[AuditEvent]:
    with stage.app.app_context():
        found = select(AuditEvent).where(AuditEvent.sequence > sequence).order_by(AuditEvent.sequence)
        return list(db.session.scalars(found))


def opened(stage: Stage) -> list[tuple[str, Role, str, tuple[str, ...], int]]:
    """Each page that opens a record, by somebody who may: endpoint, role, address, events and the record's number."""
    found = []
    for endpoint, page, place, url in addresses(stage):
        role = next((role for role in Role if place in places_of(page.allowed, role)), None)
        if "GET" in page.methods.split() and role and page.get == 200:
            found.append((endpoint, role, url, page.events, stage.world.places[place].ids[page.of]))
    return found


def lists_of(stage: Stage) -> list[tuple[str, Role, str, tuple[str, ...]]]:
    return [
        (endpoint, min(page.roles), address(stage, endpoint, **page.arguments), page.events)
        for endpoint, page in ROLE_PAGES.items()
        if "GET" in page.methods.split()
    ]


def test_opening_a_protected_record_is_one_event_that_names_it(stage):
    wrong = []
    for endpoint, role, url, events, number in opened(stage):
        before = last(stage)
        assert stage.browser(role).get(url).status_code == 200
        told = told_since(stage, before)
        named = {one.record_id for one in told if one.action != "list"}  # a list tells of its rows alone
        if tuple(one.action for one in told) != events or named - {number}:
            wrong.append((endpoint, url, [(one.action, one.record_type, one.record_id) for one in told]))
    assert wrong == []


def test_every_page_that_opens_a_record_of_a_protected_type_is_among_them(stage):
    """By the rule of the route itself, so that a new page cannot stand in the table without its event."""
    silent = {endpoint for endpoint, page in lines() if not page.events}
    for endpoint in silent:
        access = stage.app.view_functions[endpoint].access
        if access != "signed in":  # what is one's own, such as a notice
            assert not access[0].protected, f"{endpoint} opens {access[0].__name__}, which is protected"


def test_a_list_of_protected_records_is_one_event_with_the_number_of_its_rows(stage):
    wrong = []
    for endpoint, role, url, events in lists_of(stage):
        before = last(stage)
        assert stage.browser(role).get(url).status_code == 200
        told = told_since(stage, before)
        if tuple(one.action for one in told) != events or any("rows" not in one.changes for one in told):
            wrong.append((endpoint, [(one.action, one.changes) for one in told]))
    assert wrong == []


def test_a_search_is_an_event_and_an_export_one_more_with_its_purpose_and_rows(stage):
    chief, before = stage.browser(Role.POLICE_CHIEF), last(stage)
    for url in ("/cases/?q=tran", "/cases/on-duty?q=tran", "/proposals/?q=tran"):
        chief.get(url)
    assert [one.action for one in told_since(stage, before)] == ["search"] * 3
    assert all(str(one.changes["words"]).startswith("#") for one in told_since(stage, before))
    before = last(stage)
    chief.post("/cases/export", data=dict(ROLE_PAGES["cases.export"].body))
    *_listed, export = told_since(stage, before)
    assert (export.action, export.changes["purpose"], export.changes["rows"]) == ("export", "meeting", 5)


@pytest.mark.usefixtures("bare_refusals")
@pytest.mark.parametrize("role", [Role.POLICE_OFFICER, Role.POLICE_CHIEF, Role.INSPECTOR, Role.ADMINISTRATOR])
def test_every_refusal_is_one_event_that_says_who_wanted_what(stage, role):
    browser, wrong = stage.browser(role), []
    asked = [
        (method, url, body_for(stage, page, place), status(page, role, place, method))
        for _endpoint, page, place, url in addresses(stage) if place not in places_of(page.nothing_yet, role)
        for method in page.methods.split()
    ]  # fmt: skip
    asked += [
        (method, address(stage, endpoint, **page.arguments), page.body, 403)
        for endpoint, page in ROLE_PAGES.items() if role not in page.roles for method in page.methods.split()
    ]  # fmt: skip
    for method, url, body, wanted in asked:
        if wanted not in (403, 404):
            continue
        before = last(stage)
        ask(browser, method, url, body)
        refused = [one for one in told_since(stage, before) if one.action == "refused"]
        if len(refused) != 1 or not refused[0].changes.get("wanted") or refused[0].role != role:
            wrong.append(f"{method} {url}: {[one.changes for one in refused]}")
    assert wrong == []


@pytest.fixture
def unwritable(stage: Stage) -> Stage:
    """The portal with a trail that takes no event more."""
    with stage.app.app_context(), db.engine.begin() as connection:
        connection.execute(text("CREATE TRIGGER full BEFORE INSERT ON audit_event "
                                "BEGIN SELECT RAISE(ABORT, 'no room'); END"))  # fmt: skip
    return stage


def shown_without_an_event(stage: Stage, asked: list[tuple[str, Role, str, Any]]) -> list[str]:
    """What is answered although nothing of it can be written down."""
    wrong = []
    for method, role, url, body in asked:
        answer = ask(stage.browser(role), method, url, body)
        if answer.status_code < 500 or stage.world.seen_in(text_of(answer)):
            wrong.append(f"{method} {url} by {role}: {answer.status_code}")
    return wrong


def test_where_the_event_cannot_be_written_no_page_is_sent(unwritable):
    asked = [("GET", role, url, None) for _endpoint, role, url, events, _number in opened(unwritable) if events]
    asked += [("GET", role, url, None) for _endpoint, role, url, events in lists_of(unwritable) if events]
    asked += [("POST", Role.POLICE_CHIEF, "/cases/export", dict(ROLE_PAGES["cases.export"].body))]
    reveal = expected.RECORD_PAGES["cases.reveal"]
    case = unwritable.world.places["own"].ids["case"]
    asked += [("POST", Role.INSPECTOR, f"/cases/{case}/reveal/identity", dict(reveal.body))]
    assert len(asked) > 30
    assert shown_without_an_event(unwritable, asked) == []


def test_a_refusal_that_cannot_be_written_shows_nothing_either(unwritable):
    foreign = unwritable.world.places["foreign"].ids["case"]
    asked = [("GET", role, f"/cases/{foreign}", None) for role in Role]
    asked += [("GET", Role.ADMINISTRATOR, "/cases/", None)]
    assert shown_without_an_event(unwritable, asked) == []


# ── an id out of reach against one that was never given ─────────────────────────────────────────────────────────────
def work_of(stage: Stage, role: Role, method: str, url: str, body: Any) -> tuple[str, tuple[Any, ...], list[str]]:
    """The answer, its headers, and the statements that it took."""
    statements: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        statements.append(statement)

    with stage.app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        answer = ask(stage.browser(role), method, url, body)
    finally:
        event.remove(engine, "before_cursor_execute", note)
    headers = tuple((name, value) for name, value in answer.headers if name not in ("Set-Cookie", "Content-Length"))
    page = TOKEN.sub("", answer.text).replace(url, "HERE")  # which it got from the browser itself
    return page, headers, statements


def of_the_neighbour(stage: Stage, name: str) -> int:
    """A record of the neighbour commune that is named so; where none is, another of its type."""
    far = [one.ids for one in stage.world.places.values() if one.far]
    kind = RECORDS.get(name)
    alike = [other for other, known in RECORDS.items() if known is kind]
    return next(ids[one] for one in (name, *alike) for ids in far if one in ids)


@pytest.mark.parametrize("role", [Role.POLICE_OFFICER, Role.POLICE_CHIEF, Role.VILLAGE_HEAD, Role.ADMINISTRATOR])
def test_an_id_out_of_reach_is_answered_as_one_that_was_never_given_with_the_same_work(stage, role):
    wrong = []
    for endpoint, page in lines():
        foreign = of_the_neighbour(stage, page.of)
        for method in page.methods.split():
            pair = [
                work_of(stage, role, method, address(stage, endpoint, id=number, **page.arguments), dict(page.body))
                for number in (foreign, NEVER)
            ]
            if pair[0] != pair[1]:
                wrong.append(f"{method} {endpoint}")
    assert wrong == []


# ── the check finds what it is there to find ────────────────────────────────────────────────────────────────────────
def test_a_look_without_an_event_is_found(stage, monkeypatch):
    monkeypatch.setattr("portal.engine.access.door.audit.look", lambda *_anything: None)
    before = last(stage)
    _endpoint, role, url, events, _number = next(one for one in opened(stage) if one[3] == ("look",))
    stage.browser(role).get(url)
    assert tuple(one.action for one in told_since(stage, before)) != events
