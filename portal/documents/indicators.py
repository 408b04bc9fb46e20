"""What is counted of the registers: the directives that a commune issued."""

from typing import Any

from sqlalchemy import Select, or_, select

from portal.documents.models import ISSUED_BY_NAMES, Category, IssuedBy, OfficialDocument
from portal.documents.queries import is_issued
from portal.engine.indicators import Examples, Indicator, Period, by_month, by_words
from portal.engine.text import _l
from portal.organisation.models import Unit, UnitKind


def directives(period: Period) -> Select[Any]:
    """Directives that the committee, the party committee or the steering committee of the commune issued."""
    committees = select(Unit.id).where(Unit.kind.in_((UnitKind.COMMITTEE, UnitKind.COMMUNE)))
    of_commune = or_(OfficialDocument.issued_by != IssuedBy.UNIT, OfficialDocument.unit_id.in_(committees))
    return select(OfficialDocument).where(
        OfficialDocument.commune_id.in_(period.communes), OfficialDocument.voided_at.is_(None), is_issued(),
        OfficialDocument.category == Category.DIRECTIVE, of_commune,
        OfficialDocument.dated_on.between(period.first, period.last),
    )  # fmt: skip


DIRECTIVES_ISSUED = Indicator(
    "documents.directives_issued", _l("Directives issued by the commune"), _l("documents"),
    _l("Documents dated in the period that the commune itself issued, through its party committee, its People's "
       "Committee or its steering committee, and that are counted as directives: plans, programmes, instructions, "
       "resolutions, and decisions that set something up or launch it."),
    "flow", OfficialDocument, directives,
    breakdowns=(
        by_month(OfficialDocument.dated_on),
        by_words("issued_by", _l("By who issued it"), OfficialDocument.issued_by, ISSUED_BY_NAMES),
    ),
    examples=Examples(
        (_l("dated on the first or the last day of the period"), _l("a plan of the party committee")),
        (
            _l("a decision about one person"), _l("reports, letters, invitations, minutes"),
            _l("a plan of the police or another force"), _l("what came in"), _l("what waits for its signature"),
            _l("entered in error"),
        ),
    ),
)  # fmt: skip

INDICATORS = (DIRECTIVES_ISSUED,)
