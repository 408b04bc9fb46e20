"""What the commune police has to say of its cases at a meeting: figures, what comes within a month, and the breaches
and reviews that must be spoken of.

No name stands here: an item names the case, and whoever may open that finds the person there.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import contains_eager

from portal.cases.duties.rules import LAST_DAYS, PLAN
from portal.cases.indicators import LAW_VIOLATIONS, MANAGED, RECEIVED, SELF_REPORTS, SERVING
from portal.cases.models import (
    RUNNING,
    Case,
    CertificateHold,
    Custody,
    CustodyKind,
    Move,
    ReviewMeeting,
    Violation,
)
from portal.duties.models import Duty
from portal.duties.queries import still_open
from portal.engine.agenda import AgendaSource, Contribution, Told, counted
from portal.engine.db import db
from portal.engine.indicators import Period
from portal.engine.presentation import day
from portal.engine.reviews import Reviewed, ReviewSource
from portal.engine.text import _, _l, mark

SOON = timedelta(days=31)  # after the days that are told of: what comes until the next monthly meeting
OPENS = "cases.index?show=running"
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


def reviews(period: Period) -> Iterator[Contribution]:
    """Each review that is planned and was not held yet: restricted, since it is about a person."""
    asked = (
        select(ReviewMeeting)
        .join(ReviewMeeting.case)
        .where(
            Case.commune_id.in_(period.communes), Case.state.in_(RUNNING), Case.voided_at.is_(None),
            ReviewMeeting.state == "planned", ReviewMeeting.voided_at.is_(None),
        )
        .options(contains_eager(ReviewMeeting.case))
        .order_by(ReviewMeeting.planned_on, Case.number)
    )  # fmt: skip
    for review in db.session.scalars(asked):
        told = _("It is planned for %(day)s.", day=day(review.planned_on))
        until = _("By the law it is held by %(day)s.", day=day(review.hold_by)) if review.hold_by else ""
        yield Contribution(
            mark("Case %(number)s: a review of conduct is to be held"), f"{told} {until}".strip(), subject=review.case,
            restricted=True, values={"number": review.case.number},
        )  # fmt: skip


def coming(period: Period) -> Iterator[Contribution]:
    """How many cases come to their end within a month, and what is under way in others; what is none is not told."""
    told = (
        Told(_("Terms that end within a month"), _owed(period, *LAST_DAYS), OPENS),
        Told(_("Certificates that are held back"), _of_cases(
            period, CertificateHold, CertificateHold.ended_on.is_(None)), OPENS),
        Told(_("Moves to another commune under way"), _of_cases(
            period, Move, Move.received_on.is_(None), or_(Move.granted.is_(None), Move.granted.is_(True))), OPENS),
        Told(_("People in custody"), _of_cases(
            period, Custody, Custody.released_on.is_(None), Custody.kind != CustodyKind.CHARGED), OPENS),
        Told(_("Supervision plans that are owed"), _owed(period, PLAN), OPENS),
    )  # fmt: skip
    if found := tuple(one for one in told if one.value):
        yield Contribution(mark("Cases: under way, and to come"), figures=found)


def _of_cases(period: Period, record: Any, *where: Any) -> int:
    """In how many running cases something stands."""
    asked = select(func.count(record.case_id.distinct())).join(record.case).where(
        Case.commune_id.in_(period.communes), Case.state.in_(RUNNING), Case.voided_at.is_(None),
        record.voided_at.is_(None), *where,
    )  # fmt: skip
    return db.session.scalar(asked) or 0


def _owed(period: Period, *rules: str) -> int:
    """In how many cases a duty is open that comes within a month."""
    asked = select(func.count(Duty.case_id.distinct())).where(
        Duty.commune_id.in_(period.communes), Duty.rule.in_(rules), still_open(), Duty.due_on <= period.last + SOON
    )
    return db.session.scalar(asked) or 0


def reviewed(period: Period) -> Reviewed:
    return Reviewed(tuple(counted(indicator, period) for indicator in FIGURES))


AGENDA = (
    AgendaSource("cases.figures", _l("Figures of the cases"), "police", 10, figures),
    AgendaSource("cases.coming", _l("Ends of terms, moves, custody, plans"), "police", 15, coming),
    AgendaSource("cases.breaches", _l("Breaches of duties and of the law"), "police", 20, breaches),
    AgendaSource("cases.reviews", _l("Reviews of conduct"), "police", 25, reviews),
)
REVIEWS = (
    ReviewSource("cases", mark("Sentences served in the community, reintegration"), 40, reviewed, (Case, "count")),
)
