"""Tip boxes as their pages show them."""

from collections.abc import Sequence

from flask import url_for

from portal.engine.presentation import day
from portal.engine.text import _
from portal.incidents.models import TipBox

MOST_LINKED = 5  # openings, the latest


def minutes_of(box: TipBox) -> Sequence[tuple[str, str]]:
    """The minutes of the latest openings, and a form for the next one."""
    kept = sorted((one for one in box.openings if one.voided_at is None), key=lambda one: (one.opened_on, one.id))
    page = "tip_boxes.minutes"
    of_openings = [
        (_("Minutes of the opening of %(day)s .docx", day=day(one.opened_on)), url_for(page, id=box.id, opening=one.id))
        for one in reversed(kept[-MOST_LINKED:])
    ]
    return [*of_openings, (_("Blank minutes for an opening .docx"), url_for(page, id=box.id))]
