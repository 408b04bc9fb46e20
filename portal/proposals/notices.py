"""What the portal tells people about proposals: that one waits for them, was decided, or came back."""

from collections.abc import Iterable, Mapping
from typing import Any

from portal.engine import clock
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


def whoever_is_concerned(proposal: Proposal) -> Iterable[User]:
    """Whose step is next, and whoever carries the case on."""
    people = [*whose_step_is_next(proposal), *author_and_owner(proposal)]
    return list({one.id: one for one in people}.values())


def whose_word_it_was(proposal: Proposal) -> Iterable[User]:
    return (proposal.oral_by,) if proposal.oral_by else ()


def with_all(proposal: Proposal) -> Iterable[User]:
    """Whose word it was, the author and the owner."""
    people = [*whose_word_it_was(proposal), *author_and_owner(proposal)]
    return list({one.id: one for one in people}.values())


def until(proposal: Proposal) -> Mapping[str, Any]:
    """With the moment until which an oral approval is confirmed."""
    by = proposal.confirmed_by
    here = by.astimezone(clock.VIETNAM) if by else None
    return {"number": proposal.number, "until": f"{here:%H:%M %d/%m/%Y}" if here else ""}


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
    NoticeKind(
        "PROPOSAL-TIMED-OUT", _l("Proposal %(number)s: the time that the law gives to decide passed"),
        "proposals.show", _l("Proposals that are late"), Proposal, ("time_out",), whoever_is_concerned, numbered,
        waits=True, by_hours=True,
    ),
    NoticeKind(
        "PROPOSAL-ORAL", _l("Proposal %(number)s: confirm your oral approval in writing by %(until)s"),
        "proposals.show", _l("Oral approvals to confirm"), Proposal, ("approve_orally",), whose_word_it_was, until,
        waits=True, by_hours=True,
    ),
    NoticeKind(
        "ORAL-LAPSED", _l("Proposal %(number)s: the oral approval lapsed"), "proposals.show",
        _l("Oral approvals that lapsed"), Proposal, ("lapse",), with_all, numbered, by_hours=True,
    ),
)  # fmt: skip
