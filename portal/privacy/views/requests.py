"""What people ask of their data: written down, answered by the chief, handed over on paper."""

from typing import Any

from flask import abort, redirect, render_template, request, url_for
from flask_login import current_user
from sqlalchemy import Select
from sqlalchemy import case as where

from portal.cases.models import Case
from portal.documents.queries import document_of
from portal.documents.shown import entered
from portal.documents.views import word
from portal.engine import audit, clock, notice
from portal.engine.access import lists, may, opens, rights
from portal.engine.db import db
from portal.engine.deeds import attempt
from portal.engine.forms import TO_CHOOSE, ReasonForm, options_of
from portal.engine.letters import plain
from portal.engine.refusal import Refused
from portal.engine.text import _, _l, mark
from portal.engine.transaction import transaction
from portal.engine.workflow import steps_of
from portal.organisation.presenters.stories import story_of
from portal.organisation.queries import commune_of
from portal.people.models import (
    ASKED_ABOUT_NAMES,
    ASKER_NAMES,
    PROOF_NAMES,
    REQUEST_KIND_NAMES,
    Person,
    PersonRequest,
    RequestKind,
)
from portal.privacy import actions, presenter
from portal.privacy.extract import extract as extract_of
from portal.privacy.forms import CorrectedForm, ExtractForm, RequestForm
from portal.privacy.papers import answer_paper, extract_paper
from portal.privacy.views.blueprint import bp

MOST_SEARCHED, MOST_LISTED = 60, 200
NAMES = {"kinds": REQUEST_KIND_NAMES, "askers": ASKER_NAMES, "proofs": PROOF_NAMES, "abouts": ASKED_ABOUT_NAMES}
DONE = {
    "refuse": _l("The request is refused. The paper with the reason waits for its number and scan."),
    "withdraw": _l("The request is closed: the person withdrew it."),
    "tell": _l("The answer was handed over."),
}


@bp.get("/data-requests/")
@lists(PersonRequest)
def requests(found: Select[Any]) -> Any:
    """What was asked: what waits, the next deadline first, then what was answered; and whom one can take a request of,
    by name."""
    words = plain(request.args.get("q", ""))[:MOST_SEARCHED].strip()
    people = presenter.found_by(words, current_user) if words else []
    if words:
        audit.tell("search", current_user, None, type="person", words="#" + audit.digest(words), rows=len(people))
    waits = PersonRequest.state == "received"
    order = (~waits, where((waits, PersonRequest.due_on)), PersonRequest.due_on.desc(), PersonRequest.id.desc())
    asked = db.session.scalars(found.order_by(*order).limit(MOST_LISTED)).all()
    return render_template(
        "privacy/data_requests.html", requests=asked, words=words, people=people, kinds=REQUEST_KIND_NAMES,
    )  # fmt: skip


@bp.get("/cases/<int:id>/person-data")
@opens(Case, to="take_request")
def of_case(case: Case) -> Any:
    """The person's side of a case: what they asked, what is held, and what they may ask for."""
    return redirect(url_for(".of_person", id=case.person_id))


@bp.get("/people/<int:id>/data")
@opens(Person, to="take_request")
def of_person(person: Person) -> Any:
    asked, held = presenter.of_person(person, current_user)
    allowed = rights(current_user, person, ("take_request", "set_hold"))
    return render_template(
        "privacy/person.html", person=person, requests=asked, holds=held, allowed=allowed, kinds=REQUEST_KIND_NAMES,
    )  # fmt: skip


@bp.route("/people/<int:id>/data/<any(extract, correction):kind>", methods=["GET", "POST"])
@opens(Person, to="take_request", form=lambda _person: RequestForm)
def new_request(person: Person, kind: str) -> Any:
    """Who asks, when and by what it was seen; of a correction what is wrong."""
    of = RequestKind(kind)
    form = RequestForm(of, asked_on=clock.today())

    def deed() -> PersonRequest:
        return actions.take_request(person, of, commune_of(current_user), form.facts)

    tried = attempt(form, deed)
    if tried.done:
        due = f"{tried.made.due_on:%d/%m/%Y}"
        notice.done(_("Request %(number)s is taken. It is answered by %(day)s.", number=tried.made.number, day=due))
        return redirect(url_for(".request", id=tried.made.id))
    shown = {"form": form, "person": person, "kind": of, "title": REQUEST_KIND_NAMES[of], "refused": tried.refused}
    return render_template("privacy/new_request.html", **shown), tried.status


@bp.get("/data-requests/<int:id>", endpoint="request")
@opens(PersonRequest, to="read")
def one_request(asked: PersonRequest) -> Any:
    return _page(asked)


def _page(asked: PersonRequest, refused: Refused | None = None, failed: str = "", typed: str = "") -> Any:
    offers = [one for one in asked.workflow.offers(current_user, asked) if one.transition.name != "answer"]
    return render_template(
        "privacy/request.html", asked=asked, refused=refused, failed=failed, typed=typed, offers=offers,
        may_answer=asked.open and may(current_user, "answer", asked), papers=entered(current_user, asked),
        corrected=presenter.correction(asked, current_user), may_words=may(current_user, "read_words", asked),
        may_paper=asked.answered_on is not None and may(current_user, "read_answer", asked), **NAMES,
        may_take=asked.state in ("answered", "told") and not asked.is_correction
        and may(current_user, "read_answer", asked),
        story=story_of(asked, steps_of(asked), mark("%(who)s took the request")),
    )  # fmt: skip


@bp.route("/data-requests/<int:id>/answer", methods=["GET", "POST"])
@opens(PersonRequest, to="answer", form=lambda asked: CorrectedForm if asked.is_correction else ExtractForm)
def answer(asked: PersonRequest) -> Any:
    """An extract is looked through before it is given; a correction names the change by which it was made."""
    if not asked.open:
        return redirect(url_for(".request", id=asked.id))
    return _correct(asked) if asked.is_correction else _give(asked)


def _give(asked: PersonRequest) -> Any:
    form = ExtractForm(copies=1, version=asked.version)
    houses = presenter.households_of(asked.person, current_user)
    form.household_id.choices = options_of([TO_CHOOSE, *((str(one.id), f"{one.number}: {one.head}") for one in houses)])

    def deed() -> None:
        house = int(form.household_id.data) if form.household_id.data else None
        facts = {"copies": form.copies.data, "household_id": house, "with_texts": bool(form.with_texts.data)}
        actions.answer(asked, current_user, facts)

    tried = attempt(form, deed, asked)
    if tried.done:
        notice.done(_("The extract can be printed; the notice that goes with it waits for its number and scan."))
        return redirect(url_for(".request", id=asked.id))
    shown = {"asked": asked, "form": form, "refused": tried.refused, "found": extract_of(asked), "houses": houses}
    return render_template("privacy/extract.html", **shown), tried.status


def _correct(asked: PersonRequest) -> Any:
    form = CorrectedForm(version=asked.version)
    changes = presenter.changes_since(asked, current_user)
    form.corrected_by.choices = options_of([TO_CHOOSE, *presenter.as_choices(changes)])

    def deed() -> None:
        facts = {"corrected_by": int(form.corrected_by.data), "answer": (form.answer.data or "").strip()}
        actions.answer(asked, current_user, facts)

    tried = attempt(form, deed, asked)
    if tried.done:
        notice.done(_("The correction is answered. The paper waits for its number and scan."))
        return redirect(url_for(".request", id=asked.id))
    shown = {"asked": asked, "form": form, "refused": tried.refused, "changes": changes, **NAMES}
    return render_template("privacy/correct.html", **shown), tried.status


@bp.post("/data-requests/<int:id>/<any(refuse, withdraw, tell):transition>")
@opens(PersonRequest, to="read")
def take_request(asked: PersonRequest, transition: str) -> Any:
    form = ReasonForm()
    try:
        words = form.words()
        with transaction(current_user):
            if transition == "refuse":
                actions.refuse(asked, current_user, words, form.shown_version())
            else:
                asked.workflow.take(transition, asked, current_user, words, form.shown_version())
    except Refused as refused:
        return _page(asked, refused, transition, form.reason.data or ""), refused.status
    notice.done(str(DONE[transition]))
    return redirect(url_for(".request", id=asked.id))


@bp.get("/data-requests/<int:id>/extract")
@opens(PersonRequest, to="read_answer", told_as="print")
def extract(asked: PersonRequest) -> Any:
    """The extract as a file, once it was answered with it; to whoever reads numbers masked, without them."""
    if asked.is_correction or asked.state not in ("answered", "told"):
        abort(404)
    whole = may(current_user, "read_identity", asked.person)
    return word.sent(extract_paper(asked, whole=whole), f"trich-sao-{asked.number}")


@bp.get("/data-requests/<int:id>/paper")
@opens(PersonRequest, to="read_answer", told_as="print")
def paper(asked: PersonRequest) -> Any:
    """The notice with the answer, to print and sign."""
    if asked.answered_on is None:
        abort(404)
    return word.sent(answer_paper(asked, document_of(asked)), f"TB-{asked.number}")
