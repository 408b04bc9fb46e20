"""Pages of proposals."""

from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_login import current_user
from sqlalchemy import Select, and_
from sqlalchemy.orm import joinedload, selectin_polymorphic

from portal.cases.models import Case
from portal.cases.presenters.listing import WHOSE
from portal.cases.queries import of_whom
from portal.drugs.models import DrugTest
from portal.engine import notice
from portal.engine.access import ask_ahead, lists, may, opens, rights_on
from portal.engine.deeds import attempt
from portal.engine.intake import id_in
from portal.engine.listing import Chip, Listing
from portal.engine.refusal import Conflict, Refused
from portal.engine.text import _, _l
from portal.engine.transaction import transaction
from portal.engine.workflow import Transition, steps_of
from portal.organisation.presenters.stories import people_of
from portal.organisation.queries import users_named
from portal.people.models import Person
from portal.proposals import actions, presenter
from portal.proposals.conditions import checked, in_words
from portal.proposals.content import content
from portal.proposals.forms import ProposalForm, ReasonedForm, ReturningForm, StepForm, returning_form
from portal.proposals.in_the_way import in_the_way
from portal.proposals.kinds import KINDS, kind_of, models
from portal.proposals.kinds.drug_decision import DRUG_DECISION
from portal.proposals.kinds.drug_decision.form import ManagementForm
from portal.proposals.kinds.drug_decision.model import under_way_for
from portal.proposals.kinds.kind import Kind
from portal.proposals.kinds.opening import OPENING
from portal.proposals.kinds.opening.form import offer_officers
from portal.proposals.models import CourtAnswer, Proposal
from portal.proposals.oral.words import SIGNING as OF_WORD
from portal.proposals.oral.words import as_answer, as_answers
from portal.proposals.papers.shown import shown
from portal.proposals.queries import OPEN, author_among, chain_of, fitting, waiting_for
from portal.proposals.still_to_do import still_to_do
from portal.proposals.way import line

FORMS = {name: kind.form for name, kind in KINDS.items() if kind.offered_as}

bp = Blueprint("proposals", __name__, url_prefix="/proposals")

# cards that lead to a page which asks once more, with the words of its last button
SIGNING = {
    "endorse": _l("Sign: Endorse"),
    "approve": _l("Sign: Approve"),
    "return": _l("Sign: Return to be completed"),
    "reject": _l("Sign: Reject"),
}
DECISIONS = tuple(SIGNING)
ORAL = "approve_orally"
WAITING = ("submitted", "endorsed")
STEPS = "submit, endorse, approve, return, reject, withdraw, communicate, carry_out, settle_lapsed"


@bp.get("/")
@lists(Proposal)
def index(proposals: Select[Any]) -> Any:
    chips = (
        Chip("waiting", _l("Waiting for me"), lambda: waiting_for(current_user), "waiting"),
        Chip("mine", _l("Mine"), lambda: Proposal.created_by_id == current_user.id),
        Chip("open", _l("All under way"), lambda: Proposal.state.in_(OPEN)),
        Chip("draft", _l("Drafts"), lambda: Proposal.state == "draft"),
        Chip("returned", _l("Returned"), lambda: Proposal.state == "returned"),
        Chip(
            "late",
            _l("Timed out"),
            lambda: and_(Proposal.state.in_(WAITING), Proposal.timed_out_at.is_not(None)),
            "overdue",
        ),
        Chip("decided", _l("Decided"), lambda: Proposal.state.not_in(OPEN)),
    )
    orders = {"newest": (Proposal.id.desc(),)}
    options = (
        selectin_polymorphic(Proposal, models()), joinedload(Proposal.author),
        joinedload(Proposal.case).joinedload(Case.person).joinedload(Person.village),
    )  # fmt: skip
    written, by = _by_author(proposals, request.args.get("author", ""))
    listing = Listing(
        written, Proposal, chips=chips, search=fitting(current_user), orders=orders, options=options, protected=True,
        kept=("author",),
    )  # fmt: skip
    rows = listing.rows
    ask_ahead(current_user, [one.case.person for one in rows])
    return render_template("proposals/index.html", listing=listing, rows=rows, by=by)


def _by_author(proposals: Select[Any], who: str) -> tuple[Select[Any], str]:
    """Those that somebody wrote, and who: a user, the chief, nobody in office. A mistyped one is no page."""
    if not who:
        return proposals, ""
    author = author_among(proposals, id_in(who))
    name = author.full_name if author else WHOSE.get(who) or abort(404)
    return proposals.where(of_whom(Proposal.created_by_id, who, current_user.acting.commune_id)), str(name)


@bp.get("/<int:id>")
@opens(Proposal, to="read")
def show(proposal: Proposal) -> Any:
    return _page(proposal)


def _page(proposal: Proposal, refused: Refused | None = None, failed: str = "", typed: str = "") -> Any:
    """The page, also after a step that was refused: *failed* is its name, *typed* what was written to it."""
    offers = proposal.workflow.offers(current_user, proposal)
    steps, labels = list(steps_of(proposal)), kind_of(proposal).labels
    moved = [one for one in steps if one.from_state != one.to_state]  # not: that time has passed
    people = users_named(people_of(proposal, steps))
    return render_template(
        "proposals/show.html", proposal=proposal, refused=refused, failed=failed, typed=typed,
        decisions=as_answers(proposal, [offer for offer in offers if offer.transition.name in DECISIONS]),
        others=[offer for offer in offers if offer.transition.name not in (*DECISIONS, ORAL)],
        again_url=_again(proposal),
        orally=any(offer.transition.name == ORAL and offer.open for offer in offers),
        fields=content(proposal), checked=checked(proposal),
        line=line(proposal, moved), story=presenter.story(proposal, steps, people, labels),
        next_up=presenter.next_up(proposal, moved[-1].at if moved else proposal.created_at),
        why=presenter.why_you_may(proposal, current_user, people), chain=chain_of(proposal),
        paper=shown(current_user, proposal), barred=proposal.workflow.barred(current_user, proposal),
        clock=presenter.clock_of(proposal), oral=presenter.oral_of(proposal), follows=presenter.what_follows(proposal),
        answers=_answers(proposal), further=_further(proposal), to_do=still_to_do(current_user, proposal),
    )  # fmt: skip


def _again(proposal: Proposal) -> str:
    """Where one proposes it anew, once an oral approval of it lapsed."""
    lapsed = proposal.state == "lapsed" and proposal.kind in FORMS and may(current_user, "propose", proposal.case)
    return url_for(".new", kind=proposal.kind, id=proposal.case_id) if lapsed else ""


def _answers(proposal: Proposal) -> list[CourtAnswer]:
    """What courts said to it, as far as the reader may read it."""
    found = [one for one in proposal.answers if one.voided_at is None] if proposal.answers_as else []
    readable = rights_on(current_user, CourtAnswer, [one.id for one in found], ("read",))
    return [one for one in found if "read" in readable.get(one.id, ())]


def _further(proposal: Proposal) -> list[tuple[str, str]]:
    """Pages on which more is written down beside a decision, as far as they are the reader's."""
    links = kind_of(proposal).further(proposal)
    return [
        (label, url_for(page, id=proposal.id)) for right, label, page in links if may(current_user, right, proposal)
    ]


@bp.route("/<int:id>/decide", methods=["GET", "POST"])
@opens(Proposal, to="decide")
def decide(proposal: Proposal) -> Any:
    """Repeat the choice, take the opinion, and ask once more before it is signed."""
    version, wanted = request.form.get("version", str(proposal.version)), request.values.get("transition", "")
    offered = {one.name: one for one in proposal.workflow.open_to(current_user, proposal) if one.name in DECISIONS}
    chosen = offered.get(wanted)
    if version != str(proposal.version) or (request.method == "POST" and wanted and chosen is None):
        return _page(proposal, Conflict(proposal)), Conflict.status
    if chosen is None:
        return redirect(url_for(".show", id=proposal.id))
    form = _form_of(proposal, chosen)(formdata=None, version=version, reason=request.form.get("reason"))
    return _asking(proposal, chosen, form)


def _form_of(proposal: Proposal, chosen: Transition | None) -> type[StepForm]:
    """What goes with a step: nothing but an opinion, a reason, or a reason and remarks at the fields."""
    if chosen is None or not chosen.needs_reason:
        return StepForm
    return returning_form(kind_of(proposal).labels_in(proposal.case)) if chosen.name == "return" else ReasonedForm


def _asking(proposal: Proposal, chosen: Transition, form: StepForm, refused: Refused | None = None) -> Any:
    return render_template(
        "proposals/decide.html", proposal=proposal, form=form, chosen=as_answer(proposal, chosen),
        fields=content(proposal), refused=refused, sign=_signing(proposal, chosen),
        conditions=checked(proposal).conditions, paper=shown(current_user, proposal),
    )  # fmt: skip


def _signing(proposal: Proposal, chosen: Transition) -> Any:
    """The words of the last button."""
    answers = OF_WORD if proposal.state == "oral" else SIGNING
    return answers.get(chosen.name, SIGNING.get(chosen.name, chosen.label))


@bp.post(f"/<int:id>/<any({STEPS}):transition>")
@opens(Proposal, to="read")
def take(proposal: Proposal, transition: str) -> Any:
    chosen = proposal.workflow.named(transition)
    form = _form_of(proposal, chosen)(request.form)
    offered = chosen in proposal.workflow.open_to(current_user, proposal)
    if chosen and offered and not form.validate():
        return _asking(proposal, chosen, form), 422
    try:
        with transaction(current_user):
            _take(proposal, transition, form)
    except Refused as refused:
        return _page(proposal, refused, transition, _typed(form)), refused.status
    notice.done(_("%(number)s: %(state)s.", number=proposal.number, state=proposal.standing.label))
    return redirect(url_for(".show", id=proposal.id))


def _take(proposal: Proposal, transition: str, form: StepForm) -> None:
    reason, version = form.reason.data or "", form.shown_version()
    if isinstance(form, ReturningForm):
        actions.send_back(proposal, current_user, reason, form.written(), version)
    else:
        proposal.workflow.take(transition, proposal, current_user, reason, version)


def _typed(form: StepForm) -> str:
    """All that was written to a step, to be copied where the step is not open any more."""
    remarks = form.remarks.values() if isinstance(form, ReturningForm) else ()
    lines = [f"{one.label.text}: {one.data}" for one in remarks if one.data]
    return "\n".join(line for line in (form.reason.data or "", *lines) if line)


@bp.route("/new/<kind>/for-case/<int:id>", methods=["GET", "POST"])
@opens(Case, to="propose", form=FORMS)
def new(case: Case, kind: str) -> Any:
    if kind not in FORMS:
        abort(404)
    return _write(KINDS[kind], FORMS[kind](version=case.version, **KINDS[kind].begun(request.args)), case)


@bp.route("/new/opening/for-case/<int:id>", methods=["GET", "POST"])
@opens(Case, to="edit", form=OPENING.form)
def new_opening(case: Case) -> Any:
    """Only whoever wrote a file down asks for its opening."""
    return _write(OPENING, OPENING.form(version=case.version), case)


@bp.route("/new/management/for-test/<int:id>", methods=["GET", "POST"])
@opens(DrugTest, to="edit", form=ManagementForm)
def new_management(test: DrugTest) -> Any:
    """A positive test leads here: to the decision whether the person is managed."""
    form, page = ManagementForm(test, version=test.version), url_for("drug_tests.show", id=test.id)
    offer_officers(form, test)
    tried = attempt(form, lambda: actions.propose_management(test, current_user, **form.content()), test)
    if tried.done:
        notice.done(_("The draft is saved."), _("Look at what the law says to it, and submit it."))
        return redirect(url_for(".show", id=tried.made.id))
    shown_ = {"test": test, "form": form, "refused": tried.refused, "back": page, "other": under_way_for(test)}
    return render_template("proposals/manage.html", kind=DRUG_DECISION, **shown_), tried.status


@bp.route("/<int:id>/edit", methods=["GET", "POST"])
@opens(Proposal, to="edit")
def edit(proposal: Proposal) -> Any:
    kind = kind_of(proposal)
    form = kind.form(data={**_kept(proposal), "version": proposal.version})
    return _write(kind, form, proposal.case, proposal)


def _write(kind: Kind, form: ProposalForm, case: Case, proposal: Proposal | None = None) -> Any:
    """Write a proposal, or change it while it is a draft or was returned; "check" only asks the law."""
    refused, now, only_check = None, [], request.form.get("only") == "check"
    foreign = kind.model.foreign_to(case)
    if not foreign:
        kind.fill(form, case)
    if foreign:
        refused = Refused(*foreign)
    elif only_check:
        form.check()
    elif form.validate_on_submit():
        try:
            with transaction(current_user, editing=proposal or case, version=form.shown_version()):
                if proposal:
                    actions.change(proposal, **form.content())
                else:
                    proposal = actions.propose(kind.model, case, **form.content())
        except Refused as caught:
            refused = form.place(caught)
            now = form.differing(_kept(proposal)) if proposal else []
        else:
            notice.done(_("The draft is saved."))
            return redirect(url_for(".show", id=proposal.id))
    found = in_words(kind.look(form, case, proposal)) if kind.look and not foreign else []
    if request.headers.get("X-Part"):
        return render_template("proposals/conditions.html", conditions=found)
    blocked = None if proposal else in_the_way(kind.model, case)
    shown = {"form": form, "kind": kind, "case": case, "proposal": proposal, "refused": refused, "now": now,
             "blocked": blocked, "typed": request.method == "POST",
             "only_check": only_check and not form.errors}  # fmt: skip
    remarks = presenter.remarks_to_mend(proposal) if proposal else {}
    status = refused.status if refused and request.method == "POST" else 422 if form.errors and not only_check else 200
    return render_template("proposals/write.html", **shown, conditions=found, remarks=remarks), status


def _kept(proposal: Proposal) -> dict[str, Any]:
    """What stands in a proposal, by the names of its form's fields."""
    return {name: getattr(proposal, name) for name in kind_of(proposal).labels}
