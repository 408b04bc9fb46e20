"""Who was and who is on call for a force, day by day."""

from typing import Any

from sqlalchemy import Select, select

from portal.duties.models import DutyRoster
from portal.engine.access import may
from portal.engine.db import db
from portal.engine.forms import Day, Form, Line, Number, Optional, Phone, Required
from portal.engine.refusal import Misfit, Refused
from portal.engine.text import _l, mark
from portal.exchange.bringing import Bringing
from portal.exchange.kinds.rows import NO_RIGHT, Rows, columns_of
from portal.exchange.references import STILL_TO_COME
from portal.exchange.sheet import Facts, Verdict
from portal.exchange.taking import Taking
from portal.organisation.models import Unit

LAST_HOUR = 23


class TurnRow(Form):
    on = Day(_l("Day"), [Required()])
    unit_id = Line(_l("Force"), [Required()])
    user_id = Line(_l("Who is on call"), [Required()])
    phone = Phone(_l("Telephone"), [Optional()], length=15)
    from_hour = Number(
        _l("From the hour"), [Optional()], most=LAST_HOUR, description=_l("For 24 hours. Empty: from 0.")
    )


class Roster(Rows):
    key, title, record, form, right = "roster", _l("Duty roster"), DutyRoster, TurnRow, "plan"
    about = _l("Who is on call for a force, for 24 hours from an hour of a day on.")
    columns = ("on", "unit_id", "user_id", "phone", "from_hour")

    def found(self, taking: Taking) -> Select[Any]:
        turn = DutyRoster
        found = select(turn).join(turn.unit).where(turn.voided_at.is_(None), *taking.within(turn))
        return found.order_by(turn.on, Unit.code, turn.from_hour)

    def take(self, facts: Facts, bringing: Bringing) -> Verdict:
        return super().take({**facts, "from_hour": facts["from_hour"] or 0}, bringing)

    def said(self, one: Any, code: Any) -> dict[str, Any]:
        return {field.name: getattr(one, field.name) for field in self.sheet.fields}

    def there(self, facts: Facts, bringing: Bringing) -> DutyRoster | None:
        of = DutyRoster.unit_id == facts["unit_id"], DutyRoster.on == facts["on"], DutyRoster.voided_at.is_(None)
        return db.session.scalars(select(DutyRoster).where(*of)).first()

    def once(self, facts: Facts, bringing: Bringing) -> None:
        first = bringing.first_time(self.key, f"{facts['on']}/{facts['unit_id']}")
        if not first and facts["unit_id"] != STILL_TO_COME:
            raise Refused(Misfit("on", mark("This day of the force stands in the file twice.")))

    def write(self, facts: Facts, bringing: Bringing) -> None:
        unit = db.session.get_one(Unit, facts["unit_id"])
        turn = DutyRoster(commune_id=unit.commune_id or unit.id, **columns_of(DutyRoster, facts))
        db.session.add(turn)
        db.session.flush()
        if bringing.by is not None and not may(bringing.by, "plan", turn):
            raise Refused(Misfit("unit_id", NO_RIGHT))
