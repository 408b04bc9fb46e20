"""What proposals have whose file goes up to a court: where it is, and what the court answered."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from portal.cases.models import DECIDED
from portal.engine.refusal import Reason
from portal.law.rule import Due

if TYPE_CHECKING:
    from portal.proposals.models.court_answer import CourtAnswer


class AtCourt:
    """Mixed into all proposals; of a kind that no court answers nothing of it is so."""

    answers_as: ClassVar["type[CourtAnswer] | None"] = None  # as what the answer of a court to it is recorded

    if TYPE_CHECKING:
        state: Any
        voided_at: Any
        decided_on: Any
        document: Any
        answers: Any

    @property
    def sent_on(self) -> date | None:
        """The day of its signed page, with which the file goes up."""
        on: date | None = self.document.dated_on if self.document else self.decided_on
        return on

    @property
    def sent(self) -> bool:
        """Whether its file went up: with the signed page."""
        return self.state in DECIDED and self.document is not None and self.document.issued

    @property
    def at_court(self) -> bool:
        """Whether its file is with a court, which has not answered yet."""
        return self.sent and self.awaits_answer

    @property
    def awaits_answer(self) -> bool:
        """Whether a court is to answer it, and no answer counts yet."""
        asks = self.answers_as is not None and self.state in DECIDED and self.voided_at is None
        return asks and not any(one.counts for one in self.answers)

    @property
    def answer(self) -> "CourtAnswer | None":
        """The answer of the court that counts, or waits for a second person."""
        found = self.answers if self.answers_as is not None else ()
        return next((one for one in reversed(found) if one.waits or one.counts), None)

    @property
    def refused_above(self) -> bool:
        """Whether a court said no, confirmed or not."""
        return self.answer is not None and not self.answer.accepted

    @property
    def steps_above(self) -> Sequence[Due]:
        """By when each step above the commune is to be taken once the file was sent; for most kinds there is none."""
        return ()

    def misfits_of_way(self) -> Iterable[Reason]:
        """What contradicts itself of where the file is. Most kinds note down nothing of it."""
        return ()
