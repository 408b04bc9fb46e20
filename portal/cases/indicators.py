"""What is counted of cases: sentences in the community and released people.

The figures of part III.6 of the periodic report, by its definitions. A case counts once the commune has accepted it
(drafts, cases that wait and rejected ones never do), unless it, or its person's record, was voided; one whose
supervising body is a unit of the army counts nowhere. A day of closing is the first on which the case runs no more.
Nothing here looks at a closing after the last day of the period, so an old figure does not move when one is recorded.
"""

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import aliased

from portal.cases.models import (
    ACCEPTED,
    ARMY,
    CASE_TYPE_NAMES,
    COMMUNITY_SENTENCES,
    Case,
    CaseType,
    CheckIn,
    Violation,
    ViolationKind,
)
from portal.engine.indicators import Examples, Indicator, Period, by_month, by_words
from portal.engine.text import _l
from portal.organisation.breakdowns import people_by_village
from portal.organisation.models import Unit
from portal.people.models import Person


def counted(period: Period, *types: CaseType) -> ColumnElement[bool]:
    """Cases of some types that may count at all, whatever their days."""
    military = select(Unit.id).where(Unit.kind.in_(ARMY))
    voided = select(Person.id).where(Person.voided_at.is_not(None))
    return and_(
        Case.commune_id.in_(period.communes),
        Case.type.in_(types),
        Case.state.in_(ACCEPTED),
        Case.voided_at.is_(None),
        Case.person_id.not_in(voided),
        Case.supervising_unit_id.not_in(military),
    )


def received(period: Period) -> Select[Any]:
    """Files that came in the period; one closed since still counts."""
    within = Case.received_on.between(period.first, period.last)
    return select(Case).join(Case.person).where(counted(period, *COMMUNITY_SENTENCES), within)


def serving(*types: CaseType) -> Any:
    """Cases that run at the end of the last day."""

    def records(period: Period) -> Select[Any]:
        runs = or_(Case.closed_on.is_(None), Case.closed_on > period.last)
        return select(Case).join(Case.person).where(counted(period, *types), Case.received_on <= period.last, runs)

    return records


def managed(period: Period) -> Select[Any]:
    """Released people whose case ran on at least one day of the period.

    The definition asks for a closing *after* the first day, although one on that very day is the first day no more.
    """
    ran = or_(Case.closed_on.is_(None), Case.closed_on > period.first)
    of_type = counted(period, CaseType.REINTEGRATION)
    return select(Case).join(Case.person).where(of_type, Case.received_on <= period.last, ran)


def decided_to_manage(period: Period) -> Select[Any]:
    """Cases of drug users whose decision was signed in the period."""
    within = Case.decision_on.between(period.first, period.last)
    return select(Case).join(Case.person).where(counted(period, CaseType.DRUG_USER_MANAGEMENT), within)


def self_reports(period: Period) -> Select[Any]:
    """Self-reports that came in the period and were not returned; of one case and month the first of them alone."""
    earlier = aliased(CheckIn)
    before = or_(
        earlier.received_on < CheckIn.received_on,
        and_(earlier.received_on == CheckIn.received_on, earlier.id < CheckIn.id),
    )
    same_month = and_(earlier.case_id == CheckIn.case_id, earlier.month == CheckIn.month)
    standing = and_(earlier.state == "received", earlier.voided_at.is_(None), earlier.received_on >= period.first)
    return (
        select(CheckIn)
        .join(CheckIn.case)
        .join(Case.person)
        .where(counted(period, *COMMUNITY_SENTENCES), CheckIn.state == "received", CheckIn.voided_at.is_(None))
        .where(CheckIn.received_on.between(period.first, period.last))
        .where(~select(earlier.id).where(same_month, standing, before).exists())
    )


def law_violations(period: Period) -> Select[Any]:
    """Breaches of the law, not of a duty of the sentence, that occurred in the period."""
    return (
        select(Violation)
        .join(Violation.case)
        .join(Case.person)
        .where(counted(period, *COMMUNITY_SENTENCES))
        .where(Violation.kind == ViolationKind.LAW, Violation.voided_at.is_(None))
        .where(Violation.occurred_on.between(period.first, period.last))
    )


_BY_TYPE = by_words("type", _l("By type of case"), Case.type, CASE_TYPE_NAMES)
_WHERE = people_by_village(Person.village_id, Person.identity)
_NOT_A_CASE = (
    _l("a draft, or a file that waits to be opened"),
    _l("supervised by a military unit"),
    _l("entered in error"),
)
_RUNS = Examples(
    (
        _l("received on the last day of the period"), _l("suspended, or being closed"),
        _l("closed on the day after the period"),
    ),
    (_l("closed on the last day of the period"), _l("the second case of the same person"), *_NOT_A_CASE),
)  # fmt: skip

RECEIVED = Indicator(
    id="cases.community.received",
    label=_l("Community-sentence files received in the period"),
    unit=_l("files"),
    definition=_l(
        "Number of cases (files) of the five community-sentence types (suspended sentence, conditional early release, "
        "non-custodial reform, residence supervision, residence ban) received in the period, including those "
        "transferred in from another commune on that day. Cases in draft, waiting to be opened or not accepted do not "
        "count; a case closed since still counts."
    ),
    kind="flow",
    record=Case,
    records=received,
    breakdowns=(_BY_TYPE, _WHERE, by_month(Case.received_on)),
    examples=Examples(
        (
            _l("transferred in from another commune on a day of the period"),
            _l("received in the period and closed since"),
        ),
        (_l("released people and managed drug users"), *_NOT_A_CASE),
    ),
)

SERVING = Indicator(
    id="cases.community.serving",
    label=_l("People serving a sentence in the community"),
    unit=_l("people"),
    definition=_l(
        "Number of different people with at least one case of the five community-sentence types that was received on "
        "or before the last day of the period and is not closed by then. Suspended cases and cases being closed count "
        "until the day of closing. A person with two such cases counts once, so the total can be smaller than the sum "
        "of the five types."
    ),
    kind="stock",
    record=Case,
    records=serving(*COMMUNITY_SENTENCES),
    counts=Person.identity,
    overlaps=True,
    breakdowns=(_BY_TYPE, _WHERE),
    examples=_RUNS,
)

_SERVING_LABELS = {
    CaseType.SUSPENDED_SENTENCE: _l("Suspended sentence: people serving"),
    CaseType.CONDITIONAL_RELEASE: _l("Conditional early release: people serving"),
    CaseType.NON_CUSTODIAL_REFORM: _l("Non-custodial reform: people serving"),
    CaseType.RESIDENCE_SUPERVISION: _l("Residence supervision: people serving"),
    CaseType.RESIDENCE_BAN: _l("Residence ban: people serving"),
}

SERVING_BY_TYPE = tuple(
    Indicator(
        id=f"cases.community.serving_{of_type}",
        label=label,
        unit=_l("people"),
        definition=_l(
            "Number of different people with at least one case of the type “%(type)s” that was received on or before "
            "the last day of the period and is not closed by then. Suspended cases and cases being closed count until "
            "the day of closing. A person with two such cases counts once.",
            type=CASE_TYPE_NAMES[of_type],
        ),
        kind="stock",
        record=Case,
        records=serving(of_type),
        counts=Person.identity,
        overlaps=True,
        breakdowns=(_WHERE,),
        examples=_RUNS,
    )
    for of_type, label in _SERVING_LABELS.items()
)

SELF_REPORTS = Indicator(
    id="cases.community.self_reports",
    label=_l("Monthly self-reports handed in"),
    unit=_l("self-reports"),
    definition=_l(
        "Number of monthly self-reports of community-sentence cases received in the period that were not returned as "
        "deficient. For one case and one month at most one counts, the first. Late ones count, on the day they came. "
        "A case closed since still counts."
    ),
    kind="flow",
    record=CheckIn,
    records=self_reports,
    breakdowns=(_BY_TYPE, _WHERE, by_month(CheckIn.received_on)),
    examples=Examples(
        (_l("handed in late, on the day on which it came"), _l("of a case that was closed since")),
        (_l("returned as deficient"), _l("a second one for the same month"), *_NOT_A_CASE),
    ),
)

LAW_VIOLATIONS = Indicator(
    id="cases.community.law_violations",
    label=_l("Violations of law by people serving"),
    unit=_l("violations"),
    definition=_l(
        "Number of violations of the law (an administrative violation or a new crime) in community-sentence cases that "
        "occurred in the period. Breaches of a duty of the sentence, such as a late self-report, are not in this "
        "figure."
    ),
    kind="flow",
    record=Violation,
    records=law_violations,
    breakdowns=(_BY_TYPE, _WHERE, by_month(Violation.occurred_on)),
    examples=Examples(
        (_l("an administrative violation"), _l("a new crime")),
        (_l("a self-report that came late, or another duty of the sentence"), *_NOT_A_CASE),
    ),
)

MANAGED = Indicator(
    id="reintegration.managed",
    label=_l("Released people managed in the period"),
    unit=_l("people"),
    definition=_l(
        "Number of different people with a reintegration case that ran on at least one day of the period: received on "
        "or before the last day, and not closed or closed after the first day."
    ),
    kind="flow",
    record=Case,
    records=managed,
    counts=Person.identity,
    overlaps=True,
    breakdowns=(_WHERE,),
    examples=Examples(
        (_l("received on the last day of the period"), _l("ended in the middle of the period")),
        (_l("ended before the period, or on its first day"), _l("the second case of the same person"), *_NOT_A_CASE),
    ),
    note=_l("These are other people than those who serve a sentence, though the numbers may be the same."),
)

MANAGEMENT_DECISIONS = Indicator(
    id="drugs.management_decisions",
    label=_l("Decisions to manage drug users"),
    unit=_l("decisions"),
    definition=_l(
        "Number of cases of the management of a drug user whose decision was signed in the period, whatever led to it. "
        "Cases in draft, waiting to be opened or not accepted do not count; a person with two decisions in the period "
        "counts twice."
    ),
    kind="flow",
    record=Case,
    records=decided_to_manage,
    breakdowns=(people_by_village(Person.village_id, Person.identity), by_month(Case.decision_on)),
    examples=Examples(
        (_l("signed on the first or the last day of the period"), _l("the second decision about a person: once more")),
        (_l("a case still in draft"), _l("received in the period, signed before it")),
    ),
    note=_l("The term of the decision is a number of the law, and none of the commune's figures."),
)

INDICATORS = (RECEIVED, SERVING, *SERVING_BY_TYPE, SELF_REPORTS, LAW_VIOLATIONS, MANAGED, MANAGEMENT_DECISIONS)
