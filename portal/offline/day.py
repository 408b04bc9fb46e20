"""What a phone takes along of today: for its owner, in the role that they act in, and no more than the forms need."""

from collections.abc import Iterator
from typing import Any

from flask import render_template

from portal.engine import clock
from portal.engine.access import holds
from portal.engine.sync import PhoneForm, Row, Sheet
from portal.offline.declared import phone_forms
from portal.organisation.models import User


def of_today(user: User) -> dict[str, Any]:
    """Who it belongs to, when it was made, and the forms with what they may be about."""
    acting = user.acting
    return {
        "name": user.full_name,
        "acting": acting.key if acting else "",
        "at": clock.now().isoformat(),
        "sheets": list(_sheets(user)),
    }


def _sheets(user: User) -> Iterator[dict[str, Any]]:
    for form in phone_forms().values():
        if holds(user, form.to, form.record):
            yield from (_told(form, sheet, user) for sheet in form.sheets(user))


def _told(form: PhoneForm, sheet: Sheet, user: User) -> dict[str, Any]:
    told: dict[str, Any] = {
        "form": form.name, "label": str(form.label), "verb": str(form.verb), "title": sheet.title,
        "photos": form.photos, "many": sheet.many, "whole": sheet.whole, "words": sheet.words,
        "rows": [_row(form, sheet, one, user) for one in sheet.rows],
    }  # fmt: skip
    if sheet.many and sheet.rows:
        told["html"] = _fields(form, sheet.rows[0].about, user)
    return told


def _row(form: PhoneForm, sheet: Sheet, row: Row, user: User) -> dict[str, Any]:
    about = row.about.id if row.about is not None else None
    told = {"about": about, "title": row.title, "line": row.line, "values": dict(row.values)}
    return told if sheet.many else {**told, "html": _fields(form, row.about, user)}


def _fields(form: PhoneForm, about: Any, user: User) -> str:
    """The fields as the page draws them: the phone needs to know no form."""
    return render_template(form.template, form=form.filled(about, user), about=about)
