"""A change of residence: the steps until it is decided and the file handed over, and the clocks of both communes."""

from dataclasses import replace
from datetime import date
from enum import StrEnum

from portal.law import deadlines
from portal.law.hops import Bound, Done, hops
from portal.law.rule import Due, Parameters, Refusal, Rule, Unit, _, in_order, kept

WORK = Unit.WORKING_DAYS

MOVES, TAKEN_ON, STAYS = ("SS-MOVE", "PAR-MOVE"), ("REI-TRANSFER", "COM-ASSIGN-OFFICER"), "RS-TERM"
MUST_STAY = _("Residence supervision is served in the place that the judgment names: nobody moves away from it.")
TOGETHER = _("All steps until the decision together.")
NOT_LATER = _("By the days of its own step it would be later; all steps until the decision together end on this day.")


def steps(key: str, source: str) -> dict[str, Rule]:
    """The numbers of a change of residence, under the rule of a regime."""
    return {
        key: Rule(_("Decide on the change of residence"), kept(15, source)),
        f"{key}.report": Rule(_("Report the wish to change residence"), kept(3, source, WORK)),
        f"{key}.same_province": Rule(_("The agencies of the province agree on the change"), kept(5, source, WORK)),
        f"{key}.other_province": Rule(_("The agencies of both provinces agree on the change"), kept(10, source)),
        f"{key}.decide": Rule(_("The agency decides on the change of residence"), kept(3, source, WORK)),
        f"{key}.handover": Rule(_("Hand the file over to the new commune"), kept(3, source, WORK)),
    }


def change(key: str, asked_on: date, done: Done, parameters: Parameters, *, other_province: bool) -> list[Due]:
    """The steps from the request to the hand-over, and the day by which it is decided, by the law of the request.

    No step until the decision ends after that day, though its own days might: what an official owes takes the earlier
    one. The hand-over is counted from the decision.
    """
    examined = "other_province" if other_province else "same_province"
    decided_by = deadlines.after(parameters, key, asked_on)
    together = decided_by if decided_by.note else replace(decided_by, note=TOGETHER)
    keys = [f"{key}.{step}" for step in ("report", examined, "decide", "handover")]
    return in_order([*hops(parameters, keys, asked_on, done, Bound(3, decided_by, NOT_LATER)), together])


def both_clocks(key: str, decided_on: date, received_on: date | None, parameters: Parameters) -> list[Due]:
    """Of a decided change: by when the old commune hands the file over, and the new one assigns an officer.

    The clock of the new commune begins when it receives the file, by the law of that day.
    """
    return [deadlines.after(parameters, f"{key}.handover", decided_on), *taken_on(received_on, parameters)]


def taken_on(received_on: date | None, parameters: Parameters) -> list[Due]:
    """By when the new commune assigns an officer or, after prison, continues the file that it received on a day."""
    known = [key for key in TAKEN_ON if received_on and key in parameters.rules and key in parameters.on(received_on)]
    return [deadlines.after(parameters, key, received_on) for key in known[:1] if received_on]


def key_of(parameters: Parameters) -> str:
    """The rule by which a regime changes the residence; empty where its law says nothing of the steps."""
    return next((key for key in MOVES if key in parameters.rules), "")


def clocks(decided_on: date | None, received_on: date | None, parameters: Parameters) -> list[Due]:
    """The clocks of both communes in any regime: that of the old one only where its law counts the days."""
    key = key_of(parameters)
    if key and decided_on and f"{key}.handover" in parameters.on(decided_on):
        return both_clocks(key, decided_on, received_on, parameters)
    return taken_on(received_on, parameters)


class MoveGround(StrEnum):
    """Why somebody moves. Which reasons are good ones says a circular that nobody here has read in full."""

    FAMILY = "family"
    WORK = "work"
    STUDY = "study"
    TREATMENT = "treatment"
    HOUSING = "housing"
    OTHER = "other"


MOVE_GROUNDS = {
    MoveGround.FAMILY: _("Goes to live with the family, or marries"),
    MoveGround.WORK: _("Has found work there"),
    MoveGround.STUDY: _("Studies or learns a trade there"),
    MoveGround.TREATMENT: _("Needs treatment or care there"),
    MoveGround.HOUSING: _("Has lost the dwelling, or was given another"),
    MoveGround.OTHER: _("Another reason"),
}


def refuse_leaving(moves_on: date, parameters: Parameters) -> list[Refusal]:
    """Why somebody may not move to another commune: residence supervision holds them in the one that is named."""
    if STAYS not in parameters.rules:
        return []
    return [parameters.on(moves_on)[STAYS].forbids(MUST_STAY)]
