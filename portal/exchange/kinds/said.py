"""What somebody said by hand of what a case asks for: how it was done, or why a right is left.

All else of duties is drawn anew from what is there.
"""

from typing import Any

from sqlalchemy import Select, select

from portal.cases.models import Case
from portal.duties.models import Duty
from portal.engine.db import db
from portal.engine.forms import BooleanField, Choice, Day, Form, Line, Optional, Paragraphs, Required, not_in_the_future
from portal.engine.text import _l
from portal.exchange.bringing import Bringing
from portal.exchange.cells import AS_KEPT
from portal.exchange.kinds.in_cases import standing
from portal.exchange.kinds.rows import ByCommand, columns_of
from portal.exchange.moments import Moment
from portal.exchange.sheet import Both, Facts
from portal.exchange.taking import Taking, code_of
from portal.organisation.models import ROLE_NAMES, Role

OF_CASE = Case.__tablename__


class SaidRow(Form):
    case_id = Line(_l("Case"), [Required()])
    rule = Line(_l("Rule"), [Required()], length=80, description=AS_KEPT)
    key = Line(_l("Of which month or step"), [Optional()], length=80, description=AS_KEPT)
    due_on = Day(_l("Due on"), [Required()])
    is_right = BooleanField(_l("A right of the person"), [Optional()])
    owner_role = Choice(_l("Whose it is"), [Required()], choices=[(one.value, ROLE_NAMES[one]) for one in Role])
    done_on = Day(_l("Done on"), [Optional(), not_in_the_future])
    dropped_on = Day(_l("Left on"), [Optional(), not_in_the_future])
    done_by_id = Line(_l("Said by"), [Optional()])
    note = Paragraphs(_l("What was said"), [Required()])
    said_at = Moment(_l("Said at"), [Optional()])
    rests_until = Day(_l("Asked for again on"), [Optional()])


class Said(ByCommand):
    key, title, record, form = "cases.said", Both(_l("Cases"), _l("Said by hand")), Duty, SaidRow
    about = _l(
        "How something was done of which no other record tells, or why a right is left. Only the command takes this in."
    )
    columns = ("case_id", "rule", "key", "due_on", "is_right", "owner_role", "done_on", "dropped_on", "done_by_id",
               "note", "said_at", "rests_until")  # fmt: skip
    sealed = True
    rights = {"export": (Case, "export"), "create": (Case, "record")}

    def found(self, taking: Taking) -> Select[Any]:
        found = standing(select(Duty).join(Case, Duty.case_id == Case.id).join(Case.person), taking)
        found = found.where(Duty.subject_type == OF_CASE, Duty.note != "", Duty.voided_at.is_(None))
        return found.order_by(code_of(Case), Case.number, Duty.due_on, Duty.rule, Duty.key, Duty.id)

    def there(self, facts: Facts, bringing: Bringing) -> Any:
        same = (getattr(Duty, name) == (facts[name] or "") for name in ("rule", "key"))
        of_case = select(Duty).where(Duty.case_id == facts["case_id"], Duty.subject_type == OF_CASE, Duty.note != "")
        return self.likest(db.session.scalars(of_case.where(*same).order_by(Duty.id)), facts, bringing)

    def write(self, facts: Facts, bringing: Bringing) -> None:
        case = db.session.get_one(Case, facts["case_id"])
        told = columns_of(Duty, facts)
        duty = Duty(commune_id=case.commune_id, subject_type=OF_CASE, subject_id=case.id, **told)
        db.session.add(duty)
        db.session.flush()
        bringing.claim(self.key, duty)
