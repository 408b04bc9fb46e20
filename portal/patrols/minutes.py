"""The minutes of a patrol as a paper: what the log that stands says, to be signed by each force."""

import re

from portal.documents import issuers
from portal.documents.models import OfficialDocument
from portal.documents.numbers import symbol_of
from portal.documents.paper import Clause, Paper, Signature
from portal.documents.signature import named
from portal.documents.wording import short_day, written_day
from portal.engine import clock
from portal.organisation.models import Unit, User
from portal.patrols.models import Patrol, PatrolKind, PatrolLog
from portal.patrols.models.patrol import MINUTES
from portal.patrols.workflow import STANDING

ABSTRACTS = {
    PatrolKind.ORDER: "Về việc tuần tra, kiểm soát bảo đảm an ninh, trật tự",
    PatrolKind.BORDER: "Về việc tuần tra đường biên, mốc quốc giới",
}


DRAFT = "DỰ THẢO – chưa đủ các lực lượng xác nhận: không được ký"


def written(patrol: Patrol, log: PatrolLog, entry: OfficialDocument | None = None) -> Paper:
    """The force that wrote the log issues and signs it; the others sign beside it.

    Number and day are those of its *entry* in the register, once they stand there.
    """
    unit = log.logged_for
    day = (entry.dated_on if entry else None) or clock.day_of(log.logged_at)
    others = [force for force in patrol.signing if force.unit_id != unit.id]
    return Paper(
        issuer=issuers.force(unit, issuers.commune_on(unit.commune or unit, day), day),
        symbol=symbol_of(unit, MINUTES), number=entry.number if entry else "", day=day, name="BIÊN BẢN",
        abstract=f"{ABSTRACTS[patrol.kind]} ngày {short_day(patrol.day)}", bases=(), text=_text(log),
        recipients=[*(force.unit.title for force in others), "Lưu: VT"],
        signature=_signature(unit, _named(log.logged_by)),
        beside=tuple(_signature(force.unit, _signer(log, force.unit_id)) for force in others),
        warning="" if patrol.state in STANDING else DRAFT,
    )  # fmt: skip


def _signature(unit: Unit, name: str) -> Signature:
    return Signature((f"ĐẠI DIỆN {unit.name.upper()}",), name)


def _named(user: User) -> str:
    return named(user.full_name, user.title)


def _signer(log: PatrolLog, unit_id: int) -> str:
    return next((_named(one.by) for one in log.signatures if one.unit_id == unit_id and not one.reason), "")


def _text(log: PatrolLog) -> list[Clause]:
    """When, who was there, what was done and what came of it, numbered; nothing of how it was planned."""
    told = (
        ("Thời gian", _span(log)),
        ("Thành phần", "; ".join(_people(line) for line in log.forces.splitlines())),
        ("Phụ trách chung", log.leader),
        ("Phương tiện", log.means),
        ("Các điểm đã qua", "; ".join(log.stops.splitlines())),
        ("Các điểm không đến", "; ".join(stop.name for stop in log.patrol.ahead)),
        ("Số vi phạm phát hiện", f"{log.violations_found:02d}. {log.conclusion}".strip()),
        ("Kiến nghị", log.recommendation),
    )
    there = (f"{name}: {text.rstrip(' .')}." for name, text in told if text)
    closing = "Biên bản đã được đọc lại cho các lực lượng cùng nghe, thống nhất nội dung và ký xác nhận"
    return [*(Clause(text, str(number)) for number, text in enumerate(there, start=1)), Clause(closing)]


def _span(log: PatrolLog) -> str:
    """From when to when; the day is said once where both are on it."""
    begins, ends = (at.astimezone(clock.VIETNAM) for at in (log.started_at, log.ended_at))
    first, last = written_day(begins.date()), written_day(ends.date())
    begun = f"từ {begins:%H giờ %M phút}" + ("" if first == last else f", {first}")
    return f"{begun} đến {ends:%H giờ %M phút}, {last}"


def _people(line: str) -> str:
    """A force as the log has it, its head-count as officials write numbers: "Công an xã Bờ Y: 03 đồng chí, A Nhuin"."""
    return re.sub(r": (\d+)(?=$|,| \()", lambda found: f": {_comrades(int(found[1]))}", line, count=1)


def _comrades(count: int) -> str:
    return f"{count:02d} đồng chí" if count else "không tham gia"
