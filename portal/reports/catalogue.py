"""All figures that the rooms declare, by id. A room that is not there has none."""

from typing import Any

from flask import current_app

from portal.engine.indicators import Indicator
from portal.reports.wording.told import Told


def indicators() -> dict[str, Indicator]:
    return {one.id: one for area in current_app.extensions["areas"] for one in area.indicators}


def indicator(id: str) -> Indicator | None:
    return indicators().get(id)


def label_of(one: Told) -> Any:
    """In the reader's language, as long as the figure is declared; else as it was called when it was frozen."""
    declared = indicator(one.id)
    return declared.label if declared else one.label
