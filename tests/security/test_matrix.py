"""Every page, method, role and place, against the table of expectations; and no marker outside of its scope."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from flask import url_for
from flask.testing import FlaskClient
from openpyxl import load_workbook

from portal.documents import layout
from portal.engine.db import db
from portal.engine.sheets import MEDIA_TYPE
from portal.engine.transaction import transaction
from portal.organisation import actions
from portal.organisation.models import Role
from tests.builders import FOUNDED, commune
from tests.security import expectations as expected
from tests.security.conftest import Stage
from tests.security.expectations import (
    LEADING_ON,
    OWN_PAGES,
    PUBLIC_PAGES,
    ROLE_PAGES,
    Page,
    lines,
    places_of,
    seen,
    stands_against,
)
from tests.security.world import NEVER, PLACES

ABSENT = expected.ONLY_WITH_THE_EXAMPLE | expected.ONLY_WITH_A_CERTIFICATE | expected.ONLY_WITH_A_SECRET
UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}
NOT_OURS = {"HEAD", "OPTIONS"}
ENDS_THE_SESSION = {"organisation.sign_out", "organisation.act_as", "organisation.change_password"}


def address(stage: Stage, endpoint: str, **values: Any) -> str:
    with stage.app.test_request_context():
        return url_for(endpoint, **values)


def addresses(stage: Stage) -> Iterator[tuple[str, Page, str, str]]:
    """Each line of the table at each place that has such a record, and at an id that was never given."""
    for endpoint, page in lines():
        for place, marked in stage.world.places.items():
            if page.of in marked.ids:
                yield endpoint, page, place, address(stage, endpoint, id=marked.ids[page.of], **page.arguments)
        yield endpoint, page, "never", address(stage, endpoint, id=NEVER, **page.arguments)


def status(page: Page, role: Role, place: str, method: str) -> int:
    """The order of answers: 404 out of scope, 403 for another action, then the state, then what is done."""
    if place not in places_of(page.allowed, role):
        return 403 if place in places_of(page.readable, role) else 404
    if method == "GET":
        return page.get
    if stands_against(page, role, place):
        return 409
    return 422 if place in page.barred.split() else page.done


def text_of(answer: Any) -> str:
    """What can be read in an answer, also in a table, a paper or a file to take along, and in its name."""
    named = " ".join((answer.headers.get("Content-Disposition", ""), answer.headers.get("Location", "")))
    return f"{named}\n{_content_of(answer)}"


def _content_of(answer: Any) -> str:
    if answer.mimetype == layout.MEDIA_TYPE:
        with ZipFile(BytesIO(answer.data)) as packed:
            return "\n".join(packed.read(name).decode("utf-8", "replace") for name in packed.namelist())
    if answer.mimetype != MEDIA_TYPE:
        return str(answer.data.decode("utf-8", "replace"))
    sheets = load_workbook(BytesIO(answer.data)).worksheets
    rows = (row for sheet in sheets for row in sheet.iter_rows(values_only=True))
    cells = [str(value) for row in rows for value in row if value is not None]
    return "\n".join([*cells, *(sheet.oddFooter.left.text or "" for sheet in sheets)])


def ask(browser: FlaskClient, method: str, url: str, body: Any = None) -> Any:
    return browser.open(url, method=method, data=body if method == "POST" else None)


def leaks(stage: Stage, role: Role | None, endpoint: str, text: str) -> list[str]:
    """What can be read in an answer that this role, or nobody, may read there."""
    found = stage.world.seen_in(text)
    return sorted(
        f"{place}.{group}" for place, group in found if role is None or group not in seen(role, place, endpoint)
    )


def body_for(stage: Stage, page: Page, place: str) -> dict[str, Any]:
    """A plausible answer to the form of a page, with the version that it showed."""
    marked = stage.world.places.get(place)
    return {"version": marked.versions.get(page.of, 1) if marked else 1, **page.body}


class Walk:
    """One role going from page to page, writing down whatever is not as the table says."""

    def __init__(self, stage: Stage, role: Role, scope: str = "own") -> None:
        self.stage, self.role, self.browser = stage, role, stage.browser(role, scope)
        self.wrong: list[str] = []

    def go(
        self, endpoint: str, method: str, url: str, wanted: int, body: Any = None, *, powerless: bool = False
    ) -> None:
        answer = ask(self.browser, method, url, body)
        if answer.status_code != wanted:
            self.wrong.append(f"{method} {url} ({endpoint}): {answer.status_code}, not {wanted}")
        found = leaks(self.stage, None if powerless else self.role, endpoint, text_of(answer))
        if found:
            self.wrong.append(f"{method} {url} ({endpoint}) shows {', '.join(found)}")


# ── the table and the routes are one ────────────────────────────────────────────────────────────────────────────────
def test_every_route_and_method_stands_in_the_table_and_the_table_names_no_other(stage):
    routes: dict[str, set[str]] = {}
    for rule in stage.app.url_map.iter_rules():
        routes.setdefault(rule.endpoint, set()).update((rule.methods or set()) - NOT_OURS)
    assert routes == expected.methods_of_table()


# The world has no paper that was signed long ago: who opens this page is tried in tests/documents/test_signatures.py.
# Nobody here answers for the accounts of the world: whose work is handed over is tried in tests/workload.
# No draft of the world came from another commune: who gives one to an officer is tried in tests/cases/test_leaving.py.
TRIED_ELSEWHERE = {"register.vouch", "workload.hand_over", "cases.give"}


def test_each_record_page_is_tried_where_it_is_allowed(stage):
    """A page that no place of the world opens would be a promise that cannot fail."""
    tried = {endpoint for endpoint, page, place, _url in addresses(stage)
             if any(place in places_of(page.allowed, role) for role in Role)}  # fmt: skip
    assert tried == {endpoint for endpoint, _page in lines()} - TRIED_ELSEWHERE


# ── one's own grants ────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.usefixtures("bare_refusals")
@pytest.mark.parametrize("role", Role)
def test_every_record_page_answers_each_role_at_each_place_as_the_table_says(stage, role):
    before, walk = stage.contents(), Walk(stage, role)
    for endpoint, page, place, url in addresses(stage):
        for method in page.methods.split():
            wanted = status(page, role, place, method)
            if method == "GET" or wanted in (403, 404):  # what would be done is tried below, each from the start
                walk.go(endpoint, method, url, wanted, body_for(stage, page, place))
    assert walk.wrong == []
    assert stage.contents() == before


@pytest.mark.usefixtures("bare_refusals")
@pytest.mark.parametrize("role", Role)
def test_every_page_of_a_role_answers_as_the_table_says(stage, role):
    before, walk = stage.contents(), Walk(stage, role)
    for endpoint, page in ROLE_PAGES.items():
        url = address(stage, endpoint, **page.arguments)
        for method in page.methods.split():
            done = page.done if method == "POST" else 200
            walk.go(endpoint, method, url, done if role in page.roles else 403, page.body)
    for endpoint, methods in OWN_PAGES.items():
        if "GET" in methods.split():
            walk.go(endpoint, "GET", address(stage, endpoint), 302 if endpoint in LEADING_ON else 200)
    assert walk.wrong == []
    assert stage.contents() == before


@pytest.mark.parametrize("role", Role)
def test_the_page_of_a_refusal_shows_nothing_of_the_record_of_whichever_kind(stage, role):
    walk, read = Walk(stage, role), set()
    for endpoint, page, place, url in addresses(stage):
        method = page.methods.split()[0]
        wanted = status(page, role, place, method)
        if wanted in (403, 404) and (page.of, place, wanted) not in read:
            read.add((page.of, place, wanted))
            walk.go(endpoint, method, url, wanted, body_for(stage, page, place))
    assert walk.wrong == []
    assert len(read) > len(PLACES)


DEEDS = sorted({name for name, page in expected.RECORD_PAGES.items() if "POST" in page.methods})


@pytest.mark.parametrize("name", DEEDS)
def test_every_deed_is_done_by_whom_the_table_names_and_tells_them_nothing_else(stage, name):
    page = expected.RECORD_PAGES[name]
    endpoint, wrong = page.endpoint or name.split()[0], []
    for role in Role:
        for place in sorted(places_of(page.allowed, role)):
            if (number := stage.world.places[place].ids.get(page.of)) is None:
                continue
            walk = Walk(stage, role)
            walk.go(endpoint, "POST", address(stage, endpoint, id=number, **page.arguments),
                    status(page, role, place, "POST"), body_for(stage, page, place))  # fmt: skip
            wrong += [f"{role} at {place}: {one}" for one in walk.wrong]
            stage.restore()
    assert wrong == []


# ── grants that ended, that have not begun, and those of deputies ───────────────────────────────────────────────────
@pytest.mark.usefixtures("bare_refusals")
@pytest.mark.parametrize("scope", ["ended", "future"])
@pytest.mark.parametrize("role", Role)
def test_a_grant_that_ended_or_has_not_begun_opens_nothing(stage, role, scope):
    before, walk = stage.contents(), Walk(stage, role, scope)
    for endpoint, page, place, url in addresses(stage):
        if place == (page.allowed.get(role) or "own").split()[0]:  # where the grant would open it
            for method in page.methods.split():
                walk.go(endpoint, method, url, 404, page.body, powerless=True)
    for endpoint, page in ROLE_PAGES.items():
        for method in page.methods.split():
            walk.go(endpoint, method, address(stage, endpoint, **page.arguments), 403, page.body, powerless=True)
    for endpoint, methods in OWN_PAGES.items():
        if "GET" in methods.split():
            done = 302 if endpoint in LEADING_ON else 200
            walk.go(endpoint, "GET", address(stage, endpoint), done, powerless=True)
    assert walk.wrong == []
    assert stage.contents() == before


PERSONAL = (expected.officer, expected.villager, expected.member)  # cases are theirs by name, not by office
AS_DEPUTY = ("own", "supervised", "foreign", "colleague", "asked", "far", "far_asked")


@pytest.mark.usefixtures("bare_refusals")
@pytest.mark.parametrize("role", Role)
def test_a_deputy_opens_what_the_office_opens_and_nothing_that_is_somebodys_by_name(stage, role):
    walk = Walk(stage, role, "deputy")
    for endpoint, page, place, url in addresses(stage):
        if page.methods.startswith("GET") and page.of != "duty" and place in AS_DEPUTY:
            wanted = status(page, role, place, "GET")
            stands_in = endpoint in expected.STANDING_IN_PAGES and wanted == 200
            if role in PERSONAL and not stands_in and page.of != "document":  # a register is its unit's
                wanted = 404
            walk.go(endpoint, "GET", url, wanted)
    assert walk.wrong == []


# ── other methods, and nobody at all ────────────────────────────────────────────────────────────────────────────────
def test_a_method_that_a_page_does_not_know_is_405_and_shows_nothing(stage):
    chief, nobody, wrong = stage.browser(Role.POLICE_CHIEF), stage.app.test_client(), []
    for url in {url for _endpoint, _page, place, url in addresses(stage) if place == "own"}:
        with stage.app.test_request_context(url) as context:
            known = set(context.url_adapter.allowed_methods(url))
        for method in sorted({"GET", *UNSAFE} - known):
            for who, browser in (("chief", chief), ("nobody", nobody)):
                answer = ask(browser, method, url)
                if answer.status_code != 405 or stage.world.seen_in(answer.text):
                    wrong.append(f"{method} {url} by {who}: {answer.status_code}")
    assert wrong == []


def test_whoever_is_not_signed_in_is_led_to_the_sign_in_from_every_page(stage):
    nobody, wrong = stage.app.test_client(), []
    asked = [(page.methods, url) for _endpoint, page, _place, url in addresses(stage)]
    asked += [(page.methods, address(stage, name, **page.arguments)) for name, page in ROLE_PAGES.items()]
    asked += [(methods, address(stage, name)) for name, methods in OWN_PAGES.items()]
    for methods, url in asked:
        for method in methods.split():
            answer = ask(nobody, method, url)
            if answer.status_code != 302 or not answer.headers["Location"].startswith("/login"):
                wrong.append(f"{method} {url}: {answer.status_code}")
    assert wrong == []


def test_public_pages_show_nothing_of_any_record(stage):
    nobody = stage.app.test_client()
    for endpoint, methods in PUBLIC_PAGES.items():
        for method in methods.split():
            url = address(stage, endpoint, **expected.arguments_of(endpoint))
            answer = ask(nobody, method, url, {})
            assert answer.status_code in ((404,) if endpoint in ABSENT else (200, 302, 422))
            assert stage.world.seen_in(answer.text) == set()


def test_the_tour_opens_to_anybody_with_the_example_and_shows_nothing_of_any_record(stage):
    with stage.app.app_context():
        with transaction(None):
            commune("BY").clerk.demo = True
        db.session.remove()
    for browser in (stage.app.test_client(), stage.browser(Role.POLICE_CHIEF), stage.browser(Role.ADMINISTRATOR)):
        answer = browser.get(address(stage, "guide.tour"))
        assert (answer.status_code, stage.world.seen_in(answer.text)) == (200, set())


# ── fields ──────────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("role", [role for role in Role if role in expected.CASES])
def test_the_page_of_a_case_shows_each_role_exactly_the_fields_of_the_table(stage, role):
    for place in sorted(places_of(expected.CASES, role)):
        url = address(stage, "cases.show", id=stage.world.places[place].ids["case"], story="all")
        shown = {group for _place, group in stage.world.seen_in(stage.browser(role).get(url).text)}
        wanted = seen(role, place) & expected.ON_THE_PAGE_OF_A_CASE
        if PLACES[place].state == "draft":
            wanted -= {"notes"}
        assert (place, shown & expected.ON_THE_PAGE_OF_A_CASE) == (place, wanted)


@pytest.mark.parametrize("role", [expected.leader, expected.inspector])
def test_numbers_of_adults_are_masked_for_those_who_may_know_that_there_are_some(stage, role):
    marked = stage.world.places["own"]
    page = stage.browser(role).get(address(stage, "cases.show", id=marked.ids["case"])).text
    number, phone = marked.words["identity"], marked.words["phone"]
    assert f"{number[:2]}•••••••{number[-3:]}" in page
    assert f"{phone[:2]}•••••{phone[-3:]}" in page


def test_a_field_that_is_sent_along_but_stands_in_no_form_changes_nothing(stage):
    """Mass assignment: state, owner and commune are not typed."""
    case = stage.world.places["own"].ids["case"]
    extra = {
        "state": "closed",
        "owner_id": "1",
        "commune_id": "2",
        "voided_at": "2026-01-01",
        "case_id": "2",
        "id": "99",
    }
    body = {**expected.RECORD_PAGES["cases.contact"].body, **extra}
    before = stage.contents()
    officer = stage.browser(Role.POLICE_OFFICER)
    assert officer.post(address(stage, "cases.contact", id=case), data=body).status_code == 302
    after = stage.contents()
    assert {name for name in after if after[name] != before[name]} - {"duty", "escalation"} == {"contact"}


# ── four eyes, whatever roles one person holds ──────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("behalf", [False, True], ids=["second role", "deputy"])
def test_nobody_endorses_what_they_wrote_in_whichever_role(stage, behalf):
    with stage.app.app_context():
        here = commune("BY")
        with transaction(None):
            other = here.chief if behalf else None
            grant = actions.grant_role(here.officer, Role.POLICE_CHIEF, here.place("CA"), FOUNDED, on_behalf_of=other)
            actions.confirm_grant(grant, None)
        key = grant.key
        db.session.remove()
    own, officer = stage.world.places["own"], stage.browser(Role.POLICE_OFFICER)
    officer.post("/acting", data={"role": key})
    assert officer.get(f"/cases/{stage.world.places['sister'].ids['case']}").status_code == 200  # acts as the chief
    before = stage.contents()
    body = {"version": own.versions["sent"]}
    assert officer.post(f"/proposals/{own.ids['sent']}/endorse", data=body).status_code == 403
    assert stage.contents() == before
    sister = stage.world.places["sister"]
    body = {"version": sister.versions["sent"]}
    assert officer.post(f"/proposals/{sister.ids['sent']}/endorse", data=body).status_code == 302


def test_a_decision_names_the_version_that_was_read(stage):
    """Without one, or with an old one, nothing is decided."""
    laid, leader = stage.world.places["own"], stage.browser(Role.COMMUNE_LEADER)
    before = stage.contents()
    for version in ({}, {"version": "1"}, {"version": "0"}, {"version": "x"}, {"version": "9" * 30}):
        assert leader.post(f"/proposals/{laid.ids['laid']}/approve", data=version).status_code == 409
    assert stage.contents() == before


# ── the matrix finds what it is there to find ───────────────────────────────────────────────────────────────────────
def test_a_page_that_shows_a_foreign_record_is_found(stage, monkeypatch):
    """The check itself: a view that forgets its scope is told by its markers, and by its status."""
    monkeypatch.setattr("portal.engine.access.records.within", lambda _user, _action, record: record.id > 0)
    walk = Walk(stage, Role.POLICE_OFFICER)
    url = address(stage, "cases.show", id=stage.world.places["foreign"].ids["case"])
    walk.go("cases.show", "GET", url, 404)
    assert any("200, not 404" in one for one in walk.wrong)
    assert any("foreign.name" in one for one in walk.wrong)


def test_a_route_without_a_line_is_found(stage, monkeypatch):
    rule = next(stage.app.url_map.iter_rules("cases.show"))
    monkeypatch.setattr(rule, "endpoint", "cases.forgotten")
    routes = {rule.endpoint for rule in stage.app.url_map.iter_rules()}
    assert routes != set(expected.methods_of_table())
