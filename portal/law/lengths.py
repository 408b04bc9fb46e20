"""How long a suspended prison term and its probation usually are (SS-TERM). The court fixes both, so one only warns."""

from datetime import date

from portal.law.rule import Parameters, Refusal, Rule, Unit, _, penal_code

LENGTH = "Bộ luật Hình sự 2015, Điều 65; Nghị quyết 02/2018/NQ-HĐTP, Điều 4"

PARAMETERS = Parameters({
    "SS-TERM.least": Rule(_("Shortest probation"), penal_code(12, LENGTH, Unit.MONTHS)),
    "SS-TERM.most": Rule(_("Longest probation"), penal_code(60, LENGTH, Unit.MONTHS)),
    "SS-TERM.times": Rule(_("The probation is so many times the prison term"), penal_code(2, LENGTH, Unit.COUNT)),
    "SS-TERM.prison": Rule(_("Longest prison term that may be suspended"), penal_code(36, LENGTH, Unit.MONTHS)),
})  # fmt: skip

NOT_SUSPENDED = _(
    "A prison term of %(months)s months is suspended; the law knows that up to %(limit)s: please check it."
)
UNUSUAL_PROBATION = _(
    "To %(prison)s months of prison belong %(usual)s months of probation; the paper says %(months)s: please check it."
)


def doubts_about_lengths(
    prison_months: int, months: int, judgment_on: date, parameters: Parameters = PARAMETERS
) -> list[Refusal]:
    """What is unusual about a prison term and its probation, both in months."""
    law, found = parameters.on(judgment_on), []
    times, longest = law["SS-TERM.times"], law["SS-TERM.prison"]
    if prison_months > longest.count:
        found.append(longest.forbids(NOT_SUSPENDED, limit=longest.count, months=prison_months))
    usual = min(max(prison_months * times.count, law["SS-TERM.least"].count), law["SS-TERM.most"].count)
    if months != usual:
        found.append(times.forbids(UNUSUAL_PROBATION, usual=usual, months=months, prison=prison_months))
    return found
