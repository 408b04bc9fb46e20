"""The books about what is said and given out before the people, and about visits."""

from sqlalchemy import ColumnElement
from sqlalchemy.orm import joinedload

from portal.books import Book, Column, Words, village_of
from portal.engine import clock
from portal.engine.listing import Chip
from portal.engine.text import _l
from portal.outreach.forms import MaterialForm, OutreachForm, VisitForm
from portal.outreach.models import (
    FACE_TO_FACE,
    MATERIAL_KIND_NAMES,
    SESSION_FORM_NAMES,
    VISITED_NAMES,
    CommunityVisit,
    Material,
    OutreachSession,
)
from portal.outreach.presenter import steps_of
from portal.outreach.workflow import PLANNED


def _planned() -> ColumnElement[bool]:
    return OutreachSession.state == PLANNED


def _face_to_face() -> ColumnElement[bool]:
    return OutreachSession.form.in_(FACE_TO_FACE)


def _otherwise() -> ColumnElement[bool]:
    return OutreachSession.form.not_in(FACE_TO_FACE)


def _called(session: OutreachSession) -> str:
    name = str(SESSION_FORM_NAMES[session.form])
    return f"{name}: {session.topic}" if session.topic else f"{name}, {session.where}"


SESSIONS = Book(
    name="outreach", record=OutreachSession, icon="outreach", form=OutreachForm,
    words=Words(
        _l("Outreach"), _l("Session"), _l("Write a session down"), _l("Nothing is recorded yet."),
        _l("The head of a village records a flag ceremony or a meeting in two fields, on the phone."),
        _l("Ceremonies, meetings, launches and what was broadcast or posted, with how many came."),
    ),
    columns=(
        Column(_l("Session"), _called, 40), Column(_l("Day"), lambda one: one.held_on, 12),
        Column(_l("Where"), lambda one: one.where, 24),
        Column(_l("Came or reached"), lambda one: one.attendance, 12),
        Column(_l("Ran by"), lambda one: one.unit.title if one.unit else "", 24),
    ),
    called=_called, standing=lambda one: one.standing, quick=("form", "village_id", "held_on"),
    needed=("attendance",), twice=("village_id", "form", "held_on"), template="outreach/show.html",
    more=steps_of,
    chips=(
        Chip("all", _l("All")), Chip("planned", _l("Planned"), _planned, "todo"),
        Chip("face", _l("Face to face"), _face_to_face), Chip("other", _l("Not face to face"), _otherwise),
    ),
    options=(joinedload(OutreachSession.village), joinedload(OutreachSession.unit)),
)  # fmt: skip

MATERIALS = Book(
    name="materials", record=Material, icon="clip", form=MaterialForm,
    words=Words(
        _l("Leaflets and banners"), _l("Material"), _l("Write material down"), _l("No material is written down."),
        _l("One entry is so many pieces of one kind on one subject, handed out or put up on one day."),
        _l("What was printed and handed out or put up."),
    ),
    columns=(
        Column(_l("Kind"), lambda one: str(MATERIAL_KIND_NAMES[one.kind]), 16),
        Column(_l("Pieces"), lambda one: one.quantity, 10), Column(_l("What it was about"), lambda one: one.topic, 36),
        Column(_l("Handed out or put up on"), lambda one: one.distributed_on, 12),
        Column(_l("Village"), village_of, 20),
    ),
    called=lambda one: f"{MATERIAL_KIND_NAMES[one.kind]}: {one.topic}", quick=("kind", "quantity", "topic"),
    twice=("kind", "quantity", "topic", "distributed_on"),
    follows=lambda facts: {"distributed_on": facts.get("distributed_on") or clock.today()},
    options=(joinedload(Material.village),),
)  # fmt: skip

VISITS = Book(
    name="visits", record=CommunityVisit, icon="people", form=VisitForm,
    words=Words(
        _l("Visits"), _l("Visit"), _l("Write a visit down"), _l("No visit is written down."),
        _l("Only the occasion and how many were visited: never a name, never a belief."),
        _l("Visits to people of prestige and religious bodies, by occasion and number."),
    ),
    columns=(
        Column(_l("Occasion of the visit"), lambda one: one.occasion, 36),
        Column(_l("Visited on"), lambda one: one.visited_on, 12),
        Column(_l("Who was visited"), lambda one: str(VISITED_NAMES[one.body]), 20),
        Column(_l("How many"), lambda one: one.count, 10),
        Column(_l("Village"), village_of, 20),
        Column(_l("Who went"), lambda one: one.unit.title if one.unit else "", 24),
    ),
    called=lambda one: f"{VISITED_NAMES[one.body]}: {one.occasion}", quick=("body", "count", "occasion"),
    twice=("body", "occasion", "visited_on"),
    follows=lambda facts: {"visited_on": facts.get("visited_on") or clock.today()},
    options=(joinedload(CommunityVisit.village), joinedload(CommunityVisit.unit)),
)  # fmt: skip

BOOKS = (SESSIONS, MATERIALS, VISITS)
