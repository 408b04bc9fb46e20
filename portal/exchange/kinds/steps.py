"""The course of records: which steps they took, when and by whom. Only the command takes it in."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any, ClassVar

from sqlalchemy import Select, select

from portal.cases.models import Case
from portal.engine.db import Kept, db
from portal.engine.forms import Choice, Form, Line, Optional, Paragraphs, Required
from portal.engine.text import _l
from portal.engine.workflow import Step
from portal.exchange.bringing import Bringing
from portal.exchange.kinds.rows import ByCommand, columns_of
from portal.exchange.moments import Moment, to_the_minute
from portal.exchange.sheet import Both, Facts
from portal.exchange.taking import Taking, code_of
from portal.organisation.models import CAPACITY_NAMES, ROLE_NAMES
from portal.people.models import Person

ONE_MINUTE = timedelta(minutes=1)
NOBODY = ("", "")
NAMED = {"by_id": "user", "on_behalf_of_id": "user", "unit_id": "unit"}


class StepRow(Form):
    record_id = Line(_l("Number"), [Required()])
    at = Moment(_l("When"), [Required()])
    by_id = Line(_l("Done by"), [Optional()])
    role = Choice(_l("Role"), choices=[NOBODY, *((role.value, name) for role, name in ROLE_NAMES.items())])
    unit_id = Line(_l("Unit"), [Optional()])
    on_behalf_of_id = Line(_l("On behalf of"), [Optional()])
    capacity = Choice(_l("How they sign"), choices=[NOBODY, *CAPACITY_NAMES.items()])
    reason = Paragraphs(_l("Reason"), [Optional()])


class StepsOf(ByCommand):
    """The steps of records that bear a number, be it in the file alone; `steps_of` makes such a sheet. A page takes
    none of them in."""

    columns = ("record_id", "name", "from_state", "to_state", "at", "by_id", "role", "unit_id", "on_behalf_of_id",
               "capacity", "reason")  # fmt: skip
    of: ClassVar[Any]
    those: ClassVar[Sequence[Callable[[], Any]]]  # give conditions of the record itself to leave, beside that it stands

    def found(self, taking: Taking) -> Select[Any]:
        of, (_record, right) = self.of, self.rights["export"]
        found = select(Step).join(of, Step.record_id == of.id).where(Step.record_type == of.__tablename__)
        found = found.where(Step.name.in_(of.workflow.names), of.voided_at.is_(None), *(one() for one in self.those))
        found = found.where(*taking.within(of, right))
        number = getattr(of, "number", of.id)  # without one they are numbered in the order in which they were entered
        return found.order_by(code_of(of), number, Step.at, Step.id)

    def said(self, one: Any, code: Any) -> dict[str, Any]:
        return {field.name: getattr(one, field.name) for field in self.sheet.fields}

    def there(self, facts: Facts, bringing: Bringing) -> Step | None:
        """The same step of the same minute that no other row was found to be."""
        at = to_the_minute(facts["at"])
        found = select(Step).where(
            Step.record_type == self.of.__tablename__, Step.record_id == facts["record_id"], Step.at >= at,
            Step.at < at + ONE_MINUTE, Step.name == facts["name"],
        )  # fmt: skip
        steps = db.session.scalars(found.order_by(Step.id))
        return next((one for one in steps if not bringing.is_claimed(self.key, one)), None)

    def write(self, facts: Facts, bringing: Bringing) -> None:
        record = db.session.get_one(self.of, facts["record_id"])
        step = Step(record_type=self.of.__tablename__, record_version=record.version, **columns_of(Step, facts))
        db.session.add(step)
        db.session.flush()
        bringing.claim(self.key, step)


class StepsInCases(StepsOf):
    """Those of records of cases that are named by the number of these."""

    def found(self, taking: Taking) -> Select[Any]:
        of = self.of
        found = select(Step).join(of, Step.record_id == of.id).join(of.case).join(Case.person)
        found = found.where(Step.record_type == of.__tablename__, Step.name.in_(of.workflow.names))
        found = found.where(of.voided_at.is_(None), Case.voided_at.is_(None), Person.voided_at.is_(None))
        found = found.where(*taking.within(Case), *(one() for one in self.those))
        number = getattr(of, "number", of.id)
        return found.order_by(code_of(Case), Case.number, number, Step.at, Step.id)


def steps_of(
    key: str,
    title: Any,
    record: Any,
    right: str = "export",
    *,
    sealed: bool = False,
    those: Sequence[Callable[[], Any]] = (),
    rows: type[StepsOf] = StepsOf,
    rights: Mapping[str, tuple[type[Kept], str]] | None = None,
) -> type[StepsOf]:
    """The sheet of the course of a kind of records, which *right* in it lets somebody take along. *rows* are those of a
    kind that asks more of them."""
    states = [(name, state.label) for name, state in record.workflow.states.items()]
    steps = [(one.name, one.label) for one in record.workflow.transitions]
    form: type[Form] = type(f"StepRowOf{record.__name__}", (StepRow,), {
        "name": Choice(_l("Step"), [Required()], choices=steps),
        "from_state": Choice(_l("From the state"), [Required()], choices=states),
        "to_state": Choice(_l("To the state"), [Required()], choices=states),
    })  # fmt: skip
    told = {
        "key": f"{key}.steps", "title": Both(title, _l("Steps")), "record": record, "of": record, "form": form,
        "about": _l("Which steps they took, when and by whom. Only the command takes this in."),
        "named": {"record_id": record.__tablename__, **NAMED}, "sealed": sealed,
        "rights": rights or {"export": (record, right)},
        "those": those,
    }  # fmt: skip
    return type(f"StepsOf{record.__name__}", (rows,), told)


def steps_in_cases(key: str, title: Any, record: Any, *, those: Sequence[Callable[[], Any]] = ()) -> type[StepsOf]:
    """The same of what is kept in cases, which whoever takes cases along takes with them."""
    rights: Mapping[str, tuple[type[Kept], str]] = {"export": (Case, "export")}
    return steps_of(key, title, record, sealed=True, those=those, rows=StepsInCases, rights=rights)
