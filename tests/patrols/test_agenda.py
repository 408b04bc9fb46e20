"""What patrols bring to a meeting: figures against the plan, open recommendations, points that were left alone."""

import re
from collections.abc import Iterator
from datetime import date

import pytest
from flask_babel import force_locale

from portal.engine.agenda import is_indicator
from portal.engine.indicators import Period
from portal.engine.transaction import transaction
from portal.patrols import agenda, reviews
from portal.patrols.models import PatrolKind
from tests.patrols.going import a_patrol, a_point, at, logged, signed


@pytest.fixture(autouse=True)
def spoken(commune) -> Iterator[None]:
    """Papers speak a language of their own, with no page around them."""
    with force_locale("en"):
        yield


def november(commune) -> Period:
    return Period(date(2026, 11, 1), date(2026, 11, 30), (commune.id,))


def test_the_figures_are_those_of_the_report(commune):
    logged(commune, a_patrol(commune, start=at(2, days=-3)), violations_found=1)
    closed = signed(commune, logged(commune, a_patrol(commune)), "military", "border")
    a_patrol(commune, start=at(20, days=2))
    (told,) = agenda.done(november(commune))
    assert [value for _label, value, *_opens in told.figures] == [2, 1, 0, 0, 1]
    assert closed.state == "closed"
    assert told.text == "TT-2026-001 (20/11), TT-2026-002 (23/11)"


def test_a_violation_that_a_border_patrol_found_is_told_beside_those_of_order_patrols(commune):
    logged(commune, a_patrol(commune, kind=PatrolKind.BORDER), violations_found=1)
    period = november(commune)
    for figures in (next(agenda.done(period)).figures, reviews.patrols(period).figures):
        told = {str(label): value for label, value, *_opens in figures}
        assert told["Order patrols that found a violation"] == 0
        assert told["Border patrols that found a violation"] == 1


def test_every_figure_of_patrols_on_an_agenda_names_the_page_of_what_it_counts(app, commune):
    logged(commune, a_patrol(commune))
    with app.test_request_context():
        for told in next(agenda.done(november(commune))).figures:
            assert is_indicator(told.opens) or told.opens.partition("?")[0] in app.view_functions, told


def test_a_log_that_not_every_force_countersigned_is_found_in_the_list_of_those(commune, browse_as):
    waits = logged(commune, a_patrol(commune))
    signed(commune, logged(commune, a_patrol(commune, start=at(2, days=-2))), "military", "border")
    page = browse_as(commune.leader).get("/patrols/?show=unsettled").text
    assert set(re.findall(r'href="/patrols/(\d+)"', page)) == {str(waits.id)}


def test_a_recommendation_comes_until_its_patrol_is_closed(commune):
    patrol = logged(commune, a_patrol(commune), recommendation="Đặt biển cấm xe máy")
    logged(commune, a_patrol(commune, start=at(2, days=-2)))
    (told,) = agenda.recommended(november(commune))
    assert (told.subject, told.text) == (patrol, "Đặt biển cấm xe máy")
    signed(commune, patrol, "military", "border")
    assert len(list(agenda.recommended(november(commune)))) == 1
    december = Period(date(2026, 12, 1), date(2026, 12, 31), (commune.id,))
    assert [one.subject for one in agenda.recommended(december)] == [patrol]

    with transaction(commune.leader):
        patrol.workflow.take("close", patrol, commune.leader, "Đã đặt biển")
    assert list(agenda.recommended(november(commune))) == []


def test_points_that_nobody_passed_for_long_are_named(commune):
    point = a_point(commune)
    (told,) = agenda.left_alone(november(commune))
    assert told.text == "Mốc 790"
    logged(commune, a_patrol(commune, points=(point,)))
    assert list(agenda.left_alone(november(commune))) == []
