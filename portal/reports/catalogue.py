"""All figures that the rooms declare, by id. A room that is not there has none."""

from flask import current_app

from portal.engine.indicators import Indicator


def indicators() -> dict[str, Indicator]:
    return {one.id: one for area in current_app.extensions["areas"] for one in area.indicators}


def indicator(id: str) -> Indicator | None:
    return indicators().get(id)
