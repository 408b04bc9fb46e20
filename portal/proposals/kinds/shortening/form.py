"""What is typed to ask for a shortening, how it is told, and what the law says while it is typed."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, ClassVar

from wtforms.validators import StopValidation

from portal.cases.forms.papers import MOST_MONTHS
from portal.cases.models import Case
from portal.engine import clock
from portal.engine.forms import (
    BooleanField,
    Choice,
    Day,
    Line,
    Number,
    Optional,
    Paragraphs,
    Required,
)
from portal.engine.intake import day_in
from portal.engine.presentation import day
from portal.engine.text import _, _l, ngettext
from portal.proposals.forms import Field, ProposalForm
from portal.proposals.kinds.shortening import asking
from portal.proposals.kinds.shortening.asking import Wish
from portal.proposals.kinds.shortening.grounds import GROUND_NAMES, OF_TYPE, Ground, only_waived
from portal.proposals.kinds.shortening.model import ShorteningProposal, of_wish
from portal.proposals.models import Condition

ALL = ("ground", "round_on", "whole_rest", "months", "evidence", "answer_to_doubts")
OF_WAIVER = ("round_on", "evidence", "answer_to_doubts")  # where the law knows nothing but a waiver of the rest


def months_or_rest(form: "ShorteningForm", field: Number) -> None:
    """Without months the whole rest is asked for; what was typed is looked at by what comes next."""
    if any(one.strip() for one in field.raw_data or ()):
        return
    raise StopValidation("" if form.waives else _("Give the months that are to be cut, or ask for the whole rest."))


class ShorteningForm(ProposalForm):
    FIELDS = ALL
    CHECKED = ("ground", "round_on", "whole_rest", "months", "answer_to_doubts")
    ground = Choice(_l("On what ground"), [Required()])
    round_on = Day(
        _l("Day of the shortening round"), [Required()],
        description=_l("On which the conditions must be met: 30/4, 2/9, another day of a round, or today."),
    )  # fmt: skip
    whole_rest = BooleanField(
        _l("The whole rest of the term"),
        description=_l("For merit, great age or a terminal illness; after a conditional release, of who is under 18."),
    )
    months = Number(_l("Months to be cut"), [months_or_rest], least=1, most=MOST_MONTHS)
    evidence = Line(
        _l("Paper that shows it"), [Optional()], length=200,
        description=_l("Number and day of the commendation or the conclusion. No detail of an illness is kept."),
    )  # fmt: skip
    answer_to_doubts = Paragraphs(
        _l("Why it is proposed although something is to be weighed"), [Optional()], length=1000
    )
    widths: ClassVar[dict[str, str]] = {"ground": "mid", "round_on": "day", "months": "short"}
    case: Case | None = None

    @property
    def waives(self) -> bool:
        return "whole_rest" not in self or bool(self.whole_rest.data)

    def wish(self, case: Case) -> Wish | None:
        """What is asked for, once enough is typed and right."""
        fields = [self[name] for name in ("ground", "round_on", "months") if name in self]
        on = self.round_on.data
        if any(one.errors for one in fields) or not isinstance(on, date):
            return None
        chosen = self.ground.data if "ground" in self else str(Ground.CONDUCT)
        if chosen not in OF_TYPE.get(case.type, ()):
            return None
        months = self.months.data or 0 if "months" in self else 0
        return None if not (months or self.waives) else Wish(Ground(chosen), on, months, self.waives)

    def content(self) -> dict[str, Any]:
        """Of the whole rest as many months as are left on the day."""
        assert self.case is not None  # noqa: S101 - `offer` has told it
        wish = self.wish(self.case)
        assert wish is not None  # noqa: S101 - the form is valid
        return {
            "ground": wish.ground, "round_on": wish.on, "whole_rest": wish.whole_rest,
            "months": asking.months_of(self.case, wish), "evidence": (self.evidence.data or "").strip(),
            "answer_to_doubts": (self.answer_to_doubts.data or "").strip(), "reason": self.reason.data,
        }  # fmt: skip


def offer(form: Any, case: Case) -> None:
    """The grounds that the law of the case knows; where it knows a waiver alone, nothing else is asked."""
    form.case = case
    if only_waived(case):
        form.FIELDS = OF_WAIVER
        for name in ("ground", "whole_rest", "months"):
            del form[name]
    else:
        form.ground.choices = [(str(one), GROUND_NAMES[one]) for one in OF_TYPE[case.type]]
    if form.round_on.data is None and not form.is_submitted():
        form.round_on.data = clock.today()


def begun(asked: Mapping[str, str]) -> dict[str, Any]:
    """The day of a round, as its page hands it on."""
    on = day_in(asked.get("day"))
    return {"round_on": on} if on else {}


def look(form: Any, case: Case, _proposal: ShorteningProposal | None) -> list[Condition]:
    """What the law says of what is typed so far; before that, what it would allow."""
    wish = form.wish(case)
    return of_wish(case, wish, form.answer_to_doubts.data or "") if wish else []


def told(proposal: ShorteningProposal) -> Iterator[Field]:
    yield Field("ground", str(GROUND_NAMES[Ground(proposal.ground)]), strong=True)
    yield Field("round_on", day(proposal.round_on))
    months = str(ngettext("%(num)s month", "%(num)s months", proposal.months))
    yield Field(
        "months", _("the whole rest, %(months)s", months=months) if proposal.whole_rest else months, strong=True
    )
    yield Field("evidence", proposal.evidence, full=True)
    yield Field("answer_to_doubts", proposal.answer_to_doubts, full=True)
    yield from _way(proposal)


def _way(proposal: ShorteningProposal) -> Iterator[Field]:
    """Where it is above the commune."""
    if proposal.file_built_on:
        yield Field("file_built_on", day(proposal.file_built_on), _("File built by the agency on"))
    if proposal.session_on:
        yield Field("session_on", day(proposal.session_on), _("Session of the court on"))
