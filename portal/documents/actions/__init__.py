"""What people do with files and with the register of documents."""

from portal.documents.actions.files import QuotaSpent, attach, keep
from portal.documents.actions.register import (
    AlreadyIssued,
    Facts,
    Signed,
    Taken,
    change,
    issue,
    receive,
    register,
    tell,
    vouch,
)
from portal.documents.actions.striking import strike_out, withdraw

__all__ = [
    "AlreadyIssued", "Facts", "QuotaSpent", "Signed", "Taken", "attach", "change", "issue", "keep", "receive",
    "register", "strike_out", "tell", "vouch", "withdraw",
]  # fmt: skip
