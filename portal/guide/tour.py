"""The tour of five minutes: at each stop an account, a page, something to do and something to notice.

The README tells the same in English; a test keeps them in step.
"""

from dataclasses import dataclass
from typing import Any

from portal.engine.text import _l
from portal.organisation.models import Role


@dataclass(frozen=True)
class Stop:
    """One stop. *link* is the page, within the portal."""

    title: Any
    role: Role
    link: str
    todo: Any
    notice: Any

    @property
    def account(self) -> str:
        """The demo account; it is named after its role."""
        return str(self.role)


TOUR = (
    Stop(
        _l("A morning at the commune police"),
        Role.POLICE_OFFICER,
        "/",
        _l("Read what is overdue, then press “Record it as handed in”, fill in the form and save."),
        _l("Every day stands with its source, and the row is gone once the record is there."),
    ),
    Stop(
        _l("A case with its legal calendar"),
        Role.POLICE_OFFICER,
        "/cases/?q=2025-007",
        _l("Open the case in the list, and look at the calendar and the marks under it."),
        _l("Each mark names its clause; a dashed “?” stands where nobody has confirmed a number under the 2025 law."),
    ),
    Stop(
        _l("The law refuses"),
        Role.POLICE_OFFICER,
        "/cases/?q=2025-007",
        _l("In the same case choose “Propose an absence”, ask for 61 days and press “Check the limits”."),
        _l("The clause refuses before anything is sent, and what you typed is still there."),
    ),
    Stop(
        _l("The chair decides"),
        Role.COMMUNE_LEADER,
        "/",
        _l("Open the first proposal that waits for a decision, read the paper, choose and sign."),
        _l("Two people stood before you in its story; nobody can decide on what they wrote themselves."),
    ),
    Stop(
        _l("The figures of the report"),
        Role.POLICE_CHIEF,
        "/reports/figures?from=2024-01-01&to=2024-08-31",
        _l("Press a number, then one of the records it counted."),
        _l(
            "Each figure stands beside that of the same days a year before, and list and number come from one question."
        ),
    ),
)
