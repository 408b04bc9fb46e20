"""Rules of every sentence in the community that set no number of their own: what they call for, and when.

Sources: Nghị định 231/2026/NĐ-CP for events from 01/07/2026; for the clock of the national database, Nghị định
160/2026/NĐ-CP.
"""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime
from enum import StrEnum

from portal.law import deadlines
from portal.law.rule import (
    ACT_2019,
    ACT_2025,
    DECREE,
    NEW_ACT,
    OLD_ACT,
    Due,
    Ground,
    Parameter,
    Parameters,
    Rule,
    Unit,
    _,
    kept,
    since_2026,
)

NOTHING = Unit.NOTHING
DATABASE = "Nghị định 160/2026/NĐ-CP"
JOINT = "Thông tư liên tịch 01/2023/TTLT-BCA-BQP-TANDTC-VKSNDTC"


def _of_decree(clause: str) -> tuple[Parameter, ...]:
    return since_2026(0, clause, NOTHING)


PARAMETERS = Parameters({
    "COM-RULESET": Rule(
        _("The law of the day of the event holds"),
        (
            Parameter(ACT_2019, 0, OLD_ACT, unit=NOTHING),
            Parameter(ACT_2025, 0, f"{DECREE}, Điều 22 khoản 2", unit=NOTHING),
        ),
    ),
    "COM-START-DATE": Rule(_("First day of the supervision"), _of_decree("Điều 2 khoản 1")),
    "COM-END-DATE": Rule(_("Last day of the supervision"), _of_decree("Điều 2 khoản 2")),
    "COM-RECEPTION": Rule(_("What a reception holds"), _of_decree("Điều 6 khoản 2")),
    "COM-SELF-REPORT-CHECK": Rule(
        _("Check the report, and return it if it is deficient"), _of_decree("Điều 8 khoản 1")
    ),
    "COM-EDUCATE-LOW": Rule(_("Educate individually"), _of_decree("Điều 14 khoản 2, Điều 15")),
    "COM-REMOTE": Rule(_("Report from afar"), _of_decree("Điều 16")),
    "COM-COLLECT-MIN": Rule(
        _("Ask employers and schools only for what the supervision needs"), _of_decree("Điều 13 khoản 2 điểm b")
    ),
    "COM-FOREIGNER": Rule(_("Tell the Ministry of Foreign Affairs"), _of_decree("Điều 11 khoản 1")),
    "COM-DETAINED": Rule(_("Keep the file open during custody"), _of_decree("Điều 11 khoản 3")),
    "COM-CJE-DB-24H": Rule(
        _("Enter the event in the national database"), (Parameter(ACT_2025, 24, DATABASE, unit=Unit.HOURS),)
    ),
    "COM-WORK-OUTSIDE": Rule(
        _("Work or study away from the place of residence"),
        (Parameter(ACT_2025, 0, f"{NEW_ACT}, Điều 67, 88, 97, 113", confirmed=False, unit=NOTHING),),
    ),
    "MIL": Rule(_("Supervised by a unit of the army"), (Parameter(ACT_2025, 0, DECREE, unit=NOTHING),)),
    "CONCUR": Rule(_("Prison to be served besides"), kept(0, f"{JOINT}, Điều 6", NOTHING)),
})  # fmt: skip

ENDED_BY_DEATH = _("The supervision ended with the death of the person.")
LEFT_FOR_PRISON = _("The supervision ended on the day on which the person left to serve prison.")


def supervision_starts(received_on: date, parameters: Parameters = PARAMETERS) -> Due | None:
    """The first day of the supervision, which is not the start of the term; None before the decree (COM-START-DATE)."""
    rule = parameters.on(received_on).get("COM-START-DATE")
    return rule.due(received_on, "start", received_on=received_on) if rule else None


def supervision_ends(
    last_on: date, died_on: date | None = None, to_prison_on: date | None = None, parameters: Parameters = PARAMETERS
) -> Due | None:
    """The last day of the supervision: of the term, of a life, or that of leaving for prison (COM-END-DATE)."""
    ends_on, note = min((day, told) for day, told in (
        (last_on, ""), (died_on or date.max, ENDED_BY_DEATH), (to_prison_on or date.max, LEFT_FOR_PRISON),
    ))  # fmt: skip
    rule = parameters.on(ends_on).get("COM-END-DATE")
    if rule is None:
        return None
    return replace(rule.due(ends_on, "end", last_on=last_on), note=note)


class ReceptionItem(StrEnum):
    """What a reception holds, in its order."""

    ANNOUNCED = "announced"
    RIGHTS = "rights"
    BRIEFED = "briefed"
    DECLARATION = "declaration"
    COMMITMENT = "commitment"
    MINUTES = "minutes"


RECEPTION_ITEMS = {
    ReceptionItem.ANNOUNCED: _("The judgment or order was announced"),
    ReceptionItem.RIGHTS: _("Rights and duties were explained"),
    ReceptionItem.BRIEFED: _("The policies of the State were explained"),
    ReceptionItem.DECLARATION: _("The declaration was collected"),
    ReceptionItem.COMMITMENT: _("The written commitment was signed"),
    ReceptionItem.MINUTES: _("The minutes were drawn up"),
}


def missing_at_reception(
    reception_on: date, done: Collection[ReceptionItem], parameters: Parameters = PARAMETERS
) -> list[Ground]:
    """What the session of the reception still lacks; nothing before the decree asked for it (COM-RECEPTION)."""
    rule = parameters.on(reception_on).get("COM-RECEPTION")
    return [rule.calls_for(told) for item, told in RECEPTION_ITEMS.items() if item not in done] if rule else []


def check_report(received_on: date, parameters: Parameters = PARAMETERS) -> Due | None:
    """A report is checked when it is received, and returned if deficient (COM-SELF-REPORT-CHECK)."""
    rule = parameters.on(received_on).get("COM-SELF-REPORT-CHECK")
    return rule.due(received_on, received_on=received_on) if rule else None


LOW_RATING = _("The last rating was average or poor.")
NEWCOMER = _("The supervision has just begun: the person is briefed.")
NEAR_END = _("The supervision will soon end: the person is briefed.")


def education(
    day: date, *, rating: str = "", newcomer: bool = False, near_end: bool = False,
    parameters: Parameters = PARAMETERS,
) -> list[Ground]:  # fmt: skip
    """Why somebody is educated individually, or briefed (COM-EDUCATE-LOW); *rating* is the last of `common.Rating`."""
    rule = parameters.on(day).get("COM-EDUCATE-LOW")
    reasons = ((rating in {"average", "poor"}, LOW_RATING), (newcomer, NEWCOMER), (near_end, NEAR_END))
    return [rule.calls_for(told) for holds, told in reasons if holds] if rule else []


class ForeignerEvent(StrEnum):
    """Events of a foreign supervisee of which the Ministry of Foreign Affairs is told."""

    INTAKE = "intake"
    REDUCTION = "reduction"
    COMPLETION = "completion"
    DEATH = "death"


TELL_THE_MINISTRY = _(
    "The provincial police tell the Ministry of Foreign Affairs; papers in another language are translated."
)


def foreigner(event_on: date, event: ForeignerEvent, parameters: Parameters = PARAMETERS) -> Ground | None:
    """What an event in the case of a foreigner calls for; nothing before the decree (COM-FOREIGNER)."""
    rule = parameters.on(event_on).get("COM-FOREIGNER")
    return rule.calls_for(TELL_THE_MINISTRY, event=event.value) if rule else None


KEPT_OPEN = _("The person is in custody or in a closed institution: keep the file open, and ask for information.")
PRISON_BESIDES = _("The person has a prison term to serve besides: what is owed rests meanwhile.")
OF_THE_ARMY = _("A unit of the army supervises the person: the case is only followed, and no figure counts it.")


def paused(
    day: date, *, in_custody: bool = False, prison_besides: bool = False, parameters: Parameters = PARAMETERS
) -> list[Ground]:
    """Why the duties of a case rest while its file stays open (COM-DETAINED, CONCUR)."""
    reasons = (("COM-DETAINED", in_custody, KEPT_OPEN), ("CONCUR", prison_besides, PRISON_BESIDES))
    law = parameters.on(day)
    found = ((law.get(key), told) for key, holds, told in reasons if holds)
    return [rule.calls_for(told) for rule, told in found if rule]


def followed_only(day: date, parameters: Parameters = PARAMETERS) -> Ground | None:
    """What it means that a unit of the army supervises the person; nothing before the decree (MIL)."""
    rule = parameters.on(day).get("MIL")
    return rule.calls_for(OF_THE_ARMY) if rule else None


def national_database(event_at: datetime, parameters: Parameters = PARAMETERS) -> Due | None:
    """By which moment an event is entered in the national database; None before the decree (COM-CJE-DB-24H)."""
    key = "COM-CJE-DB-24H"
    return deadlines.within_hours(parameters, key, event_at) if key in parameters.on(event_at.date()) else None
