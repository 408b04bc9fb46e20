"""Pages of proposals."""

from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_login import current_user
from sqlalchemy import Select
from sqlalchemy.orm import joinedload, selectin_polymorphic

from portal.cases.models import Case
from portal.engine import notice
from portal.engine.access import ask_for_all, lists, opens
from portal.engine.forms import ReasonForm
from portal.engine.listing import Chip, Listing
from portal.engine.refusal import Conflict, Refused
from portal.engine.text import _, _l
from portal.engine.transaction import transaction
from portal.engine.workflow import steps_of
from portal.organisation.models import Role
from portal.organisation.queries import holders, users_named
from portal.proposals import actions, presenter
from portal.proposals.forms import FORMS, DecisionForm, PaperForm, ProposalForm
from portal.proposals.models import KINDS, AbsenceProposal, Proposal, days_used
from portal.proposals.queries import OPEN, fitting, waiting_for

bp = Blueprint("proposals", __name__, url_prefix="/proposals")

DECISIONS = ("endorse", "approve", "return", "reject")  # radio cards; the other steps are buttons
HELPER_ROLES = (Role.TEAM_MEMBER, Role.VILLAGE_HEAD)


@bp.get("/")
@lists(Proposal)
def index(proposals: Select[Any]) -> Any:
    chips = (
        Chip("waiting", _l("Waiting for me"), lambda: waiting_for(current_user), "waiting"),
        Chip("mine", _l("Mine"), lambda: Proposal.created_by_id == current_user.id),
        Chip("open", _l("All under way"), lambda: Proposal.state.in_(OPEN)),
        Chip("decided", _l("Decided"), lambda: Proposal.state.not_in(OPEN)),
    )
    orders = {"newest": (Proposal.id.desc(),)}
    options = (selectin_polymorphic(Proposal, list(KINDS.values())), joinedload(Proposal.case).joinedload(Case.person))
    listing = Listing(
        proposals, Proposal, chips=chips, search=fitting(current_user), orders=orders, options=options, protected=True
    )
    shown = listing.rows
    ask_for_all(current_user, "read_name", [one.case.person for one in shown])
    return render_template("proposals/index.html", listing=listing, proposals=shown)


@bp.get("/<int:id>")
@opens(Proposal, to="read")
def show(proposal: Proposal) -> Any:
    return _page(proposal)


def _page(proposal: Proposal, form: Any = None, refused: Refused | None = None, failed: str = "") -> Any:
    offers = proposal.workflow.offers(current_user, proposal)
    decisions = [offer for offer in offers if offer.transition.name in DECISIONS]
    form = form or DecisionForm(formdata=None, version=proposal.version)
    form.transition.choices = [(one.transition.name, one.transition.label) for one in decisions if one.open]
    steps = list(steps_of(proposal))
    people = users_named({one for step in steps for one in (step.by_id, step.on_behalf_of_id) if one})
    return render_template(
        "proposals/show.html", proposal=proposal, form=form, refused=refused, failed=failed,
        decisions=decisions, others=[offer for offer in offers if offer not in decisions],
        line=presenter.line(proposal, steps), story=presenter.story(proposal, people),
        conditions=presenter.conditions(proposal), waits_for=_waits_for(proposal),
        decision_notes={one.transition.name: one.transition.help for one in decisions},
        since=steps[-1].at if steps else proposal.created_at,
    )  # fmt: skip


def _waits_for(proposal: Proposal) -> str:
    return presenter.role_name(proposal.waits_for) if proposal.waits_for else ""


@bp.route("/<int:id>/decide", methods=["GET", "POST"])
@opens(Proposal, to="decide")
def decide(proposal: Proposal) -> Any:
    """Repeat the choice and ask once more, before the decision is signed."""
    if request.method == "GET":
        return redirect(url_for(".show", id=proposal.id))
    form = DecisionForm(request.form)
    offered = [one for one in proposal.workflow.open_to(current_user, proposal) if one.name in DECISIONS]
    if not offered:
        return _page(proposal, refused=Conflict(proposal)), Conflict.status
    form.transition.choices = [(one.name, one.label) for one in offered]
    chosen = next((one for one in offered if one.name == form.transition.data), None)
    if chosen and chosen.needs_reason and not (form.reason.data or "").strip():
        form.validate()
        form.reason.errors = [_("A reason is needed to return or reject.")]
        return _page(proposal, form), 422
    if not form.validate():
        return _page(proposal, form), 422
    return render_template("proposals/decide.html", proposal=proposal, form=form, chosen=chosen)


@bp.post("/<int:id>/<any(submit, endorse, approve, return, reject, withdraw, communicate, carry_out):transition>")
@opens(Proposal, to="read")
def take(proposal: Proposal, transition: str) -> Any:
    form = ReasonForm(request.form)
    try:
        with transaction(current_user):
            proposal.workflow.take(transition, proposal, current_user, form.reason.data or "", form.shown_version())
    except Refused as refused:
        kept = DecisionForm(formdata=None, version=proposal.version, reason=form.reason.data, transition=transition)
        return _page(proposal, kept, refused, transition), refused.status
    notice.done(_("%(number)s: %(state)s.", number=proposal.number, state=proposal.standing.label))
    return redirect(url_for(".show", id=proposal.id))


@bp.route("/new/<kind>/for-case/<int:id>", methods=["GET", "POST"])
@opens(Case, to="propose")
def new(case: Case, kind: str) -> Any:
    if kind not in FORMS or kind == "open_case":
        abort(404)
    return _write(FORMS[kind](), kind, case)


@bp.route("/new/opening/for-case/<int:id>", methods=["GET", "POST"])
@opens(Case, to="edit")
def new_opening(case: Case) -> Any:
    """Only whoever wrote a file down asks for its opening."""
    return _write(FORMS["open_case"](), "open_case", case)


@bp.route("/<int:id>/edit", methods=["GET", "POST"])
@opens(Proposal, to="edit")
def edit(proposal: Proposal) -> Any:
    form_class = FORMS[proposal.kind]
    kept = {name: getattr(proposal, name) for name in (*form_class.FIELDS, "reason", "version")}
    return _write(form_class(data=kept), proposal.kind, proposal.case, proposal)


def _write(form: ProposalForm, kind: str, case: Case, proposal: Proposal | None = None) -> Any:
    """Write a proposal, or change it while it is a draft or was returned; "check" only asks the law."""
    _offer(form, case)
    refused, only_check = None, request.form.get("only") == "check"
    if form.validate_on_submit() and not only_check:
        try:
            with transaction(current_user, editing=proposal, version=form.shown_version() if proposal else None):
                if proposal:
                    actions.change(proposal, **form.content())
                else:
                    proposal = actions.propose(kind, case, **form.content())
        except Refused as caught:
            refused = caught
        else:
            notice.done(_("The draft is saved."))
            return redirect(url_for(".show", id=proposal.id))
    status = refused.status if refused else 422 if form.errors else 200
    checked = _checked(form, kind, case, proposal)
    shown = {"form": form, "kind": KINDS[kind], "case": case, "proposal": proposal, "refused": refused}
    return render_template("proposals/write.html", **shown, conditions=checked, used=days_used(case)), status


def _checked(form: ProposalForm, kind: str, case: Case, proposal: Proposal | None) -> list[presenter.Condition]:
    """What the law says of what is typed so far."""
    if kind != "absence" or form.errors or not (form["leaves_on"].data and form["returns_on"].data):
        return []
    return presenter.conditions_of(
        case, form["leaves_on"].data, form["returns_on"].data, bool(form["medical"].data),
        proposal if isinstance(proposal, AbsenceProposal) else None,
    )  # fmt: skip


def _offer(form: ProposalForm, case: Case) -> None:
    """Fill the lists of people to choose from."""
    if "officer_id" in form:
        officers = holders(Role.POLICE_OFFICER, case.commune_id)
        form["officer_id"].choices = [("", "–"), *((str(one.id), one.full_name) for one in officers)]
    if "helper_id" in form:
        helpers = {one.id: one for role in HELPER_ROLES for one in holders(role, case.commune_id)}
        form["helper_id"].choices = [("", "–"), *((str(one.id), one.full_name) for one in helpers.values())]


@bp.route("/<int:id>/paper", methods=["GET", "POST"])
@opens(Proposal, to="communicate")
def paper(proposal: Proposal) -> Any:
    """Register number and day of the signed paper."""
    form, refused = PaperForm(obj=proposal), None
    if form.validate_on_submit():
        try:
            with transaction(current_user, editing=proposal, version=form.shown_version()):
                actions.record_decision_paper(proposal, form.decision_number.data, form.decision_on.data)
        except Refused as caught:
            refused = caught
        else:
            notice.done(_("The paper is registered."))
            return redirect(url_for(".show", id=proposal.id))
    status = refused.status if refused else 422 if form.errors else 200
    return render_template("proposals/paper.html", proposal=proposal, form=form, refused=refused), status
