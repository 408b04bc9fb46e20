"""The minutes of a hand-over (BB): who gave what to whom, what waits for an answer, what stays and why.

Minutes of this kind have no form of their own in law; head, abstract and signatures follow NĐ 30/2020/NĐ-CP.
"""

from collections.abc import Iterator, Sequence

from portal.documents import issuers
from portal.documents.models import OfficialDocument
from portal.documents.numbers import symbol_of
from portal.documents.paper import Clause, Paper, Signature
from portal.documents.signature import OFFICES, named, signature
from portal.documents.wording import written_day
from portal.engine.text import as_on_paper
from portal.organisation.models import RoleGrant, UnitKind, User
from portal.organisation.queries import force_of
from portal.workload.models import MINUTES, Outcome, WorkHandover
from portal.workload.presenters.handing import Kind, lines_of, names

ABSTRACT = "Bàn giao công việc"
HEADS = {UnitKind.MILITARY: "CHỈ HUY TRƯỞNG", UnitKind.BORDER_POST: "ĐỒN TRƯỞNG"}
PARTS = {
    Outcome.ASKED: "Công việc đề nghị bên nhận tiếp nhận, chờ bên nhận trả lời",
    Outcome.PASSED: "Công việc đã chuyển cho bên nhận",
    Outcome.FOLLOWS: "Việc phải làm đi theo hồ sơ, tự chuyển khi bên nhận tiếp nhận hồ sơ",
    Outcome.STAYS: "Công việc không bàn giao, lý do và cách giải quyết",
}
ROMAN = ("I", "II", "III", "IV")
LEFT = "đã thôi nhiệm vụ, không ký biên bản"
COPIES = "Biên bản được lập theo dữ liệu đang lưu, các bên đã xem lại, thống nhất nội dung và cùng ký tên"


def written(handover: WorkHandover, entry: OfficialDocument | None = None) -> Paper:
    """The force of whoever had it done issues it; giver and successor sign beside, the giver where they still serve."""
    unit, day = handover.unit, (entry.dated_on if entry else None) or handover.on
    giver = () if handover.giver_left else (_party("BÊN GIAO", handover.giver),)
    with as_on_paper():
        text = list(_text(handover))
    return Paper(
        issuer=issuers.force(unit, issuers.commune_on(unit.commune or unit, day), day),
        symbol=symbol_of(unit, MINUTES), number=entry.number if entry else "", day=day, name="BIÊN BẢN",
        abstract=ABSTRACT, bases=(), text=text, recipients=("Bên giao", "Bên nhận", "Lưu: VT"),
        signature=head_of(handover), beside=(*giver, _party("BÊN NHẬN", handover.taker)),
    )  # fmt: skip


def _party(side: str, user: User) -> Signature:
    return Signature((side,), named(user.full_name, user.title))


def head_of(handover: WorkHandover) -> Signature:
    """Whoever had it done, by the office in which they did."""
    author, kind = handover.author, issuers.kind_of(handover.unit.commune or handover.unit)
    grant = _grant(author, handover) if author else None
    if author and grant and grant.role in OFFICES:
        capacity = (grant.capacity or ("KT" if grant.on_behalf_of_id else "")).rstrip(".").upper()
        return signature(OFFICES[grant.role](kind), capacity, author.title, author.full_name)
    name = named(author.full_name, author.title) if author else ""
    return Signature((HEADS.get(handover.unit.kind, "NGƯỜI CHỦ TRÌ"),), name)


def _grant(author: User, handover: WorkHandover) -> RoleGrant | None:
    """The grant in the force whose register keeps the minutes, as it was held when the work was handed over."""
    held = [one for one in author.grants if one.held_at(handover.created_at)]
    in_force = [one for one in held if force_of(one).heir_id == handover.unit.heir_id]
    return next((one for one in in_force if one.role in OFFICES), next(iter(in_force), None))


def _text(handover: WorkHandover) -> Iterator[Clause]:
    author = handover.author
    yield Clause(f"Hôm nay, {written_day(handover.on)}, tại {handover.unit.name}, các bên gồm:")
    if author is not None:
        yield Clause(f"{author.with_title}.", "Người chủ trì:")
    gone = f"; {LEFT}" if handover.giver_left else ""
    yield Clause(f"{handover.giver.with_title}{gone}.", "Bên giao:")
    yield Clause(f"{handover.taker.with_title}.", "Bên nhận:")
    yield Clause(f"{handover.reason.rstrip(' .')}.", "Lý do bàn giao:")
    parts = {outcome: [one for one in lines_of(handover) if one.outcome == outcome] for outcome in Outcome}
    filled = [(outcome, some) for outcome, some in parts.items() if some]
    for number, (outcome, some) in zip(ROMAN, filled, strict=False):
        yield from _part(number, outcome, some)
    yield Clause(f"{COPIES}.")


def _part(number: str, outcome: Outcome, some: Sequence[Kind]) -> Iterator[Clause]:
    count = sum(kind.count for kind in some)
    yield Clause("", f"{number}. {PARTS[outcome]} ({count:02d})")
    for place, kind in enumerate(some, start=1):
        why = f" {kind.goes}" if outcome == Outcome.STAYS and not all(one.why for one in kind.things) else ""
        yield Clause(f"{names(kind.things)}.{why}", f"{place}. {kind.label} ({kind.count:02d}):")
