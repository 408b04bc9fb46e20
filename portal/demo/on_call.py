"""The rosters of the example: each force writes this month and the next, its people taking turns."""

from datetime import date, datetime, timedelta

from portal.demo.units import COMMUNE
from portal.duties import roster
from portal.duties.roster import USUAL_HOUR, Turn
from portal.engine import clock
from portal.engine.transaction import transaction
from portal.law.days import last_of_month, next_month
from portal.organisation.models import Unit, User
from portal.organisation.queries import people_in, unit_coded, user_named

FORCES = {"CA": "police_chief", "QS": "military_command", "BP": "border_guard"}


def write_rosters(now: datetime) -> None:
    """Call it when the story is told: the turns of last month's end hold into this one."""
    with clock.telling(now):
        first = clock.today().replace(day=1)
        months = ((first - timedelta(days=1)).replace(day=1), first, next_month(first).replace(day=1))
        for code, username in FORCES.items():
            unit, writer = unit_coded(f"{COMMUNE}-{code}"), user_named(username)
            if unit is not None and writer is not None:
                for month in months:
                    _write(unit, writer, month)


def _write(unit: Unit, writer: User, first: date) -> None:
    with transaction(writer):
        people = people_in(unit.id)
        turns = list(people)
        days = [first + timedelta(days=number) for number in range(last_of_month(first).day)]
        wanted = {day: Turn(turns[day.toordinal() % len(turns)], _phone(turns, day)) for day in days} if turns else {}
        roster.plan(unit, first, USUAL_HOUR, wanted, people, roster.version_of(unit, first))


def _phone(turns: list[int], day: date) -> str:
    """No network has the prefix 010."""
    return f"010{day.toordinal() % len(turns):07d}"
