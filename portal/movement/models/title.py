"""Titles that a commune works for, their criteria, and what shows that a criterion is met."""

import enum
from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import ForeignKey, inspect
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.books.models import Entry, Part
from portal.engine.refusal import Misfit, Reason
from portal.engine.text import _l, as_on_paper, mark, say
from portal.engine.workflow import State
from portal.law import titles
from portal.movement.models.model import Model

EMPTY_ROWS = 3  # that the commune fills in, where nobody read the text of a title
THOUSAND = 1000  # numbers are kept in thousandths


class TitleKind(enum.StrEnum):
    DRUG_FREE = "drug_free"
    SECURITY = "security"
    NEW_RURAL = "new_rural"
    OTHER = "other"


class Outcome(enum.StrEnum):
    """What became of a programme."""

    OPEN = "open"
    RECOGNISED = "recognised"
    MISSED = "missed"


class Comparison(enum.StrEnum):
    """How a figure is held against its target."""

    AT_LEAST = titles.AT_LEAST
    AT_MOST = titles.AT_MOST
    BELOW = titles.BELOW


class Basis(enum.StrEnum):
    """Where a criterion comes from."""

    LAW = "law"
    COMMUNE = "commune"


class ByHand(enum.StrEnum):
    """What somebody who looked says of a criterion that no figure measures."""

    MET = "met"
    NOT_MET = "not_met"


TITLE_KIND_NAMES = {
    TitleKind.DRUG_FREE: _l("Drug-free commune"),
    TitleKind.SECURITY: _l("Safe in security and order"),
    TitleKind.NEW_RURAL: _l("New-rural criterion on security and order"),
    TitleKind.OTHER: _l("Another title"),
}
OUTCOME_NAMES = {
    Outcome.OPEN: _l("Being worked for"), Outcome.RECOGNISED: _l("Recognised"), Outcome.MISSED: _l("Not recognised"),
}  # fmt: skip
OUTCOMES = {
    Outcome.OPEN: State(OUTCOME_NAMES[Outcome.OPEN], "active"),
    Outcome.RECOGNISED: State(OUTCOME_NAMES[Outcome.RECOGNISED], "done"),
    Outcome.MISSED: State(OUTCOME_NAMES[Outcome.MISSED], "cancelled"),
}
COMPARISON_NAMES = {
    Comparison.AT_LEAST: _l("at least"), Comparison.AT_MOST: _l("at most"), Comparison.BELOW: _l("less than"),
}  # fmt: skip
BASIS_NAMES = {Basis.LAW: _l("From the text of the law"), Basis.COMMUNE: _l("Filled in by the commune")}
BY_HAND_NAMES = {ByHand.MET: _l("Met"), ByHand.NOT_MET: _l("Not met")}


class TitleProgramme(Entry):
    """What a commune does for a title in the days that count for it, from *first_on* to *last_on*, both included."""

    prefix = "DH"
    dated = "first_on"
    searched = ("name",)

    name: Mapped[str]
    kind: Mapped[TitleKind] = mapped_column(index=True)
    year: Mapped[int]
    first_on: Mapped[date] = mapped_column(index=True)
    last_on: Mapped[date]
    plan: Mapped[str] = mapped_column(default="")  # number of the plan
    outcome: Mapped[Outcome] = mapped_column(default=Outcome.OPEN)
    decided_on: Mapped[date | None]
    decision: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")

    criteria: Mapped[list["TitleCriterion"]] = relationship(back_populates="programme", order_by="TitleCriterion.id")
    evidence: Mapped[list["TitleEvidence"]] = relationship(back_populates="programme", order_by="TitleEvidence.id")
    campaigns: Mapped[list[Any]] = relationship(
        "PledgeCampaign", backref="programme", order_by="PledgeCampaign.first_on"
    )

    @property
    def misfits(self) -> Iterable[Reason]:
        if self.last_on < self.first_on:
            yield Misfit("last_on", mark("The last day cannot be before the first."))
        if self.outcome not in (None, Outcome.OPEN) and self.decided_on is None:
            yield Misfit("decided_on", mark("Please give the day on which this was decided."))

    @property
    def standing(self) -> State:
        return OUTCOMES[self.outcome or Outcome.OPEN]

    def written_down(self) -> None:
        """The criteria that are known come by themselves, else rows that the commune fills in."""
        if self.kind == TitleKind.OTHER:
            return
        known = titles.criteria_of(self.kind, self.first_on)
        with as_on_paper():
            made = [_known(*one) for one in known] or [_empty() for _row in range(EMPTY_ROWS)]
        for one in made:
            one.commune_id = self.commune_id
        self.criteria.extend(made)


def _known(criterion: titles.Criterion, rule: Any, number: Any) -> "TitleCriterion":
    share = number.unit == "share"
    return TitleCriterion(
        text=say(rule.label), basis=Basis.LAW, clause=number.source, confirmed=number.confirmed,
        figure=criterion.figure, whole_figure=criterion.whole, of_whole=share,
        comparison=Comparison(criterion.comparison),
        target=int(number.value * (titles.PERCENT if share else 1) * THOUSAND), unit=say(criterion.unit),
    )  # fmt: skip


def _empty() -> "TitleCriterion":
    return TitleCriterion(text="", basis=Basis.COMMUNE, comparison=Comparison.AT_LEAST)


class TitleCriterion(Part):
    """What a title asks: a count, or so many percent of a whole, held against a target.

    Count and whole come from the indicator that is named (*figure*, *whole_figure*), else from what is typed, in
    thousandths. A criterion without a target is judged by hand.
    """

    parent = "programme"

    programme_id: Mapped[int] = mapped_column(ForeignKey("title_programme.id"), index=True)
    text: Mapped[str] = mapped_column(active_history=True)  # so that a change is known before it is saved
    basis: Mapped[Basis] = mapped_column(default=Basis.COMMUNE)
    clause: Mapped[str] = mapped_column(default="")
    confirmed: Mapped[bool] = mapped_column(default=True)
    figure: Mapped[str] = mapped_column(default="")
    count: Mapped[int | None]
    of_whole: Mapped[bool] = mapped_column(default=False)
    whole_figure: Mapped[str] = mapped_column(default="")
    whole_count: Mapped[int | None]
    comparison: Mapped[Comparison] = mapped_column(default=Comparison.AT_LEAST)
    target: Mapped[int | None]
    unit: Mapped[str] = mapped_column(default="")
    by_hand: Mapped[ByHand | None]

    programme: Mapped[TitleProgramme] = relationship(back_populates="criteria")

    @property
    def is_empty(self) -> bool:
        """Whether nobody wrote yet what is asked."""
        return not self.text

    @property
    def misfits(self) -> Iterable[Reason]:
        if self.basis == Basis.LAW and inspect(self).attrs.text.history.deleted:
            yield Misfit("text", mark("This comes from the text of the law and stays. Enter a criterion of your own."))
        if self.of_whole and self.whole_count == 0:
            yield Misfit("whole_count", mark("There is no share of nothing."))


class TitleEvidence(Part):
    """A record that shows that a criterion is met: a model, a campaign, or a paper by its number.

    Without a criterion it speaks for the title as a whole, as the plan does.
    """

    parent = "programme"

    programme_id: Mapped[int] = mapped_column(ForeignKey("title_programme.id"), index=True)
    criterion_id: Mapped[int | None] = mapped_column(ForeignKey("title_criterion.id"), index=True)
    model_id: Mapped[int | None] = mapped_column(ForeignKey("model.id"))
    campaign_id: Mapped[int | None] = mapped_column(ForeignKey("pledge_campaign.id"))
    paper: Mapped[str] = mapped_column(default="")  # its number
    note: Mapped[str] = mapped_column(default="")

    programme: Mapped[TitleProgramme] = relationship(back_populates="evidence")
    criterion: Mapped[TitleCriterion | None] = relationship(foreign_keys=criterion_id)
    model: Mapped[Model | None] = relationship(foreign_keys=model_id)
    campaign: Mapped[Any] = relationship("PledgeCampaign", foreign_keys=campaign_id)

    @property
    def misfits(self) -> Iterable[Reason]:
        if sum(bool(one) for one in (self.model_id, self.campaign_id, self.paper)) != 1:
            yield Misfit("paper", mark("Name one: a model, a campaign or the number of a paper."))
