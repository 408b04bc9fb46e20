"""A page asks the database a fixed number of questions, however many rows it shows."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import event

from portal.engine import clock
from portal.engine.db import db
from portal.engine.transaction import transaction
from portal.movement.models import ModelVillage, TitleEvidence
from portal.organisation.models import Unit
from portal.organisation.queries import villages
from tests.books.samples import SAMPLES, kept
from tests.builders import Commune, a_case, an_absence
from tests.movement.test_models import a_model, line
from tests.movement.test_titles import a_title

FEW, MANY = 3, 30
FIGURES = "/reports/figures/cases.community.received?from=2026-01-01&to=2026-11-23"
WRITING = ("BEGIN", "INSERT", "COMMIT")

# who, the page of a list, and how many questions it may ask
LISTS = [
    ("chief", "/cases/", 20),
    ("chief", "/cases/?sort=name", 20),
    ("chief", "/cases/?q=nguyen", 20),
    ("officer", "/cases/", 20),
    ("officer", "/cases/on-duty", 14),
    ("chief", "/cases/regularity?month=2026-11&show=missing", 18),
    ("chief", "/cases/round?month=2026-11", 18),
    ("chief", "/cases/round/sign/assessments?month=2026-11", 20),
    ("officer", "/", 21),
    ("chief", "/", 22),
    ("officer", "/calendar", 14),
    ("chief", "/overdue", 14),
    ("officer", "/proposals/", 18),
    ("chief", "/proposals/", 18),
    ("leader", "/proposals/", 18),
    ("chief", FIGURES, 21),
    ("inspector", "/audit/", 18),
]


@contextmanager
def counted(app: Flask) -> Iterator[list[str]]:
    """What is asked of the database within the block."""
    asked: list[str] = []

    def note(_connection, _cursor, statement, values, *_rest):
        if not statement.startswith(WRITING):
            asked.append(f"{statement} {values!r}")

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(engine, "before_cursor_execute", note)


@pytest.fixture
def fill(commune: Commune, app: Flask) -> Callable[[int], None]:
    """Write some cases down, each with a proposal that waits, on pages long enough for all of them."""
    app.config["PAGE_SIZE"] = 100

    def write(count: int) -> None:
        for _number in range(count):
            case = a_case(commune, received_on=date(2026, 10, 1))
            leave = an_absence(commune, case, date(2026, 12, 1), date(2026, 12, 10))
            with transaction(commune.officer):
                leave.workflow.take("submit", leave, commune.officer)

    yield write
    app.config["PAGE_SIZE"] = 25


def questions(app: Flask, client, path: str) -> list[str]:
    client.get(path)
    with counted(app) as asked:
        answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return asked


def test_thirty_rows_of_a_list_cost_as_many_questions_as_three(app, commune, browse_as, fill):
    clients = {who: browse_as(getattr(commune, who)) for who in {who for who, _path, _most in LISTS}}
    fill(FEW)
    few = {(who, path): questions(app, clients[who], path) for who, path, _most in LISTS}
    fill(MANY - FEW)
    many = {(who, path): questions(app, clients[who], path) for who, path, _most in LISTS}
    cut = 1  # a page of duties that cannot show all of them asks how many there are
    grown = {page: (len(few[page]), len(many[page])) for page in few if len(many[page]) > len(few[page]) + cut}
    assert grown == {}


def test_no_list_asks_more_questions_than_it_needs(app, commune, browse_as, fill):
    clients = {who: browse_as(getattr(commune, who)) for who in {who for who, _path, _most in LISTS}}
    fill(FEW)
    asked = {(who, path): len(questions(app, clients[who], path)) for who, path, _most in LISTS}
    assert {
        page: count for (page, count), (*_page, most) in zip(asked.items(), LISTS, strict=True) if count > most
    } == {}


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_ten_entries_of_a_book_cost_as_many_questions_as_two(app, commune, browse_as, sample):
    shown = "?show=all" if sample.book.chips else ""
    browser, path = browse_as(getattr(commune, sample.by)), f"/{sample.name.replace('_', '-')}/{shown}"
    places = [one.code.removeprefix("BY-") for one in villages(commune.id)]

    def write(numbers: range) -> list[str]:
        with transaction(commune.officer):
            for number in numbers:
                place = places[number % len(places)]
                sample.anew(commune, commune.place(place))
                kept(sample, commune, place, f"Chữ {'ABCDEGHIKL'[number]}")
        return questions(app, browser, path)

    few = write(range(2))
    many = write(range(2, 10))
    assert len(many) <= len(few), sorted({one for one in many if many.count(one) > few.count(one)})
    assert len(many) <= 20


def test_the_page_of_a_title_and_of_a_model_asks_no_more_for_many_lines_than_for_few(app, commune, browse_as):
    browser = browse_as(commune.clerk)
    title, tried = a_title(commune), a_model(commune, "Thử ở nhiều thôn")
    pages = [f"/title-programmes/{title.id}", f"/models/{tried.id}"]

    def write(names: str, places: Sequence[Unit]) -> list[list[str]]:
        for number, name in enumerate(names):
            line(TitleEvidence, title, model_id=a_model(commune, name).id, criterion_id=title.criteria[number].id)
        for one in places:
            line(ModelVillage, tried, village_id=one.id)
        return [questions(app, browser, page) for page in pages]

    first, *others = villages(commune.id)
    few, many = write("AB", [first]), write("CDE", others)
    assert others
    for less, more in zip(few, many, strict=True):
        assert len(more) <= len(less), [one for one in sorted(set(more)) if more.count(one) > less.count(one)]


def test_the_page_of_a_case_asks_nothing_twice(app, commune, browse_as, fill):
    fill(1)
    case = a_case(commune, helper="helper")
    asked = questions(app, browse_as(commune.officer), f"/cases/{case.id}")
    assert {question for question in asked if asked.count(question) > 1} == set()
    assert len(asked) <= 31


def test_a_self_report_asks_for_the_ladders_of_all_duties_at_once(app, commune, browse_as):
    case, sent = a_case(commune), {"month": "2026-12-01", "received_on": "02/12/2026", "channel": "in_person"}
    with clock.telling(clock.moment(date(2026, 12, 2))):
        client = browse_as(commune.officer)
        with counted(app) as asked:
            answer = client.post(f"/cases/{case.id}/check-in", data=sent)
    assert answer.location == f"/cases/{case.id}"
    assert sum("FROM escalation" in question for question in asked) == 1
    assert len(asked) <= 31
