"""Words that differ by type of case: somebody who is managed or back from prison serves no sentence."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from portal.cases.models import Case, CaseType
from portal.engine.text import _l


@dataclass(frozen=True)
class Wording:
    """What the parts of a case's page are called."""

    calendar: Any
    passed: Any
    term: Any
    judgment: Any
    offence: Any
    completion: Any


OF_SENTENCE = Wording(
    calendar=_l("Legal calendar"),
    passed=_l("Time served"),
    term=_l("Term"),
    judgment=_l("Judgment or decision"),
    offence=_l("Offence"),
    completion=_l("Propose completion"),
)
OF_TYPE: Mapping[CaseType, Wording] = {
    CaseType.REINTEGRATION: replace(
        OF_SENTENCE,
        calendar=_l("Calendar of reintegration"),
        passed=_l("Time passed"),
        term=_l("Term of reintegration"),
        completion=_l("Propose to close the file"),
    ),
    CaseType.DRUG_USER_MANAGEMENT: Wording(
        calendar=_l("Calendar of management"),
        passed=_l("Time passed"),
        term=_l("Term of management"),
        judgment=_l("Decision"),
        offence=_l("Act"),
        completion=_l("Propose to end the management"),
    ),
    CaseType.PRISON_DEFERRAL: replace(
        OF_SENTENCE,
        calendar=_l("Calendar of the deferral"),
        passed=_l("Time passed"),
        completion=_l("Propose to close the file"),
    ),
}


def wording(case: Case) -> Wording:
    return OF_TYPE.get(case.type, OF_SENTENCE)
