"""What is counted of the movement: models that run, people trained for them, commendations."""

from typing import Any

from sqlalchemy import Select, select

from portal.engine.indicators import Examples, Indicator, Period, by_month, by_words
from portal.engine.spans import going_on
from portal.engine.text import _l
from portal.movement.models import (
    COMMENDED_NAMES,
    HONOUR_NAMES,
    MODEL_KIND_NAMES,
    Commendation,
    Model,
    ModelTraining,
)
from portal.organisation.breakdowns import by_village


def running(period: Period) -> Select[Any]:
    """Models in being at the end of the last day."""
    return select(Model).where(
        Model.commune_id.in_(period.communes),
        Model.voided_at.is_(None),
        Model.launched_on <= period.last,
        going_on(Model.ended_on, period.last),
    )


def trained(period: Period) -> Select[Any]:
    return (
        select(ModelTraining)
        .join(Model, Model.id == ModelTraining.model_id)
        .where(Model.commune_id.in_(period.communes), Model.voided_at.is_(None), ModelTraining.voided_at.is_(None))
        .where(ModelTraining.held_on.between(period.first, period.last))
    )


def given(period: Period) -> Select[Any]:
    return select(Commendation).where(
        Commendation.commune_id.in_(period.communes), Commendation.voided_at.is_(None),
        Commendation.given_on.between(period.first, period.last),
    )  # fmt: skip


RUNNING = Indicator(
    "models.running", _l("Models that run"), _l("models"),
    _l("Models of the movement in being at the end of the last day of the period."),
    "stock", Model, running, breakdowns=(by_words("kind", _l("By kind"), Model.kind, MODEL_KIND_NAMES),),
    examples=Examples(
        (_l("launched on the last day of the period"), _l("to be mended, and still in being")),
        (_l("ended on the last day of the period"), _l("entered in error")),
    ),
)  # fmt: skip
TRAINED = Indicator(
    "models.trained_attendance", _l("Attendance at training for models"), _l("times attended"),
    _l("People who took part, added up over the training sessions of the period; who came twice counts twice."),
    "flow", ModelTraining, trained, sums=ModelTraining.count, breakdowns=(by_month(ModelTraining.held_on),),
    examples=Examples(
        (_l("a session on the first or the last day of the period"),), (_l("a session of a model entered in error"),)
    ),
)  # fmt: skip
COMMENDED = Indicator(
    "commendations.given", _l("Commendations given"), _l("commendations"),
    _l("Commendations of groups and people that were given on a day of the period."),
    "flow", Commendation, given,
    breakdowns=(
        by_village(Commendation.village_id), by_month(Commendation.given_on),
        by_words("whom", _l("By who is commended"), Commendation.whom, COMMENDED_NAMES),
        by_words("honour", _l("By form"), Commendation.honour, HONOUR_NAMES),
    ),
    examples=Examples(
        (_l("given on the first or the last day of the period"),), (_l("decided, and given after the period"),)
    ),
)  # fmt: skip

INDICATORS = (RUNNING, TRAINED, COMMENDED)
