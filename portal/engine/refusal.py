"""How the portal says no to somebody who may be here."""

from collections.abc import Mapping
from typing import Any, Protocol

from werkzeug.exceptions import Forbidden as HTTPForbidden
from werkzeug.exceptions import HTTPException

from portal.engine.db import Kept


class Reason(Protocol):
    """Why not: a message with its numbers and, where a law forbids it, the clause. `portal.law` gives them."""

    @property
    def message(self) -> str: ...
    @property
    def numbers(self) -> Mapping[str, Any]: ...
    @property
    def source(self) -> str: ...
    @property
    def confirmed(self) -> bool: ...
    @property
    def rule(self) -> str: ...


class Plain:
    """A reason that no law gives."""

    source, confirmed, rule = "", True, ""

    def __init__(self, message: str, **numbers: Any) -> None:
        self.message, self.numbers = message, numbers


class Misfit(Plain):
    """A reason that belongs to one field of the form, by its name: the page shows it there."""

    def __init__(self, field: str, message: str, **numbers: Any) -> None:
        super().__init__(message, **numbers)
        self.field = field

    @classmethod
    def by(cls, field: str, reason: Reason) -> "Misfit":
        """What a law says against what was typed at a field, with its clause."""
        misfit = cls(field, reason.message, **reason.numbers)
        misfit.source, misfit.confirmed = reason.source, reason.confirmed
        return misfit


class Refused(Exception):
    """A deed is not done, for reasons that are told; 422 unless it says otherwise."""

    status = 422
    field = ""  # where on the page it is told, besides its top

    def __init__(self, *reasons: Reason) -> None:
        super().__init__(*(reason.message for reason in reasons))
        self.reasons = reasons


class Unsaid(Refused):
    """The words that belong to a step are missing, or cannot be kept. The page tells it at their field."""

    field = "reason"


class Forbidden(Refused):
    """Somebody sees the record, but this deed is not theirs. The trail tells what was *wanted* of which record."""

    status = 403

    def __init__(self, *reasons: Reason, wanted: str = "", record: Kept | None = None) -> None:
        super().__init__(*reasons)
        self.wanted, self.record = wanted, record


class NotThis(HTTPForbidden):
    """The record may be read, but this is not to be done with it."""


class Conflict(Refused):
    """Somebody else was faster. The page tells who and when, and keeps what was typed.

    Where no page of its own tells it, *typed_into* is the kind of form that had been filled in.
    """

    status = 409
    goes_on = False  # whether they are at it still, so that sending once more does not help before they are done

    def __init__(self, record: Kept | None, *reasons: Reason, typed_into: type[Any] | None = None) -> None:
        super().__init__(*reasons)
        self.kind = record.kind_of_record if record is not None else ""
        self.record, self.typed_into = record, typed_into
        self.version = record.version if record is not None else None
        self.changed_at = record.changed_at if record is not None else None
        self.changed_by_id = record.changed_by_id if record is not None else None


class Busy(Conflict):
    """Somebody else has it in hand. The reasons say until when."""

    goes_on = True


class NoLongerOpen(Exception):
    """The right by which a page was opened ended while its form was open.

    It is no `Refused`: a view must not answer it with its page, but the portal as anything that is out of reach,
    with *answer*. *asked* tells the trail what was asked for.
    """

    def __init__(self, answer: HTTPException | Conflict, **asked: Any) -> None:
        super().__init__(answer)
        self.answer, self.asked = answer, asked
