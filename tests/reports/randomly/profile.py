"""Any villages with what they declared, and any documents of the registers."""

from datetime import date
from typing import Any

from hypothesis import strategies as st

from portal.documents import indicators as of_documents
from portal.documents.models import Attachment, Category, Direction, IssuedBy, OfficialDocument
from portal.engine import clock
from portal.organisation.models import Unit
from portal.profile import indicators as of_profile
from portal.profile.models import VillageStat
from tests.builders import FOUNDED
from tests.reports import documents_by_hand, profile_by_hand
from tests.reports.randomly.rows import (
    FIRST_ID,
    Places,
    Room,
    day_before,
    days,
    often,
    perhaps,
    put,
    rarely,
    some,
    where,
    words,
)

DAY = date(2024, 8, 31)

numbers = st.tuples(*[st.sampled_from([0, 1, 7, 200, 365])] * len(profile_by_hand.COUNTED))
totals = st.builds(profile_by_hand.Totals, days, numbers, rarely)
villages = some(st.builds(profile_by_hand.Village, days, perhaps, some(totals, 4), where, rarely), 10)
THERE_ALREADY = 4  # two villages of the commune, and two of the one that it took over


def count_villages(told: Any, first: date, last: date) -> dict[str, Any]:
    """By hand, with the villages that are there whatever is told."""
    return profile_by_hand.figures([*told, *[profile_by_hand.Village(FOUNDED)] * THERE_ALREADY], first, last)


def tell_of_villages(places: Places, told: Any) -> None:
    put(Unit, [
        {"id": FIRST_ID + number, "code": f"T-{number}", "name": "thôn Ngọc Hải", "kind": "village",
         "commune_id": places.at(one.where), "valid_from": one.established_on,
         "valid_to": day_before(one.dissolved_on), "voided_at": clock.now() if one.voided else None}
        for number, one in enumerate(told)
    ])  # fmt: skip
    declared = [(number, one.where, stat) for number, one in enumerate(told) for stat in one.totals]
    put(VillageStat, [
        {**places.entry(number, stat, village_id=FIRST_ID + of, as_of=stat.as_of), "commune_id": places.at(where),
         **dict(zip(profile_by_hand.COUNTED, stat.numbers, strict=True))}
        for number, (of, where, stat) in enumerate(declared)
    ])  # fmt: skip


PROFILE = Room(
    "profile", of_profile.INDICATORS, villages, tell_of_villages, count_villages,
    [profile_by_hand.Village(DAY, totals=[profile_by_hand.Totals(DAY, (3, 9, 2, 5, 1, 4))])],
)  # fmt: skip

documents = some(
    st.builds(
        documents_by_hand.Document, direction=often(["outgoing"], Direction), category=often(["directive"], Category),
        register=st.sampled_from(["UB", "CA"]), issued_by=words(IssuedBy), dated_on=perhaps,
        numbered=rarely.map(lambda missing: not missing), scan=often(["there"], ["struck out", "none"]),
        afterwards=st.booleans(), vouched=st.booleans(), where=where, voided=rarely,
    ),
    30,
)  # fmt: skip


def tell_of_documents(places: Places, told: Any) -> None:
    put(OfficialDocument, [
        places.kept(number, one, unit_id=places.at(one.where, one.register), direction=one.direction, code="KH",
                    category=one.category, issued_by=one.issued_by, number="46/KH-UBND" if one.numbered else "",
                    dated_on=one.dated_on, abstract="", afterwards="Trước đây" if one.afterwards else "",
                    vouched_by_id=places.user_id if one.vouched else None)
        for number, one in enumerate(told)
    ])  # fmt: skip
    scans = [(number, one) for number, one in enumerate(told) if one.scan != "none"]
    put(Attachment, [
        {"id": FIRST_ID + number, "commune_id": places.at(one.where), "document_id": FIRST_ID + number,
         "kind": "signed_page", "title": "", "file_name": "", "media_type": "", "size": 1, "digest": "",
         "stored_as": f"t-{number}", "dated_on": DAY, "voided_at": clock.now() if one.scan == "struck out" else None}
        for number, one in scans
    ])  # fmt: skip


DOCUMENTS = Room(
    "documents", of_documents.INDICATORS, documents, tell_of_documents, documents_by_hand.figures,
    [documents_by_hand.Document("outgoing", "directive", "UB", "unit", DAY)],
)  # fmt: skip
