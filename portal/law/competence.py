"""Who is competent, by the day of the act: a body or an officer, where that is written, and how sure it is.

The actors are ids: `commune_leader` and `police_chief` are roles of the portal; the others stand outside of it.
"""

from collections.abc import Container, Mapping
from dataclasses import dataclass, replace
from datetime import date

from portal.law.rule import ACT_2019, ACT_2025, DECREE, DRUG_ACT_2021, NEW_ACT, OLD_ACT, NotInForceError, _

CHAIR, CHIEF, PROVINCE = "commune_leader", "police_chief", "provincial_agency"
DISTRICT_POLICE_ENDED, DISTRICTS_ENDED = date(2025, 3, 1), date(2025, 7, 1)
WITHOUT_DISTRICTS = "Nghị quyết 1677/NQ-UBTVQH15; Nghị quyết 225/2025/QH15"
DRUG_ACT_OLD, DRUG_DECREE = "Luật Phòng, chống ma túy 73/2021/QH14", "Nghị định 105/2021/NĐ-CP"
DRUG_ACT_NEW = "Luật Phòng, chống ma túy 120/2025/QH15"

ACTORS: Mapping[str, str] = {
    CHAIR: _("Chair of the commune"),
    CHIEF: _("Chief of the commune police"),
    "commune": _("People's Committee of the commune"),
    "commune_police": _("Commune police"),
    "district_agency": _("Enforcement agency of the district police"),
    PROVINCE: _("Enforcement agency of the provincial police"),
    "district_court": _("District court"),
    "regional_court": _("Regional court"),
    "provincial_court": _("Provincial court"),
    "management_team": _("Management team of the commune"),
}


@dataclass(frozen=True)
class Competence:
    """Who acts, by which text, and from which day on this has been so."""

    actor: str
    source: str
    confirmed: bool = True
    holds_from: date | None = None
    rule: str = ""


Versions = tuple[tuple[date, Competence], ...]


def _kept(actor: str, article: str) -> Versions:
    return (
        (ACT_2019, Competence(actor, f"{OLD_ACT}, {article}")),
        (ACT_2025, Competence(actor, f"{OLD_ACT}, {article}", confirmed=False)),
    )


def _agency(article: str = "") -> Versions:
    """What the act of 2019 gave the agency of the district is the province's since the district police ended."""
    return (
        (ACT_2019, Competence("district_agency", f"{OLD_ACT}{article}")),
        (DISTRICT_POLICE_ENDED, Competence(PROVINCE, f"{OLD_ACT}{article}", confirmed=False)),
    )


def _summoning(article: str) -> Versions:
    """Until 30/06/2026 the agency received the order and summoned; since then the commune police do both."""
    return (
        *_agency(f", {article}"),
        (ACT_2025, Competence("commune_police", f"{DECREE}, Điều 5, Điều 6 khoản 1 điểm c")),
    )


def _drug_decisions(article: str) -> Versions:
    return (
        (DRUG_ACT_2021, Competence(CHAIR, f"{DRUG_ACT_OLD}; {DRUG_DECREE}")),
        (ACT_2025, Competence(CHIEF, f"{DRUG_ACT_NEW}, {article}")),
    )


COMPETENT: Mapping[str, Versions] = {
    "agency": _agency(),
    "court": (
        (ACT_2019, Competence("district_court", OLD_ACT)),
        (DISTRICTS_ENDED, Competence("regional_court", WITHOUT_DISTRICTS)),
    ),
    "supervision": (
        (ACT_2019, Competence("commune", f"{OLD_ACT}, Điều 85, Điều 86")),
        (ACT_2025, Competence("commune_police", f"{DECREE}, Điều 5, Điều 8")),
    ),
    "SS-SUMMON": _summoning("Điều 85 khoản 1"),
    "NCR-SUMMON": _summoning("Điều 97 khoản 1"),
    "PAR-SHORTEN-FLOW": _kept("provincial_court", "Điều 65"),
    "RS-LEAVE.district": (
        (ACT_2019, Competence(CHAIR, f"{OLD_ACT}, Điều 115")),
        (DISTRICTS_ENDED, Competence(CHAIR, f"{OLD_ACT}, Điều 115", confirmed=False)),
        (ACT_2025, Competence(CHAIR, NEW_ACT, confirmed=False)),
    ),
    "RS-LEAVE.province": (
        *_agency(", Điều 115"),
        (ACT_2025, Competence(PROVINCE, NEW_ACT, confirmed=False)),
    ),
    "RS-LEAVE.beyond": (
        (ACT_2019, Competence(PROVINCE, f"{OLD_ACT}, Điều 115")),
        (ACT_2025, Competence(PROVINCE, NEW_ACT, confirmed=False)),
    ),
    "DRU-RESULT": _drug_decisions("Điều 24"),
    "DRU-DECIDE": _drug_decisions("Điều 24 khoản 4"),
    "DRU-STOP": _drug_decisions("Điều 24 khoản 5"),
    "DRU-END": _drug_decisions("Điều 27 khoản 3"),
    "DRU-TEAM": (
        (DRUG_ACT_2021, Competence("management_team", DRUG_DECREE)),
        (ACT_2025, Competence("commune", DRUG_ACT_NEW)),
    ),
}


def competent(key: str, on: date) -> Competence:
    """Who is competent for an act of that day; KeyError for an unknown one, NotInForceError before it was known."""
    begun = [replace(one, holds_from=since, rule=key.partition(".")[0]) for since, one in COMPETENT[key] if since <= on]
    if not begun:
        raise NotInForceError(key, on)
    return begun[-1]


def summoned_by_agency(rules: Container[str], on: date) -> Competence | None:
    """The agency, where it is who summons to the reception on a day, in a regime of these rules; else None.

    Its summons the commune hands over and does not write. A day before the act of 2019 is taken as its first.
    """
    key = next((one for one in ("SS-SUMMON", "NCR-SUMMON") if one in rules), None)
    found = competent(key, max(on, ACT_2019)) if key else None
    return found if found and found.actor != "commune_police" else None


def ends_drug_management(act: str, on: date, decided_on: date) -> Competence:
    """Who signs that the management of a drug user is stopped or has ended (*act*: "DRU-STOP", "DRU-END").

    A decision of a chair from before 01/07/2026 runs on to its end; the act is silent on who signs that end, so the
    chief does, to be reviewed.
    """
    found = competent(act, on)
    return replace(found, confirmed=found.confirmed and (decided_on >= ACT_2025 or on < ACT_2025))
