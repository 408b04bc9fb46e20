"""On which grounds a term is shortened, by type of case, and whether the rest may be waived as a whole."""

import enum
from collections.abc import Mapping
from datetime import date

from portal.cases.models import Case, CaseType
from portal.engine.text import _l


class Ground(enum.StrEnum):
    """Why a shortening is proposed, in the terms of the act."""

    CONDUCT = "conduct"
    COMMENDED = "commended"
    MERIT = "merit"
    ILLNESS = "illness"
    AGE = "age"


GROUND_NAMES = {
    Ground.CONDUCT: _l("Good conduct and effort"),
    Ground.COMMENDED: _l("A commended achievement"),
    Ground.MERIT: _l("Merit (lập công)"),
    Ground.ILLNESS: _l("Terminal illness"),
    Ground.AGE: _l("Great age and weakness"),
}
SPECIAL = frozenset({Ground.MERIT, Ground.ILLNESS, Ground.AGE})
ALL = (Ground.CONDUCT, Ground.COMMENDED, Ground.MERIT, Ground.ILLNESS, Ground.AGE)
OF_TYPE: Mapping[CaseType, tuple[Ground, ...]] = {
    CaseType.SUSPENDED_SENTENCE: (Ground.CONDUCT, Ground.COMMENDED, Ground.MERIT, Ground.ILLNESS),
    CaseType.CONDITIONAL_RELEASE: ALL,
    CaseType.NON_CUSTODIAL_REFORM: ALL,
    CaseType.RESIDENCE_SUPERVISION: (Ground.CONDUCT,),
    CaseType.RESIDENCE_BAN: (Ground.CONDUCT,),
}
FULL_RULES: Mapping[CaseType, tuple[str, ...]] = {  # by which the whole rest is waived
    CaseType.SUSPENDED_SENTENCE: ("SS-SHORTEN-FULL",),
    CaseType.CONDITIONAL_RELEASE: ("PAR-SHORTEN",),
    CaseType.NON_CUSTODIAL_REFORM: ("NCR-EXEMPT",),
    CaseType.RESIDENCE_SUPERVISION: ("RS-EXEMPT",),
    CaseType.RESIDENCE_BAN: ("RB-EXEMPT",),
}


def known(case: Case) -> bool:
    """Whether the law of the case knows a shortening, or a waiver of the rest."""
    return case.type in OF_TYPE and bool(case.term_months)


def only_waived(case: Case) -> bool:
    """Whether nothing but the whole rest can be waived."""
    return not hasattr(case.regime, "refuse_cut")


def waivable(case: Case, ground: Ground, on: date) -> bool:
    """Whether the whole rest may be waived on a ground, on a day: the law of some types asks for the age too."""
    special, by_law = ground in SPECIAL, getattr(case.regime, "may_waive", None)
    return only_waived(case) or (bool(by_law(case.term, on, special=special)) if by_law else special)
