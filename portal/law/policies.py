"""Where the texts leave two readings: which one is followed.

What touches a person's liberty takes the reading kinder to them; what an official owes takes the earlier day. A
reading is chosen with `Parameters.choosing(policy, reading)`; the first of each policy is its default.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from portal.law.rule import Parameters, _


@dataclass(frozen=True)
class Policy:
    """A question that the texts leave open, and the readings by name; the first is the default."""

    question: str
    readings: Mapping[str, str]

    @property
    def default(self) -> str:
        return next(iter(self.readings))


POLICIES: Mapping[str, Policy] = {
    "fraction_of_months": Policy(
        _("How are a half, a third or three quarters of a term in months counted?"),
        {
            "months": _("In months where they divide evenly, otherwise in days rounded up."),
            "days": _("Always in days rounded up."),
        },
    ),
    "floor_of_cut": Policy(
        _("How is the part counted that must really be served after a shortening?"),
        {"months": _("By whole months."), "days": _("By days rounded up.")},
    ),
    "once_a_year": Policy(
        _("Does once a year mean the calendar year, or 12 months since the last round?"),
        {
            "both": _("Refused only when both readings say so; a warning when one does."),
            "calendar_year": _("The calendar year."),
            "twelve_months": _("12 months since the last round."),
        },
    ),
    "small_remainder": Policy(
        _("May a small remainder be waived below the part that must really be served?"),
        {
            "warn": _("A warning; the officer proposes it with the reason."),
            "allow": _("It may be waived."),
            "refuse": _("It may not be waived."),
        },
    ),
    "last_assessment": Policy(
        _("What does the last monthly assessment cover?"),
        {
            "to_hand_over": _("The days until the file is handed over, due on that day."),
            "to_month_end": _("The days until the last day, due in the next month as always."),
        },
    ),
    "turn_of_law": Policy(
        _("Who assesses June 2026?"),
        {
            "competent_on_the_day": _("The body competent on 1 to 5 July 2026."),
            "body_of_the_month": _("The body competent in June 2026."),
        },
    ),
    "first_last_month": Policy(
        _("What is owed in the first and in the last month, when only part of the window is left?"),
        {
            "whole_windows": _("Nothing in a first month begun after the 1st; in the last month, by the last day."),
            "days_left": _("What is owed falls on the days that are left of the window."),
        },
    ),
    "third_of": Policy(
        _("A third of which term may all absences together last?"),
        {
            "term_in_force": _("Of the term in force on the day of the request."),
            "original_term": _("Of the term as first decided."),
        },
    ),
    "term_end": Policy(
        _("On which day does a term in months end?"),
        {
            "CORRESPONDING_DAY": _("On the day with the same number; a printed day wins."),
            "START_DAY_COUNTED": _("On the day before it; a printed day wins."),
        },
    ),
    "person_deadline_roll": Policy(
        _("Does a duty of the person that ends on a day off move to the next working day?"),
        {"roll": _("It moves to the next working day."), "no_roll": _("It stays on the day off.")},
    ),
    "same_day_absence": Policy(
        _("How long is an absence with departure and return on one day?"),
        {"one_day": _("One day."), "no_day": _("No day.")},
    ),
    "late_permission": Policy(
        _("Until when may an absence that could not wait be permitted in writing?"),
        {"day_after": _("Until the day after the departure."), "day_of_departure": _("Until the day of departure.")},
    ),
    "review_good_reason": Policy(
        _("What happens to a review from which the person is absent with good reason?"),
        {
            "postponed_once": _("It is postponed once, by the same number of working days."),
            "not_held": _("It is not held; the absence is recorded with its reason."),
        },
    ),
    "helper_decide_from": Policy(
        _("From when do the chair's working days to appoint a helper run?"),
        {"receipt": _("From receiving the proposal."), "proposal": _("From the day of the proposal.")},
    ),
    "custody_to_last_day": Policy(
        _("What becomes of the management of a drug user whose custody ends on its last day?"),
        {"continues": _("It continues, then ends."), "stops": _("It is stopped.")},
    ),
    "par_revoke_mix": Policy(
        _("Do one deliberate breach and one fine suggest that the release be cancelled?"),
        {"officer_decides": _("Nothing is suggested; the officer decides."), "propose": _("A proposal is suggested.")},
    ),
    "fine_competence": Policy(
        _("What is compared with the ceiling of the person who signs a fine?"),
        {"band_maximum": _("The highest fine of the band."), "amount": _("The amount of the fine itself.")},
    ),
    "milder_decree": Policy(
        _("Which decree applies to an act before 15/12/2025 that the newer decree treats more mildly?"),
        {
            "officer_chooses": _("The officer is shown both, and chooses with the reason."),
            "decree_of_the_act": _("The decree in force on the day of the act."),
        },
    ),
}  # fmt: skip


def reading(parameters: Parameters, policy: str) -> str:
    """The chosen reading of a policy; KeyError for an unknown policy, ValueError for a reading it does not have."""
    known = POLICIES[policy]
    chosen = parameters.chosen.get(policy, known.default)
    if chosen not in known.readings:
        raise ValueError(f"{policy} has no reading {chosen!r}")
    return chosen
