"""A change of residence: the steps until it is decided and the file handed over, and the clocks of both communes."""

from dataclasses import replace
from datetime import date

from portal.law import deadlines
from portal.law.hops import Done, hops
from portal.law.rule import Due, Parameters, Rule, Unit, _, in_order, kept

WORK = Unit.WORKING_DAYS

TOGETHER = _("All steps together; each of them has its own day.")


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
    """The steps from the request to the hand-over, and the day by which it is decided, by the law of the request."""
    examined = "other_province" if other_province else "same_province"
    keys = [f"{key}.{step}" for step in ("report", examined, "decide", "handover")]
    decided_by = deadlines.after(parameters, key, asked_on)
    together = decided_by if decided_by.note else replace(decided_by, note=TOGETHER)
    return in_order([*hops(parameters, keys, asked_on, done), together])


def both_clocks(key: str, decided_on: date, received_on: date | None, parameters: Parameters) -> list[Due]:
    """Of a decided change: by when the old commune hands the file over, and the new one assigns an officer.

    The clock of the new commune begins when it receives the file, by the law of that day.
    """
    dues = [deadlines.after(parameters, f"{key}.handover", decided_on)]
    if received_on and "COM-ASSIGN-OFFICER" in parameters.on(received_on):
        dues.append(deadlines.after(parameters, "COM-ASSIGN-OFFICER", received_on))
    return dues
