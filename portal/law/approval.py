"""Who endorses and who decides, by kind of proposal and by the day of the act.

Where the author would be the endorser, the deputy endorses or, if there is none, the step is left out; who decides is
always another person than the author. *endorser* None: an officer drafts and the decider decides alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from portal.law.rule import (
    ACT_2019,
    ACT_2025,
    DECREE,
    DRUG_ACT_2021,
    NEW_ACT,
    OLD_ACT,
    REINTEGRATION_2024,
    NotInForceError,
)

CHIEF, CHAIR = "police_chief", "commune_leader"
OURS = "Quy chế nội bộ của cổng"
DRUG_ACT_OLD, DRUG_ACT_NEW = "Luật Phòng, chống ma túy 73/2021/QH14", "Luật Phòng, chống ma túy 120/2025/QH15, Điều 24"
RELEASED_2020, RELEASED_2024 = "Nghị định 49/2020/NĐ-CP", "Thông tư 10/2024/TT-BCA"
FINES_2021, FINES_2025 = "Nghị định 144/2021/NĐ-CP", "Nghị định 282/2025/NĐ-CP, Điều 54, Điều 55"
FINES_2025_FROM = date(2025, 12, 15)


@dataclass(frozen=True)
class Chain:
    """The role that endorses (if any), the role that decides, and where that is written.

    *own_power*: the law gives the decision to the chair, not to the committee whose head the chair is. *holds_from*:
    the day from which this version of the chain holds, as `chain` fills it in.
    """

    endorser: str | None
    decider: str
    source: str
    confirmed: bool
    own_power: bool = False
    holds_from: date | None = None


Versions = tuple[tuple[date, Chain], ...]


def _sent_up(articles: str) -> Versions:
    """What the chair sends to the competent agency until 30/06/2026, and the chief since, the new act being unread."""
    return (
        (ACT_2019, Chain(CHIEF, CHAIR, f"{OLD_ACT}, {articles}", confirmed=True)),
        (ACT_2025, Chain(None, CHIEF, NEW_ACT, confirmed=False)),
    )


BY_CHIEF = ((ACT_2019, Chain(None, CHIEF, OURS, confirmed=False)),)
BY_CHAIR = ((ACT_2019, Chain(CHIEF, CHAIR, OURS, confirmed=False)),)
HELPER = (
    (ACT_2019, Chain(CHIEF, CHAIR, OLD_ACT, confirmed=False)),
    (ACT_2025, Chain(CHIEF, CHAIR, f"{DECREE}, Điều 12 khoản 5", confirmed=True, own_power=True)),
)

OF_RELEASED = (  # the decree names those who serve a sentence in the community, and nobody who has served prison
    (ACT_2019, Chain(CHIEF, CHAIR, RELEASED_2020, confirmed=False)),
    (REINTEGRATION_2024, Chain(CHIEF, CHAIR, RELEASED_2024, confirmed=True, own_power=True)),
    (ACT_2025, Chain(CHIEF, CHAIR, RELEASED_2024, confirmed=False, own_power=True)),
)

CHAINS: Mapping[str, Versions] = {
    "open_case": BY_CHIEF,
    "transfer": BY_CHIEF,
    "helper": HELPER,
    "helper_end": HELPER,
    "helper_of_released": OF_RELEASED,
    "reintegration_end": OF_RELEASED,
    "absence": (
        (ACT_2019, Chain(CHIEF, CHAIR, f"{OLD_ACT}, Điều 67, Điều 92, Điều 100", confirmed=True)),
        (ACT_2025, Chain(CHIEF, CHAIR, NEW_ACT, confirmed=False)),
    ),
    "leave_of_the_supervised": (  # under residence supervision the chair permits it, not the committee
        (ACT_2019, Chain(CHIEF, CHAIR, f"{OLD_ACT}, Điều 115", confirmed=True, own_power=True)),
        (ACT_2025, Chain(CHIEF, CHAIR, NEW_ACT, confirmed=False, own_power=True)),
    ),
    "leave_sent_up": _sent_up("Điều 115"),  # of a residence supervision, where the chair may not permit it
    "supervision_plan": ((ACT_2025, Chain(None, CHIEF, f"{DECREE}, Điều 7", confirmed=True)),),
    "review": (
        (ACT_2019, Chain(CHIEF, CHAIR, f"{OLD_ACT}, Điều 66, Điều 91, Điều 105", confirmed=True)),
        (ACT_2025, Chain(None, CHIEF, f"{DECREE}, Điều 9", confirmed=True)),
    ),
    "residence_change": _sent_up("Điều 68, Điều 92 khoản 3"),
    "shortening": _sent_up("Điều 65, Điều 90, Điều 103"),
    "revocation": _sent_up("Điều 93"),
    "parole_revocation": (
        (ACT_2019, Chain(CHIEF, CHAIR, f"{OLD_ACT}, Điều 69", confirmed=True)),
        (ACT_2025, Chain(CHIEF, CHAIR, NEW_ACT, confirmed=False)),
    ),
    "completion": _sent_up("Điều 59 khoản 4, Điều 85 khoản 4, Điều 97 khoản 4"),
    "drug_user_management": (
        (DRUG_ACT_2021, Chain(CHIEF, CHAIR, DRUG_ACT_OLD, confirmed=True, own_power=True)),
        (ACT_2025, Chain(None, CHIEF, DRUG_ACT_NEW, confirmed=True)),
    ),
    "fine": (
        (DRUG_ACT_2021, Chain(None, CHIEF, FINES_2021, confirmed=True)),
        (FINES_2025_FROM, Chain(None, CHIEF, FINES_2025, confirmed=True)),
    ),
    "fine_above_ceiling": (
        (DRUG_ACT_2021, Chain(None, CHAIR, FINES_2021, confirmed=True, own_power=True)),
        (FINES_2025_FROM, Chain(None, CHAIR, FINES_2025, confirmed=True, own_power=True)),
    ),
    "assessments_of_a_month": (  # one signature under all of them
        (ACT_2019, Chain(CHIEF, CHAIR, f"{OLD_ACT}, Điều 86", confirmed=True)),
        (ACT_2025, Chain(None, CHIEF, f"{DECREE}, Điều 8 khoản 2", confirmed=True)),
    ),
    "roll_call_of_a_month": ((ACT_2025, Chain(None, CHIEF, f"{DECREE}, Điều 10", confirmed=True)),),
    "pledge_breach": BY_CHIEF,
    "rule_number": BY_CHAIR,
    "paper_text": BY_CHAIR,
    "pseudonymise": BY_CHAIR,
}


def chain(kind: str, on: date) -> Chain:
    """The chain of a kind for an act of that day; KeyError for an unknown kind, NotInForceError before it existed."""
    begun = [replace(one, holds_from=holds_from) for holds_from, one in CHAINS[kind] if holds_from <= on]
    if not begun:
        raise NotInForceError(kind, on)
    return begun[-1]
