"""As what a completion may close a case: what ends in a way of its own is not closed by one proposal besides."""

from collections.abc import Iterator, Sequence
from typing import Any

from portal.cases.models import CLOSING_REASON_NAMES, Case, CaseType, ClosingReason
from portal.engine.refusal import Misfit
from portal.engine.text import mark

BY_COURT = (CaseType.SUSPENDED_SENTENCE, CaseType.CONDITIONAL_RELEASE)
NEVER_PRISON = (CaseType.NON_CUSTODIAL_REFORM, CaseType.RESIDENCE_SUPERVISION, CaseType.RESIDENCE_BAN)
TO_PRISON = mark(
    "Prison is decided by the court: propose it, and record the court's answer, which a second person confirms. "
    "The case ends with that."
)
NOT_CONVERTED = mark(
    "This sentence is not turned into prison: whoever breaks its duties is fined or prosecuted. Where somebody serves "
    "prison for a new crime, choose “Another reason” and write down the judgment."
)
ELSEWHERE = {
    ClosingReason.TRANSFERRED: mark(
        "A transfer has a proposal of its own, by which the file is handed over. The case ends with that."
    ),
    ClosingReason.DECEASED: mark(
        "A death is recorded on the page of the case, and a second person confirms it. The case ends with that."
    ),
}
NOT_CLEARED = mark("A record is cleared of somebody who is back from prison; this file is of another kind.")


def misfits(case: Case, reason: ClosingReason) -> Iterator[Misfit]:
    """Why a case cannot be closed for a reason by this proposal, with the way that leads there."""
    told = _way_of_its_own(case, reason)
    if told:
        yield Misfit("closing_reason", told)


def _way_of_its_own(case: Case, reason: ClosingReason) -> str:
    if reason == ClosingReason.REVOKED and case.type in BY_COURT:
        return TO_PRISON
    if reason == ClosingReason.REVOKED and case.type in NEVER_PRISON:
        return NOT_CONVERTED
    if reason == ClosingReason.RECORD_CLEARED and case.type != CaseType.REINTEGRATION:
        return NOT_CLEARED
    return ELSEWHERE.get(reason, "")


def choices(case: Case) -> Sequence[tuple[str, Any]]:
    """The reasons that a completion of the case may give."""
    return [(str(one), name) for one, name in CLOSING_REASON_NAMES.items() if not _way_of_its_own(case, one)]
