"""What holds a certificate back (COM-CERT-HOLD), each with its clause and the way out."""

from collections.abc import Iterator
from datetime import date

from portal.cases.models import Case, HoldGround
from portal.engine.refusal import Plain, Reason
from portal.engine.text import mark
from portal.law import common
from portal.law.rule import NotInForceError
from portal.proposals.models import Proposal

REVOKES = ("revocation", "parole_revocation")  # the kinds of proposals by which a sentence is revoked
WAY_OUT = mark(
    "Record on the page of the case how it ended, with its paper. The certificate that is proposed then still tells "
    "%(day)s."
)
AT_COURT = mark("The court has not answered %(number)s yet: record its answer first.")
PROPOSED = mark("A proposal to revoke is under way (%(number)s): it is decided or withdrawn first.")


def against(case: Case, last_on: date) -> Iterator[Reason]:
    """What holds it back, and what is to be done about it."""
    grounds = {one.ground for one in case.holds if one.runs}
    open_ones = [one for one in case.proposals if one.kind in REVOKES and not one.voided_at and _under_way(one)]
    found = list(_by_law(case, last_on, grounds, revoked=bool(open_ones)))
    yield from found
    if grounds:
        yield Plain(WAY_OUT, day=last_on)
    for one in open_ones:
        yield Plain(AT_COURT if one.awaits_answer else PROPOSED, number=one.number)


def _under_way(proposal: Proposal) -> bool:
    """Whether it goes its way or waits for the court; what is only written counts where the law lets it be sent."""
    if proposal.editable:
        return not proposal.refusals()
    return proposal.on_its_way


def _by_law(case: Case, last_on: date, grounds: set[HoldGround], *, revoked: bool) -> Iterator[Reason]:
    if not grounds and not revoked:
        return
    try:
        yield from common.hold_certificate(
            last_on,
            prosecuted=HoldGround.PROSECUTED in grounds,
            revocation_open=HoldGround.REVOCATION in grounds or revoked,
            absent_without_permit=HoldGround.ABSENT in grounds,
            parameters=case.regime.PARAMETERS,
        )
    except NotInForceError:
        return  # the term ended before the law that the portal knows
