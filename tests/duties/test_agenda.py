"""A meeting is told which duties are past their day and whose they are, never of whom they speak."""

from datetime import timedelta

from flask_babel import force_locale

from portal.duties.agenda import overdue
from portal.duties.models import Duty
from portal.engine import clock
from portal.engine.db import db
from portal.engine.indicators import Period
from portal.engine.transaction import transaction
from tests.architecture.test_queries import counted
from tests.builders import a_case

RULES = ("MEETING-MINUTES", "MEETING-HOLD", "MEETING-CLOSE", "ACTION-ITEM", "MEETING-ENTER", "MEETING-APPROVE")


def told(commune):
    today = clock.today()
    with force_locale("en"):
        return list(overdue(Period(today - timedelta(days=30), today, (commune.id,))))


def owed(commune, rule, days, key=""):
    """A duty of the committee's that has been past its day for some days."""
    duty = Duty(
        rule=rule, key=key, subject_type="meeting", subject_id=1, commune_id=commune.id, owner_role="office_clerk",
        owner_unit_id=commune.place("UB").id, due_on=clock.today() - timedelta(days=days),
    )  # fmt: skip
    db.session.add(duty)


def test_what_is_late_is_named_with_its_unit_and_its_day_and_without_a_person(commune):
    a_case(commune, "Nguyễn Công Trứng")
    (one,) = told(commune)
    unit = commune.place("CA").title
    assert f", {unit}: due 05/08/2026" in one.text
    assert "Trứng" not in one.text


def test_however_many_owe_something_their_units_and_holders_are_asked_for_together(commune, app):
    def owe(role, unit_id, days):
        """A duty of a role or, with one, of a unit."""
        duty = Duty(
            rule="MEETING-CLOSE", key=f"{role}{unit_id}", subject_type="meeting", subject_id=1, owner_role=role,
            commune_id=commune.id, owner_unit_id=unit_id, due_on=clock.today() - timedelta(days=days),
        )  # fmt: skip
        db.session.add(duty)

    def questions():
        db.session.expire_all()
        with counted(app) as asked:
            told(commune)
        return len(asked)

    with transaction(None):
        owe("office_clerk", None, 3)
        owe("office_clerk", commune.place("UB").id, 3)
    few = questions()
    with transaction(None):
        owe("police_chief", None, 4)
        owe("border_guard", commune.place("BP").id, 4)
        owe("military_command", commune.place("QS").id, 5)
    assert questions() <= few + 1  # the force of one more holder's unit may be asked for


def test_the_oldest_come_first_and_after_five_it_says_how_many_more(commune):
    with transaction(None):
        for days, rule in enumerate(RULES, start=3):
            owed(commune, rule, days)
        owed(commune, RULES[0], 3, "again")
    (one,) = told(commune)
    lines = one.text.splitlines()
    assert len(lines) == 6
    assert lines[0].startswith("– Approve the minutes of a meeting, UBND xã Bờ Y: due 15/11/2026")
    assert lines[5] == "– and 2 more"
    assert [figure.value for figure in one.figures] == [7]
