"""The minutes of a patrol as a paper: what the log that stands says, to be signed by each force."""

from portal.documents.models import OfficialDocument
from portal.documents.numbers import symbol_of
from portal.documents.paper import Clause, Issuer, Paper, Signature
from portal.documents.signature import named
from portal.documents.wording import short_day, written_day
from portal.engine import clock
from portal.organisation.models import Unit, User
from portal.patrols.models import Patrol, PatrolKind, PatrolLog
from portal.patrols.models.patrol import local_day

ABSTRACTS = {
    PatrolKind.ORDER: "Về việc tuần tra, kiểm soát bảo đảm an ninh, trật tự",
    PatrolKind.BORDER: "Về việc tuần tra đường biên, mốc quốc giới",
}


CODE = "BB"


def written(patrol: Patrol, log: PatrolLog, entry: OfficialDocument | None = None) -> Paper:
    """The force that wrote the log issues and signs it; the others sign beside it.

    Number and day are those of its *entry* in the register, once they stand there.
    """
    unit = log.logged_for
    day = (entry.dated_on if entry else None) or local_day(log.logged_at)
    others = [force for force in patrol.signing if force.unit_id != unit.id]
    return Paper(
        issuer=_issuer(unit), symbol=symbol_of(unit, CODE), number=entry.number if entry else "", day=day,
        name="BIÊN BẢN", abstract=f"{ABSTRACTS[patrol.kind]} ngày {short_day(patrol.day)}", bases=(), text=_text(log),
        recipients=[*(force.unit.title for force in others), "Lưu: VT"],
        signature=Signature((f"ĐẠI DIỆN {unit.name.upper()}",), _named(log.logged_by)),
        beside=tuple(
            Signature((f"ĐẠI DIỆN {force.unit.name.upper()}",), _signer(log, force.unit_id)) for force in others
        ),
    )  # fmt: skip


def _named(user: User) -> str:
    return named(user.full_name, user.title)


def _issuer(unit: Unit) -> Issuer:
    commune = unit.commune
    return Issuer(unit.superior.upper(), (unit.name.upper(),), commune.short_name if commune else "")


def _signer(log: PatrolLog, unit_id: int) -> str:
    return next((_named(one.by) for one in log.signatures if one.unit_id == unit_id and not one.reason), "")


def _text(log: PatrolLog) -> list[Clause]:
    """What was done, by whom, and what came of it; nothing of how it was planned."""
    begins, ends = (at.astimezone(clock.VIETNAM) for at in (log.started_at, log.ended_at))
    text = [
        Clause(f"Thời gian: từ {begins:%H giờ %M phút}, {written_day(begins.date())} đến {ends:%H giờ %M phút}, "
               f"{written_day(ends.date())}."),
        Clause(f"Thành phần: {'; '.join(log.forces.splitlines())}."),
    ]  # fmt: skip
    if log.leader:
        text.append(Clause(f"Phụ trách chung: {log.leader}."))
    if log.means:
        text.append(Clause(f"Phương tiện: {log.means}."))
    if log.stops:
        text.append(Clause(f"Các điểm đã qua: {'; '.join(log.stops.splitlines())}."))
    text.append(Clause(f"Số vi phạm phát hiện: {log.violations_found:02d}. {log.conclusion}".strip()))
    if log.recommendation:
        text.append(Clause(f"Kiến nghị: {log.recommendation}"))
    return [*text, Clause("Biên bản được các lực lượng cùng thống nhất, ký xác nhận")]
