"""Administrative fines: the band of a deed by the decree of its day, and up to which amount somebody may fine.

Amounts are in đồng, for individuals. Sources: Nghị định 144/2021/NĐ-CP; for deeds from 15/12/2025 Nghị định
282/2025/NĐ-CP.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from portal.law import policies
from portal.law.rule import DRUG_ACT_2021, Ground, InForce, Parameter, Parameters, Refusal, Rule, Unit, _

DECREE_OF_2025_SINCE = date(2025, 12, 15)
LAST_OF_2021 = DECREE_OF_2025_SINCE - timedelta(days=1)
DECREE_OF_2021, DECREE_OF_2025 = "Nghị định 144/2021/NĐ-CP", "Nghị định 282/2025/NĐ-CP"
MILLION = 1_000_000


class Offence(StrEnum):
    """What is fined, by the id of its rule."""

    DRUG_USE = "FINE-DRUG-USE"
    DRUG_POSSESSION = "FINE-DRUG-POSSESSION"
    DRUG_OBSTRUCTION = "FINE-DRUG-OBSTRUCTION"
    DRUG_VENUE = "FINE-DRUG-VENUE"
    DRUG_PLACE = "FINE-DRUG-PLACE"
    REPORT = "COM-FINE-REPORT"
    LEAVE = "COM-FINE-LEAVE"
    RELEASED = "COM-FINE-EXPRISONER"


OFFENCES: Mapping[Offence, str] = {
    Offence.DRUG_USE: _("Illegal use of drugs"),
    Offence.DRUG_POSSESSION: _("Keeping drugs or tools for them, short of a crime"),
    Offence.DRUG_OBSTRUCTION: _("Obstructing a test or the management, or helping somebody to use drugs"),
    Offence.DRUG_VENUE: _("Letting drugs be used in a place that one manages"),
    Offence.DRUG_PLACE: _("Giving a place to keep drugs"),
    Offence.REPORT: _("Not answering a summons, no commitment, missing a review or a report"),
    Offence.LEAVE: _("Leaving, staying away or moving without permission"),
    Offence.RELEASED: _("A released person who does not fulfil the duties"),
}


OF_DUTIES = (Offence.REPORT, Offence.LEAVE, Offence.RELEASED)  # what breaks the duties of a sentence


class Field(StrEnum):
    """The two fields in which ceilings differ."""

    SOCIAL_EVILS = "social_evils"
    ORDER = "order"


# Drugs are a social evil; that the duties of a sentence belong to public order is our reading.
FIELDS: Mapping[Offence, Field] = {
    one: Field.SOCIAL_EVILS if one.startswith("FINE-DRUG") else Field.ORDER for one in Offence
}


class Signer(StrEnum):
    """Who may fine, from the lowest ceiling to the highest."""

    BORDER_SOLDIER = "border_soldier"
    POLICE_SOLDIER = "police_soldier"
    BORDER_TEAM_HEAD = "border_team_head"
    BORDER_POST_CHIEF = "border_post_chief"
    POLICE_CHIEF = "police_chief"
    COMMUNE_CHAIR = "commune_leader"


SIGNERS: Mapping[Signer, str] = {
    Signer.BORDER_SOLDIER: _("Soldier of the border guard on duty"),
    Signer.POLICE_SOLDIER: _("Police soldier on duty"),
    Signer.BORDER_TEAM_HEAD: _("Head of a team or station of the border guard"),
    Signer.BORDER_POST_CHIEF: _("Chief of the border post"),
    Signer.POLICE_CHIEF: _("Chief of the commune police"),
    Signer.COMMUNE_CHAIR: _("Chair of the commune"),
}

CEILING = _("Highest fine that this officer may sign")


def _amount(since: date, vnd: int, source: str, unit: Unit = Unit.VND) -> Parameter:
    until = LAST_OF_2021 if since < DECREE_OF_2025_SINCE else None
    return Parameter(since, vnd, source, unit=unit, until=until)


def _band(
    offence: Offence, least: int, most: int, old: str | None, new: str, *, warning: bool = False
) -> dict[str, Rule]:
    """The band of an offence; *old* None: the decree of 2021 has no such band, or nobody wrote down its amounts."""
    decrees = [(DRUG_ACT_2021, f"{DECREE_OF_2021}{old}")] if old is not None else []
    decrees.append((DECREE_OF_2025_SINCE, f"{DECREE_OF_2025}{new}"))
    parts = (("least", least, Unit.VND), ("most", most, Unit.VND), ("warning", int(warning), Unit.YES_NO))
    return {
        f"{offence}.{part}": Rule(
            OFFENCES[offence], tuple(_amount(since, value, source, unit) for since, source in decrees)
        )
        for part, value, unit in parts
    }


def _ceilings(signer: Signer, old: tuple[int, int] | None, new: tuple[int, int], clause: str) -> dict[str, Rule]:
    """The ceilings of a signer in both fields, in đồng; *old* None: not written down for the decree of 2021."""
    found = {}
    for number, one in enumerate((Field.SOCIAL_EVILS, Field.ORDER)):
        versions = [_amount(DRUG_ACT_2021, old[number], DECREE_OF_2021)] if old else []
        versions.append(_amount(DECREE_OF_2025_SINCE, new[number], f"{DECREE_OF_2025}, {clause}"))
        found[f"FINE-CEILING.{signer}.{one}"] = Rule(CEILING, tuple(versions), signer)
    return found


PARAMETERS = Parameters({
    **_band(Offence.DRUG_USE, MILLION, 2 * MILLION, ", Điều 23 khoản 1", ", Điều 30", warning=True),
    **_band(Offence.DRUG_POSSESSION, 2 * MILLION, 5 * MILLION, "", ""),
    **_band(Offence.DRUG_OBSTRUCTION, 10 * MILLION, 20 * MILLION, None, ""),
    **_band(Offence.DRUG_VENUE, 20 * MILLION, 40 * MILLION, None, ""),
    **_band(Offence.DRUG_PLACE, 50 * MILLION, 75 * MILLION, None, ""),
    **_band(Offence.REPORT, 2 * MILLION, 3 * MILLION, ", Điều 14", ", Điều 17"),
    **_band(Offence.LEAVE, 3 * MILLION, 4 * MILLION, ", Điều 14", ", Điều 17"),
    **_band(Offence.RELEASED, MILLION // 2, MILLION, ", Điều 14", ", Điều 17", warning=True),
    **_ceilings(Signer.BORDER_SOLDIER, None, (3_750_000, 2 * MILLION), "Điều 56"),
    **_ceilings(Signer.POLICE_SOLDIER, None, (7_500_000, 4 * MILLION), "Điều 55 khoản 1"),
    **_ceilings(Signer.BORDER_TEAM_HEAD, None, (7_500_000, 4 * MILLION), "Điều 56"),
    **_ceilings(Signer.BORDER_POST_CHIEF, None, (22_500_000, 12 * MILLION), "Điều 56"),
    **_ceilings(Signer.POLICE_CHIEF, (2_500_000, 2 * MILLION), (37_500_000, 20 * MILLION), "Điều 55 khoản 4"),
    **_ceilings(Signer.COMMUNE_CHAIR, (5 * MILLION, 4 * MILLION), (37_500_000, 20 * MILLION), "Điều 54 khoản 1"),
})  # fmt: skip

OUTSIDE = _("The decree fines from %(least)s to %(most)s đồng, or warns (0).")
OUTSIDE_WITHOUT_WARNING = _("The decree fines from %(least)s to %(most)s đồng; it knows no warning for this.")
ABOVE_CEILING = _("Whoever signs may fine up to %(limit)s đồng; compared with it are %(compared)s đồng.")
NO_CEILING = _("Nobody has written down up to which amount this officer may fine by the decree of that day.")
MILDER = _("The newer decree is milder: from %(least)s to %(most)s đồng. Choose between both, and give the reason.")


@dataclass(frozen=True)
class Band:
    """What a decree asks for an offence, both ends included; *middle* is usual where nothing makes it heavier."""

    least: Parameter
    most: Parameter
    may_warn: bool

    @property
    def middle(self) -> int:
        return (self.least.count + self.most.count) // 2

    def holds(self, amount_vnd: int) -> bool:
        """Whether an amount lies within the band; 0 is a warning."""
        return self.may_warn if amount_vnd == 0 else self.least.count <= amount_vnd <= self.most.count

    def milder_than(self, other: "Band") -> bool:
        """Whether its highest fine is lower or, with the same, its least, or it warns where the other does not."""
        return self._weight < other._weight

    @property
    def _weight(self) -> tuple[int, int, bool]:
        return self.most.count, self.least.count, not self.may_warn


def band(offence: Offence, day: date, parameters: Parameters = PARAMETERS) -> Band | None:
    """The band of an offence by the decree of a day; None where none is known."""
    law = parameters.on(day)
    least, most, warning = (law.get(f"{offence}.{part}") for part in ("least", "most", "warning"))
    return Band(least, most, bool(warning and warning.count)) if least and most else None


def outside_of_band(
    amount_vnd: int, used_on: date, parameters: Parameters = PARAMETERS, offence: Offence = Offence.DRUG_USE
) -> list[Refusal]:
    """Say what the decree of the day says where an amount is neither a warning (0) nor within its band.

    Both ends belong to the band. Nothing is said of days before the decree of 2021. Law may set another amount for
    somebody (a minor), so whoever records one gives the reason.
    """
    found = band(offence, used_on, parameters)
    if found is None or found.holds(amount_vnd):
        return []
    told = OUTSIDE if found.may_warn else OUTSIDE_WITHOUT_WARNING
    return [found.least.forbids(told, least=found.least.count, most=found.most.count)]


def middle(used_on: date, parameters: Parameters = PARAMETERS, offence: Offence = Offence.DRUG_USE) -> int | None:
    """The middle of the band, which is usual where nothing makes the deed heavier or lighter."""
    found = band(offence, used_on, parameters)
    return found.middle if found else None


def bands_to_choose(
    offence: Offence, used_on: date, decided_on: date, parameters: Parameters = PARAMETERS
) -> list[Band]:
    """The band of the deed's day and, after it, a milder one of the day of the decision (policy `milder_decree`)."""
    own, newer = band(offence, used_on, parameters), band(offence, decided_on, parameters)
    offered = policies.reading(parameters, "milder_decree") == "officer_chooses"
    return [one for one in (own, newer if own and newer and offered and newer.milder_than(own) else None) if one]


def milder_decree(
    offence: Offence, used_on: date, decided_on: date, parameters: Parameters = PARAMETERS
) -> Ground | None:
    """Ask for a choice with a reason where the decree of the decision is milder than that of the deed."""
    bands = bands_to_choose(offence, used_on, decided_on, parameters)
    if len(bands) == 1 or not bands:
        return None
    newer = bands[1]
    return newer.least.calls_for(MILDER, least=newer.least.count, most=newer.most.count)


def ceiling(signer: Signer, offence: Offence, day: date, parameters: Parameters = PARAMETERS) -> Parameter | None:
    """Up to which amount somebody may fine an offence by the decree of a day; None where that is not known."""
    return _ceiling(parameters.on(day), signer, offence)


def _ceiling(law: InForce, signer: Signer, offence: Offence) -> Parameter | None:
    return law.get(f"FINE-CEILING.{signer}.{FIELDS[offence]}")


def refuse_signer(
    signer: Signer, offence: Offence, amount_vnd: int, used_on: date, decided_on: date,
    parameters: Parameters = PARAMETERS,
) -> list[Refusal]:  # fmt: skip
    """Say why somebody may not sign a fine that is decided on a day (policy `fine_competence`).

    The ceiling is that of the decree of the decision; compared with it is the highest fine of the deed's band or, by
    the other reading, the amount of the fine. NotInForceError before the decree of 2021.
    """
    limit = ceiling(signer, offence, decided_on, parameters)
    if limit is None:
        of_chair = parameters.on(decided_on)[f"FINE-CEILING.{Signer.COMMUNE_CHAIR}.{FIELDS[offence]}"]
        return [of_chair.forbids(NO_CEILING)]
    found = band(offence, used_on, parameters)
    by_band = policies.reading(parameters, "fine_competence") == "band_maximum"
    compared = found.most.count if by_band and found else amount_vnd
    return [] if compared <= limit.count else [limit.forbids(ABOVE_CEILING, limit=limit.count, compared=compared)]


def competent_signers(
    offence: Offence, amount_vnd: int, used_on: date, decided_on: date, parameters: Parameters = PARAMETERS
) -> list[Signer]:
    """Who may sign a fine; nobody of the commune where it is to be sent up."""
    asked = (offence, amount_vnd, used_on, decided_on, parameters)
    return [one for one in Signer if not refuse_signer(one, *asked)]


def approval_kind(
    offence: Offence, amount_vnd: int, used_on: date, decided_on: date, parameters: Parameters = PARAMETERS
) -> str | None:
    """The chain (`approval.CHAINS`) of a fine: the chief's or, above that ceiling, the chair's; None: it is sent up."""
    signers = competent_signers(offence, amount_vnd, used_on, decided_on, parameters)
    if Signer.POLICE_CHIEF in signers:
        return "fine"
    return "fine_above_ceiling" if Signer.COMMUNE_CHAIR in signers else None
