"""Age on the day of an event (MIN-AGE), and the review by hand that every minor's case needs since 2026 (MIN-2026)."""

from datetime import date

from portal.law.days import add_months, last_of_month
from portal.law.rule import Ground, Parameter, Parameters, Refusal, Rule, Unit, _, kept

FULL_AGE_MONTHS, CONSENT_AGE_MONTHS, ANSWERABLE_AGE_MONTHS = 18 * 12, 16 * 12, 14 * 12
JUVENILE_ACT = date(2026, 1, 1)
JUVENILE_JUSTICE = "Luật Tư pháp người chưa thành niên 59/2024/QH15"

PARAMETERS = Parameters({
    "MIN-AGE": Rule(_("Age on the day of the event"), kept(0, "Điều 85, Điều 97", Unit.NOTHING)),
    "MIN-TERMS": Rule(
        _("A minor's term is shortened earlier and further"), kept(0, "Điều 64 khoản 3, Điều 102", Unit.NOTHING)
    ),
    "MIN-2026": Rule(
        _("Review a minor's case by hand"),
        (Parameter(JUVENILE_ACT, 0, JUVENILE_JUSTICE, confirmed=False, unit=Unit.NOTHING),),
    ),
})  # fmt: skip

SUMMONED_TOGETHER = _("The person is under 18: the representative is summoned together with them.")
CONFIRMED_TOGETHER = _("The person is from 14 to under 16: the representative confirms the commitment.")
UNREAD_ACT = _("The act on juvenile justice changes the rules for minors: please check this case by hand.")


def is_minor(born_on: date | None, day: date) -> bool:
    """Whether somebody is under 18 on a day; an unknown day of birth is taken as of full age."""
    return born_on is not None and day < add_months(born_on, FULL_AGE_MONTHS)


def latest_birth(day: date) -> date:
    """The latest day of birth with which somebody is of age on a day."""
    then = add_months(day, -FULL_AGE_MONTHS)
    return last_of_month(then) if day == last_of_month(day) else then


def of_age(born_on: date | None, born: int | None, day: date) -> bool:
    """Whether somebody is of age on a day for all that is known; a year of birth alone counts as its last day.

    So criminal procedure counts an unknown day of birth: who turns 18 within the year is a minor up to the 30th of
    December.
    """
    latest = born_on or (date(born, 12, 31) if born else None)
    return latest is not None and not is_minor(latest, day)


def needs_representative(born_on: date, signed_on: date) -> bool:
    """Whether a commitment needs the representative's confirmation: from 14 to under 16 (SS-COMMIT-MINOR)."""
    return add_months(born_on, ANSWERABLE_AGE_MONTHS) <= signed_on < add_months(born_on, CONSENT_AGE_MONTHS)


def representative(born_on: date | None, day: date, parameters: Parameters = PARAMETERS) -> list[Ground]:
    """What a summons and a commitment of a minor call for: the representative comes too, and confirms (MIN-AGE)."""
    clause = parameters.on(day).get("MIN-AGE")
    if clause is None or born_on is None or not is_minor(born_on, day):
        return []
    summoned = [clause.calls_for(SUMMONED_TOGETHER)]
    return [*summoned, clause.calls_for(CONFIRMED_TOGETHER)] if needs_representative(born_on, day) else summoned


def review_by_hand(born_on: date | None, day: date, parameters: Parameters = PARAMETERS) -> list[Refusal]:
    """Ask for a review by hand where the person is a minor on the day and the juvenile act is in force."""
    clause = parameters.on(day).get("MIN-2026")
    return [clause.forbids(UNREAD_ACT)] if clause and is_minor(born_on, day) else []
