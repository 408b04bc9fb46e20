"""What is not done yet while a paper waits for its signature: in law the signed page is the decision, or the report."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from portal.engine.refusal import Plain, Reason
from portal.engine.text import mark


class Waiting(NamedTuple):
    """The sentences for what lacks its signatures, a second person, or its page alone."""

    unsigned: str
    unvouched: str
    unscanned: str


class Paper(Protocol):
    """What is asked of an entry of the register."""

    @property
    def issued(self) -> bool: ...
    @property
    def to_be_vouched(self) -> bool: ...
    @property
    def unsigned(self) -> list[str]: ...


DECIDED = Waiting(
    mark(
        "It waits for the signature of %(who)s. What was decided is told once the signed page is registered, with its "
        "number, day and scan."
    ),
    mark("It has no signed page. What was decided is told once a second person vouches for the paper."),
    mark("What was decided is told once the signed page is registered, with its number, day and scan."),
)
REPORTED = Waiting(
    mark(
        "It waits for the signature of %(who)s. The report is sent once the signed page is registered, with its "
        "number, day and scan."
    ),
    mark("It has no signed page. The report is sent once a second person vouches for the paper."),
    mark("The report is sent once the signed page is registered, with its number, day and scan."),
)


def still_waits(paper: Paper, told: Waiting) -> Sequence[Reason]:
    """Why it is too early, in the words of what the paper is; nothing once it is issued."""
    if paper.issued:
        return ()
    if paper.to_be_vouched:
        return (Plain(told.unvouched),)
    missing = "; ".join(paper.unsigned)
    return (Plain(told.unsigned, who=missing) if missing else Plain(told.unscanned),)
