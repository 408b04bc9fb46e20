"""What goes to the superior body after a round, in the layout of NĐ 30/2020: the classified list, or the roll-call."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import select

from portal.cases.actions.signing import covered
from portal.cases.models import RATING_NAMES, Assessment, Rating, RollCall, RoundKind, RoundSignature
from portal.cases.monthly_round import ROLL_CALL_CHAIN, signs_assessments
from portal.cases.papers import texts
from portal.cases.papers.called import lowered, punctuated
from portal.documents import actions, issuers
from portal.documents.paper import Basis, Clause, ListAnnex, Paper, in_lines
from portal.documents.queries import never_entered
from portal.documents.signature import IN_OWN_NAME
from portal.documents.signature import signature as signed_as
from portal.documents.wording import cited, written_month
from portal.engine import clock
from portal.engine.access import Actor
from portal.engine.area import Papers
from portal.engine.db import Kept, db
from portal.engine.text import as_on_paper
from portal.law import approval
from portal.people.presenter import called, is_named
from portal.wordings.blocks import Said
from portal.wordings.queries import words

CODE = "BC"
HEADS = ("TT", "Họ và tên", "Năm sinh", "Nơi cư trú", "Loại án")
WIDTHS = (11, 50, 18, 36, 28, 22)
WIDTHS_OF_CALL = (11, 46, 16, 34, 20, 38)
PRESENT, ABSENT = "Có mặt", "Vắng mặt"
ORDER = {rating: place for place, rating in enumerate(Rating)}


def has_list(signature: RoundSignature) -> bool:
    """Whether the law asks for a list: of what the chief signs, since 01/07/2026."""
    return signature.role == approval.CHIEF


def abstract(signature: RoundSignature) -> str:
    """What it is about; nothing of anybody, since the register keeps it."""
    month = written_month(signature.month.year, signature.month.month)
    if signature.kind == RoundKind.ROLL_CALL:
        return f"Kết quả điểm danh người chấp hành án hình sự tại cộng đồng {month}"
    return f"Kết quả nhận xét, phân loại người chấp hành án hình sự tại cộng đồng {month}"


def written(signature: RoundSignature, reader: Actor) -> Paper:
    """The paper with its list, each person as the reader may know them."""
    with as_on_paper():
        records = in_order(signature)
        rows = [[*_who(one, number, reader), *_outcome(one)] for number, one in enumerate(records, start=1)]
        return _written(signature, records, rows, words(texts.ROUND, signature, signature.signed_at))


def sample(signature: RoundSignature, records: Sequence[Any], tried: Said) -> Paper:
    """The same on invented data."""
    with as_on_paper():
        rows = [
            [str(number), one.case.person.full_name, "", "", *_outcome(one)] for number, one in enumerate(records, 1)
        ]
        return _written(signature, records, rows, tried)


def in_order(signature: RoundSignature) -> Sequence[Any]:
    """By rating, then by name; whoever was absent first."""
    found = covered(signature)
    if signature.kind == RoundKind.ROLL_CALL:
        return sorted(found, key=lambda call: call.present)
    return sorted(found, key=lambda one: ORDER.get(one.rating, len(ORDER)))


def _written(signature: RoundSignature, records: Sequence[Any], rows: Sequence[Sequence[str]], say: Said) -> Paper:
    day = clock.day_of(signature.signed_at)
    commune = issuers.commune_on(signature.commune, day)
    kind, document = issuers.kind_of(commune), signature.document
    user = signature.signed_by
    told = _of_calls(records) if signature.kind == RoundKind.ROLL_CALL else _of_ratings(records)
    about, count = lowered(abstract(signature)), f"{signature.count:02d}"
    opening = say("opening", commune=commune.name, about=about, count=count)
    return Paper(
        issuer=issuers.police(commune, day), symbol=f"{CODE}-{issuers.police_sign(commune)}",
        number=document.number if document else "", day=(document.dated_on if document else None) or day,
        name="BÁO CÁO", abstract=abstract(signature), bases=_bases(signature),
        text=[Clause(opening), *(Clause(one) for one in told), Clause(say("annex"))],
        recipients=("Như trên", "Lưu: VT, HS"),
        addressees=(issuers.competent_agency(commune, day), f"UBND {commune.name}"),
        signature=signed_as(IN_OWN_NAME[approval.CHIEF](kind), _capacity(signature), user.title, user.full_name),
        annex=_annex(signature, rows),
    )  # fmt: skip


def _capacity(signature: RoundSignature) -> str:
    return signature.capacity.rstrip(".").upper()


def _bases(signature: RoundSignature) -> list[Basis]:
    if signature.kind == RoundKind.ROLL_CALL:
        chain = approval.chain(ROLL_CALL_CHAIN, signature.month)
    else:
        chain = signs_assessments(signature.month, signature.commune_id)
    return [Basis(f"Căn cứ {cited(chain.source)}", chain.source, chain.confirmed)]


def _of_ratings(records: Iterable[Assessment]) -> list[str]:
    counts = Counter(one.rating for one in records)
    graded = [f"- {RATING_NAMES[rating]}: {counts[rating]:02d} người" for rating in Rating]
    return punctuated([*graded, *([f"- Không phân loại: {counts[None]:02d} người"] if counts[None] else [])])


def _of_calls(records: Iterable[RollCall]) -> list[str]:
    counts = Counter(one.present for one in records)
    return punctuated([f"- {PRESENT}: {counts[True]:02d} người", f"- {ABSENT}: {counts[False]:02d} người"])


def _annex(signature: RoundSignature, rows: Sequence[Sequence[str]]) -> ListAnnex:
    if signature.kind == RoundKind.ROLL_CALL:
        return ListAnnex("PHỤ LỤC", "DANH SÁCH ĐIỂM DANH", (*HEADS[:4], "Kết quả", "Lý do vắng"), rows, WIDTHS_OF_CALL)
    return ListAnnex("PHỤ LỤC", "DANH SÁCH PHÂN LOẠI", (*HEADS, "Phân loại"), rows, WIDTHS)


def _who(record: Any, number: int, reader: Actor) -> list[str]:
    person = record.case.person
    named = is_named(reader, person)
    village = person.village.name if named and person.village else ""
    return [str(number), called(reader, person), str(person.born or "") if named else "", village]


def _outcome(record: Any) -> list[str]:
    if isinstance(record, RollCall):
        return [PRESENT if record.present else ABSENT, "" if record.present else record.note]
    return [str(record.case.type_name), str(RATING_NAMES[record.rating]) if record.rating else ""]


# ── the register ────────────────────────────────────────────────────────────────────────────────────────────────────
def enter_lists(deeds: Sequence[tuple[str, Kept]]) -> None:
    """After a transaction's deeds: what a signature brought waits for its number and its scan."""
    for deed, record in dict.fromkeys(deeds):
        if deed == "sign_round" and isinstance(record, RoundSignature):
            enter(record)


def enter(signature: RoundSignature) -> int:
    """Enter the list of a signature, where the law asks for one; how many."""
    if not has_list(signature):
        return 0
    paper = written(signature, signature.signed_by)
    facts = actions.Facts(
        signature.unit, CODE, paper.abstract, symbol=paper.symbol, signers=in_lines(paper.signature),
        authority=" ".join(paper.signature.lines), recipients="; ".join(paper.addressees),
        drafted_on=clock.day_of(signature.signed_at),
    )  # fmt: skip
    actions.register(facts, subject=signature)
    return 1


def missing() -> Iterable[int]:
    """Signatures whose list the register lacks."""
    asked = select(RoundSignature.id).where(
        RoundSignature.role == approval.CHIEF, RoundSignature.voided_at.is_(None), never_entered(RoundSignature, CODE)
    )
    return db.session.scalars(asked.order_by(RoundSignature.id))


PAPERS = Papers(RoundSignature, missing, enter)
