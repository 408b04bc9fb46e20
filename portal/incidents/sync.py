"""What a phone may send: what somebody saw or heard."""

from collections.abc import Sequence
from typing import Any

from flask_login import current_user

from portal.engine import clock
from portal.engine.db import Record
from portal.engine.forms import optional_id
from portal.engine.sync import PhoneForm, Row, Sheet
from portal.engine.text import _, _l
from portal.incidents import actions
from portal.incidents.actions import Seen
from portal.incidents.forms import ObservationForm
from portal.incidents.models import Observation, Source
from portal.organisation.models import User
from portal.organisation.queries import villages


def observation_form(patrol: Record | None = None, **sent: Any) -> ObservationForm:
    """The form of a first note, of a patrol or not; it offers the villages in which its writer works."""
    form = ObservationForm(happened_on=clock.today(), **sent)
    form.village_id.choices = [("", "–"), *((str(one.id), one.title) for one in villages(_commune(current_user)))]
    if patrol is not None:
        del form.source
    return form


def note_down(patrol: Record | None, form: ObservationForm, by: User) -> Observation:
    places = {one.id: one for one in villages(_commune(by))}
    chosen = optional_id(form.village_id.data)
    source = Source(form.source.data) if "source" in form else Source.PATROL
    seen = Seen(
        source, form.happened_on.data, form.happened_at.data, places[chosen] if chosen else None,
        form.where.data or "", form.text.data or "",
    )  # fmt: skip
    return actions.note_down(_commune(by), seen, patrol)


def _commune(user: Any) -> int:
    return int(user.acting.commune_id)


def _anything(_user: Any) -> Sequence[Sheet]:
    return [Sheet(_("Something seen or heard"), [Row(None, _("Write down what was seen or heard"))])]


PHONE_FORMS = (
    PhoneForm(
        "incidents.observation", _l("Observation"), _l("Note it down"), Observation, "write", observation_form,
        note_down, _anything, begins=True, photos=True,
    ),
)  # fmt: skip
