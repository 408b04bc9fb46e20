"""What is written down about a title: the programme, its criteria and what shows that they are met."""

from collections.abc import Iterable
from typing import Any, ClassVar

from portal.books import Amount, BookForm, Offered, OfferedLine
from portal.engine.access import reach
from portal.engine.db import db
from portal.engine.forms import (
    BooleanField,
    Choice,
    Day,
    Line,
    Optional,
    Paragraphs,
    Required,
    Year,
    not_in_the_future,
    of,
)
from portal.engine.text import _l
from portal.movement.models import (
    BY_HAND_NAMES,
    COMPARISON_NAMES,
    OUTCOME_NAMES,
    TITLE_KIND_NAMES,
    Model,
    TitleEvidence,
    TitleProgramme,
)
from portal.movement.queries import indicators_offered
from portal.organisation.models import User


class ProgrammeForm(BookForm):
    name = Line(_l("Name of the title"), [Required()], length=160)
    kind = Choice(
        _l("Kind of title"), [Required()], choices=of(TITLE_KIND_NAMES),
        description=_l("The criteria that are known of it come by themselves."),
    )  # fmt: skip
    year = Year(_l("Year"), [Required()])
    first_on = Day(
        _l("First day that counts"), [Required()],
        description=_l("A commune is judged “Safe in security and order” from 16/11 of the year before to 15/11."),
    )  # fmt: skip
    last_on = Day(_l("Last day that counts"), [Required()])
    plan = Line(_l("Number of the plan"), [Optional()], length=80)
    outcome = Choice(_l("What became of it"), [Required()], choices=list(OUTCOME_NAMES.items()), default="open")
    decided_on = Day(_l("Decided on"), [Optional(), not_in_the_future])
    decision = Line(_l("Number of the decision"), [Optional()], length=80)
    note = Paragraphs(_l("Remarks"), [Optional()], length=2000)
    widths: ClassVar[dict[str, str]] = {
        "kind": "mid", "year": "short", "plan": "mid", "outcome": "mid", "decision": "mid",
    }  # fmt: skip


def indicators(_user: User) -> Iterable[tuple[str, Any]]:
    return indicators_offered()


class CriterionForm(BookForm):
    text = Paragraphs(_l("What the criterion asks"), [Required()], length=1000)
    clause = Line(_l("Source"), [Optional()], length=160, description=_l("Where it is written."))
    figure = Offered(
        _l("Figure that measures it"), [Optional()], offer=indicators,
        description=_l("Counted anew each day from the records."),
    )  # fmt: skip
    count = Amount(_l("Number, where no figure gives it"), [Optional()])
    of_whole = BooleanField(_l("It is a share, in percent"), [Optional()])
    whole_figure = Offered(_l("Figure of the whole"), [Optional()], offer=indicators)
    whole_count = Amount(_l("The whole, where no figure gives it"), [Optional()])
    comparison = Choice(_l("Held against the target"), [Required()], choices=of(COMPARISON_NAMES))
    target = Amount(_l("Target"), [Optional()], description=_l("Of a share in percent."))
    unit = Line(_l("Unit of measure"), [Optional()], length=40)
    by_hand = Choice(
        _l("Judged by hand"), [Optional()], choices=[("", _l("Not judged yet")), *BY_HAND_NAMES.items()],
        description=_l("Only for what has no target."),
    )  # fmt: skip
    widths: ClassVar[dict[str, str]] = {
        "count": "short", "whole_count": "short", "target": "short", "comparison": "mid", "unit": "mid",
        "by_hand": "mid",
    }  # fmt: skip

    def fill_lists(self, record: Any = None, entry: Any = None) -> None:
        """A figure that was named stays, though the portal may not have it now."""
        super().fill_lists(record, entry)
        for field in (self.figure, self.whole_figure):
            named = getattr(record, field.name, "")
            if named and named not in dict(field.choices):
                field.choices.append((named, named))


def criteria_of(programme: TitleProgramme) -> Iterable[tuple[str, Any]]:
    for one in programme.criteria:
        if one.voided_at is None and not one.is_empty:
            yield str(one.id), one.text


def models_offered(user: User) -> Iterable[tuple[str, Any]]:
    found = reach(user, "read", Model).where(Model.voided_at.is_(None)).order_by(Model.launched_on.desc(), Model.id)
    return [(str(one.id), one.name) for one in db.session.scalars(found)]


def campaigns_offered(user: User) -> Iterable[tuple[str, Any]]:
    kind: Any = TitleEvidence.campaign.property.mapper.class_
    found = reach(user, "read", kind).where(kind.voided_at.is_(None)).order_by(kind.first_on.desc(), kind.id)
    return [(str(one.id), one.title) for one in db.session.scalars(found)]


class EvidenceForm(BookForm):
    criterion_id = OfferedLine(
        _l("Criterion"), [Optional()], lines=criteria_of, called=lambda criterion: str(criterion.text),
        description=_l("None, where it speaks for the title as a whole."),
    )  # fmt: skip
    model_id = Offered(_l("Model"), [Optional()], offer=models_offered, called=lambda model: str(model.name))
    campaign_id = Offered(_l("Campaign"), [Optional()], offer=campaigns_offered)
    paper = Line(
        _l("Number of a paper"), [Optional()], length=80, description=_l("Name one: a model, a campaign or a paper.")
    )
    note = Line(_l("Remarks"), [Optional()])
    widths: ClassVar[dict[str, str]] = {"criterion_id": "full", "model_id": "mid", "campaign_id": "mid", "paper": "mid"}
