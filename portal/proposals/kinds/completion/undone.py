"""No case is closed over what is still to be done: each duty is done, or left undone with a reason."""

from collections.abc import Iterator

from portal.cases.models import Case
from portal.cases.undone import open_duties
from portal.engine.refusal import Plain, Reason
from portal.engine.text import mark

STILL_OPEN = mark(
    "Still to be done in this case: %(num)s. Do each, or say on the page “Before the case is closed” why it stays "
    "undone."
)


def against(case: Case) -> Iterator[Reason]:
    """What is due by today and neither done nor left with a reason."""
    if not case.running or case.under_military:
        return
    if found := open_duties(case):
        yield Plain(STILL_OPEN, num=len(found))
