"""What the portal tells people about proposals: that one waits for them, was decided, or came back."""

from collections.abc import Iterable, Mapping
from typing import Any

from portal.engine.notices import NoticeKind
from portal.engine.text import _l
from portal.organisation.models import User
from portal.proposals.models import Proposal
from portal.proposals.queries import next_people


def whose_step_is_next(proposal: Proposal) -> Iterable[User]:
    return [grant.user for grant in next_people(proposal)] if proposal.waits_for else ()


def author(proposal: Proposal) -> Iterable[User]:
    return (proposal.author,) if proposal.author else ()


def author_and_owner(proposal: Proposal) -> Iterable[User]:
    """Whoever wrote it, and whoever carries the case on."""
    return [one for one in (proposal.author, proposal.case.owner) if one is not None]


def numbered(proposal: Proposal) -> Mapping[str, Any]:
    return {"number": proposal.number}


NOTICES = (
    NoticeKind(
        "PROPOSAL-WAITS", _l("Proposal %(number)s waits for you"), "proposals.show", _l("Proposals that wait for you"),
        Proposal, ("submit", "endorse"), whose_step_is_next, numbered, waits=True,
    ),
    NoticeKind(
        "PROPOSAL-RETURNED", _l("Proposal %(number)s came back to be completed"), "proposals.show",
        _l("Returned proposals"), Proposal, ("return",), author, numbered, waits=True,
    ),
    NoticeKind(
        "PROPOSAL-APPROVED", _l("Proposal %(number)s was approved"), "proposals.show", _l("Decided proposals"),
        Proposal, ("approve",), author_and_owner, numbered,
    ),
    NoticeKind(
        "PROPOSAL-REJECTED", _l("Proposal %(number)s was rejected"), "proposals.show", _l("Rejected proposals"),
        Proposal, ("reject",), author_and_owner, numbered,
    ),
)  # fmt: skip
