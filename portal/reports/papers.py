"""The paper of a report, in the layout of NĐ 30/2020/NĐ-CP."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from portal.documents import issuers, signature
from portal.documents.paper import Annex, Issuer, Paper, Passage, Piece, Signature
from portal.documents.signature import Office
from portal.organisation.models import Role, RoleGrant
from portal.organisation.queries import first_holders
from portal.reports.composing import text_of
from portal.reports.models import Body, Report
from portal.reports.wording import numbers, periods
from portal.reports.wording.runs import Paragraph, Run
from portal.reports.wording.told import Figures

CODE = "BC"
SYMBOLS = {Body.STEERING_COMMITTEE: "BC-BCĐ", Body.COMMITTEE: "BC-UBND", Body.POLICE: "BC-CAX"}
COMMITTEE_NAME = ("BAN CHỈ ĐẠO PHONG TRÀO", "TOÀN DÂN BẢO VỆ ANTQ")


@dataclass(frozen=True)
class Signer:
    """Who signs: by which role, with what power, and the name once there is one."""

    role: str
    capacity: str = ""
    title: str = ""
    name: str = ""


def paper(
    report: Report, told: Figures, *, number: str = "", day: date | None = None, signer: Signer | None = None
) -> Paper:
    """The whole paper; without number and day while it is a draft."""
    on = day or report.approved_on or report.last
    return Paper(
        issuer=issuer(report, on), symbol=SYMBOLS[report.kind.body], number=number, day=day, name="BÁO CÁO",
        abstract=abstract(report), bases=(), text=[_passage(one) for one in text_of(report, told)],
        recipients=report.kind.sent_to, addressees=report.kind.addressees,
        signature=signed(report, signer or who_signs(report), on), annex=_annex(report, told),
    )  # fmt: skip


def abstract(report: Report) -> str:
    """What it is about, on the paper: title and period; of a correction what it replaces."""
    told = f"{report.kind.title} {unbroken(periods.called(report.first, report.last))}"
    before = report.corrects
    if before is None or before.document is None or before.document.dated_on is None:
        return told
    return f"{told} (thay thế Báo cáo số {before.document.number} ngày {before.document.dated_on:%d/%m/%Y})"


def unbroken(period: str) -> str:
    """The year does not stand alone on the last line of a title."""
    return period.replace(" năm ", " năm\N{NO-BREAK SPACE}")


def issuer(report: Report, on: date) -> Issuer:
    commune = issuers.commune_on(report.commune, on)
    if report.kind.body == Body.POLICE:
        return issuers.police(commune, on)
    committee = issuers.committee(commune, on)
    if report.kind.body == Body.COMMITTEE:
        return committee
    return replace(committee, superior=" ".join(committee.name), name=COMMITTEE_NAME)


def who_signs(report: Report) -> Signer:
    """Whoever holds the office today, in person; nobody is named where nobody does."""
    grant = first_holders((report.kind.signer_role,), report.commune_id).get(report.kind.signer_role)
    return by_grant(grant) if grant else Signer(report.kind.signer_role)


def by_grant(grant: RoleGrant) -> Signer:
    capacity = grant.capacity or ("KT" if grant.on_behalf_of_id else "")
    return Signer(grant.role, capacity.rstrip(".").upper(), grant.user.title, grant.user.full_name)


def signed(report: Report, who: Signer, on: date) -> Signature:
    """The lines under it: TM. BAN CHỈ ĐẠO, TRƯỞNG BAN and the office of whoever leads it."""
    commune = issuers.commune_on(report.commune, on)
    kind = issuers.kind_of(commune)
    if report.kind.body != Body.STEERING_COMMITTEE:
        office = signature.OFFICES[who.role](kind)
        return signature.signature(office, who.capacity, who.title, who.name)
    lines = signature.signature(
        Office("TRƯỞNG BAN", "PHÓ TRƯỞNG BAN", "BAN CHỈ ĐẠO"), who.capacity, who.title, who.name
    )
    return Signature((*lines.lines, _office(who, kind)), lines.name)


def _office(who: Signer, kind: str) -> str:
    """The office beside that in the committee."""
    place = kind.upper()
    if who.role == Role.POLICE_CHIEF:
        return f"TRƯỞNG CÔNG AN {place}"
    return f"{'PHÓ CHỦ TỊCH' if who.capacity == 'KT' else 'CHỦ TỊCH'} UBND {place}"


def _passage(one: Paragraph) -> Passage:
    return Passage(_pieces(one.runs), heading=bool(one.level))


def _pieces(runs: Sequence[Run]) -> list[Piece]:
    return [Piece(run.text, run.bold, run.italic, _pieces(run.note)) for run in runs]


def _annex(report: Report, told: Figures) -> Annex | None:
    if not report.kind.table:
        return None
    rows = [[one.label, one.unit, _number(one.value), _number(one.previous_value)] for one in told]
    heads = ("Chỉ tiêu", "Đơn vị", "Trong kỳ", "Cùng kỳ năm trước")
    return Annex("PHỤ LỤC", f"Số liệu {periods.called(report.first, report.last)}", heads, rows)


def _number(value: Any) -> str:
    return "" if value is None else numbers.decimal(value) if isinstance(value, int | float) else str(value)
