"""The papers of a breach: its minutes, the written warning, the minutes of a review. They are signed by hand.

The register learns that there is such a paper and of which day, and nothing of whom it is about.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, time
from typing import Any

from portal.cases.models import ReviewMeeting, Violation, WrittenWarning
from portal.cases.papers import texts
from portal.cases.papers.called import SERVING, capital, introduced, named, punctuated
from portal.documents import actions, issuers
from portal.documents.models import OfficialDocument
from portal.documents.numbers import COMMITTEE
from portal.documents.paper import Clause, Issuer, Paper, Signature, in_lines
from portal.documents.queries import force_on
from portal.documents.signature import OFFICES, signature
from portal.documents.signature import named as signed_name
from portal.documents.wording import written_day
from portal.engine.db import Kept, db
from portal.engine.workflow import steps_of, taken_at
from portal.organisation.models import Unit, UnitKind, User
from portal.wordings.blocks import Said
from portal.wordings.queries import words

DOTS = "……"  # to be filled in by hand
MINUTES, NOTICE = "BB", "TB"
CHIEF, CHAIR = "police_chief", "commune_leader"
ISSUERS: Mapping[str, Callable[[Unit, date], Issuer]] = {CHAIR: issuers.committee, CHIEF: issuers.police}
KEEPERS = {CHAIR: (UnitKind.COMMITTEE,), CHIEF: (UnitKind.POLICE,)}
Of = Violation | WrittenWarning | ReviewMeeting


def written(record: Of, tried: Said | None = None) -> Paper:
    """The paper of a breach, a warning or a review; number and day are those of its entry in the register."""
    if isinstance(record, Violation):
        return _minutes_of_breach(record, words(texts.BREACH, record, record.created_at, tried))
    if isinstance(record, WrittenWarning):
        return _warning(record, words(texts.WARNING, record, taken_at(record, "sign"), tried))
    return _minutes_of_review(record, words(texts.REVIEW, record, taken_at(record, "hold", "hold_without"), tried))


# ── the minutes of a breach ─────────────────────────────────────────────────────────────────────────────────────────
def _minutes_of_breach(breach: Violation, say: Said) -> Paper:
    case = breach.case
    day = _day(breach.document, breach.recorded_on)
    commune = issuers.commune_on(case.commune, day)
    author = db.session.get(User, breach.created_by_id) if breach.created_by_id else None
    when = f"{_hour(breach.happened_at)}{written_day(breach.occurred_on)}"
    lines = (
        f"Thời gian lập biên bản: {DOTS} giờ {DOTS} phút, {written_day(breach.recorded_on)}; tại {DOTS * 4}",
        f"Người lập biên bản: {author.with_title if author else DOTS * 4}, Công an {commune.name}",
        f"Người vi phạm: {introduced(case, commune)}",
        f"Người chứng kiến: {breach.witness or DOTS * 4}",
        say("deed", when=when, place=breach.location or DOTS * 3, deed=breach.text.rstrip(" .")),
        say("duty", duty=breach.duty.rstrip(" .") or DOTS * 4),
        say("statement", statement=breach.statement.rstrip(" .") or DOTS * 4),
    )
    return _paper(
        CHIEF, case, day, breach.document, MINUTES, "BIÊN BẢN",
        f"Về việc {SERVING[case.type]} vi phạm nghĩa vụ",
        [*_numbered(lines), Clause(say("closing", person="người vi phạm", keeper=f"Công an {commune.name}"))],
        ("Người vi phạm", "Lưu: HS"),
        Signature(("NGƯỜI LẬP BIÊN BẢN",), signed_name(author.full_name, author.title) if author else ""),
        beside=(Signature(("NGƯỜI VI PHẠM",)), Signature(("NGƯỜI CHỨNG KIẾN",))),
    )  # fmt: skip


def _hour(at: time | None) -> str:
    return f"{at:%H} giờ {at:%M} phút, " if at else ""


def _numbered(lines: Iterable[str]) -> list[Clause]:
    return [Clause(f"{one.rstrip(' .')}.", str(number)) for number, one in enumerate(lines, start=1)]


# ── the written warning ─────────────────────────────────────────────────────────────────────────────────────────────
def _warning(warning: WrittenWarning, say: Said) -> Paper:
    case, breach = warning.case, warning.violation
    day = _day(warning.document, warning.signed_on or warning.written_on)
    commune = issuers.commune_on(case.commune, day)
    person, role = named(case), _signed_as(warning)
    recorded_on, duty = capital(written_day(breach.recorded_on)), breach.duty.rstrip(" .")
    recorded_by = issuers.commune_on(breach.case.commune, day)  # perhaps another, before the file came here
    text = [
        say(
            "recorded", day=recorded_on, commune=recorded_by.name, person=introduced(case, commune),
            duty=f": {duty}" if duty else "",
        ),
        say("warned", commune=commune.name, name=person, text=warning.text.rstrip(" .")),
        say("else", name=person),
    ]  # fmt: skip
    return _paper(
        role, case, day, warning.document, NOTICE, "THÔNG BÁO",
        f"Về việc nhắc nhở {SERVING[case.type]} vi phạm nghĩa vụ", [Clause(one) for one in text],
        ("Như trên", "Lưu: VT, HS"), _signature(warning, commune, role), addressees=(capital(person),),
    )  # fmt: skip


def _signed_as(warning: WrittenWarning) -> str:
    step = next((one for one in steps_of(warning) if one.name == "sign"), None)
    return step.role if step and step.role in ISSUERS else CHIEF


def _signature(warning: WrittenWarning, commune: Unit, role: str) -> Signature:
    """The lines of the office; with the name of whoever signed it, once somebody has."""
    office = OFFICES[role](issuers.kind_of(commune))
    step = next((one for one in steps_of(warning) if one.name == "sign"), None)
    user = db.session.get(User, step.by_id) if step and step.by_id else None
    if step is None or user is None:
        return signature(office)
    capacity = step.capacity.rstrip(".").upper() or ("KT" if step.on_behalf_of_id else "")
    return signature(office, capacity, user.title, user.full_name)


# ── the minutes of a review ─────────────────────────────────────────────────────────────────────────────────────────
def _minutes_of_review(review: ReviewMeeting, say: Said) -> Paper:
    case = review.case
    day = _day(review.document, review.held_on or review.planned_on)
    commune = issuers.commune_on(case.commune, day)
    return _paper(
        review.organiser, case, day, review.document, MINUTES, "BIÊN BẢN",
        f"Về việc kiểm điểm {SERVING[case.type]}", [*_of_review(review, commune, say)],
        (*_told_of_review(review, commune), "Lưu: HS"), Signature(("NGƯỜI CHỦ TRÌ",)),
        beside=(Signature(("THƯ KÝ",)), *(() if review.state == "held_without" else [Signature((UNDER_REVIEW,))])),
    )  # fmt: skip


UNDER_REVIEW = "NGƯỜI ĐƯỢC KIỂM ĐIỂM"


def _told_of_review(review: ReviewMeeting, commune: Unit) -> Sequence[str]:
    """The decree of 2026 has the minutes reported to the agency of the province."""
    if review.organiser != CHIEF:
        return (f"Công an {commune.name}",)
    return (issuers.competent_agency(commune, review.held_on or review.planned_on),)


def _of_review(review: ReviewMeeting, commune: Unit, say: Said) -> Iterator[Clause]:
    case, on = review.case, review.held_on or review.planned_on
    yield Clause(f"Thời gian bắt đầu: {_hour(review.planned_at) or f'{DOTS} giờ {DOTS} phút, '}{written_day(on)}.", "1")
    yield Clause(f"Địa điểm: {review.location.rstrip(' .')}.", "2")
    yield Clause("Thành phần tham dự:", "3")
    there = (f"- {one.strip(' .-;')}" for one in (review.attendees or DOTS * 4).splitlines() if one.strip())
    yield from (Clause(one) for one in punctuated(there))
    yield Clause(f"Người được kiểm điểm: {introduced(case, commune)}.", "4")
    if review.state == "held_without":
        yield Clause(f"{capital(named(case))} vắng mặt. {review.absence_reason.rstrip(' .')}.")
    if review.put_off_from:
        before = written_day(review.put_off_from)
        yield Clause(f"Buổi kiểm điểm dự kiến {before} đã hoãn một lần vì có lý do chính đáng.")
    yield Clause(say("subject", paper_day=written_day(review.paper_on)), "5")
    yield Clause("Ý kiến phát biểu:", "6")
    yield from (Clause(one.strip()) for one in (review.statements or DOTS * 4).splitlines() if one.strip())
    yield Clause("Kết luận:", "7")
    yield from (Clause(one.strip()) for one in (review.conclusion or DOTS * 4).splitlines() if one.strip())
    yield Clause(say("ended", time=f"{DOTS} giờ {DOTS} phút"))
    keeper = f"UBND {commune.name}" if review.organiser == CHAIR else f"Công an {commune.name}"
    yield Clause(say("closing", person="người được kiểm điểm", keeper=keeper))


# ── what they share, and the register ───────────────────────────────────────────────────────────────────────────────
def _day(entry: OfficialDocument | None, otherwise: date) -> date:
    return (entry.dated_on if entry else None) or otherwise


def _paper(
    role: str, case: Any, day: date, entry: OfficialDocument | None, code: str, name: str, abstract: str,
    text: Sequence[Clause], recipients: Sequence[str], signed: Signature, **more: Any,
) -> Paper:  # fmt: skip
    commune = issuers.commune_on(case.commune, day)
    body = issuers.police_sign(commune) if role == CHIEF else COMMITTEE
    return Paper(
        issuer=ISSUERS[role](commune, day), symbol=f"{code}-{body}", number=entry.number if entry else "", day=day,
        name=name, abstract=abstract, bases=(), text=text, recipients=recipients, signature=signed, **more,
    )  # fmt: skip


def enter(record: Of) -> OfficialDocument:
    """Enter the paper in the register of whoever issues it, where it waits to be signed; twice is as good as once."""
    paper = written(record)
    role = CHIEF if isinstance(record, Violation) else _role(record)
    day = paper.day or record.created_at.date()
    unit = force_on(issuers.commune_on(record.case.commune, day), KEEPERS[role], day)
    facts = actions.Facts(
        unit, paper.symbol.partition("-")[0], f"{paper.abstract} (hồ sơ {record.case.number})", symbol=paper.symbol,
        signers=in_lines(paper.signature, *paper.beside), authority=" ".join(paper.signature.lines),
        recipients="; ".join(paper.recipients), drafted_on=paper.day,
    )  # fmt: skip
    return actions.register(facts, subject=record, case_id=record.case_id)


def _role(record: WrittenWarning | ReviewMeeting) -> str:
    return record.organiser if isinstance(record, ReviewMeeting) else _signed_as(record)


def enter_papers(deeds: Sequence[tuple[str, Kept]]) -> None:
    """After a transaction's deeds: what was signed or held waits for its signatures in ink."""
    for deed, record in dict.fromkeys(deeds):
        if deed == "sign" and isinstance(record, WrittenWarning):
            enter(record)
        if deed in ("hold", "hold_without") and isinstance(record, ReviewMeeting):
            enter(record)
        if deed == "give" and isinstance(record, WrittenWarning) and record.document:
            actions.tell(record.document)
