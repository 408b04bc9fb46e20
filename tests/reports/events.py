"""Records as figures need them: on the days that a test names."""

from datetime import date

from portal.cases.models import CheckIn, Violation, ViolationKind
from portal.engine.db import db
from portal.engine.transaction import transaction


def a_check_in(commune, case, month, received_on, **more):
    with transaction(commune.officer):
        db.session.add(one := CheckIn(case_id=case.id, commune_id=case.commune_id, month=month,
                                      received_on=received_on, **more))  # fmt: skip
    return one


def a_violation(commune, case, occurred_on, kind=ViolationKind.LAW):
    with transaction(commune.officer):
        db.session.add(one := Violation(case_id=case.id, commune_id=case.commune_id, kind=kind,
                                        occurred_on=occurred_on, recorded_on=occurred_on, text="x"))  # fmt: skip
    return one


def first_of(year, month):
    return date(year, month, 1)
