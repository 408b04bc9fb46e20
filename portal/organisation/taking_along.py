"""What leaves the portal as a file: asked what for, marked on each page, written down."""

import secrets
from collections.abc import Callable
from typing import Any

from flask import Response
from flask_login import current_user

from portal.engine import audit, clock
from portal.engine.forms import Choice, Form, Line, Required, of
from portal.engine.presentation import moment
from portal.engine.sheets import MEDIA_TYPE
from portal.engine.text import _, _l
from portal.organisation.models import ROLE_NAMES, User

MOST_ROWS = 5000
PURPOSES = {
    "meeting": _l("Prepare a meeting"),
    "report": _l("Report to a superior level"),
    "hand_over": _l("Hand over or check files"),
    "inspection": _l("Inspection"),
    "other": _l("Another purpose"),
}


class PurposeForm(Form):
    """Asked before a table leaves the portal."""

    purpose = Choice(_l("What for"), [Required()], choices=of(PURPOSES))
    details = Line(
        _l("In your own words"),
        [Required()],
        description=_l("For example which meeting, or who asked for it. Please write no names of people here."),
    )

    @property
    def in_words(self) -> str:
        return f"{PURPOSES[str(self.purpose.data)]}: {self.details.data}"


def new_number() -> str:
    """A number for one export, by which a page of it leads back to its event."""
    return f"{clock.today():%Y%m%d}-{secrets.token_hex(3)}"


def watermark(user: User, number: str, purpose: str) -> str:
    """Who took it, when, under which number, and what for."""
    role = ROLE_NAMES[user.acting.role] if user.acting else ""
    return _(
        "Export %(number)s by %(name)s (%(role)s) at %(moment)s for: %(purpose)s",
        number=number, name=user.full_name, role=role, moment=moment(clock.now()), purpose=purpose,
    )  # fmt: skip


def taken_along(form: PurposeForm, kind: str, rows: int, written: Callable[[str], bytes]) -> Response:
    """Write down what leaves the portal, then send it. *written* makes the file with the mark on each of its pages."""
    number = new_number()
    content = written(watermark(current_user, number, form.in_words))
    return leaving(form, kind, number, content, rows=rows)


def leaving(form: PurposeForm, kind: str, number: str, content: bytes, **told: Any) -> Response:
    """The same of what is written already; *told* says how many rows it has."""
    audit.tell("export", current_user, None, type=kind, number=number, purpose=str(form.purpose.data),
               details="#" + audit.digest(str(form.details.data)), **told)  # fmt: skip
    disposition = f"attachment; filename={kind.replace('_', '-')}-{number}.xlsx"
    return Response(content, mimetype=MEDIA_TYPE, headers={"Content-Disposition": disposition})
