"""Whom somebody helps: the people entrusted to them, whom to ask, and what is expected next."""

from dataclasses import dataclass
from typing import Any

from flask import url_for
from sqlalchemy.orm import joinedload, selectinload

from portal.cases.duties.quarters import open_now
from portal.cases.law_days import next_helper_report
from portal.cases.models import Case
from portal.cases.queries import helps
from portal.engine import audit
from portal.engine.access import Actor, holds, reach, see
from portal.engine.db import db
from portal.law.rule import Due
from portal.organisation.models import User
from portal.people.models import Person

MOST = 12


@dataclass(frozen=True)
class Helped:
    """A person entrusted to the reader."""

    name: str
    place: str
    kind: str
    url: str
    phone: str
    officer: Any
    officer_phone: str
    report: Due | None
    report_url: str  # where the quarterly report is written, once it can be


def helped_by(user: Actor) -> list[Helped] | None:
    """The people whom the user helps; None for roles whose cases tell more than that."""
    if holds(user, "read_dates", Case) or not holds(user, "read", Case):
        return None
    mine = reach(user, "read", Case).join(Case.person).where(Case.voided_at.is_(None))
    loaded = (
        joinedload(Case.person).joinedload(Person.village),
        selectinload(Case.owner),
        selectinload(Case.assignments),
        selectinload(Case.helper_reports),
        joinedload(Case.supervising_unit),
    )
    cases = db.session.scalars(mine.options(*loaded).order_by(Person.sort_key).limit(MOST)).unique()
    return [_told(user, case) for case in cases]


def withheld(user: User) -> bool:
    """Whether the people whom the user helps are not shown on this phone yet: a card opened it, and nobody confirmed
    whose it is."""
    return user.opened_by is not None and not user.opened_by.opens_cases and helps(user.id)


def _told(user: Actor, case: Case) -> Helped:
    """The telephone number is shown here, so this is a look at the case."""
    audit.look(user, case)
    now = next(iter(open_now(case, user)), None)
    return Helped(
        name=str(see(user, case.person, "full_name").value or ""),
        place=case.person.village.name if case.person.village else "",
        kind=str(case.type_name),
        url=url_for("cases.show", id=case.id),
        phone=str(see(user, case.person, "phone").value or ""),
        officer=case.owner,
        officer_phone=case.owner.phone or case.supervising_unit.phone,
        report=now or next_helper_report(case),
        report_url=url_for("cases.helper_report", id=case.id) if now else "",
    )
