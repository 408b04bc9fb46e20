"""What is typed of a request, of its answer, of a legal hold, and of a round of closed files."""

from typing import Any, ClassVar

from wtforms.validators import StopValidation

from portal.engine import clock
from portal.engine.forms import (
    BooleanField,
    Choice,
    Day,
    EditForm,
    Form,
    HiddenField,
    Line,
    Number,
    Optional,
    Paragraphs,
    Password,
    ReasonForm,
    Required,
    ValidationError,
    a_name,
    not_in_the_future,
    of,
)
from portal.engine.text import _, _l
from portal.people.models import ASKED_ABOUT_NAMES, ASKER_NAMES, PROOF_NAMES, Asker, Proof, RequestKind

MOST_COPIES = 5
OLDEST = 400  # days back: further is a slip of the pen


class OfAnother:
    """Asks for an answer where somebody asks for another. It stands before `Optional`, which looks no further."""

    def __init__(self, missing: Any) -> None:
        self.missing = missing

    def __call__(self, form: Any, field: Any) -> None:
        if form.asker.data not in ("", None, Asker.SELF) and not (field.data or "").strip():
            raise StopValidation(str(self.missing))


class RequestForm(Form):
    """Who asks, when, and by what it was seen who they are; of a correction also what is wrong."""

    asked_on = Day(_l("Day of the request"), [Required(), not_in_the_future])
    asker = Choice(_l("Who asks"), [Required()], choices=of(ASKER_NAMES))
    asker_name = Line(
        _l("Name of whoever asks for the person"),
        [OfAnother(_l("Please write down who asks for the person.")), Optional(), a_name], length=100,
        description=_l("Only where somebody asks for another."),
    )  # fmt: skip
    authority = Line(
        _l("The paper by which they may"),
        [OfAnother(_l("Please write down the paper by which they may ask.")), Optional()],
        description=_l("Number, day and who issued it: a birth certificate, a written authority."),
    )  # fmt: skip
    proof = Choice(
        _l("How you saw who it is"), [Required()], choices=of(PROOF_NAMES),
        description=_l("Look at the card. Write no number of it here and keep no picture of it."),
    )  # fmt: skip
    about = Choice(_l("What is said to be wrong"), [Required()], choices=of(ASKED_ABOUT_NAMES))
    wrong = Paragraphs(_l("What is wrong, in the person's words"), [Required()], length=2000)
    right = Paragraphs(_l("What it should say"), [Required()], length=2000)
    evidence = Line(_l("What shows it"), [Optional()], description=_l("Papers that were shown, with number and day."))
    widths: ClassVar[dict[str, str]] = {"asked_on": "day", "asker": "mid", "proof": "mid", "about": "mid"}
    OF_CORRECTION = ("about", "wrong", "right", "evidence")

    def __init__(self, kind: RequestKind, *typed: Any, **more: Any) -> None:
        super().__init__(*typed, **more)
        if kind == RequestKind.EXTRACT:
            for name in self.OF_CORRECTION:
                del self._fields[name]

    @property
    def names(self) -> list[str]:
        """The fields of the page, in their order."""
        own = ("asked_on", "asker", "asker_name", "authority", "proof", *self.OF_CORRECTION)
        return [name for name in own if name in self._fields]

    def validate_asked_on(self, field: Day) -> None:
        if field.data and (clock.today() - field.data).days > OLDEST:
            raise ValidationError(_("That is more than a year ago. Please look at the year."))

    def validate_proof(self, field: Choice) -> None:
        if field.data == Proof.KNOWN and self.asker.data == Asker.REPRESENTATIVE:
            raise ValidationError(_("A representative shows a card or a certified letter."))

    def validate_asker_name(self, field: Line) -> None:
        self._refuse_another(field)

    def validate_authority(self, field: Line) -> None:
        self._refuse_another(field)

    def _refuse_another(self, field: Line) -> None:
        """Two who ask contradict each other: neither is let go without a word."""
        if self.asker.data == Asker.SELF and field.data:
            raise ValidationError(
                _("Above it says that the person asks. Leave this empty, or say above who asks for the person.")
            )

    @property
    def facts(self) -> dict[str, Any]:
        """What is kept; of whoever asks for themselves neither a name nor a paper."""
        facts = {name: self._fields[name].data for name in self.names}
        for name in ("asker_name", "authority"):
            facts[name] = "" if self.asker.data == Asker.SELF else (facts[name] or "").strip()
        return {name: value or "" if name in ("wrong", "right", "evidence") else value for name, value in facts.items()}


class ExtractForm(EditForm):
    """How many copies are handed over, and whose pledges are taken in."""

    copies = Number(_l("Copies that are handed over"), [Required()])
    household_id = Choice(
        _l("Household of the person"), [Optional()],
        description=_l("Registered under the person's own name: its pledges are told as well. Ask the person first."),
    )  # fmt: skip
    with_texts = BooleanField(
        _l("Take in the texts of assessments, violations and help"),
        description=_l("Only after you have read them: nothing in them may be about somebody else."),
    )  # fmt: skip
    widths: ClassVar[dict[str, str]] = {"copies": "short", "household_id": "mid"}

    def validate_copies(self, field: Number) -> None:
        if field.data is not None and not 1 <= field.data <= MOST_COPIES:
            raise ValidationError(_("From one copy to %(most)s.", most=MOST_COPIES))


class CorrectedForm(EditForm):
    """Which change made the correction, and what the person is told."""

    corrected_by = Choice(
        _l("The change that corrects it"), [Required()],
        description=_l("Of the person or their files, since they asked. Change it first on its own page."),
    )  # fmt: skip
    answer = Paragraphs(_l("What was corrected, as the person will read it"), [Required()], length=2000)


class HoldForm(Form):
    """Who asks that nothing be forgotten, why, and until when."""

    asked_by = Line(_l("Body that asks for it"), [Required()], length=200)
    paper = Line(_l("Number and day of its paper"), [Optional()])
    reason = Paragraphs(_l("Why it is held"), [Required()], length=1000)
    until = Day(
        _l("Until, the day included"), [Optional()], description=_l("Without a day it holds until somebody lifts it.")
    )  # fmt: skip
    widths: ClassVar[dict[str, str]] = {"until": "day"}

    def validate_until(self, field: Day) -> None:
        if field.data and field.data < clock.today():
            raise ValidationError(_("That day is past."))


class RoundForm(Form):
    """Why a round is proposed now; *shown* carries whom the page told of."""

    reason = Paragraphs(_l("Why now"), [Required()], length=1000)
    shown = HiddenField()


class DecisionForm(ReasonForm):
    """The number of people, typed by whoever approves, and the password once more: it is for good."""

    counted = Number(_l("Number of people of this round, typed by you"), [Optional()])
    password = Password(
        _l("Your password"), [Required()], render_kw={"autocomplete": "current-password"},
        description=_l("It is asked for again, since nobody takes this back."),
    )  # fmt: skip
