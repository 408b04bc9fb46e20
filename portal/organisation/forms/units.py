"""What may be typed about a unit."""

from typing import ClassVar

from wtforms.validators import Optional

from portal.engine.forms import Choice, Day, EditForm, Line, Phone, Required, not_in_the_future
from portal.engine.text import _, _l
from portal.organisation.models import PARTS, UNIT_KIND_NAMES, Unit
from portal.organisation.queries import successors_of


class UnitForm(EditForm):
    name = Line(
        _l("Name of the unit"),
        [Required()],
        length=120,
        description=_l("With its kind in front, as it is written on paper."),
    )
    superior = Line(
        _l("Superior unit"), [Optional()], length=120, description=_l("As it stands at the head of a document.")
    )
    phone = Phone(_l("Telephone"), [Optional()], length=15, render_kw={"inputmode": "tel"})
    widths: ClassVar[dict[str, str]] = {"kind": "mid", "valid_from": "day", "phone": "mid"}


class EditUnitForm(UnitForm):
    called_since = Day(
        _l("Called so since"),
        [Optional(), not_in_the_future],
        description=_l(
            "The first day of a new name: reports and figures of the time before go on naming the unit as it was "
            "called then. Leave it empty where the old name was only written wrongly."
        ),
    )
    widths: ClassVar[dict[str, str]] = {**UnitForm.widths, "called_since": "day"}


class NewUnitForm(UnitForm):
    kind = Choice(_l("Kind"), choices=[(kind.value, UNIT_KIND_NAMES[kind]) for kind in PARTS])
    valid_from = Day(_l("First day"), [Required()])


class EndUnitForm(EditForm):
    last_day = Day(_l("Last day"), [Required(), not_in_the_future])
    successor_id = Choice(
        _l("Who takes it over"), [Optional()], description=_l("Its records are theirs from then on, at once.")
    )
    widths: ClassVar[dict[str, str]] = {"last_day": "day", "successor_id": "mid"}

    def fill_lists(self, record: Unit | None = None) -> None:
        """Offer whoever may take over from the unit."""
        others = successors_of(record) if record is not None else ()
        self.successor_id.choices = [("", _("Nobody")), *((str(one.id), one.title) for one in others)]
