"""A page that counts for long tells how far it has come, and is the same page in the end."""

import re

import pytest
from werkzeug.wsgi import ClosingIterator

from portal.engine import waiting
from portal.engine.indicators import Period
from portal.reports import figures
from tests.conftest import TODAY


@pytest.fixture
def impatient(monkeypatch):
    """Nobody waits at all without being told."""
    monkeypatch.setattr(waiting, "MOMENT", -1)
    monkeypatch.setattr(waiting, "BETWEEN", -1)


def told(page):
    return [int(done) for done in re.findall(r"Being counted: (\d+) of \d+", page)]


def without_waiting(page):
    return re.sub(r'<div class="waiting".*?</div>', "", page, flags=re.DOTALL)


def main_of(page):
    return "".join(page.partition("<main")[2].split())


def test_several_works_are_told_as_one_and_the_later_knows_the_earlier():
    first = waiting.Work([1, 2], lambda one: one * 10)
    second = waiting.Work(["a"], lambda one: (one, sum(first.results)))
    both = waiting.InTurn(first, second)
    told = [(both.done, both.whole) for _step in both]
    assert told == [(1, 3), (2, 3), (3, 3)]
    assert second.results == [("a", 30)]


ADDRESS = "/reports/figures?from=2026-01-01&to=2026-11-23"


def test_a_page_that_is_counted_at_once_says_nothing_of_it(commune, browse_as, monkeypatch):
    monkeypatch.setattr(waiting, "MOMENT", 60)
    assert not told(browse_as(commune.chief).get(ADDRESS).text)


def test_a_page_that_counts_for_long_tells_figure_by_figure_how_far_it_is(commune, browse_as, impatient):
    page = browse_as(commune.chief).get(ADDRESS)
    assert page.status_code == 200
    steps = told(page.text)
    assert len(steps) > 80
    assert steps == list(range(1, len(steps) + 1))


def test_it_is_the_same_page_in_the_end(commune, browse_as, monkeypatch, impatient):
    chief = browse_as(commune.chief)
    waited = chief.get(ADDRESS).text
    monkeypatch.setattr(waiting, "MOMENT", 60)
    assert main_of(without_waiting(waited)) == main_of(chief.get(ADDRESS).text)
    assert waited.count("<main") == waited.count("</html>") == waited.count("<!doctype") == 1


def test_what_fails_on_the_way_is_said_where_the_page_would_stand(app, commune, browse_as, monkeypatch, impatient):
    chief, sent, inner = browse_as(commune.chief), [], app.wsgi_app

    def overheard(environ, start):
        answer = inner(environ, start)
        return ClosingIterator((sent.append(piece) or piece for piece in answer), answer.close)

    def fails(*_given):
        raise RuntimeError("the disk is gone")

    monkeypatch.setattr(app, "wsgi_app", overheard)
    monkeypatch.setattr("portal.reports.views.figures._of_period", fails)
    with pytest.raises(RuntimeError, match="the disk is gone"):
        chief.get(ADDRESS)
    assert "This could not be counted to its end." in sent[-1].decode()
    monkeypatch.undo()
    assert chief.get(ADDRESS).status_code == 200


def test_work_that_was_begun_goes_on_where_it_stood():
    done = []
    work = waiting.Work((1, 2, 3), lambda one: done.append(one) or one * 10)
    next(iter(work))
    assert work.finished() == [10, 20, 30]
    assert done == [1, 2, 3]


def test_figures_that_were_waited_for_are_those_that_are_counted(app, commune):
    period = Period(TODAY.replace(day=1), TODAY, (commune.unit.id,))
    with app.test_request_context():
        work = figures.counting(period)
        next(iter(work))
        assert figures.gathered(work) == figures.counted(period)
