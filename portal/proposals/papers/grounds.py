"""The grounds on which a paper stands: acts and clauses from the law, the judgment from the case."""

from collections.abc import Iterable
from datetime import date

from portal.cases.models import Case, CaseType
from portal.cases.papers.called import JUDGED_BY
from portal.documents.paper import Basis
from portal.documents.wording import cited, in_force, written_day
from portal.law.rule import ACT_2025, NEW_ACT, OLD_ACT, Parameter

NOT_BY_THE_ACT = (CaseType.REINTEGRATION, CaseType.DRUG_USER_MANAGEMENT)  # regimes with laws of their own


def grounds(*found: Basis | None) -> tuple[Basis, ...]:
    """Each ground once, in the order given; of one that is told twice, the one in doubt is kept."""
    kept: dict[str, Basis] = {}
    for basis in found:
        if basis and (basis.text not in kept or not basis.confirmed):
            kept[basis.text] = basis
    return tuple(kept.values())


def act(case: Case, day: date) -> Basis | None:
    """The act in force on the day."""
    if case.type in NOT_BY_THE_ACT:
        return None
    return of_source(NEW_ACT if day >= ACT_2025 else OLD_ACT)


def of_source(source: str, *, confirmed: bool = True) -> Basis | None:
    """A source of the law as a ground; None for a rule of our own."""
    return Basis(f"Căn cứ {told}", source, confirmed) if (told := cited(source)) else None


def of_rule(case: Case, day: date, keys: Iterable[str]) -> Basis | None:
    """The clause of the first of these rules that the regime of the case knows on that day."""
    table = case.regime.PARAMETERS
    for key in keys:
        if key in table.rules and (found := table.on(day).get(key)):
            return of_number(found, day)
    return None


def of_number(number: Parameter, day: date) -> Basis | None:
    """The clause of a number, as a paper of the day may name it; the page names its source as it is known."""
    told = cited(in_force(number.source, day))
    return Basis(f"Căn cứ {told}", number.source, number.confirmed) if told else None


def of_acts(numbers: Iterable[Parameter], day: date) -> list[Basis]:
    """The clauses of some numbers, an act once: "Điều 17, khoản 4 Điều 55 Nghị định số 282/2025/NĐ-CP"."""
    found: dict[str, list[Parameter]] = {}
    for number in numbers:
        act = cited(in_force(number.source, day).partition(", Điều ")[0])
        found.setdefault(act, []).append(number)
    return [_of_act(act, of_one, day) for act, of_one in found.items() if act]


def _of_act(act: str, numbers: list[Parameter], day: date) -> Basis:
    clauses = (cited(in_force(one.source, day)).removesuffix(act).strip() for one in numbers)
    told = ", ".join(dict.fromkeys(filter(None, clauses)))
    source = "; ".join(dict.fromkeys(one.source for one in numbers))
    return Basis(f"Căn cứ {told} {act}" if told else f"Căn cứ {act}", source, all(one.confirmed for one in numbers))


def judgment(case: Case) -> Basis | None:
    """The court's or the prison's paper on which the case rests."""
    if not case.judgment_number:
        return None
    name = JUDGED_BY.get(case.type, "Bản án")
    told = f"Căn cứ {name} số {case.judgment_number}"
    if case.judgment_on:
        told += f" {written_day(case.judgment_on)}"
    return Basis(f"{told} của {case.court}" if case.court else told)


def proposed_by(chief: str) -> Basis:
    return Basis(f"Theo đề nghị của {chief}")
