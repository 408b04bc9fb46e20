"""What the papers of a meeting share: who issues them on the day, and who signs."""

from collections.abc import Sequence
from datetime import date

from portal.documents import issuers
from portal.documents.numbers import COMMITTEE
from portal.documents.paper import Clause, Issuer, Paper, Signature
from portal.documents.queries import document_of
from portal.documents.signature import OFFICES, rank_and_office, signature
from portal.meetings.models import Meeting
from portal.organisation.models import Role, RoleGrant, UnitKind, User

INVITATION = "GM"
KEPT = "Lưu: VT"
HEADS = {UnitKind.MILITARY: "CHỈ HUY TRƯỞNG", UnitKind.BORDER_POST: "ĐỒN TRƯỞNG"}


def issuer_of(meeting: Meeting, day: date) -> Issuer:
    """The body that calls the meeting, as it was named on that day."""
    commune = issuers.commune_on(meeting.commune, day)
    return (
        issuers.police(commune, day) if meeting.chair_unit.kind == UnitKind.POLICE else issuers.committee(commune, day)
    )


def symbol(code: str, meeting: Meeting) -> str:
    """That of the body that calls it: the police where their chief takes the chair, else the committee."""
    if meeting.chair_unit.kind != UnitKind.POLICE:
        return f"{code}-{COMMITTEE}"
    return f"{code}-{issuers.police_sign(issuers.commune_on(meeting.commune, meeting.day))}"


def signed_by_chair(meeting: Meeting) -> Signature:
    """The lines of whoever takes the chair, by the role that they hold on that day."""
    chair = meeting.chair
    grant = _grant(chair, meeting)
    kind = issuers.kind_of(issuers.commune_on(meeting.commune, meeting.day))
    if grant and grant.role in OFFICES:
        capacity = (grant.capacity or ("KT" if grant.on_behalf_of_id else "")).rstrip(".").upper()
        return signature(OFFICES[grant.role](kind), capacity, chair.title, chair.full_name)
    return Signature((HEADS.get(meeting.chair_unit.kind, "NGƯỜI CHỦ TRÌ"),), named(chair))


def _grant(user: User, meeting: Meeting) -> RoleGrant | None:
    """The grant by which somebody took the chair: of the unit for which they did."""
    held = [one for one in user.grants if one.holds_on(meeting.day) and one.role in (Role.COMMUNE_LEADER, *OFFICES)]
    return next((one for one in held if one.unit_id == meeting.chair_unit_id), held[0] if held else None)


def named(user: User, as_approved: str = "") -> str:
    """The name, with the rank of the armed forces in front; under approved minutes that of when they were."""
    rank, _office = rank_and_office(user.title)
    name = as_approved or user.full_name
    return f"{rank} {name}" if rank else name


def paper(
    meeting: Meeting, code: str, name: str, abstract: str, text: Sequence[Clause], recipients: Sequence[str],
    signing: Signature, *, day: date | None, beside: Sequence[Signature] = (),
    addressees: Sequence[str] = (), below: Sequence[Clause] = (),
) -> Paper:  # fmt: skip
    """A paper as the register has it: with number and day once they are recorded, until then without."""
    known = document_of(meeting, code)
    dated = known.dated_on if known else None
    return Paper(
        issuer=issuer_of(meeting, dated or day or meeting.day), symbol=symbol(code, meeting),
        number=known.number if known else "", day=dated or day, name=name, abstract=abstract,
        bases=(), text=text, recipients=(*recipients, KEPT), signature=signing, beside=beside,
        addressees=addressees, below=below,
    )  # fmt: skip
