"""The books of the movement: models, commendations, titles."""

from datetime import timedelta
from typing import Any

from flask_login import current_user
from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from portal.books import Book, Column, Later, PartOf, Words
from portal.engine import clock
from portal.engine.listing import Chip
from portal.engine.presentation import day
from portal.engine.spans import going_on
from portal.engine.text import _, _l
from portal.movement import presenter
from portal.movement.forms import (
    CommendationForm,
    CriterionForm,
    EvidenceForm,
    ModelForm,
    ProgrammeForm,
    ReviewForm,
    TrainingForm,
    VillageForm,
)
from portal.movement.models import (
    COMMENDED_NAMES,
    HONOUR_NAMES,
    MODEL_KIND_NAMES,
    TITLE_KIND_NAMES,
    VERDICT_NAMES,
    Commendation,
    Commended,
    Model,
    ModelReview,
    ModelTraining,
    ModelVillage,
    Outcome,
    TitleCriterion,
    TitleEvidence,
    TitleProgramme,
    Verdict,
)
from portal.organisation.models import Role


# ── models ──────────────────────────────────────────────────────────────────────────────────────────────────────────
def _running() -> ColumnElement[bool]:
    return going_on(Model.ended_on, clock.today())


def _last_holds(*also: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether the last review of a model says how it stands."""
    each = aliased(ModelReview)
    of_it = select(each.id).where(each.model_id == Model.id, each.voided_at.is_(None))
    last = of_it.order_by(each.reviewed_on.desc(), each.id.desc()).limit(1).scalar_subquery()
    holding = select(ModelReview.id).where(ModelReview.id == last, ModelReview.holds_on(clock.today()), *also)
    return holding.exists()


def _to_review() -> ColumnElement[bool]:
    return and_(_running(), Model.launched_on < clock.today().replace(month=1, day=1), ~_last_holds())


def _to_be(verdict: Verdict) -> ColumnElement[bool]:
    return and_(_running(), _last_holds(ModelReview.verdict == verdict))


def where(model: Model) -> str:
    """The villages in which a model is tried."""
    return ", ".join(one.title for one in model.villages) or _("the whole commune")


def _last_review(model: Model) -> str:
    last = model.last_review
    return f"{day(last.reviewed_on)}: {VERDICT_NAMES[last.verdict]}" if last else ""


MODELS = Book(
    name="models", record=Model, icon="help", form=ModelForm,
    words=Words(
        _l("Models"), _l("Model"), _l("Enter a model"), _l("No model is entered."),
        _l("A model is what some or all villages try out together; once a year it is said what is to become of it."),
        _l("What the villages try out together, and what the yearly reviews said."),
    ),
    columns=(
        Column(_l("Model"), lambda one: one.name, 40), Column(_l("State"), lambda one: str(one.standing.label), 16),
        Column(_l("Subject of the model"), lambda one: str(MODEL_KIND_NAMES[one.kind]), 20),
        Column(_l("In which villages"), where, 30),
        Column(_l("Launched on"), lambda one: one.launched_on, 12),
        Column(_l("Last review"), _last_review, 24),
    ),
    called=lambda one: one.name, standing=lambda one: one.standing, twice=("name",),
    chips=(
        Chip("running", _l("Running"), _running), Chip("due", _l("Review due"), _to_review, "todo"),
        Chip("mend", _l("To be mended, by this year's review"), lambda: _to_be(Verdict.MEND), "soon"),
        Chip("spread", _l("To be spread, by this year's review"), lambda: _to_be(Verdict.SPREAD), "right"),
        Chip("all", _l("All")),
    ),
    options=Later(
        lambda: (selectinload(Model.places).joinedload(ModelVillage.village), selectinload(Model.reviews))
    ),
    parts=(
        PartOf(
            "villages", ModelVillage, "places",
            Words(_l("Villages"), _l("Village"), _l("Add a village"), _l("It is one of the whole commune.")),
            VillageForm, (Column(_l("Village"), lambda one: one.village.title, 24),),
            called=lambda one: one.village.title, options=Later(lambda: (joinedload(ModelVillage.village),)),
        ),
        PartOf(
            "reviews", ModelReview, "reviews",
            Words(_l("Yearly reviews"), _l("Review"), _l("Enter a review"), _l("It was not reviewed yet.")), ReviewForm,
            (
                Column(_l("Reviewed on"), lambda one: one.reviewed_on, 12),
                Column(_l("What is to become of it"), lambda one: str(VERDICT_NAMES[one.verdict]), 16),
                Column(_l("Why"), lambda one: one.reason, 60),
            ),
            called=lambda one: f"{day(one.reviewed_on)}: {VERDICT_NAMES[one.verdict]}",
        ),
        PartOf(
            "trainings", ModelTraining, "trainings",
            Words(
                _l("Training"), _l("Training session"), _l("Enter a training session"), _l("Nobody was trained yet."),
            ),
            TrainingForm,
            (
                Column(_l("Day of the training"), lambda one: one.held_on, 12),
                Column(_l("People who took part"), lambda one: one.count, 10),
                Column(_l("Subject"), lambda one: one.subject, 40),
            ),
            called=lambda one: one.subject,
        ),
    ),
)  # fmt: skip


# ── commendations ───────────────────────────────────────────────────────────────────────────────────────────────────
COMMENDATIONS = Book(
    name="commendations", record=Commendation, icon="check", form=CommendationForm,
    keeper=Role.OFFICE_CLERK,
    words=Words(
        _l("Commendations"), _l("Commendation"), _l("Enter a commendation"), _l("No commendation is entered."),
        _l("Enter the groups and the people whom a body commended, with the number of its decision."),
        _l("Groups and people who were commended, and for what."),
    ),
    columns=(
        Column(_l("Name of the person or group"), lambda one: one.name, 30),
        Column(_l("Form"), lambda one: str(HONOUR_NAMES[one.honour]), 22),
        Column(_l("Who is commended"), lambda one: str(COMMENDED_NAMES[one.whom]), 12),
        Column(_l("Given by"), lambda one: one.given_by, 26),
        Column(_l("Commended on"), lambda one: one.given_on, 12),
        Column(_l("Number of the decision"), lambda one: one.decision, 18),
        Column(_l("For what"), lambda one: one.reason, 50),
    ),
    called=lambda one: one.name, twice=("name", "given_by", "given_on"),
    chips=(
        Chip("all", _l("All")), Chip("groups", _l("Groups"), lambda: Commendation.whom == Commended.GROUP),
        Chip("people", _l("Persons commended"), lambda: Commendation.whom == Commended.PERSON),
    ),
    options=Later(lambda: (joinedload(Commendation.village),)),
)  # fmt: skip


# ── titles ──────────────────────────────────────────────────────────────────────────────────────────────────────────
SOON = timedelta(days=60)  # before the last day that counts


def _ends_soon() -> ColumnElement[bool]:
    today = clock.today()
    return and_(TitleProgramme.outcome == Outcome.OPEN, TitleProgramme.last_on <= today + SOON)


def _criterion_of(evidence: TitleEvidence) -> str:
    return presenter.asked(evidence.criterion) if evidence.criterion else _("The title as a whole")


def _told(programme: TitleProgramme) -> dict[str, Any]:
    stands = presenter.standing_of(programme, current_user)
    return {
        "stands": stands, "summary": presenter.summary(stands), "told_above": ("criteria",),
        "campaigns": presenter.campaigns_of(programme, current_user),
    }  # fmt: skip


TITLES = Book(
    name="title_programmes", record=TitleProgramme, icon="law", form=ProgrammeForm,
    keeper=Role.OFFICE_CLERK, template="movement/title.html", more=_told,
    words=Words(
        _l("Titles"), _l("Title that is worked for"), _l("Enter a title"), _l("No title is entered."),
        _l("A title is what the commune works for in a year; its criteria are fed by the figures."),
        _l("What the commune works for, criterion by criterion."),
    ),
    columns=(
        Column(_l("Name of the title"), lambda one: one.name, 40),
        Column(_l("State"), lambda one: str(one.standing.label), 16),
        Column(_l("Kind of title"), lambda one: str(TITLE_KIND_NAMES[one.kind]), 30),
        Column(_l("Year"), lambda one: str(one.year), 8),
        Column(_l("First day that counts"), lambda one: one.first_on, 12),
        Column(_l("Last day that counts"), lambda one: one.last_on, 12),
    ),
    called=lambda one: one.name, standing=lambda one: one.standing, twice=("kind", "year"),
    chips=(
        Chip("open", _l("Being worked for"), lambda: TitleProgramme.outcome == Outcome.OPEN, "active"),
        Chip("soon", _l("Ends within 60 days, or ended"), _ends_soon, "soon"),
        Chip("recognised", _l("Recognised"), lambda: TitleProgramme.outcome == Outcome.RECOGNISED, "done"),
        Chip("all", _l("All")),
    ),
    parts=(
        PartOf(
            "criteria", TitleCriterion, "criteria",
            Words(_l("Criteria"), _l("Criterion"), _l("Enter a criterion"), _l("No criterion is entered.")),
            CriterionForm,
            (
                Column(_l("What the criterion asks"), presenter.asked, 60),
                Column(_l("Target"), presenter.target_of, 20), Column(_l("Source"), presenter.source_of, 40),
            ),
            called=presenter.asked,
        ),
        PartOf(
            "evidence", TitleEvidence, "evidence",
            Words(_l("Evidence"), _l("Evidence"), _l("Enter evidence"), _l("No evidence is entered.")), EvidenceForm,
            (
                Column(_l("Evidence"), presenter.shown_by, 40), Column(_l("Criterion"), _criterion_of, 50),
                Column(_l("Remarks"), lambda one: one.note, 30),
            ),
            called=presenter.shown_by,
            options=Later(
                lambda: (
                    joinedload(TitleEvidence.model), joinedload(TitleEvidence.campaign),
                    joinedload(TitleEvidence.criterion),
                )
            ),
        ),
    ),
)  # fmt: skip

BOOKS = (MODELS, COMMENDATIONS, TITLES)
