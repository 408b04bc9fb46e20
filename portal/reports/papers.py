"""The paper of a report, in the layout of NĐ 30/2020/NĐ-CP."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from portal.documents import issuers, signature
from portal.documents.numbers import COMMITTEE, STEERING
from portal.documents.paper import Annex, Issuer, Paper, Passage, Piece, Signature
from portal.documents.signature import Office
from portal.organisation.models import Role, RoleGrant
from portal.organisation.queries import first_holders
from portal.reports.composing import text_of
from portal.reports.models import Body, Report
from portal.reports.wording import numbers, periods
from portal.reports.wording.runs import Paragraph, Run
from portal.reports.wording.told import Figures

CODE, AS_ABOVE = "BC", "Như trên"
SIGNS = {Body.STEERING_COMMITTEE: STEERING, Body.COMMITTEE: COMMITTEE}
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
    """The whole paper: as it was signed; while it is written, as it would be now, without number and day."""
    on = day or report.approved_on or report.last
    kept = report.frame or frame(report, told, signer or who_signs(report), on)
    return framed(kept, text_of(report, told), number, day)


def frame(report: Report, told: Figures, signer: Signer, on: date) -> dict[str, Any]:
    """All of a paper but its text, its number and its day, as data: what is confirmed with the text, and kept."""
    annex = _annex(report, told)
    return {
        "title": report.kind.title, "issuer": asdict(issuer(report, on)), "symbol": symbol(report, on),
        "abstract": abstract(report), "addressees": report.kind.addressees, "recipients": report.kind.sent_to,
        "signature": asdict(signed(report, signer, on)), "annex": asdict(annex) if annex else None,
    }  # fmt: skip


def empty_frame() -> dict[str, Any]:
    """A frame that says nothing, with all parts of `frame`: these are the shape of one that comes from elsewhere."""
    return {
        "title": "", "issuer": asdict(Issuer("", [], "")), "symbol": "", "abstract": "", "addressees": [],
        "recipients": [], "signature": asdict(Signature([])), "annex": None,
    }  # fmt: skip


def empty_annex() -> dict[str, Any]:
    return asdict(Annex("", "", [], []))


def framed(kept: Mapping[str, Any], text: Sequence[Paragraph], number: str = "", day: date | None = None) -> Paper:
    """A paper drawn from what was kept of it."""
    return Paper(
        issuer=Issuer(**kept["issuer"]), symbol=kept["symbol"], number=number, day=day, name="BÁO CÁO",
        abstract=kept["abstract"], bases=(), text=[_passage(one) for one in text], recipients=_with_as_above(kept),
        addressees=kept["addressees"], signature=Signature(**kept["signature"]),
        annex=Annex(**kept["annex"]) if kept["annex"] else None,
    )  # fmt: skip


def _with_as_above(kept: Mapping[str, Any]) -> Sequence[str]:
    """Who receives it, with whom it is addressed to at their head: "Như trên"."""
    recipients = kept["recipients"]
    known = any(one.lower().startswith(AS_ABOVE.lower()) for one in recipients)
    return [AS_ABOVE, *recipients] if kept["addressees"] and not known else recipients


def symbol(report: Report, on: date) -> str:
    """ "BC-BCĐ", "BC-UBND"; the police sign by the kind of commune: "BC-CAX", "BC-CAP"."""
    commune = issuers.commune_on(report.commune, on)
    return f"{CODE}-{SIGNS.get(report.kind.body) or issuers.police_sign(commune)}"


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
    return Signature((*lines.lines, *_beside(who, kind)), lines.name)


def _beside(who: Signer, kind: str) -> Sequence[str]:
    """The office beside that in the committee. Whoever signs by order or by authorisation has said theirs already."""
    place = f"UBND {kind.upper()}"
    office = Office(f"CHỦ TỊCH {place}", f"PHÓ CHỦ TỊCH {place}")
    if who.role == Role.POLICE_CHIEF:
        office = signature.police(kind)
    by_power = {"KT": (office.deputy,), "Q": (f"Q. {office.head}",), "TL": (), "TUQ": ()}
    return by_power.get(who.capacity, (office.head,))


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
