"""The local security force of the act of 2023: between which ages somebody may serve in it (LSF-AGE)."""

from datetime import date

from portal.law.rule import Parameter, Parameters, Rule, Unit, _

IN_FORCE = date(2024, 7, 1)
SECURITY_ACT = "Luật 30/2023/QH15"

PARAMETERS = Parameters({
    "LSF-AGE.least": Rule(
        _("Youngest age of a member of the local security force"),
        (Parameter(IN_FORCE, 18, SECURITY_ACT, unit=Unit.NOTHING),),
    ),
    "LSF-AGE.most": Rule(
        _("Oldest age of a member of the local security force"),
        (Parameter(IN_FORCE, 70, SECURITY_ACT, unit=Unit.NOTHING),),
    ),
})  # fmt: skip


def most_age(day: date, parameters: Parameters = PARAMETERS) -> Parameter:
    """The age that nobody in the force passes (LSF-AGE); before the act, the first that it set."""
    return parameters.on(max(day, IN_FORCE))["LSF-AGE.most"]


def over_age(birth_year: int | None, day: date, parameters: Parameters = PARAMETERS) -> bool:
    """Whether somebody is older than that, for all that a year of birth tells: the birthday counts as passed.

    Source: Luật 30/2023/QH15 (LSF-AGE). Of an unknown year nothing is said.
    """
    return birth_year is not None and birth_year < first_birth_year(day, parameters)


def first_birth_year(day: date, parameters: Parameters = PARAMETERS) -> int:
    """The year of birth of the oldest who may serve on a day."""
    return day.year - int(most_age(day, parameters).count)
