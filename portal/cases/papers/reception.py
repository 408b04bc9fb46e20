"""The papers of a reception, in the layout of NĐ 30/2020: the summons, the minutes, the commitment that is signed.

Summons and minutes stand in the register of the police from the day on which they are written. The commitment is what
the person writes to the police, so it bears no number: it is printed, signed and attached to the case.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from itertools import takewhile
from typing import Any

from sqlalchemy import select

from portal.cases.actions.minors import beside
from portal.cases.actions.receiving import RECEIVED
from portal.cases.duties.rules import LACKS, SUMMONING
from portal.cases.models import Case, Reception, Summons, SummonsPurpose, reception_of
from portal.cases.models.reception import MINUTES, SUMMONS
from portal.cases.papers import texts
from portal.cases.papers.called import SERVING, judged, presented, punctuated, residence
from portal.documents import actions, issuers
from portal.documents.models import OfficialDocument
from portal.documents.paper import Basis, Clause, Issuer, Paper, Signature, in_lines
from portal.documents.queries import document_of, force_on, never_entered
from portal.documents.signature import IN_OWN_NAME
from portal.documents.signature import named as signed_name
from portal.documents.signature import signature as signed_as
from portal.documents.wording import cited, in_force, written_day
from portal.engine import clock
from portal.engine.area import Papers
from portal.engine.db import Kept, db
from portal.engine.vietnamese import fold
from portal.law import approval
from portal.law.rule import ACT_2025, NEW_ACT, OLD_ACT
from portal.organisation.models import Unit, UnitKind
from portal.wordings.blocks import Said
from portal.wordings.queries import words

Written = Callable[[Any], Paper]

DOTS = "…" * 10
TIMES = ("nhất", "hai", "ba", "tư", "năm")
CALLED_FOR = {
    SummonsPurpose.RECEPTION: "làm thủ tục tiếp nhận, nghe phổ biến quyền, nghĩa vụ và ký bản cam kết",
    SummonsPurpose.REVIEW: "dự họp kiểm điểm về việc vi phạm nghĩa vụ",
}


# ── the summons ─────────────────────────────────────────────────────────────────────────────────────────────────────
def summons(one: Summons, tried: Said | None = None) -> Paper:
    """The call, signed by the chief. It says of the person no more than brings them there."""
    case, day, entry = one.case, one.summoned_on, document_of(one, SUMMONS)
    say = words(texts.SUMMONS, one, one.created_at, tried)
    commune = issuers.commune_on(case.commune, day)
    kind = issuers.kind_of(commune)
    purpose = CALLED_FOR.get(one.purpose, one.about.rstrip(" .")) or DOTS
    hour, appear_on = _hour(one.appear_time), written_day(one.appear_on)
    text = [
        say("called", commune=commune.name, person=presented(case, commune)),
        say("appear", time=hour, day=appear_on, place=one.place.rstrip(" ."), purpose=purpose),
        *([say("represented", representative=one.representative)] if one.representative else []),
        say("bring", commune=commune.name),
    ]
    return Paper(
        issuer=issuers.police(commune, day), symbol=f"{SUMMONS}-{issuers.police_sign(commune)}",
        number=entry.number if entry else "", day=_day(entry, day), name="GIẤY TRIỆU TẬP", abstract=_which_time(one),
        bases=_bases(case, day, *SUMMONING), text=[Clause(line) for line in text],
        recipients=("Người được triệu tập", "Lưu: VT, HS"), signature=signed_as(IN_OWN_NAME[approval.CHIEF](kind)),
    )  # fmt: skip


def _which_time(one: Summons) -> str:
    """Whether the person is called for this for the first time, as such papers say under their name."""
    before = takewhile(lambda other: other is not one, one.case.summonses)
    place = 1 + sum(1 for other in before if other.counts and other.purpose == one.purpose)
    return f"Lần thứ {TIMES[place - 1]}" if place <= len(TIMES) else ""


# ── the reception ───────────────────────────────────────────────────────────────────────────────────────────────────
def minutes(reception: Reception, tried: Said | None = None) -> Paper:
    """What the session held, as the officer reads it back to all; what was not done is not said to have been."""
    say = words(texts.RECEPTION, reception, reception.created_at, tried)
    case, day, entry = reception.case, reception.held_on, document_of(reception, MINUTES)
    commune = issuers.commune_on(case.commune, day)
    officer = case.officer or case.owner
    others = (line.strip(" .;") for line in reception.participants.splitlines() if line.strip())
    present = [line for line in others if fold(officer.full_name) not in fold(line)]  # who receives is named in front
    told = (
        ("Thời gian", _hours(reception)),
        ("Địa điểm", reception.place or f"Trụ sở Công an {commune.name}"),
        ("Thành phần", "; ".join([f"{officer.full_name}, {officer.title or 'cán bộ được phân công'}", *present])),
        ("Người được tiếp nhận", presented(case, commune)),
        ("Người đại diện", reception.representative),
        ("Căn cứ", judged(case)),
        ("Nội dung đã thực hiện", "; ".join(say(str(item)).rstrip(" .;") for item in reception.items)),
        ("Ý kiến", "; ".join(line.strip(" .;") for line in reception.statements.splitlines() if line.strip())),
    )
    closing = say("closing", time=_hour(reception.closed_at))
    there = (f"{name}: {text.rstrip(' .')}." for name, text in told if text)
    return Paper(
        issuer=issuers.police(commune, day), symbol=f"{MINUTES}-{issuers.police_sign(commune)}",
        number=entry.number if entry else "", day=_day(entry, day), name="BIÊN BẢN",
        abstract=f"Về việc tiếp nhận {SERVING[case.type]}", bases=(),
        text=[*(Clause(text, str(number)) for number, text in enumerate(there, start=1)), Clause(closing)],
        recipients=("Lưu: VT, HS",),
        signature=Signature(("CÁN BỘ TIẾP NHẬN",), signed_name(officer.full_name, officer.title)),
        beside=_others(case, reception.representative, "NGƯỜI ĐƯỢC TIẾP NHẬN"),
    )  # fmt: skip


def commitment(case: Case, tried: Said | None = None) -> Paper:
    """What the person signs; day, number of the identity card and hand are left for the ink.

    It is printed before the session, or after it.
    """
    reception = reception_of(case)
    day = (reception.committed_on or reception.held_on) if reception else clock.today()
    commune = issuers.commune_on(case.commune, day)
    say = _promising(case, reception, tried)
    promises = punctuated(say(block) for block in say.texts.blocks if block.startswith("promise"))
    minor = beside(case.person, day)
    person = case.person
    text = [
        Clause(f"Tôi là: {person.full_name}, sinh năm {person.born or DOTS}."),
        Clause(f"Số căn cước: {DOTS}; cấp ngày: {DOTS}."),
        Clause(f"Nơi cư trú: {residence(case, commune)}."),
        Clause(f"Là {SERVING[case.type]}, theo {judged(case)}."),
        Clause(say("opening")),
        *(Clause(line, str(n)) for n, line in enumerate(promises, start=1)),
        Clause(say("broken")),
    ]
    return Paper(
        issuer=Issuer("", (commune.name.upper(),), issuers.place_of(commune)), symbol="", number="", day=None,
        name="BẢN CAM KẾT", abstract=f"Chấp hành nghĩa vụ của {SERVING[case.type]}", bases=(), text=text, recipients=(),
        signature=Signature(("NGƯỜI CAM KẾT",), person.full_name),
        beside=_others(case, _represented(case) if minor else "", ""), addressees=(f"Công an {commune.name}",),
        by_people=True,
    )  # fmt: skip


def _promising(case: Case, reception: Reception | None, tried: Said | None) -> Said:
    """The words of its promises: of the session in which they were made, before it those of today."""
    return words(texts.commitment_of(case), case, reception.created_at if reception else None, tried)


def _represented(case: Case) -> str:
    """Who represents a minor: as the reception or the last summons has it, else to be written by hand."""
    kept: list[Summons | Reception] = [*case.summonses, *case.receptions]
    told = [one.representative for one in kept if one.counts and one.representative]
    return told[-1] if told else DOTS


def _others(case: Case, representative: str, person: str) -> tuple[Signature, ...]:
    """Who signs besides: the person, and whoever represents a minor."""
    own = (Signature((person,), case.person.full_name),) if person else ()
    return (*own, Signature(("NGƯỜI ĐẠI DIỆN",), representative)) if representative else own


def _bases(case: Case, day: date, *rules: str) -> list[Basis]:
    """The act, the clause of the first rule that the regime knows on the day, the judgment; each once."""
    table = case.regime.PARAMETERS
    known = [found for key in (*rules, LACKS) if key in table.rules and (found := table.on(day).get(key))]
    act = NEW_ACT if day >= ACT_2025 else OLD_ACT
    sources = [(act, act, True)] if known else []
    sources += [(in_force(one.source, day), one.source, one.confirmed) for one in known[:1]]
    told = {f"Căn cứ {cited(named)}": (source, sure) for named, source, sure in sources if cited(named)}
    found = [Basis(text, *cite) for text, cite in told.items()]
    return [*found, Basis(f"Căn cứ {judged(case)}")] if case.judgment_number else found


def _day(entry: OfficialDocument | None, day: date) -> date:
    return (entry.dated_on if entry else None) or day


def _hour(hour: Any) -> str:
    return f"{hour:%H} giờ {hour:%M} phút" if hour else f"{DOTS} giờ {DOTS} phút"


def _hours(reception: Reception) -> str:
    return f"bắt đầu hồi {_hour(reception.begun_at)}, {written_day(reception.held_on)}"


def is_ours(record: Summons | Reception) -> bool:
    """Whether the police write its paper; the summons of the agency is the agency's."""
    return not (isinstance(record, Summons) and record.of_agency)


# ── the register ────────────────────────────────────────────────────────────────────────────────────────────────────
WRITTEN: dict[type[Kept], tuple[str, Written]] = {Summons: (SUMMONS, summons), Reception: (MINUTES, minutes)}


def enter_papers(deeds: Sequence[tuple[str, Kept]]) -> None:
    """After a transaction's deeds: what was written waits for its signature, or follows what was changed."""
    for deed, record in dict.fromkeys(deeds):
        if deed in ("create", RECEIVED) and type(record) in WRITTEN:
            enter(record)


def enter(record: Any) -> int:
    """Enter the paper of a summons or of a reception; how many. The register learns the case, and of nobody a name."""
    if record.voided_at is not None or not is_ours(record):
        return 0
    code, written = WRITTEN[type(record)]
    paper, case = written(record), record.case
    about = f"Triệu tập {SERVING[case.type]}" if isinstance(record, Summons) else paper.abstract
    day = record.summoned_on if isinstance(record, Summons) else record.held_on
    commune: Unit = issuers.commune_on(case.commune, day)
    facts = actions.Facts(
        force_on(commune, (UnitKind.POLICE,), day), code, f"{about} (hồ sơ {case.number})", symbol=paper.symbol,
        signers=in_lines(paper.signature, *(Signature(one.lines) for one in paper.beside)),
        authority=" ".join(paper.signature.lines), drafted_on=day,
    )  # fmt: skip
    actions.register(facts, subject=record, case_id=case.id)
    return 1


def _missing(record: type[Any], code: str) -> Callable[[], Iterable[int]]:
    def found() -> Iterable[int]:
        lacking = select(record).where(record.voided_at.is_(None), never_entered(record, code))
        return [one.id for one in db.session.scalars(lacking.order_by(record.id)).unique() if is_ours(one)]

    return found


SUMMONS_PAPERS = Papers(Summons, _missing(Summons, SUMMONS), enter)
MINUTES_PAPERS = Papers(Reception, _missing(Reception, MINUTES), enter)
