"""What a non-custodial reform takes: a share of the income or, from who has no work, work for the community."""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction

from portal.law import hops
from portal.law.hops import Done
from portal.law.rule import Due, Ground, Parameters, Refusal, Rule, Unit, _, kept, penal_code

CODE = "Bộ luật Hình sự 2015, Điều 36"

PARAMETERS = Parameters({
    "NCR-DEDUCT.least": Rule(
        _("Smallest monthly income deduction"), penal_code(Fraction(1, 20), f"{CODE} khoản 3", Unit.SHARE)
    ),
    "NCR-DEDUCT.most": Rule(
        _("Largest monthly income deduction"), penal_code(Fraction(1, 5), f"{CODE} khoản 3", Unit.SHARE)
    ),
    "NCR-COMMUNITY-WORK": Rule(_("Exempt from community work"), penal_code(0, f"{CODE} khoản 4")),
    "NCR-COMMUNITY-WORK.hours": Rule(
        _("Longest community work in a day"), penal_code(4, f"{CODE} khoản 4", Unit.HOURS)
    ),
    "NCR-COMMUNITY-WORK.days": Rule(
        _("Most days of community work in a week"), penal_code(5, f"{CODE} khoản 4", Unit.DAYS)
    ),
    "NCR-JOBLESS-CHAIN": Rule(
        _("Report that the person lost their work"), kept(3, "Điều 101 khoản 5", Unit.WORKING_DAYS)
    ),
    "NCR-JOBLESS-CHAIN.commune": Rule(
        _("The People's Committee reports the loss of work to the agency"),
        kept(3, "Điều 101 khoản 5", Unit.WORKING_DAYS), "commune_leader",
    ),
    "NCR-JOBLESS-CHAIN.order": Rule(
        _("The agency orders community work"), kept(3, "Điều 101 khoản 5", Unit.WORKING_DAYS)
    ),
})  # fmt: skip

OUTSIDE = _("The deduction is from %(least)s to %(most)s đồng of an income of %(income)s đồng.")
TOO_MANY_HOURS = _("On %(day)s %(asked)s hours are planned; a day has %(limit)s at most.")
TOO_MANY_DAYS = _("In the week from %(week)s work is planned on %(asked)s days; a week has %(limit)s at most.")
EXEMPT = _("The person need not do community work.")


class Exemption(StrEnum):
    """Who need not work for the community."""

    PREGNANT = "pregnant"
    NURSING = "nursing"  # a child under six months
    OLD_OR_WEAK = "old_or_weak"
    TERMINAL_ILLNESS = "terminal_illness"
    SEVERE_DISABILITY = "severe_disability"


def deduction_limits(income_vnd: int, day: date, parameters: Parameters = PARAMETERS) -> tuple[int, int]:
    """The least and the most that may be taken of a month's income, in whole đồng."""
    law = parameters.on(day)
    least, most = income_vnd * law["NCR-DEDUCT.least"].share, income_vnd * law["NCR-DEDUCT.most"].share
    return -int(-least // 1), int(most // 1)


def refuse_deduction(
    amount_vnd: int, income_vnd: int, day: date, *, waived: bool = False, parameters: Parameters = PARAMETERS
) -> list[Refusal]:
    """Say why an amount may not be taken of a month's income; *waived* by the judgment, only nothing may."""
    least, most = (0, 0) if waived else deduction_limits(income_vnd, day, parameters)
    if least <= amount_vnd <= most:
        return []
    key = "NCR-DEDUCT.least" if amount_vnd < least else "NCR-DEDUCT.most"
    return [parameters.on(day)[key].forbids(OUTSIDE, least=least, most=most, income=income_vnd)]


def exempt(day: date, exemptions: frozenset[Exemption], parameters: Parameters = PARAMETERS) -> Ground | None:
    """Why somebody need not work for the community, if one of the reasons of the law is given."""
    return parameters.on(day)["NCR-COMMUNITY-WORK"].calls_for(EXEMPT) if exemptions else None


def refuse_timesheet(hours_by_day: Mapping[date, Fraction | int], parameters: Parameters = PARAMETERS) -> list[Refusal]:
    """Say which days and which weeks (from Monday) of a timesheet hold more work than the law allows."""
    worked = {day: hours for day, hours in sorted(hours_by_day.items()) if hours > 0}
    refusals = []
    for day, hours in worked.items():
        most = parameters.on(day)["NCR-COMMUNITY-WORK.hours"]
        if hours > most.count:
            refusals.append(most.forbids(TOO_MANY_HOURS, day=day, asked=str(hours), limit=most.count))
    weeks = [day - timedelta(days=day.weekday()) for day in worked]
    for week in sorted(set(weeks)):
        most = parameters.on(week)["NCR-COMMUNITY-WORK.days"]
        if (asked := weeks.count(week)) > most.count:
            refusals.append(most.forbids(TOO_MANY_DAYS, week=week, asked=asked, limit=most.count))
    return refusals


def jobless(known_on: date, done: Done = (), parameters: Parameters = PARAMETERS) -> list[Due]:
    """From the day on which the loss of work is known: report, report to the agency, its order (NCR-JOBLESS-CHAIN)."""
    keys = ("NCR-JOBLESS-CHAIN", "NCR-JOBLESS-CHAIN.commune", "NCR-JOBLESS-CHAIN.order")
    return hops.hops(parameters, keys, known_on, done)
