"""Campaigns: the list, one of them with its villages, writing, opening and closing it."""

from typing import Any

from flask import redirect, render_template, url_for
from flask_login import current_user
from sqlalchemy import Select

from portal.engine import notice
from portal.engine.access import allows, lists, may, opens
from portal.engine.deeds import attempt, take_step
from portal.engine.forms import EditForm, optional_id
from portal.engine.refusal import Refused
from portal.engine.text import _
from portal.households import actions
from portal.households.actions import CampaignFacts
from portal.households.forms import GOAL, CampaignForm, campaign_form
from portal.households.models import (
    CAMPAIGN_KIND_NAMES,
    TARGET_NAMES,
    CampaignKind,
    PledgeCampaign,
    Target,
)
from portal.households.presenters import campaigns as presenter
from portal.households.queries import goals_of, of_campaigns
from portal.households.views.blueprint import campaigns_bp as bp
from portal.organisation.queries import villages


@bp.get("/")
@lists(PledgeCampaign)
def index(found: Select[Any]) -> Any:
    listing = presenter.listing(found, current_user)
    rows = listing.rows
    own = presenter.own_goals(current_user, rows)
    return render_template(
        "households/campaigns.html", listing=listing, rows=rows, kinds=CAMPAIGN_KIND_NAMES, targets=TARGET_NAMES,
        signed=of_campaigns(rows) if own is None else {}, own=own,
    )  # fmt: skip


@bp.get("/<int:id>")
@opens(PledgeCampaign, to="compare")
def show(campaign: PledgeCampaign) -> Any:
    return _page(campaign)


def _page(campaign: PledgeCampaign, refused: Refused | None = None) -> str:
    return render_template(
        "households/campaign.html", campaign=campaign, refused=refused, kinds=CAMPAIGN_KIND_NAMES,
        targets=TARGET_NAMES, parts=[presenter.course(campaign, kind) for kind in campaign.kinds],
        story=presenter.story(campaign),
        offers=campaign.workflow.offers(current_user, campaign), edits=may(current_user, "edit", campaign),
    )  # fmt: skip


@bp.route("/new", methods=["GET", "POST"])
@allows(PledgeCampaign, to="create")
def new() -> Any:
    commune_id = current_user.acting.commune_id
    form = campaign_form(villages(commune_id))()
    form.fill_lists()
    tried = attempt(form, lambda: actions.draft_campaign(commune_id, _facts(form), form.counts()))
    if tried.done:
        notice.done(_("%(number)s is written. It can be opened now.", number=tried.made.number))
        return redirect(url_for(".show", id=tried.made.id))
    shown = {"form": form, "campaign": None, "refused": tried.refused}
    return render_template("households/campaign_form.html", **shown), tried.status


@bp.route("/<int:id>/edit", methods=["GET", "POST"])
@opens(PledgeCampaign, to="edit", form=CampaignForm)
def edit(campaign: PledgeCampaign) -> Any:
    form = campaign_form(goal.village for goal in goals_of(campaign))(data=_kept(campaign))
    form.fill_lists(campaign)
    tried = attempt(form, lambda: actions.change_campaign(campaign, _facts(form), form.counts()), campaign)
    if tried.done:
        notice.done(_("The change is kept."))
        return redirect(url_for(".show", id=campaign.id))
    shown = {"form": form, "campaign": campaign, "refused": tried.refused}
    return render_template("households/campaign_form.html", **shown), tried.status


def _facts(form: CampaignForm) -> CampaignFacts:
    return CampaignFacts(
        CampaignKind(form.kind.data), form.title.data or "", form.text.data or "", Target(form.target.data),
        form.first_on.data, form.last_on.data, optional_id(form.programme_id.data),
    )  # fmt: skip


def _kept(campaign: PledgeCampaign) -> dict[str, Any]:
    names = ("title", "text", "first_on", "last_on", "programme_id", "version")
    told = {name: getattr(campaign, name) for name in names}
    told |= {"kind": campaign.kind.value, "target": campaign.target.value}
    return told | {f"{GOAL}{goal.village_id}": goal.count for goal in campaign.goals}


@bp.post("/<int:id>/<any(open, close):transition>")
@opens(PledgeCampaign, to="compare")
def take(campaign: PledgeCampaign, transition: str) -> Any:
    form = EditForm()
    if refused := take_step(campaign, transition, form):
        return _page(campaign, refused), refused.status
    notice.done(_("%(number)s: %(state)s.", number=campaign.number, state=campaign.standing.label))
    return redirect(url_for(".show", id=campaign.id))
