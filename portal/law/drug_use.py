"""Drug users before, beside and after their management: tests, residence, moving, new use, and how it ends.

Who signs is in `competence.py`. Sources: Luật Phòng, chống ma túy 73/2021/QH14 with Nghị định 105/2021/NĐ-CP; from
01/07/2026 Luật Phòng, chống ma túy 120/2025/QH15. The decree on its details (163/2026) was not read.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from portal.law import deadlines, hops
from portal.law.hops import Done
from portal.law.rule import (
    ACT_2025,
    DRUG_ACT_2021,
    Due,
    Ground,
    Parameter,
    Parameters,
    Refusal,
    Rule,
    Unit,
    _,
)

ACT_OF_2021 = "Luật Phòng, chống ma túy 73/2021/QH14; Nghị định 105/2021/NĐ-CP"
ACT_OF_2025 = "Luật Phòng, chống ma túy 120/2025/QH15"
LAST_OF_2021 = ACT_2025 - timedelta(days=1)
WORK, HOURS, NOTHING = Unit.WORKING_DAYS, Unit.HOURS, Unit.NOTHING


def _until_2026(value: int, unit: Unit, owner: str = "") -> Parameter:
    return Parameter(DRUG_ACT_2021, value, ACT_OF_2021, unit=unit, until=LAST_OF_2021, owner=owner)


def _since_2026(value: int, clause: str, unit: Unit = NOTHING, *, confirmed: bool = True) -> Parameter:
    return Parameter(ACT_2025, value, f"{ACT_OF_2025}{clause}", confirmed, unit)


PARAMETERS = Parameters({
    "DRU-TEST": Rule(
        _("Grounds on which somebody may be tested"),
        (
            Parameter(DRUG_ACT_2021, 9, "Nghị định 105/2021/NĐ-CP, Điều 38", unit=Unit.COUNT),
            _since_2026(6, ", Điều 23 khoản 1", Unit.COUNT),
        ),
    ),
    "DRU-TEST.escort": Rule(_("Escort to the test"), (_since_2026(0, ", Điều 23 khoản 2"),)),
    "DRU-VERIFY": Rule(_("Verify where the person lives"), (_until_2026(3, WORK),)),
    "DRU-VERIFY.remote": Rule(_("Verify where the person lives, in a remote area"), (_until_2026(10, WORK),)),
    "DRU-VERIFY.notice": Rule(_("Tell the chair where the person lives"), (_until_2026(3, WORK),)),
    "DRU-CONTACT": Rule(
        _("Check that the person lives here"),
        (
            Parameter(DRUG_ACT_2021, 1, ACT_OF_2021, unit=Unit.COUNT),
            _since_2026(1, "; Nghị định 163/2026/NĐ-CP", Unit.COUNT, confirmed=False),
        ),
    ),
    "DRU-MOVE": Rule(
        _("Tell the police of the new commune"),
        (_until_2026(5, WORK), _since_2026(24, ", Điều 27 khoản 2", HOURS)),
    ),
    "DRU-MOVE.file": Rule(_("Hand the file over to the new commune"), (_until_2026(5, WORK, "commune_leader"),)),
    "DRU-MOVE.present": Rule(_("Present at the police of the new commune"), (_since_2026(24, ", Điều 25", HOURS),)),
    "DRU-REUSE": Rule(
        _("Drugs used again within the year"),
        (
            Parameter(DRUG_ACT_2021, 0, ACT_OF_2021, unit=NOTHING),
            _since_2026(0, ", Điều 31 khoản 1 điểm c", confirmed=False),
        ),
    ),
    "DRU-HOMELESS": Rule(
        _("Determine first whether somebody without a home is addicted"),
        (_since_2026(0, ", Điều 24 khoản 6, Điều 31"),),
    ),
    "DRU-STOP.ground": Rule(
        _("Grounds to stop the management"),
        (Parameter(DRUG_ACT_2021, 0, ACT_OF_2021, unit=NOTHING), _since_2026(0, ", Điều 24 khoản 5")),
    ),
    "DRU-END": Rule(_("Send the paper on the end of the management"), (_until_2026(3, WORK),)),
    "DRU-END.list": Rule(_("Take the person off the list"), (_since_2026(0, ", Điều 27 khoản 3"),)),
})  # fmt: skip

TEST_GROUNDS_2026 = (
    _("caught using drugs"), _("grounded suspicion of use"), _("under management"), _("in rehabilitation"),
    _("in substitution treatment"), _("managed after rehabilitation"),
)  # fmt: skip
ESCORTED = _("Whoever refuses the test is escorted to it.")


def whom_to_test(day: date, parameters: Parameters = PARAMETERS) -> tuple[str, ...]:
    """Of whom a test may be asked since 01/07/2026 (DRU-TEST); of the nine grounds before only the number is known."""
    rule = parameters.on(day).get("DRU-TEST")
    return TEST_GROUNDS_2026 if rule and rule.count == len(TEST_GROUNDS_2026) else ()


def refused_test(day: date, parameters: Parameters = PARAMETERS) -> Ground | None:
    """What follows where somebody refuses a test; None before 01/07/2026."""
    rule = parameters.on(day).get("DRU-TEST.escort")
    return rule.calls_for(ESCORTED) if rule else None


def residence_check(
    asked_on: date, done: Done = (), *, remote: bool = False, parameters: Parameters = PARAMETERS
) -> list[Due]:
    """By when it is verified where somebody lives, and the chair told; nothing since 01/07/2026 (DRU-VERIFY)."""
    first = "DRU-VERIFY.remote" if remote else "DRU-VERIFY"
    return hops.hops(parameters, (first, "DRU-VERIFY.notice"), asked_on, done)


DETERMINE_FIRST = _("The person has no home: whether they are addicted is determined first.")


def without_home(day: date, parameters: Parameters = PARAMETERS) -> Ground | None:
    """What is done with a user who has no home, since 01/07/2026."""
    rule = parameters.on(day).get("DRU-HOMELESS")
    return rule.calls_for(DETERMINE_FIRST) if rule else None


def told_of_move(known_at: datetime, parameters: Parameters = PARAMETERS) -> Due:
    """By when the old commune's police tell those of the new one (DRU-MOVE)."""
    return _in_hours_or_days("DRU-MOVE", known_at, parameters)


def arrival(arrived_at: datetime, parameters: Parameters = PARAMETERS) -> Due:
    """What counts from the arrival: until 30/06/2026 the chair hands the file over, since then the person presents."""
    since_2026 = "DRU-MOVE.present" in parameters.on(arrived_at.date())
    return _in_hours_or_days("DRU-MOVE.present" if since_2026 else "DRU-MOVE.file", arrived_at, parameters)


def _in_hours_or_days(key: str, event_at: datetime, parameters: Parameters) -> Due:
    if parameters.on(event_at.date())[key].unit is Unit.HOURS:
        return deadlines.within_hours(parameters, key, event_at)
    return deadlines.after(parameters, key, event_at.date())


NEW_YEAR = _("Not addicted: a new decision is made, and a new year begins.")
DETERMINE = _(
    "Used again within the year: whether the person is addicted is determined. On a new decision the act is silent."
)
ADDICTED_STOP = _("Addicted: the management is stopped.")


def reuse(used_on: date, *, addicted: bool | None, parameters: Parameters = PARAMETERS) -> Ground | None:
    """What new use within the year calls for; *addicted* None while it is not determined (DRU-REUSE).

    Under the act of 2021 somebody not addicted is decided on anew; under that of 2025 the determination comes first.
    """
    rule = parameters.on(used_on).get("DRU-REUSE")
    if rule is None:
        return None
    if addicted:
        return rule.calls_for(ADDICTED_STOP)
    return rule.calls_for(DETERMINE if rule.holds_from >= ACT_2025 else NEW_YEAR)


class StopGround(StrEnum):
    """Why the management of a drug user may be stopped before its end."""

    ADDICTED = "addicted"
    COMMUNE_EDUCATION = "commune_education"
    COMPULSORY_EDUCATION = "compulsory_education"
    REFORM_SCHOOL = "reform_school"
    PRISON = "prison"
    DEAD = "dead"
    DECLARED_DEAD = "declared_dead"
    MISSING = "missing"
    CUSTODY = "custody"
    CLOSED_SCHOOL = "closed_school"  # of those that were proposed before it was asked which
    DEAD_OR_MISSING = "dead_or_missing"  # the same


STOP_GROUNDS: Mapping[StopGround, str] = {
    StopGround.ADDICTED: _("determined to be addicted"),
    StopGround.COMMUNE_EDUCATION: _("education in the commune"),
    StopGround.COMPULSORY_EDUCATION: _("compulsory education institution"),
    StopGround.REFORM_SCHOOL: _("reform school"),
    StopGround.PRISON: _("serving a prison term"),
    StopGround.DEAD: _("dead"),
    StopGround.DECLARED_DEAD: _("declared dead by a court"),
    StopGround.MISSING: _("declared missing by a court"),
    StopGround.CUSTODY: _("custody longer than the rest of the management"),
    StopGround.CLOSED_SCHOOL: _("compulsory education institution or reform school"),
    StopGround.DEAD_OR_MISSING: _("dead or declared missing"),
}
SEVERAL = frozenset({StopGround.CLOSED_SCHOOL, StopGround.DEAD_OR_MISSING})  # which of them it was, they do not say
NO_GROUND = _("By the law of %(day)s this is no ground to stop the management.")


def stop_grounds(day: date, parameters: Parameters = PARAMETERS) -> frozenset[StopGround]:
    """The grounds by the act of a day: that of 2025 drops the education in the commune and adds a long custody."""
    rule = parameters.on(day).get("DRU-STOP.ground")
    if rule is None:
        return frozenset()
    dropped = StopGround.COMMUNE_EDUCATION if rule.holds_from >= ACT_2025 else StopGround.CUSTODY
    return frozenset(StopGround) - SEVERAL - {dropped}


def refuse_stop(day: date, ground: StopGround, parameters: Parameters = PARAMETERS) -> list[Refusal]:
    """Say why the management may not be stopped for a ground on a day (DRU-STOP)."""
    if ground in stop_grounds(day, parameters):
        return []
    return [parameters.on(day)["DRU-STOP.ground"].forbids(NO_GROUND, day=day)]


def end_paper(ended_on: date, parameters: Parameters = PARAMETERS) -> Due | None:
    """By when the paper on the end is sent; None since 01/07/2026, when the act asks for none (DRU-END)."""
    return deadlines.after(parameters, "DRU-END", ended_on) if "DRU-END" in parameters.on(ended_on) else None


def off_the_list(ended_on: date, parameters: Parameters = PARAMETERS) -> Due:
    """The day on which somebody leaves the list: the year passed without use, the management stopped, or they moved."""
    law = parameters.on(ended_on)
    rule = law.get("DRU-END.list") or law["DRU-END"]
    due = rule.due(ended_on, ended_on=ended_on)
    return replace(due, label=parameters.rules["DRU-END.list"].label, period="list")
