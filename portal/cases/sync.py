"""What a phone may send about cases: the self-report of a month, a roll-call."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy.orm import joinedload, selectinload

from portal.cases import months, owed
from portal.cases.actions import recording
from portal.cases.forms import CheckInForm, RollCallForm
from portal.cases.models import Case, Channel, CheckIn, RollCall
from portal.cases.months import Months
from portal.cases.queries import by_name
from portal.engine import clock
from portal.engine.access import ask_ahead, reach
from portal.engine.db import db
from portal.engine.presentation import day
from portal.engine.sync import Pairs, PhoneForm, Row, Sheet
from portal.engine.text import _, _l
from portal.engine.vietnamese import given_name
from portal.people.models import Person
from portal.people.presenter import called, is_named, village_of

MOST = 60  # cases that a phone takes along


def check_in_form(case: Case, wanted: str = "", **sent: Any) -> CheckInForm:
    """The form of a self-report: of the *wanted* month, or of the last that is missing."""
    form = CheckInForm(received_on=clock.today(), version=case.version, **sent)
    form.offer(months.of_self_reports(case), wanted)
    return form


def record_check_in(case: Case, form: CheckInForm, by: Any) -> CheckIn:
    return recording.record_check_in(
        case, form.month_day, form.received_on.data, Channel(form.channel.data), form.note.data or "", by
    )


def roll_call_form(case: Case, wanted: str = "", **sent: Any) -> RollCallForm:
    """The form of a roll-call, likewise."""
    form = RollCallForm(held_on=clock.today(), version=case.version, **sent)
    form.offer(months.of_roll_calls(case), wanted)
    return form


def record_roll_call(case: Case, form: RollCallForm, _by: Any) -> RollCall:
    return recording.record_roll_call(
        case, form.month_day, form.held_on.data, form.present.data == "yes", form.note.data or ""
    )


def _missing(title: Any, months_of: Callable[[Case], Months]) -> Callable[[Any], Sequence[Sheet]]:
    """The running cases of which a month is missing: given name, village, and which months."""

    def sheets(user: Any) -> Sequence[Sheet]:
        rows = [(case, offered) for case in _running(user) if (offered := months_of(case).offered)]
        names = [case.person.full_name if is_named(user, case.person) else case.number for case, _offered in rows]
        shared = Counter(given_name(name) for name in names)
        told = [
            Row(case, _short(name, shared), _line(village_of(user, case.person), offered))
            for (case, offered), name in zip(rows, names, strict=True)
        ]
        return [Sheet(str(title), told)]

    return sheets


def _running(user: Any) -> Sequence[Case]:
    """The user's own: whoever stands in for a colleague does so with signal, and takes nothing of theirs along."""
    person = joinedload(Case.person).joinedload(Person.village)
    found = reach(user, "record", Case).join(Case.person).order_by(*by_name(user)).limit(MOST)
    found = found.options(person, selectinload(Case.check_ins), selectinload(Case.roll_calls))
    cases = db.session.scalars(found).unique().all()
    ask_ahead(user, [one.person for one in cases])
    return cases


def _short(name: str, shared: Counter[str]) -> str:
    """The given name, and more of it only among namesakes."""
    given = given_name(name)
    return given if shared[given] == 1 else name


def _line(village: str, offered: Sequence[Any]) -> str:
    return ", ".join(part for part in (village, *(months.spelled(month) for month in offered)) if part)


def _of_whom(case: Case, _form: Any, reader: Any) -> Pairs:
    return [(_("Case"), case.number), (_("Person"), called(reader, case.person))]


def _checked_in(case: Case, form: CheckInForm) -> Pairs:
    kept = form.typed_month and owed.by_month(case.check_ins).get(form.typed_month)
    return [(_("Handed in on"), day(kept.received_on))] if kept else ()


def _called(case: Case, form: RollCallForm) -> Pairs:
    kept = form.typed_month and owed.by_month(case.roll_calls).get(form.typed_month)
    return [(_("Day of the roll-call"), day(kept.held_on))] if kept else ()


CHECK_IN = PhoneForm(
    "cases.check_in", _l("Self-report"), _l("Record the self-report"), Case, "stand_in", check_in_form, record_check_in,
    _missing(_l("Self-reports that are missing"), months.of_self_reports), _checked_in,
    _of_whom,
)  # fmt: skip
ROLL_CALL = PhoneForm(
    "cases.roll_call", _l("Roll-call"), _l("Record the roll-call"), Case, "stand_in", roll_call_form, record_roll_call,
    _missing(_l("Roll-calls to be held"), months.of_roll_calls), _called,
    _of_whom,
)  # fmt: skip
PHONE_FORMS = (CHECK_IN, ROLL_CALL)
