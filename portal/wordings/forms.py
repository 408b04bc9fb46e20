"""What may be typed to word a sentence otherwise."""

from typing import Any, ClassVar

from portal.engine import clock
from portal.engine.forms import Choice, Day, Form, Optional, Paragraphs, Required, ValidationError
from portal.engine.text import _, _l
from portal.wordings.blocks import Block, Texts, against

MOST = 2000
YEARS_AHEAD = 2


class WordingForm(Form):
    """The sentence with its places in braces, from when it holds, and why."""

    sub_kind = Choice(_l("For which of them"), [Optional()])
    text = Paragraphs(_l("Wording"), [Required()], length=MOST)
    holds_from = Day(_l("Holds for papers from"), [Required()])
    reason = Paragraphs(_l("Why it is proposed"), [Required()], length=MOST)
    widths: ClassVar[dict[str, str]] = {"holds_from": "day", "sub_kind": "mid"}

    def __init__(self, texts: Texts, block: Block, *typed: Any, **more: Any) -> None:
        super().__init__(*typed, **more)
        self.block = block
        self.sub_kind.choices = [("", _("all of them")), *((name, str(told)) for name, told in texts.sub_kinds.items())]
        if not texts.sub_kinds:
            del self._fields["sub_kind"]

    @property
    def words(self) -> str:
        """The sentence as one line."""
        return " ".join((self.text.data or "").split())

    @property
    def chosen(self) -> str:
        return str(self._fields["sub_kind"].data or "") if "sub_kind" in self._fields else ""

    def validate_text(self, field: Paragraphs) -> None:
        found = list(against(field.data or "", self.block))
        known = ", ".join(f"{{{one}}}" for one in self.block.places)
        for what, told in (
            ("unknown", _("There is no such place here: %(which)s. Those that there are: %(known)s.")),
            ("missing", _("These places are missing: %(which)s.")),
            ("brace", _("A brace stands alone. A place is written as {name}, and braces are used for nothing else.")),
        ):
            which = ", ".join(place for kind, place in found if kind == what)
            if any(kind == what for kind, _place in found):
                raise ValidationError(told % {"which": which, "known": known} if "%(" in told else told)

    def validate_holds_from(self, field: Day) -> None:
        if field.data and field.data < clock.today():
            raise ValidationError(_("Papers of days that are past keep their words: choose today or a later day."))
        if field.data and field.data.year > clock.today().year + YEARS_AHEAD:
            raise ValidationError(_("That is too far ahead. Please check the year."))
