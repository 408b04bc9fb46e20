"""What a phone may send: forms of the portal that were filled in without signal, and arrive later.

A room declares them in `Area.phone_forms`. What a phone sends is the page's own form, and what comes of it the page's
own deed; a declaration only says so. A new one needs nothing on the phone: the portal sends along how it looks.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from portal.engine.db import Kept

Pairs = Sequence[tuple[str, str]]


class Filled(Protocol):
    """A form of the portal, which only the rooms above know."""

    errors: Any

    def validate_on_submit(self) -> bool: ...


@dataclass(frozen=True)
class Row:
    """One thing that may be written about on a phone, and as little of it as tells it from the others.

    *values* are sent along with what is typed, where several rows are about one record.
    """

    about: Kept | None
    title: str
    line: str = ""
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Sheet:
    """What lies under one head of the phone's list of today.

    The rows of a *many* are ticked and sent alike with one form, and *whole* counts those that are done already as
    well; its *words* are what the button says of a number of them (%(num)s). Else each row has a form of its own.
    """

    title: str
    rows: Sequence[Row]
    many: bool = False
    whole: int = 0
    words: str = ""


def nothing_stands(_about: Any, _form: Any) -> Pairs:
    return ()


def no_subject(_about: Any, _form: Any, _reader: Any) -> Pairs:
    return ()


@dataclass(frozen=True)
class Alike:
    """How many of a form are done as one deed: those that lie side by side, about one record, and differ in one field.

    *by* is that field, and nothing that the form checks depends on it. *deed* takes all that stands in it, and gives
    back what came of each that it settled; of the others it does nothing, and each of them is tried by itself.
    """

    by: str
    deed: Callable[[Any, Any, Sequence[str], Any], Mapping[str, Kept]]


@dataclass(frozen=True)
class PhoneForm:
    """A form that works without signal.

    *name* stands in outboxes and on receipts, and never changes. *record* and *to* are the right by which the page
    opens; of a form that *begins* a record there is none yet, and the right is asked of the kind. *form* builds the
    form of a record from what was sent; what is offered by one that is *personal* depends on who writes, and it is
    given them as `by`. *deed* does it and gives back what came of it. *sheets* are what of today a phone takes along
    for its owner. *stands* tells, in pairs of label and value, what is kept where something else was sent; *subject*
    likewise what it is about, as far as a reader may know it. One that *edits* its record carries the version that was
    shown. *template* draws the fields. Many that are *alike* are done at once.
    """

    name: str
    label: Any
    verb: Any
    record: type[Kept]
    to: str
    form: Callable[..., Any]
    deed: Callable[[Any, Any, Any], Kept]
    sheets: Callable[[Any], Sequence[Sheet]]
    stands: Callable[[Any, Any], Pairs] = nothing_stands
    subject: Callable[[Any, Any, Any], Pairs] = no_subject
    template: str = "offline/fields.html"
    begins: bool = False
    personal: bool = False
    edits: bool = False
    photos: bool = False
    alike: Alike | None = None

    def filled(self, about: Kept | None, by: Any, **sent: Any) -> Any:
        """The form of a record as it is offered to somebody, with what was sent."""
        return self.form(about, **({"by": by} if self.personal else {}), **sent)
