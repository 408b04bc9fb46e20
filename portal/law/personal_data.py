"""What the law on personal data gives the person of a file, and how long what is kept of them keeps its names.

No text with a number for the portal was read: the days of an answer are those that the decrees of 2023 and 2025 are
said to give, the months of keeping are our own policy. Each is marked, and a commune may propose another.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from portal.law.days import add_months
from portal.law.rule import ACT_2019, Due, Parameter, Parameters, Rule, Unit, _

TITLE = _("Personal data")
DECREE_2023, ACT_ON_DATA = date(2023, 7, 1), date(2026, 1, 1)
OLD_DECREE = "Nghị định 13/2023/NĐ-CP, Điều 14, Điều 15"
NEW_ACT_ON_DATA = "Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15; Nghị định 356/2025/NĐ-CP"
OUR_POLICY = "Quy định của cổng: chưa có văn bản nào quy định số tháng"
DRUG_LIST = "Luật Phòng, chống ma túy: đưa ra khỏi danh sách khi hết thời hạn quản lý"
RECORD = "Nghị định 49/2020/NĐ-CP: theo dõi đến khi được xóa án tích"


def _answered() -> tuple[Parameter, ...]:
    """72 hours until the end of 2025, then ten days: both recalled, neither read."""
    return (
        Parameter(DECREE_2023, 3, OLD_DECREE, confirmed=False),
        Parameter(ACT_ON_DATA, 10, NEW_ACT_ON_DATA, confirmed=False),
    )


def _kept(months: int, source: str = OUR_POLICY) -> tuple[Parameter, ...]:
    return (Parameter(ACT_2019, months, source, confirmed=False, unit=Unit.MONTHS),)


PARAMETERS = Parameters({
    "PD-EXTRACT": Rule(_("Answer what is kept about somebody"), _answered(), "police_chief"),
    "PD-CORRECT": Rule(_("Answer a request to correct what is kept"), _answered(), "police_chief"),
    "RET-SENTENCE": Rule(_("Keep the names of a served sentence, from its end"), _kept(24), "police_chief"),
    "RET-RELEASED": Rule(
        _("Keep the names of a reintegration, from the clearance of the record"), _kept(24, RECORD), "police_chief"
    ),
    "RET-MANAGED": Rule(_("Keep the names of a managed drug user, from the end"), _kept(0, DRUG_LIST), "police_chief"),
    "RET-LISTED": Rule(_("Keep the names of the review list, from the removal"), _kept(0, DRUG_LIST), "police_chief"),
    "RET-TESTED": Rule(_("Keep the names of a drug test or fine, from its day"), _kept(24), "police_chief"),
    "RET-INCIDENT": Rule(_("Keep the names of an incident, from its outcome"), _kept(24), "police_chief"),
    "RET-UNOPENED": Rule(_("Keep the names of a file that was never opened"), _kept(24), "police_chief"),
})  # fmt: skip

_BY_TYPE = {"reintegration": "RET-RELEASED", "drug_user_management": "RET-MANAGED"}
ONLY_ONCE_CLEARED = ("record_cleared", "deceased")


@dataclass(frozen=True)
class Kept:
    """Until when the names of a record stand; *until* None while nothing lets that time begin."""

    rule: str
    until: date | None
    source: str
    confirmed: bool


def answer_by(asked_on: date, *, correction: bool = False, parameters: Parameters = PARAMETERS) -> Due:
    """The last day of the answer. It does not roll past a day off: the person is not to wait for one.

    Before the decree of 2023 no text gave a day; the first one that did is taken.
    """
    key = "PD-CORRECT" if correction else "PD-EXTRACT"
    parameter = parameters.on(max(asked_on, DECREE_2023))[key]
    due_on = asked_on + timedelta(days=parameter.count)
    return parameter.due(due_on, counted_from=asked_on, length=parameter.count)


def kept_until(rule: str, ended_on: date | None, today: date, parameters: Parameters = PARAMETERS) -> Kept:
    """By the number that holds today: the last day on which a record that ended on a day keeps its names."""
    parameter = parameters.on(today)[rule]
    until = add_months(ended_on, parameter.count) if ended_on else None
    return Kept(rule, until, parameter.source, parameter.confirmed)


def of_case(
    case_type: str, closed_on: date | None, closing_reason: str, today: date, parameters: Parameters = PARAMETERS
) -> Kept:
    """Of a file; that of a reintegration waits for the clearance of the record, whyever else it was closed."""
    rule = _BY_TYPE.get(case_type, "RET-SENTENCE")
    waits = rule == "RET-RELEASED" and closing_reason not in ONLY_ONCE_CLEARED
    return kept_until(rule, None if waits else closed_on, today, parameters)
