"""What the pages of tip boxes have beside those of every book: the minutes of an opening."""

from typing import Any

from flask import Blueprint, abort, request

from portal.documents.views import word
from portal.engine.access import opens
from portal.incidents.minutes import written
from portal.incidents.models import TipBox


def more(bp: Blueprint) -> None:
    @bp.get("/<int:id>/minutes.docx")
    @opens(TipBox, to="read", told_as="print")
    def minutes(box: TipBox) -> Any:
        """The minutes to print and sign: of the opening that is asked for, or a form to be filled in at the box."""
        asked = request.args.get("opening", "")
        kept = {str(one.id): one for one in box.openings if one.voided_at is None}
        if asked and asked not in kept:
            abort(404)
        opening = kept.get(asked)
        name = f"BB-{box.number}-{opening.opened_on:%Y-%m-%d}" if opening else f"BB-{box.number}"
        return word.sent(written(box, opening), name)
