"""Any models of the movement with their trainings, and any commendations."""

from datetime import date
from typing import Any

from hypothesis import strategies as st

from portal.movement import indicators
from portal.movement.models import Commendation, Commended, Honour, Model, ModelKind, ModelTraining
from tests.reports import movement_by_hand as hand
from tests.reports.randomly.rows import Places, Room, days, lines, perhaps, put, rarely, some, where, words

training = st.builds(hand.Training, days, st.integers(0, 40), rarely)
model = st.builds(
    hand.Model, words(ModelKind), launched_on=days, ended_on=perhaps, trainings=some(training, 3), where=where,
    voided=rarely,
)  # fmt: skip
commendation = st.builds(hand.Commendation, days, words(Commended), words(Honour), where, rarely)
told = st.builds(hand.Told, some(model), some(commendation))


def tell(places: Places, told: Any) -> None:
    put(Model, [
        places.entry(number, one, name="", kind=one.kind, launched_on=one.launched_on, ended_on=one.ended_on)
        for number, one in enumerate(told.models)
    ])  # fmt: skip
    put(ModelTraining, [
        places.kept(number, one, model_id=of, held_on=one.held_on, count=one.count, subject="")
        for number, (of, one) in enumerate(lines(told.models, "trainings"))
    ])  # fmt: skip
    put(Commendation, [
        places.entry(number, one, whom=one.whom, name="", honour=one.honour, given_by="", given_on=one.given_on)
        for number, one in enumerate(told.commendations)
    ])  # fmt: skip


DAY = date(2024, 8, 31)
EACH = hand.Told(
    [hand.Model(next(iter(ModelKind)), DAY, trainings=[hand.Training(DAY, 20)])],
    [hand.Commendation(DAY, next(iter(Commended)), next(iter(Honour)))],
)
ROOM = Room("movement", indicators.INDICATORS, told, tell, hand.figures, EACH)
