"""Notices: what the portal tells somebody by itself, as a line behind the bell.

A room declares its kinds in `Area.notices`. Most kinds follow deeds: when one of them is done to a record of the type,
whoever it concerns is told in the same transaction, so that no action can forget it. What no deed tells is told by
`portal.duties.notices.notify`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from portal.engine.db import Kept


def nobody(_record: Any) -> Iterable[Any]:
    return ()


def nothing(_record: Any) -> Mapping[str, Any]:
    return {}


def itself(record: Any) -> Any:
    return record


@dataclass(frozen=True)
class NoticeKind:
    """One kind of notice.

    *sentence* tells it, with %(values)s that name numbers, days and units, never a supervised person: a notice outlives
    the right to read. *endpoint* is the page of its subject, which takes the subject's id. *label* is the head under
    which the bell counts it.

    *deeds* (a step of the workflow by name, "create", or what an action notes) done to a record of type *of*, or of one
    of some types, tell it to those whom *to* names, with *values*. Its subject is that record or, where that has no
    page of its own, what *about* names. One that *waits* for somebody is over with the next deed done to its subject;
    where several are waited for, *still* names those who are after each deed, and it is over for the others alone.
    What is counted *by_hours* is mailed at once; of everything else the digest of the next morning tells.
    """

    id: str
    sentence: Any
    endpoint: str
    label: Any = ""
    of: type[Kept] | tuple[type[Kept], ...] = ()
    deeds: tuple[str, ...] = ()
    to: Callable[[Any], Iterable[Any]] = nobody
    values: Callable[[Any], Mapping[str, Any]] = nothing
    about: Callable[[Any], Kept] = itself
    waits: bool = False
    still: Callable[[Any], Iterable[Any]] = nobody
    by_hours: bool = False

    def follows(self, deed: str, record: Kept) -> bool:
        """Whether this deed, done to this record, is what it tells of."""
        return deed in self.deeds and isinstance(record, self.of)
