"""What the draft of a paper bears so that nobody signs it: the law forbids what it would say, or something is lacking
still."""

from portal.documents.wording import cited
from portal.proposals.models import Proposal


def warning_of(proposal: Proposal) -> str:
    """The mark of a draft that cannot be submitted, with the clauses against it; nothing for any other paper."""
    against = proposal.refusals() if proposal.decided_on is None else []
    if not against:
        return ""
    clauses = "; ".join(dict.fromkeys(cited(one.source) or one.source for one in against if one.source))
    why = f"trái {clauses}" if clauses else "chưa đủ điều kiện"
    return f"DỰ THẢO – {why}: không được trình, không được ký"


def against_the_law(proposal: Proposal) -> bool:
    """Whether a clause is against it, and not only something that is still to be done."""
    return proposal.decided_on is None and any(one.source for one in proposal.refusals())
