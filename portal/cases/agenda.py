"""What the commune police has to say of its cases at a meeting: figures, and the breaches that must be spoken of.

No name stands here: an item names the case, and whoever may open that finds the person there.
"""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from portal.cases.indicators import LAW_VIOLATIONS, MANAGED, RECEIVED, SELF_REPORTS, SERVING
from portal.cases.models import RUNNING, Case, Violation
from portal.engine.agenda import AgendaSource, Contribution, counted
from portal.engine.db import db
from portal.engine.indicators import Period
from portal.engine.reviews import Reviewed, ReviewSource
from portal.engine.text import _, _l, mark

FIGURES = (SERVING, RECEIVED, SELF_REPORTS, LAW_VIOLATIONS, MANAGED)


def figures(period: Period) -> Iterator[Contribution]:
    yield Contribution(
        mark("Sentences served in the community, reintegration"),
        figures=tuple(counted(indicator, period) for indicator in FIGURES),
    )


def breaches(period: Period) -> Iterator[Contribution]:
    """Each case with a breach in the period that was more than reminded of: restricted, since it is about a person."""
    asked = (
        select(Case)
        .join(Case.violations)
        .where(
            Case.commune_id.in_(period.communes), Case.state.in_(RUNNING), Case.voided_at.is_(None),
            Violation.occurred_on.between(period.first, period.last), Violation.voided_at.is_(None),
            Violation.only_reminded.is_(False),
        )
        .options(contains_eager(Case.violations))
        .order_by(Case.number)
    )  # fmt: skip
    for case in db.session.scalars(asked).unique():
        yield Contribution(
            mark("Case %(number)s: a breach to be spoken of"),
            _("What happened stands in the case."),
            subject=case,
            restricted=True,
            values={"number": case.number},
        )


def reviewed(period: Period) -> Reviewed:
    return Reviewed(tuple(counted(indicator, period) for indicator in FIGURES))


AGENDA = (
    AgendaSource("cases.figures", _l("Figures of the cases"), "police", 10, figures),
    AgendaSource("cases.breaches", _l("Breaches of duties and of the law"), "police", 20, breaches),
)
REVIEWS = (
    ReviewSource("cases", mark("Sentences served in the community, reintegration"), 40, reviewed, (Case, "count")),
)
