"""What people do with the register: enter what goes out and what came in, issue, mend.

Anything that is written, signed and sealed goes through here, whichever room writes it: `register` enters it as a draft
that waits for its signature, `issue` records number, day and scan.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from portal.documents.actions import files
from portal.documents.models import (
    ONLY_ITS_SCAN,
    TYPES,
    AttachmentKind,
    Category,
    Direction,
    IssuedBy,
    OfficialDocument,
)
from portal.documents.numbers import PARTY, STEERING, Number, symbol_of
from portal.documents.queries import document_of
from portal.documents.register import arrivals, next_arrival, taken_in
from portal.documents.store import Stored
from portal.engine import audit, clock
from portal.engine.db import Kept, db
from portal.engine.refusal import Conflict, Misfit, Plain, Refused
from portal.engine.text import mark
from portal.organisation.models import Unit
from portal.people.models import NAME_GONE

BODIES = {IssuedBy.PARTY_COMMITTEE: PARTY, IssuedBy.STEERING_COMMITTEE: STEERING}
AGAIN = {"unit", "symbol", "signers", "authority"}  # where one of these changes, another paper is signed


class Taken(Refused):
    """The number stands on another document of the year."""


class AlreadyIssued(Refused):
    """What was issued is changed no more."""

    def __init__(self, document: OfficialDocument) -> None:
        super().__init__(*document.against_change)


@dataclass(frozen=True)
class Facts:
    """What the register is told of a paper that goes out: whose it is, what it is, who signs it, a line each."""

    unit: Unit
    code: str
    abstract: str
    symbol: str = ""  # without one it follows from the kind and the unit
    signers: str = ""
    authority: str = ""
    recipients: str = ""
    category: Category | None = None  # without one that which the kind is mostly for
    issued_by: IssuedBy = IssuedBy.UNIT
    drafted_on: date | None = None  # before that day nobody can have signed it; without it, any day is possible

    @property
    def columns(self) -> dict[str, Any]:
        """What follows its paper until it is issued, by the names of the record's columns."""
        return {
            "unit": self.unit, "unit_id": self.unit.id, "symbol": self.symbol or self._usual_symbol,
            "abstract": self.abstract, "signers": self.signers, "authority": self.authority,
            "recipients": self.recipients, "drafted_on": self.drafted_on,
        }  # fmt: skip

    @property
    def _usual_symbol(self) -> str:
        return symbol_of(self.unit, self.code, BODIES.get(self.issued_by, ""))


@dataclass(frozen=True)
class Signed:
    """What is read from a paper that was signed.

    *by*: whose signatures stand on it so far, by their places in the list, where that is known; a page that is whole
    bears them all. *afterwards*: why what went out before the portal knew of it is recorded only now.
    """

    number: Number
    day: date
    by: Collection[str] | None = None
    afterwards: str = ""


def register(
    facts: Facts, *, subject: Kept | None = None, case_id: int | None = None, again: bool = False
) -> OfficialDocument:
    """Enter a document that goes out: it waits for its signers, in their order, until it is issued.

    One of a kind for a subject: while it is not issued it follows what it is written for, save what its keeper mended;
    afterwards it stays as it is. *again*: what was issued holds no more, so that another one is due.
    """
    known = document_of(subject, facts.code) if subject is not None else None
    if known is not None and not (again and known.issued):
        _follow(known, facts.columns)
        return known
    unit = facts.unit
    document = OfficialDocument(
        commune_id=unit.commune_id or unit.id, direction=Direction.OUTGOING, code=facts.code, case_id=case_id,
        category=facts.category or TYPES[facts.code][1], issued_by=facts.issued_by,
        subject_type=subject.kind_of_record if subject is not None else "",
        subject_id=subject.id if subject is not None else None, as_written=_in_words(facts.columns), **facts.columns,
    )  # fmt: skip
    return _entered(document)


def _follow(document: OfficialDocument, said: Mapping[str, Any]) -> None:
    """Bring an entry in line with its paper. Of one that others sign, or on a later day, nothing that was recorded
    holds: it is signed and numbered anew."""
    if document.issued:
        return
    news = {name: value for name, value in said.items() if _is_new(document, name, value)}
    day = news.get("drafted_on")
    if AGAIN & news.keys() or (day and document.dated_on and document.dated_on < day):
        _sign_anew(document)
    if "unit" in news:
        audit.note("hand_on", document)
    for name, value in news.items():
        setattr(document, name, value)
    document.as_written = {**(document.as_written or {}), **_in_words(said)}


def _is_new(document: OfficialDocument, name: str, value: Any) -> bool:
    """Whether the paper says something that the entry has to follow.

    What its keeper mended stays: for as long as the paper says what it said before and, where no other paper is signed
    for it, also after that.
    """
    if value is None or value == getattr(document, name):
        return False
    last = (document.as_written or {}).get(_column(name))
    if last is None:
        return True
    mended = last != _word(getattr(document, name))
    return not mended or (name in AGAIN and last != _word(value))


def _in_words(said: Mapping[str, Any]) -> dict[str, str]:
    """What a paper says, as it is kept to be compared; units by their number."""
    return {name: _word(value) for name, value in said.items() if value is not None and name != "unit"}


def _column(name: str) -> str:
    return "unit_id" if name == "unit" else name


def _word(value: Any) -> str:
    return str(value.id if isinstance(value, Unit) else value)


def _sign_anew(document: OfficialDocument) -> None:
    """Drop what was recorded. Whoever keeps the register is told of a number that is free again."""
    if document.number:
        document.dropped, document.dropped_from = document.number, document.unit
        audit.note("sign_anew", document)
    document.number, document.dated_on, document.signed = "", None, ""
    document.afterwards, document.afterwards_by_id = "", None


def receive(
    unit: Unit, code: str, abstract: str, *, number: str, dated_on: date, sender: str, received_on: date,
    arrival: int | None = None, category: Category | None = None, recipients: str = "",
) -> OfficialDocument:  # fmt: skip
    """Enter a document that came in, under the next number of arrival unless the paper register has another.

    Raises Taken if another document of the year came in under that number.
    """
    arrival = arrival or next_arrival(unit, received_on.year)
    _refuse_arrival(unit, arrival, received_on)
    document = OfficialDocument(
        unit=unit, unit_id=unit.id, commune_id=unit.commune_id or unit.id, direction=Direction.INCOMING, code=code,
        category=category or TYPES[code][1], abstract=abstract, number=number, dated_on=dated_on, sender=sender,
        received_on=received_on, arrival=arrival, recipients=recipients,
    )  # fmt: skip
    return _entered(document)


def _entered(document: OfficialDocument) -> OfficialDocument:
    db.session.add(document)
    db.session.flush()
    return document


def change(document: OfficialDocument, **facts: object) -> None:
    """Change what stands in the register. Raises Refused once one that goes out is issued."""
    if document.issued:
        raise AlreadyIssued(document)
    if document.incoming:
        _refuse_arrival(document.unit, int(str(facts["arrival"])), _day(facts["received_on"]), document)
    else:
        document.signed = _still_signed(document, str(facts["signers"]))
    for name, value in facts.items():
        setattr(document, name, value)


def _still_signed(document: OfficialDocument, signers: str) -> str:
    """The places of those who have signed once the list is mended; who is written otherwise is asked for anew."""
    there = [one for place, one in document.placed if place in document.signed.split()]
    places = []
    for place, one in enumerate(signers.splitlines(), start=1):
        if one in there:
            there.remove(one)
            places.append(str(place))
    return " ".join(places)


def _day(value: object) -> date:
    if not isinstance(value, date):
        raise TypeError(value)
    return value


def _refuse_arrival(unit: Unit, arrival: int, on: date, besides: OfficialDocument | None = None) -> None:
    if arrival in arrivals(unit, on.year, besides):
        told = mark("Number %(number)s of %(year)s stands at another document that came in.")
        raise Taken(Misfit("arrival", told, number=arrival, year=on.year))


def issue(
    document: OfficialDocument, signed: Signed, scan: Stored | None = None, by: int | None = None, most_bytes: int = 0
) -> None:
    """Record number and day of the paper, and the scan of its signed page where there is one already.

    What is recorded afterwards is older than its entry, and without a scan it is issued once somebody else vouches for
    it: the scan can then be added, and nothing else. Raises Taken if another document of the unit's year bears the
    number, Refused if it is issued already, came in, is said to be older than what it tells of, or is scanned before
    all have signed.
    """
    if document.incoming:
        raise Refused(Plain(mark("What came in is issued by its sender.")))
    if document.sealed:
        raise AlreadyIssued(document)
    if document.issued:
        _refuse_all_but_scan(document, signed, scan)
    else:
        _write_down(document, signed, by, whole=scan is not None or bool(signed.afterwards))
    audit.note("record_afterwards" if document.afterwards and not scan else "register", document)
    if scan:
        _attach(document, scan, by, most_bytes)


def _refuse_all_but_scan(document: OfficialDocument, signed: Signed, scan: Stored | None) -> None:
    if str(signed.number) != document.number:
        raise Refused(Misfit("number", ONLY_ITS_SCAN))
    if signed.day != document.dated_on:
        raise Refused(Misfit("dated_on", ONLY_ITS_SCAN))
    if scan is None:
        raise Refused(Misfit("scan", ONLY_ITS_SCAN))


def vouch(document: OfficialDocument, by: int) -> None:
    """Stand for a paper that went out and of which nobody has the page: with that it is issued.

    The right asks that it was somebody else who said so. Raises Conflict where there is nothing to vouch for any more.
    """
    if not document.to_be_vouched:
        raise Conflict(document, Plain(mark("There is nothing to vouch for: the paper was registered otherwise.")))
    document.vouched_by_id = by
    audit.note("vouch", document)


def tell(document: OfficialDocument) -> None:
    """Keep that somebody was told what the paper decides: its signed page is struck out no more."""
    document.told_on = clock.today()


def _write_down(document: OfficialDocument, signed: Signed, by: int | None, *, whole: bool) -> None:
    _refuse_day(document, signed.day, signed.afterwards)
    _refuse_number(document, signed)
    document.number, document.dated_on, document.afterwards = str(signed.number), signed.day, signed.afterwards
    document.afterwards_by_id, document.dropped = by if signed.afterwards else None, ""
    if signed.by is not None:
        _note_signed(document, signed.by, whole=whole)


def _refuse_number(document: OfficialDocument, signed: Signed) -> None:
    year = signed.day.year
    if any(signed.number.same_as(one) for one in taken_in(document.unit, year, document)):
        told = mark("%(number)s stands on another paper of %(year)s.")
        raise Taken(Misfit("number", told, number=str(signed.number), year=year))


def _refuse_day(document: OfficialDocument, day: date, afterwards: str) -> None:
    """A paper is no older than what was decided here, whatever the reason; nothing younger than its entry needs one."""
    if document.drafted_on and day < document.drafted_on:
        told = mark("The paper cannot be older than the decision of %(day)s.")
        raise Refused(Misfit("dated_on", told, day=document.drafted_on))
    if afterwards and day >= clock.day_of(document.created_at):
        told = mark("Only what was signed before %(day)s, when it was entered here, is recorded afterwards.")
        raise Refused(Misfit("afterwards", told, day=clock.day_of(document.created_at)))


def _note_signed(document: OfficialDocument, signed: Collection[str], *, whole: bool) -> None:
    """A page is scanned, or said to be whole without a scan, when everybody has signed it."""
    missing = [one for place, one in document.placed if place not in signed]
    if whole and missing:
        told = mark("The signature of %(who)s is missing. The page is scanned when everybody has signed it.")
        raise Refused(Misfit("signed", told, who="; ".join(missing)))
    document.signed = " ".join(place for place, _one in document.placed if place in signed)


def _attach(document: OfficialDocument, scan: Stored, by: int | None, most_bytes: int) -> None:
    """The scan belongs to the document, and to its case or proposal; none that would bring a name back is taken."""
    if document.case is not None and document.case.person.forgotten_on:
        raise Refused(Misfit("scan", NAME_GONE))
    of_proposal = document.subject_id if document.subject_type == "proposal" else None
    document.files.append(
        files.keep(
            scan, by, most_bytes, document_id=document.id, case_id=document.case_id, commune_id=document.commune_id,
            proposal_id=of_proposal, kind=AttachmentKind.SIGNED_PAGE, title=document.number, dated_on=document.dated_on,
        )
    )  # fmt: skip
