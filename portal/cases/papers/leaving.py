"""Papers of those who leave: the minutes of a file that is handed over, and the report of a death to the agency.

The register learns that there are such papers and of which day, and nothing of whom they are about.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import select

from portal.cases.models import Case, Death, FileHandover, Receiver
from portal.cases.papers import texts
from portal.cases.papers.called import introduced, lowered, named, punctuated
from portal.documents import actions, issuers
from portal.documents.models import OfficialDocument
from portal.documents.numbers import symbol_of
from portal.documents.paper import Basis, Clause, Paper, Signature, in_lines
from portal.documents.queries import document_of, never_entered
from portal.documents.signature import OFFICES, signature
from portal.documents.signature import named as ranked
from portal.documents.wording import cited, short_day, written_day
from portal.engine import clock
from portal.engine.area import Papers
from portal.engine.db import Kept, db
from portal.engine.text import as_on_paper
from portal.law import approval
from portal.law.rule import ACT_2025, DECREE, NEW_ACT, OLD_ACT
from portal.organisation.models import Unit, User
from portal.organisation.queries import police_on
from portal.wordings.blocks import Said
from portal.wordings.queries import words

MINUTES, REPORT = "BB", "BC"
WHY = {
    Receiver.AGENCY: "Bàn giao hồ sơ giám sát, giáo dục trước khi hết thời hạn chấp hành án",
    Receiver.COMMUNE: "Bàn giao hồ sơ của người thay đổi nơi cư trú",
}
DIED = "Về việc người chấp hành án chết"
DOTS = "……………"


def file_items(case: Case) -> list[str]:
    """What the portal knows to be in the file, as a line each of the minutes; the officer adds what lies on paper."""
    with as_on_paper():
        return [*_papers(case), *_counted(case)]


def _papers(case: Case) -> Iterator[str]:
    if case.judgment_number:
        yield f"Bản án, quyết định số {case.judgment_number}"
    yield "Quyết định thi hành án"
    if case.reception_on:
        yield f"Bản cam kết, biên bản tiếp nhận ngày {short_day(case.reception_on)}"
    for one in case.proposals:
        if one.document is not None and one.document.issued:
            dated = f" ngày {short_day(one.document.dated_on)}" if one.document.dated_on else ""
            yield f"{one.document.abstract} (số {one.document.number}{dated})"


def _counted(case: Case) -> Iterator[str]:
    """Papers of one kind together, by how many there are."""
    kinds: Sequence[tuple[str, Iterable[Any]]] = (
        ("Bản tự nhận xét, báo cáo tình hình chấp hành nghĩa vụ", (one for one in case.check_ins if one.counts)),
        ("Bản nhận xét hằng tháng", (one for one in case.assessments if one.counts)),
        ("Biên bản vi phạm nghĩa vụ",
         (one for one in case.violations if one.voided_at is None and not one.only_reminded)),
        ("Quyết định của Tòa án rút ngắn, giảm thời hạn", (one for one in case.term_changes if one.counts)),
        ("Báo cáo của người được phân công giúp đỡ", (one for one in case.helper_reports if one.voided_at is None)),
    )  # fmt: skip
    for name, found in kinds:
        if count := len(list(found)):
            yield f"{name}: {count:02d} bản"


def minutes(handover: FileHandover, entry: OfficialDocument | None = None, tried: Said | None = None) -> Paper:
    """Drawn by the police of the commune, which gives the file; who receives it signs beside."""
    case, unit = handover.case, unit_of(handover)
    day = (entry.dated_on if entry else None) or handover.handed_on
    commune = issuers.commune_on(case.commune, day)
    giver = case.owner
    texts_of = texts.HANDOVER_TO_AGENCY if handover.to == Receiver.AGENCY else texts.HANDOVER_TO_COMMUNE
    say = words(texts_of, handover, handover.created_at, tried)
    return Paper(
        issuer=issuers.police(commune, day), symbol=symbol_of(unit, MINUTES), number=entry.number if entry else "",
        day=day, name="BIÊN BẢN", abstract=WHY[handover.to], bases=(), text=[*_told(handover, commune, giver, say)],
        recipients=(handover.receiver, "Lưu: HS"),
        signature=Signature(("ĐẠI DIỆN BÊN GIAO",), ranked(giver.full_name, giver.title)),
        beside=(Signature(("ĐẠI DIỆN BÊN NHẬN",)),),
    )  # fmt: skip


def _told(handover: FileHandover, commune: Unit, giver: User, say: Said) -> Iterator[Clause]:
    lines = handover.lines
    yield Clause(say("begun", day=written_day(handover.handed_on), commune=commune.name))
    yield Clause(f"Công an {commune.name}, đại diện là {giver.with_title}.", "Bên giao:")
    received_by = handover.received_by.rstrip(" .") or DOTS
    yield Clause(f"{handover.receiver.rstrip(' .')}, đại diện là {received_by}.", "Bên nhận:")
    yield Clause(say("handed", person=introduced(handover.case, commune), count=f"{len(lines):02d}"))
    yield from (Clause(line, str(number)) for number, line in enumerate(punctuated(lines), start=1))
    yield Clause(say("onward", name=named(handover.case)))
    if handover.note:
        yield Clause(f"{handover.note.rstrip(' .')}.", "Ghi chú:")
    yield Clause(say("copies"))


def report(death: Death, entry: OfficialDocument | None = None, tried: Said | None = None) -> Paper:
    """The report of a death to the agency that enforces judgments, which tells the court."""
    case = death.case
    day = (entry.dated_on if entry else None) or death.reported_on or clock.today()
    commune = issuers.commune_on(case.commune, day)
    agency = issuers.competent_agency(commune, day)
    say = words(texts.DEATH, death, death.created_at, tried)
    text = (
        say(
            "told", commune=commune.name, person=introduced(case, commune), starts_on=short_day(case.starts_on),
            died_on=short_day(death.died_on), paper=lowered(death.paper.rstrip(" .")),
        ),
        say("enclosed"),
        say("asked", commune=commune.name, agency=agency),
    )  # fmt: skip
    return Paper(
        issuer=issuers.police(commune, day), symbol=f"{REPORT}-{issuers.police_sign(commune)}",
        number=entry.number if entry else "", day=day, name="BÁO CÁO", abstract=DIED,
        bases=_bases(death), text=[Clause(one) for one in text],
        recipients=("Như trên", f"UBND {commune.name}", "Lưu: VT, HS"), addressees=(agency,),
        signature=signature(OFFICES[approval.CHIEF](issuers.kind_of(commune))),
    )  # fmt: skip


def _bases(death: Death) -> list[Basis]:
    sources = (NEW_ACT, DECREE) if death.known_on >= ACT_2025 else (OLD_ACT,)
    return [Basis(f"Căn cứ {cited(one)}", one) for one in sources]


# ── the register ────────────────────────────────────────────────────────────────────────────────────────────────────
def unit_of(record: FileHandover | Death) -> Unit:
    """The police of the commune whose register keeps the paper; the commune itself, where it has none."""
    day = record.handed_on if isinstance(record, FileHandover) else record.known_on
    return police_on(record.commune_id, day) or record.case.commune


def written(record: FileHandover | Death) -> Paper:
    """The paper of a record, with its number once it has one."""
    if isinstance(record, FileHandover):
        return minutes(record, document_of(record, MINUTES))
    return report(record, document_of(record, REPORT))


def enter(record: FileHandover | Death) -> int:
    """Enter the paper in the register, where it waits to be signed; twice is as good as once."""
    code = MINUTES if isinstance(record, FileHandover) else REPORT
    paper = written(record)
    signers = in_lines(paper.signature, *paper.beside)
    drafted_on = record.handed_on if isinstance(record, FileHandover) else record.known_on
    facts = actions.Facts(
        unit_of(record), code, paper.abstract, symbol=paper.symbol, signers=signers,
        recipients="; ".join(paper.addressees), drafted_on=drafted_on,
    )  # fmt: skip
    actions.register(facts, subject=record, case_id=record.case_id)
    return 1


def enter_papers(deeds: Sequence[tuple[str, Kept]]) -> None:
    """After a transaction's deeds: what was handed over, and the report of a death, wait for their signatures."""
    for _deed, record in dict.fromkeys(deeds):
        if isinstance(record, FileHandover | Death) and record.counts:
            enter(record)


def _lacking(model: Any, code: str) -> Iterable[int]:
    asked = select(model.id).where(model.voided_at.is_(None), never_entered(model, code))
    return db.session.scalars(asked.order_by(model.id))


PAPERS = (
    Papers(FileHandover, lambda: _lacking(FileHandover, MINUTES), enter),
    Papers(Death, lambda: _lacking(Death, REPORT), enter),
)
