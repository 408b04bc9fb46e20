"""What the forms of this room share: ask, do, and go back to the meeting."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import redirect, render_template, url_for
from flask_login import current_user

from portal.engine import notice
from portal.engine.access import may
from portal.engine.db import Kept
from portal.engine.deeds import attempt
from portal.engine.forms import EditForm, Form
from portal.engine.refusal import Conflict
from portal.engine.text import _
from portal.meetings.models import Meeting
from portal.meetings.models.titles import title
from portal.organisation.models import RoleGrant, Unit


@dataclass(frozen=True)
class Sheet:
    """A form as a page: its title, its verb, what is said when it is done, and some words under the title."""

    title: str
    verb: str
    done: str
    about: Sequence[str] = ()
    danger: bool = False


def back_to(meeting: Meeting) -> str:
    return url_for("meetings.show", id=meeting.id)


def written(
    meeting: Meeting, form: Form, sheet: Sheet, deed: Callable[[], Any], editing: Kept | None = None,
    kept: dict[str, Any] | None = None, template: str = "meetings/form.html", onward: str = "", **more: Any,
) -> Any:  # fmt: skip
    """Show a form of a meeting, or do its deed and go back, or *onward*. *kept*: what stands there, told after a lost
    race.
    """
    back = back_to(meeting)
    tried = attempt(form, deed, editing, leads_to=onward or back)
    if tried.done:
        notice.done(sheet.done)
        return redirect(onward or back)
    now = _overtaken(form, kept) if isinstance(tried.refused, Conflict) and kept else ()
    opened = may(current_user, "read", meeting)
    crumbs = [(_("Meetings"), url_for(".index")), (title(meeting), back)] if opened else []
    return render_template(
        template,
        meeting=meeting,
        form=form,
        sheet=sheet,
        refused=tried.refused,
        now=now,
        crumbs=crumbs,
        back=back,
        **more,
    ), tried.status


def _overtaken(form: Form, kept: dict[str, Any]) -> Sequence[tuple[str, str]]:
    """What stands where something else was typed; the form goes on from there."""
    if not isinstance(form, EditForm):
        return ()
    now = form.differing(kept)
    form.go_on_from(kept)
    return now


def people(grants: Iterable[RoleGrant]) -> list[tuple[str, str]]:
    """Pairs for a list of people to choose from, each once, with office or unit."""
    found: dict[int, tuple[str, str]] = {}
    for grant in grants:
        about = grant.user.title or grant.unit.title
        found.setdefault(grant.user_id, (str(grant.user_id), f"{grant.user.full_name}, {about}"))
    return list(found.values())


def units(found: Iterable[Unit]) -> list[tuple[str, str]]:
    """Pairs for a list of units to choose from."""
    return [(str(unit.id), unit.title) for unit in found]
