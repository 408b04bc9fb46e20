"""Units from a day to a day, with who took them over: the commune, its villages and forces, and what stands above."""

from typing import Any

from sqlalchemy import Select, case, or_, select

from portal.engine.db import db
from portal.engine.forms import Choice, Day, Form, Line, Optional, Paragraphs, Required, ValidationError
from portal.engine.refusal import Misfit, Refused
from portal.engine.text import _, _l, mark
from portal.exchange.bringing import Bringing
from portal.exchange.kinds.rows import Rows, columns_of
from portal.exchange.sheet import Facts, Verdict
from portal.exchange.taking import Taking
from portal.organisation.actions import create_unit
from portal.organisation.forms import UnitForm
from portal.organisation.models import UNIT_KIND_NAMES, Unit, UnitKind, line_of, read_names

ABOVE = (UnitKind.PROVINCE, UnitKind.DISTRICT, UnitKind.COMMUNE)  # in this order, before whatever belongs to them
OTHER_COMMUNE = mark(
    "The workbook is of the commune %(code)s, and this portal of %(here)s. Set the portal up with that code, or take "
    "the row out."
)


class UnitRow(Form):
    code = Line(_l("Code"), [Required()], length=20, description=_l("It never changes: rows name the unit by it."))
    kind = Choice(_l("Kind"), [Required()], choices=[(kind.value, name) for kind, name in UNIT_KIND_NAMES.items()])
    name = UnitForm.name
    former_names = Paragraphs(
        _l("Former names"),
        [Optional()],
        description=_l("A line each: the last day on which it was called so, and the name: 31/03/2026 thôn Iệc."),
    )
    commune_id = Line(
        _l("Commune"), [Optional()], description=_l("To which it belongs. Empty: the unit stands above the communes.")
    )
    parent_id = Line(_l("Unit above"), [Optional()])
    superior = UnitForm.superior
    phone = UnitForm.phone
    valid_from = Day(_l("First day"), [Required()])
    valid_to = Day(_l("Last day"), [Optional()], description=_l("Included. Leave it empty while nobody knows it."))
    successor_id = Line(_l("Who took it over"), [Optional()], description=_l("It stands before the unit in the sheet."))

    def validate_former_names(self, field: Paragraphs) -> None:
        try:
            read_names(field.data or "")
        except ValueError:
            raise ValidationError(_("Each line is a day and a name, as 31/03/2026 thôn Iệc.")) from None

    def validate_valid_to(self, field: Day) -> None:
        if field.data and self.valid_from.data and field.data < self.valid_from.data:
            first = f"{self.valid_from.data:%d/%m/%Y}"
            raise ValidationError(_("The last day cannot lie before the first, %(day)s.", day=first))


class Units(Rows):
    """Whatever stands above comes before what belongs to it, and whoever took a unit over before that unit."""

    key, title, record, form = "units", _l("Units"), Unit, UnitRow
    about = _l("The commune, its villages and forces, the communes that became it, and the authorities above.")
    columns = ("code", "kind", "name", "commune_id", "parent_id", "superior", "phone", "valid_from", "valid_to",
               "successor_id", "former_names")  # fmt: skip

    def found(self, taking: Taking) -> Select[Any]:
        ours = or_(Unit.commune_id.in_(line_of(taking.commune.id)), Unit.commune_id.is_(None))
        place = case({kind: number for number, kind in enumerate(ABOVE)}, value=Unit.kind, else_=len(ABOVE))
        goes_on = case((Unit.valid_to.is_(None), 0), else_=1)
        found = select(Unit).where(Unit.voided_at.is_(None), ours, *taking.allowed(Unit))
        return found.order_by(place, goes_on, Unit.valid_to.desc(), Unit.valid_from, Unit.code)

    def said(self, one: Any, code: Any) -> dict[str, Any]:
        told = {field.name: getattr(one, field.name) for field in self.sheet.fields}
        return {**told, "commune_id": None} if one.kind == UnitKind.COMMUNE else told

    def there(self, facts: Facts, bringing: Bringing) -> Unit | None:
        there = db.session.scalar(select(Unit).where(Unit.code == facts["code"]))
        ours = there is None or there.commune is None or there.commune.heir_id == bringing.commune.heir_id
        if not ours:
            raise Refused(Misfit("code", mark("A unit of another commune has this code.")))
        return there

    def same(self, there: Unit, facts: Facts, bringing: Bringing) -> Verdict:
        """The commune was set up by hand: what could not be said there, the workbook says, if it says nothing else."""
        if there.id != bringing.commune.id or bringing.by is not None:
            return super().same(there, facts, bringing)
        return self.learn(there, facts, _learnt(there, facts), bringing)

    def once(self, facts: Facts, bringing: Bringing) -> None:
        code, kind = str(facts["code"]), facts["kind"]
        if not bringing.first_time(self.key, code):
            raise Refused(Misfit("code", mark("This code stands in the file twice.")))
        if kind == UnitKind.COMMUNE and facts["successor_id"] is None:
            raise Refused(Misfit("code", OTHER_COMMUNE, code=code, here=bringing.commune.code))
        bringing.coming.add(("unit", code))

    def write(self, facts: Facts, bringing: Bringing) -> Unit:
        successor = db.session.get(Unit, facts["successor_id"] or 0)
        if successor is not None and successor.kind != facts["kind"]:
            raise Refused(Misfit("successor_id", mark("Only a unit of the same kind can take this one over.")))
        unit = create_unit(facts["code"], facts["name"], facts["kind"], facts["valid_from"], valid_to=facts["valid_to"])
        more = columns_of(Unit, facts, "code", "name", "kind", "valid_from", "valid_to", "commune_id")
        for name, value in more.items():
            setattr(unit, name, value)
        if unit.kind != UnitKind.COMMUNE:
            unit.commune_id = facts["commune_id"]
        if successor is not None:
            unit.heir_id = successor.heir_id
        db.session.flush()
        return unit


def _learnt(commune: Unit, facts: Facts) -> Facts:
    """What the row says of the commune that nobody has said yet: since when it is there, and what was left empty."""
    empty = [
        name
        for name in ("superior", "phone", "parent_id", "former_names")
        if facts[name] and not getattr(commune, name)
    ]
    earlier = ["valid_from"] if facts["valid_from"] < commune.valid_from else []
    return {name: facts[name] for name in (*empty, *earlier)}
