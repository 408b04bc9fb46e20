"""What is typed at the round of a month: person by person, for a whole village, and with the signature."""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from portal.cases.actions.rounds import GROUNDS_OF_POOR, Answer
from portal.cases.models import Rating
from portal.cases.months import spelled
from portal.engine.forms import (
    Day,
    Form,
    HiddenField,
    Password,
    Required,
    StringField,
    ValidationError,
    Wrong,
    not_in_the_future,
)
from portal.engine.intake import id_in
from portal.engine.letters import can_be_kept, on_one_line, plain
from portal.engine.text import _, _l

HERE, AWAY, WHY, IN, BACK, FLAW, LATE = "here_", "away_", "why_", "in_", "back_", "flaw_", "late_"
AS, OTHER, WORDS, GROUND, SEAL, OUT = "as_", "other_", "words_", "ground_", "seal_", "out_"
UNGRADED = "written"  # the assessment of a month that has no grades
MOST_WORDS, MOST_PEOPLE, MOST_SEALS = 500, 1000, 30_000


class OnADay(Form):
    """A form about the round of a month, held on one day of it."""

    held_on = Day(_l("Day of the round"), [Required(), not_in_the_future])
    widths: ClassVar[dict[str, str]] = {"held_on": "day"}

    def __init__(self, month: date, **values: Any) -> None:
        self.month = month
        super().__init__(**values)

    def validate_held_on(self, field: Day) -> None:
        if field.data and field.data.replace(day=1) != self.month:
            raise ValidationError(_("The round of %(month)s is held in that month.", month=spelled(self.month)))


class RoundForm(OnADay):
    """Of each person what was said of them; of whom nothing was said there is nothing to record.

    *names*: of whom the page tells, by the ids of their cases, as the reader may know them.
    """

    names: Mapping[int, str]
    PREFIXES: ClassVar[tuple[str, ...]] = (HERE, AWAY, WHY, IN, BACK, FLAW, LATE, AS, OTHER, WORDS, GROUND, SEAL)

    @property
    def said(self) -> dict[int, dict[str, str]]:
        """All that was typed, by the id of the case, as the page draws it again."""
        found: dict[int, dict[str, str]] = {}
        for prefix in self.PREFIXES:
            for number, value in self.listed(prefix).items():
                found.setdefault(number, {})[prefix] = on_one_line(plain(value))
        return found

    def given(self) -> dict[int, Answer]:
        """The answers of those of whom anything was said."""
        answers = {number: _answer(said) for number, said in self.said.items()}
        return {number: one for number, one in answers.items() if one.says_anything}

    def validate(self, extra_validators: Any = None) -> bool:
        valid = super().validate(extra_validators)
        self.row_errors = {**self._against_rows(), **self.row_errors}
        if valid and not self.row_errors and not self.given():
            told = _("Nothing is chosen yet. Say of each who came that they are present, then save.")
            self.form_errors: list[Any] = [told]
        return valid and not self.row_errors and not self.form_errors

    def _against_rows(self) -> dict[str, str]:
        """What cannot be as it was sent, by the name of the answer."""
        found = {}
        for number, said in self.said.items():
            for prefix, text in said.items():
                if told := _against(prefix, text):
                    found[f"{prefix}{number}"] = told
        return found

    @property
    def wrong(self) -> dict[int, list[str]]:
        """The same by the ids of the cases: a page tells it at the row."""
        found: dict[int, list[str]] = {}
        for name, told in self.row_errors.items():
            number = id_in(name.rpartition("_")[2])
            if number and told not in found.setdefault(number, []):
                found[number].append(told)
        return found

    def _wrong_rows(self) -> list[Wrong]:
        return [Wrong(f"p{number}", self.names.get(number, ""), " ".join(told)) for number, told in self.wrong.items()]


def _against(prefix: str, text: str) -> str:
    if len(text) > MOST_WORDS:
        return _("A reason has at most %(most)s letters.", most=MOST_WORDS)
    if not all(map(can_be_kept, text)):
        return _("A reason holds a character that cannot be kept. Please type it anew.")
    known: Mapping[str, set[str]] = {OTHER: set(Rating), GROUND: set(GROUNDS_OF_POOR)}
    if prefix in known and text and text not in known[prefix]:
        return _("This is none of the choices. Please choose again.")
    return ""


def _answer(said: Mapping[str, str]) -> Answer:
    """What was chosen. Two ratings of one person are two things of which one can be."""
    rate = said.get(OTHER) or said.get(AS, "")
    graded = rate in set(Rating)
    two_ratings = bool(said.get(AS) and said.get(OTHER) and said[AS] != said[OTHER])
    return Answer(
        present=_either(said, HERE, AWAY), absent_because=said.get(WHY, ""),
        handed_in=_either(said, IN, BACK), returned_because=said.get(FLAW, ""),
        late_because=said.get(LATE, ""),
        torn=any(said.get(one) and said.get(other) for one, other in ((HERE, AWAY), (IN, BACK))) or two_ratings,
        assessed=graded or rate == UNGRADED, rating=Rating(rate) if graded else None,
        words=said.get(WORDS, ""), ground=said.get(GROUND, ""), seal=said.get(SEAL, ""),
    )  # fmt: skip


def _either(said: Mapping[str, str], yes: str, no: str) -> bool | None:
    """Which of two is chosen; None where neither is."""
    return True if said.get(yes) else False if said.get(no) else None


class VillageForm(OnADay):
    """A whole village as suggested: who is taken out, and of whom the page spoke, with what was suggested of each."""

    PREFIXES: ClassVar[tuple[str, ...]] = (OUT,)
    shown = HiddenField()
    back = StringField()  # sent by the button that leads back to the list, and drawn nowhere else

    @property
    def out(self) -> set[int]:
        return set(self.listed(OUT))

    @property
    def seals(self) -> dict[int, str]:
        """What the page showed: 12:ab34,15:…"""
        parts = (self.shown.data or "")[:MOST_SEALS].split(",", MOST_PEOPLE)[:MOST_PEOPLE]
        pairs = (part.partition(":") for part in parts)
        return {known: seal for number, _colon, seal in pairs if (known := id_in(number))}


class SignForm(Form):
    """The signature: the password once more, under what the page showed."""

    shown = HiddenField()
    password = Password(
        _l("Your password"), [Required()], render_kw={"autocomplete": "current-password"},
        description=_l("It is asked for again, since it is your signature."),
    )  # fmt: skip
