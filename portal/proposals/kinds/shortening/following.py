"""What is owed once a shortening was approved: its file is sent. Its answer is the court's (`COURT-ANSWER`)."""

from portal.duties.rules import DutyRule
from portal.engine.text import _l
from portal.proposals.kinds.sent_up import CLIMB

SENT = "SHORTENING-SENT"
FLOWS = (
    "SS-SHORTEN-FLOW.sent", "PAR-SHORTEN-FLOW.sent", "NCR-REDUCE.sent", "NCR-EXEMPT", "RS-EXEMPT.sent",
    "RB-EXEMPT.sent",
)  # fmt: skip

RULES = (
    DutyRule(SENT, _l("Send the file of a shortening"), _l("%(title)s: the file is to be sent to the agency"),
             _l("Open the proposal"), "proposals.show", "police_officer", CLIMB),
)  # fmt: skip
