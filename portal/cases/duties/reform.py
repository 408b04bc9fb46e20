"""What a non-custodial reform asks for beside its months: that the loss of work is reported."""

from collections.abc import Iterator

from portal.cases.duties.rules import JOBLESS
from portal.cases.duties.wanting import of_law
from portal.cases.models import Case, JobLoss
from portal.duties.rules import Wanted
from portal.law import community_work
from portal.law.asking import asked
from portal.law.rule import Due


def out_of_work(case: Case) -> Iterator[Wanted]:
    """The first step is the commune police's; the others are those of the committee and of the agency."""
    for loss in case.job_losses if case.takes_work else ():
        steps = _chain(case, loss) if loss.voided_at is None else []
        for due in steps[:1]:
            yield of_law(case, due, JOBLESS, key=str(loss.id))


def _chain(case: Case, loss: JobLoss) -> list[Due]:
    return asked(community_work.jobless, loss.known_on, (), case.regime.PARAMETERS)
