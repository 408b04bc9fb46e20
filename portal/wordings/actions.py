"""Proposing another wording. The steps after that are the workflow's."""

from datetime import date

from portal.engine import clock
from portal.engine.db import db
from portal.engine.numbering import next_number
from portal.engine.refusal import Misfit, Refused
from portal.engine.text import mark
from portal.law import approval
from portal.organisation.models import Unit, line_of
from portal.wordings.blocks import Texts, filled
from portal.wordings.models import WordingChange
from portal.wordings.queries import said


def propose(
    commune: Unit, texts: Texts, block: str, text: str, holds_from: date, reason: str, sub_kind: str = ""
) -> WordingChange:
    """Ask that a sentence be worded otherwise. Raises Refused where it is worded so already."""
    if same_as_now(commune, texts, block, text, sub_kind):
        raise Refused(Misfit("text", mark("That is how it is worded already.")))
    change = WordingChange(
        commune_id=commune.id, commune=commune, number=_next_number(commune), paper=texts.key, block=block,
        sub_kind=sub_kind, text=text, holds_from=holds_from, reason=reason,
        decider_role=approval.chain("paper_text", clock.today()).decider,
    )  # fmt: skip
    if refusals := change.refusals():
        raise Refused(*refusals)
    db.session.add(change)
    db.session.flush()
    return change


def same_as_now(commune: Unit, texts: Texts, block: str, text: str, sub_kind: str) -> bool:
    now = said(texts, commune.id, clock.now(), sub_kind)
    as_written = {one: f"{{{one}}}" for one in texts.blocks[block].places}
    return now(block, **as_written) == filled(text, as_written)


def _next_number(commune: Unit) -> str:
    year = clock.today().year
    return next_number(WordingChange.number, f"CV-{year}-", WordingChange.commune_id.in_(line_of(commune.id)))
