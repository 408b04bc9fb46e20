"""A form that is sent twice is one deed: every form that somebody is shown, found by walking through the pages."""

import re
import sqlite3
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import copy_context
from datetime import timedelta
from io import BytesIO
from threading import Barrier
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select, update
from sqlalchemy.exc import OperationalError

from portal.cases.models import Contact
from portal.engine import clock, once
from portal.engine.audit import AuditEvent
from portal.engine.db import Base, Kept, db
from portal.engine.once import Sending
from portal.organisation.models import Unit
from portal.proposals.models import Proposal
from tests import builders
from tests.security.found_forms import Form, page_kind
from tests.security.lived import Scene
from tests.security.sample_files import a_picture
from tests.security.still import Still
from tests.security.trial import Trial

WALKERS = ("officer", "chief", "leader", "helper", "village_head", "administrator")
SETTINGS = {"/language", "/theme", "/act-as", "/logout", "/account/theme"}  # they go back and forth
EACH_TIME = {"/login", "/card", "/account/sessions/end", "/cases/N/reveal/identity", "/cases/N/reveal/contact"}
TAKEN_ALONG = ("/export", "/cases/N/file", "/list.xlsx")
CREATING = {  # the least that must be found by walking
    "/cases/new", "/cases/N/check-in", "/cases/N/roll-call", "/cases/N/contact", "/cases/N/assessment",
    "/cases/N/violation", "/cases/N/measure", "/cases/N/term-change", "/cases/N/assign", "/cases/N/attach",
    "/proposals/new/absence/for-case/N", "/proposals/new/helper/for-case/N",
    "/proposals/new/completion/for-case/N", "/units/new", "/accounts/new",
}  # fmt: skip


def is_a_deed(kind: str) -> bool:
    """An export leaves as a file as often as it is asked for, and each is written down."""
    return kind not in SETTINGS | EACH_TIME and not kind.endswith(TAKEN_ALONG)


def counts(app: Any) -> dict[str, int]:
    """How many records of each kind there are, and how many events tell of changes."""
    tables = [mapper.local_table for mapper in Base.registry.mappers if issubclass(mapper.class_, Kept)]
    told = select(func.count()).where(AuditEvent.action.not_in(("look", "list", "search", "ignored")))
    asked = {table.name: select(func.count()).select_from(table) for table in tables} | {"audit_event": told}
    with app.app_context():
        found = db.session.execute(select(*(one.scalar_subquery().label(name) for name, one in asked.items()))).one()
        return dict(found._mapping)


def drawn(scene: Scene, who: str) -> Iterable[Form]:
    """Each kind of form by POST that somebody is shown."""
    found: dict[Any, Form] = {}
    for form in scene.forms(who):
        if form.method == "post":
            found.setdefault(form.kind, form)
    return found.values()


def test_every_form_of_a_deed_that_is_sent_twice_is_one_record_and_one_event(app, scene):
    created, tried, faults = set(), set(), []
    for who in WALKERS:
        for form in drawn(scene, who):
            if not is_a_deed(page_kind(form.action)) or form.kind in tried:
                continue
            if "send_id" not in form.controls:
                faults.append(f"{form.action} on {form.page} carries no id")
                continue
            made, wrong = twice(app, scene.clients[who], form, scene.still)
            created |= made
            tried |= {form.kind} if made else set()  # whom it is refused leaves it to the next
            faults += wrong
    assert not faults, "\n".join(faults)
    assert CREATING - created == set()


def twice(app: Any, client: FlaskClient, form: Form, still: Still) -> tuple[set[str], list[str]]:
    trial = Trial(client, form, still, dict(client._cookies))
    trial.begin()
    typed, before = trial.valid(), counts(app)
    first = trial.send(typed)
    between = counts(app)
    if first.status_code >= 400 or between == before:
        trial.back()
        return set(), []
    second = trial.send(typed)
    faults = [f"{form.action}: {name} grew twice" for name, many in counts(app).items() if many != between[name]]
    if second.status_code != 302 or (first.status_code == 302 and first.location != second.location):
        faults.append(f"{form.action}: {second.status_code} {second.location}, not {first.location}")
    trial.back()
    grown = any(between[name] > before[name] for name in between if name not in ("audit_event", "duty"))
    return {page_kind(form.action)} if grown else set(), faults


# ── what it says ────────────────────────────────────────────────────────────────────────────────────────────────────
def id_on(page: Any) -> str:
    return re.search(r'name="send_id" value="([^"]+)"', page.text[page.text.index('class="form"') :])[1]


def visit(browser: FlaskClient, case: Any, **more: Any) -> Any:
    typed = {"kind": "visit", "happened_on": "20/11/2026", "note": "Gặp ở nhà", **more}
    return browser.post(f"/cases/{case.id}/contact", data=typed)


def visits(case: Any) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).where(Contact.case_id == case.id)) or 0


@pytest.mark.both_engines
def test_a_form_sent_twice_says_that_it_is_kept_once(commune, browse_as):
    case, browser = builders.a_case(commune), browse_as(commune.officer)
    sent = id_on(browser.get(f"/cases/{case.id}/contact"))
    first, second = (visit(browser, case, send_id=sent) for _twice in range(2))
    assert first.location == second.location == f"/cases/{case.id}"
    assert visits(case) == 1
    assert "This was sent twice. It is kept once." in browser.get(second.location).text


@pytest.mark.both_engines
def test_the_same_form_with_other_content_is_a_conflict_that_keeps_what_was_typed_and_can_be_sent_as_a_new_one(
    commune, browse_as
):
    case, browser = builders.a_case(commune), browse_as(commune.officer)
    sent = id_on(browser.get(f"/cases/{case.id}/contact"))
    visit(browser, case, send_id=sent)
    other = visit(browser, case, send_id=sent, note="Gặp ở chợ")
    assert other.status_code == 409
    assert "This form was sent at" in other.text
    assert "Gặp ở chợ" in other.text
    assert visits(case) == 1
    assert visit(browser, case, send_id=id_on(other), note="Gặp ở chợ").status_code == 302
    assert visits(case) == 2


def test_a_form_that_comes_back_for_mending_keeps_its_id(commune, browse_as):
    case, browser = builders.a_case(commune), browse_as(commune.officer)
    sent = id_on(browser.get(f"/cases/{case.id}/contact"))
    wrong = visit(browser, case, send_id=sent, note="")
    assert wrong.status_code == 422
    assert id_on(wrong) == sent
    assert visit(browser, case, send_id=sent).status_code == 302


@pytest.mark.parametrize("sent", ["", "x", "' OR 1=1 --", "a" * 5000])
def test_what_is_sent_without_an_id_of_ours_is_done_each_time(sent, commune, browse_as):
    case, browser = builders.a_case(commune), browse_as(commune.officer)
    for _twice in range(2):
        assert visit(browser, case, **({"send_id": sent} if sent else {})).status_code == 302
    assert visits(case) == 2


def test_the_id_of_somebody_else_is_not_ones_own(commune, browse_as):
    case = builders.a_case(commune)
    for who in ("officer", "chief"):
        assert visit(browse_as(getattr(commune, who)), case, send_id="a" * 22).status_code == 302
    assert visits(case) == 2


def test_a_file_counts_as_content(commune, browse_as):
    case, browser = builders.a_case(commune), browse_as(commune.officer)
    typed = {"title": "Đơn", "dated_on": "20/11/2026", "not_classified": "y", "send_id": "a" * 22}
    address = f"/cases/{case.id}/attach"
    for _twice in range(2):
        assert browser.post(address, data={**typed, "file": a_picture()}).status_code == 302
    other = browser.post(address, data={**typed, "file": (BytesIO(a_picture()[0].read() + b" "), "anh.png")})
    assert other.status_code == 409


def test_the_opening_of_a_file_is_proposed_once(commune, browse_as):
    case, browser = builders.a_case(commune, state="draft"), browse_as(commune.chief)
    typed = {"reason": "Đủ giấy tờ", "officer_id": commune.officer.id, "send_id": "a" * 22}
    first, second = (browser.post(f"/proposals/new/opening/for-case/{case.id}", data=typed) for _twice in range(2))
    assert re.fullmatch(r"/proposals/\d+", first.location)
    assert second.location == first.location
    db.session.rollback()
    assert db.session.scalar(select(func.count()).where(Proposal.case_id == case.id)) == 1


def test_a_first_password_is_shown_once_and_the_second_answer_leads_to_the_account(commune, browse_as):
    browser, typed = browse_as(commune.administrator), {"full_name": "Lê Mới", "username": "le.moi", "address_word": ""}
    first, second = (browser.post("/accounts/new", data={**typed, "send_id": "a" * 22}) for _twice in range(2))
    assert first.status_code == 200, first.text
    assert re.fullmatch(r"/accounts/\d+", second.location)


def test_ids_of_long_ago_are_forgotten(commune, browse_as):
    case, browser = builders.a_case(commune), browse_as(commune.officer)
    visit(browser, case, send_id="a" * 22)
    now = clock.now()
    with clock.telling(now + timedelta(days=31)):
        visit(browse_as(commune.officer), case, send_id="b" * 22)
    db.session.rollback()
    assert db.session.scalars(select(Sending.send_id)).all() == ["b" * 22]


@contextmanager
def locked(*_arguments: Any) -> Iterator[Any]:
    """A database that takes no write."""
    raise OperationalError("UPDATE", (), sqlite3.OperationalError("database is locked"))
    yield


def test_a_deed_is_answered_as_done_even_if_where_its_answer_leads_cannot_be_kept(commune, browse_as, monkeypatch):
    browser = browse_as(commune.administrator)
    typed = {"name": "thôn Đăk Răng", "kind": "village", "valid_from": "01/11/2026", "send_id": "a" * 22}
    with monkeypatch.context() as patched:
        patched.setattr(once, "own_transaction", locked)
        first = browser.post("/units/new", data=typed)
    assert (first.status_code, first.location) == (302, "/units/")
    with clock.telling(clock.now() + timedelta(seconds=3)):
        again = browser.post("/units/new", data=typed)
    assert (again.status_code, again.location) == (302, "/")
    assert db.session.scalar(select(func.count()).where(Unit.name == typed["name"])) == 1


@pytest.mark.parametrize(("passed", "asked_again"), [(1, True), (3, False), (86400, False)])
def test_nobody_waits_for_an_answer_that_was_lost_long_ago(commune, browse_as, monkeypatch, passed, asked_again):
    case, browser = builders.a_case(commune), browse_as(commune.officer)
    visit(browser, case, send_id="a" * 22)
    with db.engine.begin() as rows:
        rows.execute(update(Sending).values(address=""))
    waited = []
    monkeypatch.setattr(time, "sleep", waited.append)
    with clock.telling(clock.now() + timedelta(seconds=passed)):
        again = visit(browse_as(commune.officer), case, send_id="a" * 22)
    assert (again.status_code, again.location, bool(waited)) == (302, "/", asked_again)


@pytest.mark.both_engines
@pytest.mark.parametrize("what", ["contact", "proposal"])
def test_of_the_same_form_sent_many_times_at_once_one_is_done_and_all_get_its_answer(what, commune, browse_as):
    case, browsers = builders.a_case(commune), [browse_as(commune.officer) for _number in range(6)]
    start, asked = Barrier(len(browsers)), {"reason": "Thăm mẹ", "destination": "Pleiku", "send_id": "a" * 22}
    leave = {"leaves_on": "01/12/2026", "returns_on": "03/12/2026", **asked}
    seen = {"kind": "visit", "happened_on": "20/11/2026", "note": "Gặp ở nhà"}

    def send(browser: FlaskClient) -> Any:
        start.wait()
        if what == "contact":
            return browser.post(f"/cases/{number}/contact", data={**seen, "send_id": "a" * 22})
        return browser.post(f"/proposals/new/absence/for-case/{number}", data=leave)

    number = case.id
    db.session.rollback()
    with ThreadPoolExecutor(len(browsers)) as pool:
        answers = [one.result() for one in [pool.submit(copy_context().run, send, one) for one in browsers]]
    assert {one.status_code for one in answers} == {302}
    assert len({one.location for one in answers}) == 1
    db.session.rollback()
    kind = Contact if what == "contact" else Proposal
    assert db.session.scalar(select(func.count()).select_from(kind).where(kind.case_id == number)) == 1
