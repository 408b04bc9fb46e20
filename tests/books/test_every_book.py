"""Whatever a book is about: it is written, mended, struck out, looked up and taken along alike."""

from contextlib import contextmanager
from io import BytesIO

import pytest
from flask import g
from openpyxl import load_workbook

from portal.books.models import missing_in
from portal.engine import voiding
from portal.engine.db import db
from portal.engine.forms import Choice
from portal.engine.transaction import transaction
from portal.organisation.models import Role
from tests.books.samples import BY_FACTS, SAMPLES, Sample, kept, typed

each = pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
by_their_facts = pytest.mark.parametrize("sample", BY_FACTS, ids=lambda sample: sample.name)
WRONG = {"purpose": "meeting", "details": "Giao ban tháng 11"}


def browser_of(browse_as, commune, sample: Sample):
    return browse_as(getattr(commune, sample.by))


@contextmanager
def read_by(app, user):
    """As somebody reads it: what an entry is called may hang on whose name they may know."""
    with app.test_request_context():
        g._login_user = user
        yield


def answers(app, commune, sample: Sample, word: str = "Bờ Y") -> dict[str, str]:
    with transaction(commune.officer):
        sample.ahead(commune, commune.place("BPH"))
    with app.test_request_context():
        form = sample.book.form()
        return typed(form, sample.facts(commune, commune.place("BPH"), word))


def test_every_book_has_a_sample(app):
    books = {book.name for area in app.extensions["areas"] for book in area.books}
    assert books == {sample.name for sample in SAMPLES}


@each
def test_an_entry_is_written_down_and_shown(app, commune, browse_as, sample):
    browser = browser_of(browse_as, commune, sample)
    sent = browser.post(f"/{sample.name.replace('_', '-')}/new?all=1", data=answers(app, commune, sample))
    assert sent.status_code == 302, sent.text
    page = browser.get(sent.location)
    entry = db.session.scalars(db.select(sample.book.record)).one()
    assert page.status_code == 200
    assert entry.number in page.text
    with read_by(app, getattr(commune, sample.by)):
        assert sample.book.called(entry) in page.text
    for name, value in sample.facts(commune, commune.place("BPH"), "Bờ Y").items():
        assert getattr(entry, name) == value


@each
def test_a_quick_entry_asks_few_fields_and_is_completed_later(app, commune, browse_as, sample):
    if not sample.book.quick:
        return
    browser, facts = browser_of(browse_as, commune, sample), answers(app, commune, sample)
    page = browser.get(f"/{sample.name.replace('_', '-')}/new")
    assert page.text.count('class="field') <= len(sample.book.quick) + 1
    sent = browser.post(
        f"/{sample.name.replace('_', '-')}/new",
        data={name: value for name, value in facts.items() if name in sample.book.quick},
    )
    assert sent.status_code == 302, sent.text
    entry = db.session.scalars(db.select(sample.book.record)).one()
    if missing_in(entry, sample.book.needed):
        assert "Still missing" in browser.get(sent.location).text
        assert entry.number in browser.get("/").text


@each
def test_a_required_list_is_answered_by_whoever_writes_and_never_by_its_first_line(app, sample):
    with app.test_request_context():
        asked = [field for kind in (sample.book, *sample.book.parts) for field in kind.form() if not field.default]
        lists = [one for one in asked if isinstance(one, Choice) and one.flags.required and one.choices]
        assert [one.name for one in lists if one.choices[0].value] == []


@each
def test_nothing_typed_is_lost_where_something_is_missing(app, commune, browse_as, sample):
    facts = answers(app, commune, sample, word="Đăk Mế 77")
    needed = next(one for one in reversed(filled_names(app, sample)) if facts.get(one))
    browser = browser_of(browse_as, commune, sample)
    page = browser.post(f"/{sample.name.replace('_', '-')}/new?all=1", data={**facts, needed: ""})
    assert page.status_code == 422
    assert 'role="alert"' in page.text
    assert not db.session.scalars(db.select(sample.book.record)).all()


def filled_names(app, sample: Sample) -> list[str]:
    with app.test_request_context():
        return [one.name for one in sample.book.form() if one.flags.required]


@by_their_facts
def test_an_entry_that_is_perhaps_there_already_is_asked_about(app, commune, browse_as, sample):
    browser, facts = browser_of(browse_as, commune, sample), answers(app, commune, sample)
    address = f"/{sample.name.replace('_', '-')}/new?all=1"
    assert browser.post(address, data=facts).status_code == 302
    asked = browser.post(address, data=facts)
    assert asked.status_code == 422
    assert "Perhaps this is written down already." in asked.text
    assert browser.post(address, data={**facts, "anyway": "y"}).status_code == 302
    assert len(db.session.scalars(db.select(sample.book.record)).all()) == 2


@each
def test_a_hurried_form_tells_of_24_hours_only_where_something_is_asked_for_by_then(browse_as, commune, sample):
    if sample.book.quick:
        page = browser_of(browse_as, commune, sample).get(f"/{sample.name.replace('_', '-')}/new").text
        assert ("within 24 hours" in page) is bool(sample.book.needed)


@each
def test_a_change_is_kept_with_its_history_and_a_stale_form_is_told(app, commune, browse_as, sample):
    with transaction(commune.officer):
        entry = kept(sample, commune)
    browser, address = browser_of(browse_as, commune, sample), f"/{sample.name.replace('_', '-')}/{entry.id}/edit"
    facts, version = answers(app, commune, sample, word="Ngọc Tân"), str(entry.version)
    assert browser.post(address, data={**facts, "version": version}).status_code == 302
    late = browser.post(address, data={**facts, "version": version})
    assert late.status_code == 409
    assert "changed" in browser.get(f"/{sample.name.replace('_', '-')}/{entry.id}").text


@each
def test_a_struck_out_entry_stays_and_leaves_the_list(app, commune, browse_as, sample):
    with transaction(commune.officer):
        entry = kept(sample, commune)
    who = next(name for name in ("officer", "chief", "clerk", "leader") if _role(name) in sample.voids)
    browser, place = browse_as(getattr(commune, who)), f"/{sample.name.replace('_', '-')}"
    data = {"reason": "Ghi hai lần", "version": str(entry.version)}
    assert browser.post(f"{place}/{entry.id}/void", data=data).status_code == 302
    assert "Ghi hai lần" in browser.get(f"{place}/{entry.id}").text
    listed = browser.get(f"{place}/").text
    assert entry.number not in listed
    assert "show=struck-out" in listed
    words = entry.number if sample.book.record.searched else ""
    assert entry.number in browser.get(f"{place}/?show=struck-out&q={words}").text
    assert browser.get(f"{place}/export?show=struck-out").status_code in (403, 404)


def _role(name: str) -> Role:
    return {"officer": Role.POLICE_OFFICER, "chief": Role.POLICE_CHIEF, "clerk": Role.OFFICE_CLERK,
            "leader": Role.COMMUNE_LEADER}[name]  # fmt: skip


@each
def test_lines_are_added_mended_and_struck_out(app, commune, browse_as, sample):
    place, browser = f"/{sample.name.replace('_', '-')}", browser_of(browse_as, commune, sample)
    with transaction(commune.officer):
        entry = kept(sample, commune)
    for part in sample.book.parts:
        if part.name not in sample.parts:
            continue
        with app.test_request_context():
            facts = typed(part.form(), sample.parts[part.name](commune, commune.place("BPH"), "Ngọc Hải"))
        before = len(getattr(entry, part.attribute))
        another = {**facts, "anyway": "y"}  # a line of the sample may say the same
        sent = browser.post(f"{place}/{entry.id}/{part.name.replace('_', '-')}/new", data=another)
        assert sent.status_code == 302, sent.text
        db.session.expire_all()
        lines = getattr(entry, part.attribute)
        assert len(lines) == before + 1
        line, way = lines[-1], f"{place}/{part.name.replace('_', '-')}"
        changed = browser.post(f"{way}/{line.id}/edit", data={**facts, "version": str(line.version)})
        assert changed.status_code == 302, changed.text
        struck = browser.post(f"{way}/{line.id}/void", data={"reason": "Nhầm", "version": str(line.version + 1)})
        assert struck.status_code in (302, 409)
        assert browser.get(f"{place}/{entry.id}").status_code == 200


@each
def test_lines_of_a_struck_out_entry_are_closed(app, commune, browse_as, sample):
    place, browser = f"/{sample.name.replace('_', '-')}", browser_of(browse_as, commune, sample)
    with transaction(commune.officer):
        entry = kept(sample, commune)
    for part in sample.book.parts:
        if part.name not in sample.parts:
            continue
        line, way = getattr(entry, part.attribute)[-1], f"{place}/{part.name.replace('_', '-')}"
        pages = [f"{way}/{line.id}/{what}" for what in ("edit", "void")]
        before = [browser.get(page).status_code for page in pages]
        with transaction(commune.officer):
            voiding.void(entry, "Ghi hai lần")
        assert [browser.get(page).status_code for page in pages] == [403 if one == 200 else one for one in before]
        assert pages[0] not in browser.get(f"{place}/{entry.id}").text
        with transaction(commune.officer):
            voiding.put_back(entry)


@each
def test_the_list_is_filtered_by_its_address_and_taken_along_with_a_purpose(app, commune, browse_as, sample):
    with transaction(commune.officer):
        entry = kept(sample, commune)
    reader = "chief" if Role.POLICE_CHIEF in sample.reads else "clerk"
    browser, place = browse_as(getattr(commune, reader)), f"/{sample.name.replace('_', '-')}"
    assert entry.number in browser.get(f"{place}/").text
    assert browser.get(f"{place}/?year=1871").status_code == 404
    assert browser.get(f"{place}/?show=nonsense").status_code == 404
    assert browser.post(f"{place}/export", data={}).status_code == 422
    file = browser.post(f"{place}/export", data=WRONG)
    assert file.status_code == 200
    sheet = load_workbook(BytesIO(file.data)).active
    assert "Giao ban tháng 11" in str(sheet["A1"].value)
    with read_by(app, getattr(commune, reader)):
        first = str(sample.book.columns[0].value(entry))
    assert first in [str(cell.value) for row in sheet.iter_rows() for cell in row]


@each
def test_who_may_not_read_a_book_finds_none(app, commune, browse_as, sample):
    with transaction(commune.officer):
        entry = kept(sample, commune)
    browser = browse_as(commune.province)
    assert browser.get(f"/{sample.name.replace('_', '-')}/").status_code == 403
    assert browser.get(f"/{sample.name.replace('_', '-')}/{entry.id}").status_code == 404
