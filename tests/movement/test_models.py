"""Models of the movement: what runs, what waits for its yearly review, what the reviews said; and who was commended."""

from datetime import date, timedelta

import pytest

from portal.books import actions
from portal.engine import voiding
from portal.engine.db import db
from portal.engine.indicators import Period
from portal.engine.refusal import Refused
from portal.engine.transaction import transaction
from portal.movement.indicators import COMMENDED, RUNNING, TRAINED
from portal.movement.models import (
    Commendation,
    Commended,
    Honour,
    Model,
    ModelKind,
    ModelReview,
    ModelTraining,
    ModelVillage,
    Verdict,
)

FIRST, LAST = date(2024, 1, 1), date(2024, 8, 31)
DAY = timedelta(days=1)


def a_model(commune, name="Tiếng kẻng an ninh", launched_on=date(2023, 5, 10), **more):
    facts = {"name": name, "kind": ModelKind.SECURITY, "launched_on": launched_on, **more}
    with transaction(commune.officer):
        return actions.write_down(Model, commune.id, facts, None)


def line(record, model, **facts):
    with transaction(None):
        return actions.add_line(record, model, facts, None)


def reviewed(model, on, verdict):
    return line(ModelReview, model, reviewed_on=on, verdict=verdict, reason="Họp tổng kết")


def value(indicator, commune):
    return indicator.value(Period(FIRST, LAST, (commune.id,)))


@pytest.mark.parametrize(
    ("launched_on", "ended_on", "counts"),
    [(LAST, None, 1), (LAST + DAY, None, 0), (FIRST, LAST, 0), (FIRST, LAST + DAY, 1)],
)
@pytest.mark.both_engines
def test_a_model_runs_from_its_launch_to_the_day_before_its_end(commune, launched_on, ended_on, counts):
    a_model(commune, launched_on=launched_on, ended_on=ended_on)
    assert value(RUNNING, commune) == counts


@pytest.mark.both_engines
def test_people_trained_are_added_up_over_the_sessions_of_the_period(commune):
    model, wrong = a_model(commune), a_model(commune, "Ghi nhầm")
    for on, count in ((FIRST, 20), (LAST, 15), (FIRST - DAY, 100), (LAST + DAY, 100)):
        line(ModelTraining, model, held_on=on, count=count, subject="PCCC")
    gone = line(ModelTraining, model, held_on=LAST, count=100, subject="Nhầm")
    line(ModelTraining, wrong, held_on=LAST, count=100, subject="PCCC")
    with transaction(None):
        voiding.void(gone, "Nhầm")
        voiding.void(wrong, "Nhầm")
    assert value(TRAINED, commune) == 35


def test_commendations_count_on_the_day_on_which_they_were_given(commune):
    for on in (FIRST - DAY, FIRST, LAST, LAST + DAY):
        facts = {
            "whom": Commended.PERSON, "name": "A Drin", "honour": Honour.MERIT, "given_by": "UBND xã", "given_on": on,
        }  # fmt: skip
        with transaction(commune.clerk):
            actions.write_down(Commendation, commune.id, facts, None)
    assert value(COMMENDED, commune) == 2


def test_a_model_of_a_former_year_waits_for_its_review_and_then_stands_as_it_said(commune, browse_as):
    model, new = a_model(commune), a_model(commune, "Khu trọ tự quản", launched_on=date(2026, 3, 3))
    browser = browse_as(commune.chief)
    reviewed(model, date(2025, 12, 12), Verdict.SPREAD)
    assert str(model.standing.shape) == "todo"
    due = browser.get("/models/?show=due").text
    assert model.number in due
    assert "Review due, last: To be spread" in due
    assert new.number not in due
    reviewed(model, date(2026, 11, 2), Verdict.MEND)
    assert model.number not in browser.get("/models/?show=due").text
    assert model.number in browser.get("/models/?show=mend").text
    assert model.number not in browser.get("/models/?show=spread").text
    assert "To be mended" in browser.get(f"/models/{model.id}").text


LISTED = {"due": "todo", "mend": "soon", "spread": "right"}  # by the shapes of their states


@pytest.mark.parametrize("launched_on", [date(2024, 5, 10), date(2026, 1, 1)])
@pytest.mark.parametrize("verdict", [None, *Verdict])
@pytest.mark.parametrize("on", [date(2026, 11, 2), date(2026, 1, 1), date(2025, 12, 31)])
@pytest.mark.both_engines
def test_a_model_is_listed_under_the_state_that_its_page_tells_and_under_no_other(
    commune, browse_as, launched_on, verdict, on
):
    model = a_model(commune, launched_on=launched_on)
    if verdict and on >= launched_on:
        reviewed(model, on, verdict)
    browser = browse_as(commune.chief)
    found = {chip: model.number in browser.get(f"/models/?show={chip}").text for chip in LISTED}
    assert found == {chip: shape == model.standing.shape for chip, shape in LISTED.items()}


def test_a_stopped_model_says_so_until_its_end_is_written(commune):
    model = a_model(commune)
    reviewed(model, date(2025, 12, 12), Verdict.STOP)
    assert model.standing.shape == "overdue"
    with transaction(commune.officer):
        actions.mend(model, {"ended_on": date(2026, 1, 15)}, None)
    assert model.standing.shape == "cancelled"


def test_a_struck_out_review_says_nothing(commune):
    model = a_model(commune)
    review = reviewed(model, date(2026, 11, 2), Verdict.STOP)
    with transaction(commune.officer):
        voiding.void(review, "Nhầm mô hình")
    assert model.standing.shape == "todo"


@pytest.mark.parametrize("name", ["two reviews", "too early", "village twice", "ended before"])
def test_what_does_not_fit_is_told_at_its_field(commune, name):
    model = a_model(commune)
    reviewed(model, date(2025, 12, 12), Verdict.KEEP)
    village = commune.place("BPH").id
    line(ModelVillage, model, village_id=village)
    deeds = {
        "two reviews": ("reviewed_on", lambda: reviewed(model, date(2025, 1, 5), Verdict.STOP)),
        "too early": ("reviewed_on", lambda: reviewed(model, date(2023, 5, 9), Verdict.STOP)),
        "village twice": ("village_id", lambda: line(ModelVillage, model, village_id=village)),
        "ended before": ("ended_on", lambda: a_model(commune, "Khác", ended_on=date(2023, 5, 9))),
    }
    field, deed = deeds[name]
    with pytest.raises(Refused) as refused:
        deed()
    db.session.rollback()
    assert refused.value.reasons[0].field == field
