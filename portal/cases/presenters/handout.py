"""One page for the person of a case: the next days, the rights, the limits left and whom to ask, in plain words.

Whoever reads it has never read a law: no clause is named, and a day that nobody could confirm in the text carries a
mark that the page explains.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from portal.cases import law_days, queries
from portal.cases.models import SELF_REPORT_RULES, Case, CaseType
from portal.cases.presenters.limits import Absence, absence
from portal.cases.presenters.words import duty_title, left, of_period
from portal.duties.models import Duty
from portal.engine import clock
from portal.engine.access import Actor
from portal.engine.text import _, _l, say
from portal.law import personal_data
from portal.law.rule import ACT_2025, Due
from portal.lawbook.queries import numbers_of

MOST = 5
OWED_BY_PERSON = {*SELF_REPORT_RULES, "COM-ROLLCALL", "PAR-PRESENT-5D"}
VISITED = "DRU-CONTACT"  # owed by the police; the person has to be found at home
PLAIN: Mapping[str, Any] = {  # by rule, what the person does, as one would say it
    "COM-SELF-REPORT": _l("Bring your self-report to the commune police"),
    "RS-PRESENT-MONTHLY": _l("Come to the commune police and say how you are getting on"),
    "COM-ROLLCALL": _l("Come to the roll-call"),
    "PAR-PRESENT-5D": _l("Come to the commune police after your release"),
    VISITED: _l("In these days the commune police look whether you live where you said"),
}
OF_MANAGED = (
    _l("Tell the truth about drugs and whether you use them."),
    _l("Come when the commune police call you, and whenever a test is asked of you."),
    _l("Keep what you promised in writing."),
    _l("Tell the commune police when you will be away from home."),
    _l("Tell the commune police before you move."),
)  # what the act of 2025 asks of whoever is managed; the hours of a move are said besides
OF_MANAGED_BEFORE = (
    _l("Follow the decision on your management."),
    _l("Come whenever a test is asked of you."),
    _l("Tell the commune police when you move."),
)  # that of 2021
RIGHTS: Mapping[str, Any] = {
    "eligible": _l("From this day on you may ask that your time be shortened"),
    "exempt": _l("From this day on you may ask to be let off the rest"),
}
ENDS: Mapping[str, Any] = {
    CaseType.DRUG_USER_MANAGEMENT: _l("On this day the management ends. You then get a paper that says so."),
    CaseType.PRISON_DEFERRAL: _l(
        "On this day your time outside prison ends and you go to serve your term, unless the court has decided "
        "otherwise by then. Ask the commune police where you have to be."
    ),
    CaseType.REINTEGRATION: _l("Until about this day the commune helps you to find your feet again."),
}
END = _l("On this day you have done all of it. You then get a certificate; ask for it if it does not come.")


@dataclass(frozen=True)
class Day:
    """A day, or a window up to it."""

    opens_on: date | None
    on: date
    title: str
    confirmed: bool
    late: str = ""  # by how much it is past, in words


@dataclass(frozen=True)
class Contact:
    """Somebody whom the person can ask: who it is, as what, and where they answer."""

    role: str
    name: str
    phone: str


@dataclass(frozen=True)
class Handout:
    """What the sheet says."""

    duties: Sequence[Day]
    always: Sequence[str]  # what is asked all the time, and has no day
    cleared: Due | None  # the estimated day on which the record is cleared, of somebody back from prison
    rights: Sequence[Day]
    absence: Absence | None
    absence_left: str
    banned: bool  # whether it is a visit to a banned place that the law bounds, and no other absence
    last_day: Due | None
    end: str
    contacts: Sequence[Contact]
    answer_days: int
    answer_confirmed: bool

    @property
    def in_doubt(self) -> bool:
        """Whether anything on the sheet carries the mark of doubt."""
        told = [one.confirmed for one in (*self.duties, *self.rights)]
        told += [one.confirmed for one in (self.last_day, self.absence, self.cleared) if one is not None]
        return not (all(told) and self.answer_confirmed)


def handout(case: Case, user: Actor) -> Handout:
    """What is past its day first: the month that is missing must not be the one that the sheet leaves out."""
    today = clock.today()
    late = [*_late(case, (one for one in queries.duties_of(user, case) if one.open))]
    ahead = [due for due in law_days.coming(case) if due.rule in {*OWED_BY_PERSON, VISITED}]
    rights = [due for due in law_days.calendar(case) if due.kind == "right" and not due.period.endswith("floor")]
    limit = absence(case)
    asked = personal_data.answer_by(today, parameters=numbers_of(case.commune_id, "personal_data"))
    return Handout(
        duties=[*late, *(_day(due, _plain(due)) for due in ahead if due.due_on >= today)][:MOST]
        if case.running
        else [],
        always=[*_always(case)] if case.running else [],
        cleared=law_days.last_day(case) if case.type == CaseType.REINTEGRATION and case.running else None,
        rights=[_day(due, _right(due)) for due in rights] if case.running else [],
        absence=limit,
        absence_left=_absence_left(limit),
        banned=case.type == CaseType.RESIDENCE_BAN,
        last_day=None if law_days.ended_early(case) else law_days.last_day(case),
        end=str(ENDS.get(case.type, END)),
        contacts=[*_contacts(case)],
        answer_days=(asked.due_on - today).days,
        answer_confirmed=asked.confirmed,
    )


def _always(case: Case) -> Iterable[str]:
    """What the act asks of a managed person all the time, by the law of today."""
    if case.type != CaseType.DRUG_USER_MANAGEMENT:
        return
    today = clock.today()
    if today < ACT_2025:
        yield from map(str, OF_MANAGED_BEFORE)
        return
    yield from map(str, OF_MANAGED)
    hours = case.regime.PARAMETERS.on(today)["DRU-MOVE.present"].count
    yield _("Where you move to, come to the police of that commune within %(hours)s hours.", hours=hours)


def _late(case: Case, duties: Iterable[Duty]) -> Iterable[Day]:
    for duty in duties:
        if duty.rule in OWED_BY_PERSON and duty.days_left < 0:
            known = PLAIN.get(duty.rule)
            title = of_period(str(known), duty.key) if known else duty_title(duty, case)
            yield Day(duty.opens_on, duty.due_on, title, duty.confirmed, left(duty.due_on))


def _day(due: Due, title: str) -> Day:
    return Day(due.opens_on, due.due_on, title, due.confirmed)


def _plain(due: Due) -> str:
    return of_period(str(PLAIN[due.rule]) if due.rule in PLAIN else say(due.label), due.period)


def _right(due: Due) -> str:
    """A shortening is asked for by many rules; each says which by the name of its step."""
    return str(RIGHTS["exempt" if "EXEMPT" in due.rule else "eligible"])


def _absence_left(limit: Absence | None) -> str:
    if limit is None or limit.left is None:
        return ""
    return _("You may be away %(left)s days more, of %(total)s in all.", left=limit.left, total=limit.total)


def _contacts(case: Case) -> Iterable[Contact]:
    """The officer, whoever helps, and the body itself, which answers when nobody else does."""
    officer, unit = case.owner, case.supervising_unit.heir or case.supervising_unit
    yield Contact(_("Your officer"), officer.with_title, officer.phone)
    if case.helper is not None:
        yield Contact(_("Who helps you in the village"), case.helper.with_title, case.helper.phone)
    yield Contact(_("If nobody answers"), unit.name, unit.phone or "")
