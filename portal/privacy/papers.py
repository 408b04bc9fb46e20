"""The papers for the person: the answer to a request (TB), and the extract of what is kept. Layout by NĐ 30/2020/NĐ-CP.

No form of the law was read for either; the wording is the portal's own. The register keeps no name of them.
"""

from collections.abc import Iterator, Sequence

from portal.documents import actions, issuers
from portal.documents.models import OfficialDocument
from portal.documents.numbers import symbol_of
from portal.documents.paper import Basis, Clause, Paper, Signature, in_lines
from portal.documents.queries import force_on
from portal.documents.signature import IN_OWN_NAME, signature
from portal.documents.wording import cited, short_day, written_day
from portal.engine import clock
from portal.engine.db import Kept, db
from portal.engine.text import as_on_paper
from portal.engine.workflow import steps_of
from portal.law import approval
from portal.organisation.models import Unit, UnitKind
from portal.people.models import ASKED_ABOUT_NAMES, Asker, PersonRequest
from portal.privacy.extract import Extract, extract

NOTICE = "TB"
COMPLAIN = (
    "Nếu không đồng ý với nội dung trả lời, ông (bà) có quyền khiếu nại theo quy định của pháp luật về khiếu nại hoặc "
    "kiến nghị với Viện kiểm sát nhân dân có thẩm quyền"
)


def abstract(request: PersonRequest) -> str:
    """What it is about; nothing of anybody, since the register keeps it."""
    if request.is_correction:
        return "Trả lời yêu cầu chỉnh sửa dữ liệu cá nhân"
    return "Trả lời yêu cầu cung cấp dữ liệu cá nhân"


def police_of(request: PersonRequest) -> Unit:
    """The force that keeps the paper: the commune's police of today."""
    return force_on(_commune(request).heir or _commune(request), (UnitKind.POLICE,), clock.today())


def _commune(request: PersonRequest) -> Unit:
    return db.session.get_one(Unit, request.commune_id)


def answer_paper(request: PersonRequest, entry: OfficialDocument | None = None) -> Paper:
    """The notice to the person: what was asked, what came of it, and where to complain."""
    day = (entry.dated_on if entry else None) or request.answered_on or clock.today()
    commune = issuers.commune_on(_commune(request), day)
    unit = police_of(request)
    with as_on_paper():
        text = list(_answer(request))
    return Paper(
        issuer=issuers.police(commune, day), symbol=symbol_of(unit, NOTICE), number=entry.number if entry else "",
        day=day, name="THÔNG BÁO", abstract=abstract(request), bases=_bases(request), text=text,
        recipients=("Như trên", "Lưu: VT"), addressees=(_to(request),), signature=_signed(request, commune),
    )  # fmt: skip


def _bases(request: PersonRequest) -> list[Basis]:
    """Each act of the source by itself; whether somebody read it is flagged on the page."""
    acts = request.source.split("; ")
    return [Basis(f"Căn cứ {cited(act) or act}", act, request.confirmed) for act in acts]


def _to(request: PersonRequest) -> str:
    return f"Ông (bà) {request.person.full_name if request.asker == Asker.SELF else request.asker_name}"


def _signed(request: PersonRequest, commune: Unit) -> Signature:
    """The chief, or whoever answered in the chief's place, by the capacity in which they did."""
    user, office = request.answered_by, IN_OWN_NAME[approval.CHIEF](issuers.kind_of(commune))
    said = next((one for one in steps_of(request) if one.name in ("answer", "refuse")), None)
    capacity = said.capacity.rstrip(".").upper() if said else ""
    return signature(office, capacity, user.title if user else "", user.full_name if user else "")


def _answer(request: PersonRequest) -> Iterator[Clause]:
    asked = f"Ngày {short_day(request.asked_on)}, Công an đã tiếp nhận yêu cầu số {request.number}"
    if request.is_correction:
        about = str(ASKED_ABOUT_NAMES[request.about]).lower() if request.about else ""
        yield Clause(f"{asked} về việc chỉnh sửa dữ liệu cá nhân đang lưu giữ: {about}.")
        yield Clause(request.wrong, "Nội dung yêu cầu: ")
        head = "Kết quả chỉnh sửa: " if request.state != "refused" else "Không chỉnh sửa, lý do: "
        yield Clause(request.answer or "…", head)
    elif request.state == "refused":
        yield Clause(f"{asked} về việc cung cấp dữ liệu cá nhân đang lưu giữ.")
        yield Clause(request.answer or "…", "Không cung cấp, lý do: ")
    else:
        yield Clause(f"{asked} về việc cung cấp dữ liệu cá nhân đang lưu giữ.")
        yield Clause(f"Trích sao dữ liệu được gửi kèm thông báo này: {request.copies or 1:02d} bản.")
    yield Clause(COMPLAIN)


def extract_paper(request: PersonRequest, *, whole: bool = True) -> Paper:
    """All that is kept of the person, with who looked and what is held back; so many copies, each with its number."""
    day = clock.today()
    commune = issuers.commune_on(_commune(request), day)
    with as_on_paper():
        found = extract(request, whole=whole)
        text = list(_told(found))
    return Paper(
        issuer=issuers.police(commune, day), symbol="", number="", day=day, name="TRÍCH SAO DỮ LIỆU CÁ NHÂN",
        abstract=f"Kèm theo Thông báo trả lời yêu cầu số {request.number}", bases=(), text=text,
        recipients=(f"Ông (bà) {request.person.full_name}", f"Số bản: {request.copies or 1:02d}"),
        signature=_signed(request, commune),
    )  # fmt: skip


LOOKS_COUNTED = (
    "Được tính: mỗi lần mở, in, tải về hoặc mang theo một trang về người này hay hồ sơ của người này, mỗi lần xem "
    "số được che sau khi nêu lý do, kể cả để trả lời yêu cầu này; không tính lần có tên trong danh sách, lần tìm kiếm "
    "và lần bị từ chối"
)
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI")


def _told(found: Extract) -> Iterator[Clause]:
    heads: list[tuple[str, Sequence[str]]] = [(one.title, one.lines) for one in found.parts]
    looks = [
        f"{one.office}: {one.times} lần, từ ngày {short_day(one.first)} đến ngày {short_day(one.last)}"
        for one in found.looks
    ]
    heads.append(("Cơ quan, chức vụ đã xem dữ liệu", [*looks, LOOKS_COUNTED] if looks else ["Chưa có ai xem."]))
    heads.append(("Nội dung không cung cấp và lý do", [f"{one.what}: {one.why}" for one in found.withheld]))
    for number, (title, lines) in zip(ROMAN, heads, strict=False):
        yield Clause("", f"{number}. {title}")
        for line in lines:
            yield Clause(f"- {line.rstrip(' .')}.")
    yield Clause(f"Dữ liệu được trích sao {written_day(clock.today())}")


# ── the register ────────────────────────────────────────────────────────────────────────────────────────────────────
def enter_answers(deeds: Sequence[tuple[str, Kept]]) -> None:
    """After an answer or a refusal: its paper waits for its number and its scan."""
    for deed, record in dict.fromkeys(deeds):
        if deed in ("answer", "refuse") and isinstance(record, PersonRequest):
            enter(record)


def enter(request: PersonRequest) -> int:
    """Enter the answer to one; how many."""
    paper = answer_paper(request)
    facts = actions.Facts(
        police_of(request), NOTICE, f"{paper.abstract} ({request.number})", signers=in_lines(paper.signature),
        authority=" ".join(paper.signature.lines), drafted_on=request.answered_on,
    )  # fmt: skip
    actions.register(facts, subject=request)
    return 1
