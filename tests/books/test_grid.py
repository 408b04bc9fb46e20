"""An old register is typed row by row: all rows are written or none, and nothing that was typed is lost."""

import re
from contextlib import contextmanager

import pytest

from portal.books.grid import AT_ONCE, MOST
from portal.books.queries import perhaps_the_same
from portal.engine.db import db
from portal.engine.transaction import transaction
from portal.organisation.models import Role
from tests.books.samples import BY_FACTS, SAMPLES, Sample, kept
from tests.books.test_every_book import answers, browser_of, by_their_facts, each
from tests.offline.test_neighbours import statements

OF_PEOPLE = [one for one in SAMPLES if one.name in ("drug_reviews", "drug_tests")]


def grid_of(sample: Sample) -> str:
    return f"/{sample.name.replace('_', '-')}/grid"


def row(number: int, facts: dict[str, str], **more: str) -> dict[str, str]:
    return {f"row{number}-{name}": value for name, value in {**facts, **more}.items()}


def entries(sample: Sample):
    db.session.rollback()
    return list(db.session.scalars(db.select(sample.book.record).order_by(sample.book.record.id)))


def as_shown(page) -> dict[str, str]:
    """What a browser sends back of the rows of a page as they stand."""
    found = dict(re.findall(r'<input[^>]*name="(row[^"]+)"[^>]*type="text"[^>]*value="([^"]*)"', page.text))
    for name, options in re.findall(r'<select[^>]*name="(row[^"]+)"[^>]*>(.*?)</select>', page.text, re.DOTALL):
        chosen = re.search(r'<option selected value="([^"]*)"', options)
        found[name] = chosen.group(1) if chosen else ""
    return found


@each
def test_rows_of_an_old_register_are_written_and_owe_nothing(app, commune, browse_as, sample):
    browser, facts = browser_of(browse_as, commune, sample), answers(app, commune, sample)
    empty = as_shown(browser.get(grid_of(sample)))
    before = len(entries(sample))
    with transaction(commune.officer):
        sample.anew(commune, commune.place("BPH"))
    other = answers(app, commune, sample, "Ngọc Tân")
    sent = browser.post(grid_of(sample), data={**empty, **row(2, facts), **row(7, other, anyway="y")})
    assert sent.status_code == 302, sent.text
    written = entries(sample)[before:]
    assert len(written) == 2
    for one in written:
        assert one.from_paper
        year = getattr(one, sample.book.on.key).year
        assert one.number.startswith(f"{one.prefix}-{year}-")
    page = browser.get(f"/{sample.name.replace('_', '-')}/{written[0].id}")
    assert "From a register on paper" in page.text
    assert "Still missing" not in page.text
    for name, value in sample.facts(commune, commune.place("BPH"), "Ngọc Tân").items():
        assert getattr(written[1], name) == value


@each
def test_one_bad_row_writes_none_and_loses_nothing(app, commune, browse_as, sample):
    browser, facts = browser_of(browse_as, commune, sample), answers(app, commune, sample)
    needed = next(one for one in required(app, sample) if facts.get(one))
    before = len(entries(sample))
    page = browser.post(grid_of(sample), data={**row(1, facts), **row(3, {**facts, needed: ""})})
    assert page.status_code == 422
    assert len(entries(sample)) == before
    assert f'href="#row3-{needed}"' in page.text
    assert "This is needed." in page.text or "Please choose one of the list." in page.text
    brought_back = as_shown(page)
    for name, value in facts.items():
        assert brought_back.get(f"row1-{name}", value) == value


def required(app, sample: Sample) -> list[str]:
    with app.test_request_context():
        return [one.name for one in sample.book.form() if one.flags.required]


@each
def test_rows_are_added_and_an_empty_page_is_told(app, commune, browse_as, sample):
    browser = browser_of(browse_as, commune, sample)
    first = browser.get(grid_of(sample))
    assert 'id="row10-entry"' in first.text
    assert 'id="row11-entry"' not in first.text
    typed = {**as_shown(first), **row(4, answers(app, commune, sample))}
    more = browser.post(grid_of(sample), data={**typed, "only": "more"})
    assert more.status_code == 200
    assert 'id="row20-entry"' in more.text
    assert "This is needed." not in more.text
    assert (
        as_shown(more).items() >= {name: value for name, value in as_shown(first).items() if "row4" not in name}.items()
    )
    nothing = browser.post(grid_of(sample), data=as_shown(first))
    assert nothing.status_code == 422
    assert "Nothing is typed yet." in nothing.text


@each
def test_a_full_page_is_no_larger_than_a_form_may_be(app, sample):
    with app.test_request_context():
        fields = len(list(sample.book.form(formdata=None, meta={"csrf": False})))
    assert MOST * fields + AT_ONCE < app.config["MAX_FORM_PARTS"]


@by_their_facts
def test_what_is_perhaps_there_already_is_shown_with_a_tick(app, commune, browse_as, sample):
    browser, facts = browser_of(browse_as, commune, sample), answers(app, commune, sample)
    assert browser.post(grid_of(sample), data=row(1, facts)).status_code == 302
    (there,) = entries(sample)
    asked = browser.post(grid_of(sample), data={**row(1, facts), **row(2, facts)})
    assert asked.status_code == 422
    assert asked.text.count('<div class="cell"><label class="choice plain" for="row') >= 2
    assert there.number in asked.text
    assert "Row 1 of this page says the same." in asked.text
    assert len(entries(sample)) == 1
    assert (
        browser.post(grid_of(sample), data={**row(1, facts, anyway="y"), **row(2, facts, anyway="y")}).status_code
        == 302
    )
    assert len(entries(sample)) == 3


@each
def test_only_who_writes_in_a_book_types_its_register(commune, browse_as, sample):
    who = {
        "officer": Role.POLICE_OFFICER, "chief": Role.POLICE_CHIEF, "leader": Role.COMMUNE_LEADER,
        "clerk": Role.OFFICE_CLERK, "village_head": Role.VILLAGE_HEAD,
    }  # fmt: skip
    for name, role in who.items():
        browser = browse_as(getattr(commune, name))
        assert browser.get(grid_of(sample)).status_code == (200 if role in sample.writes else 403)
        if role in sample.reads:
            offered = grid_of(sample) in browser.get(f"/{sample.name.replace('_', '-')}/").text
            assert offered == (role in sample.writes)


CAMERAS = next(one for one in SAMPLES if one.name == "cameras")


@pytest.fixture
def facts(app, commune):
    return answers(app, commune, CAMERAS)


@pytest.fixture
def officer(commune, browse_as):
    return browse_as(commune.officer)


def test_a_ditto_mark_repeats_the_day_above(officer, facts):
    typed = {
        **row(1, facts),
        **row(2, facts, installed_on='"', location="Chợ"),
        **row(3, facts, installed_on="''", location="Cầu"),
    }
    assert officer.post("/cameras/grid", data=typed).status_code == 302
    assert len({one.installed_on for one in entries(CAMERAS)}) == 1
    assert len(entries(CAMERAS)) == 3


def test_a_day_and_a_ditto_that_mean_nothing_are_told_at_their_cells(officer, facts):
    typed = {**row(1, facts, installed_on='"'), **row(2, facts, installed_on="31/02/2019")}
    page = officer.post("/cameras/grid", data=typed)
    assert page.status_code == 422
    assert 'value="31/02/2019"' in page.text
    assert page.text.count("This is no day of the calendar.") == 4  # at each cell, and above


def test_a_look_writes_nothing(officer, facts):
    assert officer.post("/cameras/grid", data={**row(1, facts), "only": "look"}).status_code == 200
    assert officer.post("/cameras/grid", data={**row(1, facts, location=""), "only": "look"}).status_code == 422
    assert not entries(CAMERAS)


def test_a_page_holds_forty_rows(officer, facts):
    page = officer.post("/cameras/grid", data={**row(35, facts), **row(9999, facts), "only": "more"})
    assert 'id="row40-entry"' in page.text
    assert 'id="row41-entry"' not in page.text
    assert "Ten more rows" not in page.text


def test_what_does_not_fit_together_is_told_of_every_row(officer, facts):
    wrong = {"removed_on": "01/01/2001"}
    page = officer.post("/cameras/grid", data={**row(1, facts, **wrong), **row(2, facts, location="Chợ", **wrong)})
    assert page.status_code == 422
    assert 'href="#row1-removed_on"' in page.text
    assert 'href="#row2-removed_on"' in page.text
    assert not entries(CAMERAS)


def test_the_same_rows_sent_twice_are_written_once(officer, facts):
    sent_id = re.search(r'name="send_id" value="([^"]+)"', officer.get("/cameras/grid").text).group(1)
    for _time in range(2):
        assert officer.post("/cameras/grid", data={**row(1, facts), "send_id": sent_id}).status_code == 302
    assert len(entries(CAMERAS)) == 1


REVIEWS = next(one for one in SAMPLES if one.name == "drug_reviews")


def test_somebody_who_may_be_known_is_asked_about_in_the_row(app, commune, browse_as):
    with transaction(commune.officer):
        known = kept(REVIEWS, commune).person_id
    browser, typed = browse_as(commune.chief), answers(app, commune, REVIEWS)
    asked = browser.post(grid_of(REVIEWS), data=row(1, typed))
    assert asked.status_code == 422
    assert f'name="row1-person_id" type="radio" value="{known}"' in asked.text
    assert len(entries(REVIEWS)) == 1
    later = {**typed, "listed_on": "09/07/2024"}
    assert browser.post(grid_of(REVIEWS), data=row(1, later, person_id=str(known))).status_code == 302
    assert [one.person_id for one in entries(REVIEWS)] == [known, known]


@pytest.mark.parametrize(("chosen", "people"), [("row1", 1), ("new", 2)])
def test_two_rows_of_one_name_are_about_one_person_or_two_as_is_said(app, commune, browse_as, chosen, people):
    browser, typed = browse_as(commune.chief), answers(app, commune, REVIEWS)
    both = {**row(1, typed), **row(2, {**typed, "listed_on": "09/07/2024"})}
    asked = browser.post(grid_of(REVIEWS), data=both)
    assert asked.status_code == 422
    assert "The person of row 1" in asked.text
    assert 'name="row1-person_id"' not in asked.text
    assert not entries(REVIEWS)
    assert browser.post(grid_of(REVIEWS), data={**both, "row2-person_id": chosen}).status_code == 302
    assert len({one.person_id for one in entries(REVIEWS)}) == people
    assert len(entries(REVIEWS)) == 2


@pytest.mark.parametrize("sample", OF_PEOPLE, ids=lambda sample: sample.name)
def test_one_person_on_one_day_is_perhaps_one_entry(app, commune, browse_as, sample):
    with transaction(commune.officer):
        there = kept(sample, commune)
    browser, typed = browse_as(commune.chief), answers(app, commune, sample)
    same = {**typed, "person_id": str(there.person_id)}
    new = f"/{sample.name.replace('_', '-')}/new?all=1"
    for address, sent in ((new, same), (grid_of(sample), row(1, same))):
        asked = browser.post(address, data=sent)
        assert asked.status_code == 422
        assert there.number in asked.text
    assert entries(sample) == [there]
    assert browser.post(new, data={**typed, "person_id": "new"}).status_code == 302  # another of the name
    assert browser.post(new, data={**same, "anyway": "y"}).status_code == 302
    assert len(entries(sample)) == 3


def test_two_rows_about_a_new_person_on_one_day_are_perhaps_one(app, commune, browse_as):
    browser, typed = browse_as(commune.chief), answers(app, commune, REVIEWS)
    both = {**row(1, typed), **row(2, typed, person_id="row1")}
    asked = browser.post(grid_of(REVIEWS), data=both)
    assert asked.status_code == 422
    assert "Row 1 of this page says the same." in asked.text
    assert browser.post(grid_of(REVIEWS), data={**both, "row2-anyway": "y"}).status_code == 302
    assert len(entries(REVIEWS)) == 2


def test_an_entry_that_somebody_may_not_read_is_not_told_to_be_there(app, commune):
    of = REVIEWS.book
    with transaction(commune.officer):
        there = kept(REVIEWS, commune)
    facts = {0: {"person_id": there.person_id, "listed_on": there.listed_on}}
    asked = lambda user: perhaps_the_same(user, of.record, commune.id, of.twice, facts)  # noqa: E731
    with app.test_request_context():
        assert asked(commune.chief) == {0: [there]}
        assert asked(commune.clerk) == {0: []}


def test_what_was_chosen_of_a_person_stays_chosen_where_another_row_is_wrong(app, commune, browse_as):
    browser, typed = browse_as(commune.chief), answers(app, commune, REVIEWS)
    sent = {
        **row(1, typed),
        **row(2, typed, person_id="row1"),
        **row(3, {**typed, "full_name": "Y Hlim"}, listed_on="x"),
    }
    page = browser.post(grid_of(REVIEWS), data=sent)
    assert page.status_code == 422
    assert re.search(r'<input[^>]*checked[^>]*value="row1"', page.text)


@pytest.mark.parametrize("sample", [*BY_FACTS, *OF_PEOPLE], ids=lambda sample: sample.name)
def test_rows_that_somebody_else_wrote_at_the_same_time_are_not_there_twice(
    app, commune, browse_as, sample, monkeypatch
):  # fmt: skip
    """Both pages were looked through before either was written."""
    browser, facts = browser_of(browse_as, commune, sample), answers(app, commune, sample)

    @contextmanager
    def somebody_was_faster(*asked):
        if not entries(sample):
            with transaction(commune.officer):
                kept(sample, commune)
        with transaction(*asked):
            yield

    monkeypatch.setattr("portal.engine.deeds.transaction", somebody_was_faster)
    late = browser.post(grid_of(sample), data=row(1, facts))
    assert late.status_code == 422
    (there,) = entries(sample)
    assert there.number in late.text or 'name="row1-person_id"' in late.text


@pytest.mark.parametrize("name", ["drug_reviews", "incidents"])
def test_many_rows_are_looked_through_with_as_many_questions_as_few(app, commune, browse_as, name):
    sample = next(one for one in SAMPLES if one.name == name)
    browser, facts = browser_of(browse_as, commune, sample), answers(app, commune, sample)
    with transaction(commune.officer):
        kept(sample, commune)
    look = lambda rows: browser.post(  # noqa: E731
        grid_of(sample), data={**dict(pair for number in rows for pair in row(number, facts).items()), "only": "look"}
    )
    look([1, 2])
    few, many = (statements(app, lambda rows=rows: look(rows)) for rows in ([1, 2], range(1, 31)))
    assert many == few
