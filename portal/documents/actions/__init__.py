"""What people do with files and with the register of documents."""

from portal.documents.actions.files import QuotaSpent, attach, keep, void
from portal.documents.actions.register import AlreadyIssued, Taken, change, issue, receive, register, strike_out

__all__ = [
    "AlreadyIssued", "QuotaSpent", "Taken", "attach", "change", "issue", "keep", "receive", "register", "strike_out",
    "void",
]  # fmt: skip
