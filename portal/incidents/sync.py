"""What a phone may send: what somebody saw or heard."""

from collections.abc import Sequence
from typing import Any

from flask_login import current_user

from portal.books.values import facts_of
from portal.engine import clock
from portal.engine.access import holds
from portal.engine.db import Record
from portal.engine.forms import optional_id
from portal.engine.sync import Pairs, PhoneForm, Row, Sheet
from portal.engine.text import _, _l
from portal.incidents import actions
from portal.incidents.actions import Seen
from portal.incidents.forms import IncidentForm, ObservationForm, ReportForm
from portal.incidents.models import Incident, Observation, Source
from portal.incidents.queries import own_villages
from portal.organisation.models import User
from portal.organisation.queries import villages


def observation_form(patrol: Any = None, by: Any = current_user, **sent: Any) -> ObservationForm:
    """The form of a first note, of a patrol or not; it offers the villages in which its writer works."""
    on = min(clock.today(), patrol.span.days[-1]) if patrol is not None else clock.today()
    form = ObservationForm(happened_on=on, **sent)
    form.village_id.choices = [("", "–"), *((str(one.id), one.title) for one in villages(_commune(by)))]
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


def report_form(_about: Any = None, by: Any = current_user, **sent: Any) -> ReportForm:
    """The village head's one field. Of several villages it asks in which."""
    form = ReportForm(happened_on=clock.today(), **sent)
    form.offer(own_villages(by))
    return form


def report(_about: Any, form: ReportForm, by: User) -> Observation:
    """Tell it of the village of whoever wrote it, whoever enters it."""
    village = form.village
    seen = Seen(Source.VILLAGE, form.happened_on.data, None, village, form.where.data or "", form.text.data or "")
    return actions.note_down(_commune(by), seen)


ON_A_PHONE = ("kind", "village_id", "text", "detected_on")  # a phone may be sent on a later day than it was filled in


def incident_form(_about: Any = None, by: Any = current_user, **sent: Any) -> IncidentForm:
    """The first answers about an incident; the rest is written down within 24 hours, on the page."""
    form = IncidentForm(detected_on=clock.today(), **sent)
    form.keep_only(ON_A_PHONE)
    form.offer_to(by)
    return form


def write_incident(_about: Any, form: IncidentForm, by: User) -> Incident:
    return actions.begin_incident(_commune(by), facts_of(form, Incident), by)


def _commune(user: Any) -> int:
    return int(user.acting.commune_id)


def _anything(user: Any) -> Sequence[Sheet]:
    """For whoever reports in one field, that one alone."""
    if holds(user, "report", Observation):
        return []
    return [Sheet(_("Something seen or heard"), [Row(None, _("Write down what was seen or heard"))])]


def _to_the_police(user: Any) -> Sequence[Sheet]:
    named = ", ".join(one.title for one in own_villages(user))
    return [Sheet(_("Report to the commune police"), [Row(None, _("Write down what happened"), named)])]


def _of_village(_about: Any, form: ReportForm, _reader: Any) -> Pairs:
    """The one village of its writer, in which nothing was asked."""
    return [(_("Village"), form.village.title)] if form.village and "village_id" not in form else ()


def _incidents(_user: Any) -> Sequence[Sheet]:
    return [Sheet(_("Incidents"), [Row(None, _("Write an incident down"))])]


PHONE_FORMS = (
    PhoneForm(
        "incidents.incident", _l("Incident"), _l("Write it down"), Incident, "create", incident_form, write_incident,
        _incidents, begins=True, personal=True, photos=True,
    ),
    PhoneForm(
        "incidents.observation", _l("Observation"), _l("Note it down"), Observation, "write", observation_form,
        note_down, _anything, begins=True, personal=True, photos=True,
    ),
    PhoneForm(
        "incidents.report", _l("Report to the commune police"), _l("Send it to the police"), Observation, "report",
        report_form, report, _to_the_police, begins=True, personal=True, photos=True, subject=_of_village,
    ),
)  # fmt: skip
