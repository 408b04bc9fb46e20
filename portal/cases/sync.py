"""What a phone may send about cases: the self-report of a month, a roll-call, what became of a summons."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import contains_eager, joinedload, selectinload

from portal.cases import months, owed
from portal.cases.actions import recording, summoning
from portal.cases.forms import CheckInForm, OutcomeForm, RollCallForm
from portal.cases.models import (
    SUMMONS_OUTCOME_NAMES,
    SUMMONS_PURPOSE_NAMES,
    Case,
    Channel,
    CheckIn,
    RollCall,
    Summons,
    SummonsOutcome,
)
from portal.cases.monthly_round import permits
from portal.cases.months import Months
from portal.cases.queries import by_name
from portal.engine import clock, versions
from portal.engine.access import ask_ahead, reach
from portal.engine.db import db
from portal.engine.presentation import day
from portal.engine.sync import Pairs, PhoneForm, Row, Sheet
from portal.engine.text import _, _l
from portal.engine.vietnamese import given_name
from portal.people.models import Person
from portal.people.presenter import called, is_named, village_of

MOST = 60  # cases that a phone takes along
NEAR = timedelta(days=3)  # before the day for which somebody is called: a phone may be without signal for as long


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


def summons_form(summons: Summons, **sent: Any) -> OutcomeForm:
    """The form of what became of a summons."""
    return OutcomeForm(data={**versions.carried(summons), "recorded_on": clock.today()}, **sent)


def record_outcome(summons: Summons, form: OutcomeForm, _by: Any) -> Summons:
    summoning.record_outcome(summons, SummonsOutcome(form.outcome.data), form.recorded_on.data, form.note.data or "")
    return summons


def _missing(
    title: Any, months_of: Callable[[Case], Months], told: Callable[[Case, Sequence[date]], Iterator[str]]
) -> Callable[[Any], Sequence[Sheet]]:
    """The running cases of which a month is missing: given name, village, which months, and what explains it."""

    def sheets(user: Any) -> Sequence[Sheet]:
        rows = [(case, offered) for case in _running(user) if (offered := months_of(case).offered)]
        away = permits([case.id for case, _offered in rows], clock.today())
        lines = [
            _line(village_of(user, case.person), *map(months.spelled, offered), *told(case, offered),
                  *_absent(away.get(case.id, ())))
            for case, offered in rows
        ]  # fmt: skip
        return [Sheet(str(title), _rows(user, [(case, case) for case, _offered in rows], lines))]

    return sheets


def _rows(user: Any, about: Sequence[tuple[Any, Case]], lines: Sequence[str]) -> list[Row]:
    """A row each, under a name as short as tells it from the others."""
    names = [case.person.full_name if is_named(user, case.person) else case.number for _record, case in about]
    shared = Counter(given_name(name) for name in names)
    return [
        Row(record, _short(name, shared), line) for (record, _case), name, line in zip(about, names, lines, strict=True)
    ]


def _returned(case: Case, offered: Sequence[date]) -> Iterator[str]:
    """Which of the months are missing because what came was deficient."""
    back = {one.month for one in case.check_ins if one.state == "returned" and one.voided_at is None}
    if again := [months.spelled(month) for month in offered if month in back]:
        yield _("returned as deficient: %(months)s", months=", ".join(again))


def _nothing(_case: Case, _offered: Sequence[date]) -> Iterator[str]:
    return iter(())


def _absent(permitted: Sequence[Any]) -> Iterator[str]:
    """Until when somebody is away with a permit today."""
    today = clock.today()
    until = [one.returns_on for one in permitted if one.leaves_on <= today <= one.returns_on]
    if until:
        yield _("away with a permit until %(day)s", day=day(max(until)))


def called_for(user: Any) -> Sequence[Sheet]:
    """The summonses of which it is still to be recorded what became of them, from shortly before their day on."""
    person = contains_eager(Summons.case).joinedload(Case.person).joinedload(Person.village)
    asked = reach(user, "record", Summons).join(Summons.case).where(
        Summons.outcome.is_(None), Summons.voided_at.is_(None), Summons.appear_on <= clock.today() + NEAR
    )  # fmt: skip
    asked = asked.options(person).order_by(Summons.appear_on, Summons.appear_time, Summons.id).limit(MOST)
    waiting = db.session.scalars(asked).unique().all()
    ask_ahead(user, [one.case.person for one in waiting])
    lines = [
        _line(day(one.appear_on), f"{one.appear_time:%H:%M}", str(SUMMONS_PURPOSE_NAMES[one.purpose]))
        for one in waiting
    ]
    return [Sheet(_("Who was called"), _rows(user, [(one, one.case) for one in waiting], lines))]


def _running(user: Any) -> Sequence[Case]:
    """The user's own: whoever stands in for a colleague does so with signal, and takes nothing of theirs along."""
    person = joinedload(Case.person).joinedload(Person.village)
    found = reach(user, "record", Case).join(Case.person).order_by(*by_name(user)).limit(MOST)
    kept = (Case.check_ins, Case.roll_calls, Case.custodies, Case.deaths)
    found = found.options(person, *(selectinload(one) for one in kept))
    cases = db.session.scalars(found).unique().all()
    ask_ahead(user, [one.person for one in cases])
    return cases


def _short(name: str, shared: Counter[str]) -> str:
    """The given name, and more of it only among namesakes."""
    given = given_name(name)
    return given if shared[given] == 1 else name


def _line(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def _of_whom(case: Case, _form: Any, reader: Any) -> Pairs:
    return [(_("Case"), case.number), (_("Person"), called(reader, case.person))]


def _checked_in(case: Case, form: CheckInForm) -> Pairs:
    kept = form.typed_month and owed.by_month(case.check_ins).get(form.typed_month)
    return [(_("Handed in on"), day(kept.received_on))] if kept else ()


def _called(case: Case, form: RollCallForm) -> Pairs:
    kept = form.typed_month and owed.by_month(case.roll_calls).get(form.typed_month)
    return [(_("Day of the roll-call"), day(kept.held_on))] if kept else ()


def _outcome(summons: Summons, _form: Any) -> Pairs:
    if summons.outcome is None or summons.outcome_on is None:
        return ()
    named = _("What became of the summons")
    return [(named, str(SUMMONS_OUTCOME_NAMES[summons.outcome])), (_("Outcome recorded on"), day(summons.outcome_on))]


def _who_was_called(summons: Summons, form: Any, reader: Any) -> Pairs:
    return [*_of_whom(summons.case, form, reader), (_("To appear on"), day(summons.appear_on))]


CHECK_IN = PhoneForm(
    "cases.check_in", _l("Self-report"), _l("Record the self-report"), Case, "stand_in", check_in_form, record_check_in,
    _missing(_l("Self-reports that are missing"), months.of_self_reports, _returned), _checked_in,
    _of_whom,
)  # fmt: skip
ROLL_CALL = PhoneForm(
    "cases.roll_call", _l("Roll-call"), _l("Record the roll-call"), Case, "stand_in", roll_call_form, record_roll_call,
    _missing(_l("Roll-calls to be held"), months.of_roll_calls, _nothing), _called,
    _of_whom,
)  # fmt: skip
SUMMONS = PhoneForm(
    "cases.summons", _l("Summons"), _l("Record the outcome"), Summons, "record", summons_form, record_outcome,
    called_for, _outcome, _who_was_called,
)  # fmt: skip
PHONE_FORMS = (CHECK_IN, ROLL_CALL, SUMMONS)
