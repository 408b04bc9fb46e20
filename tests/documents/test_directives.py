"""Directives that a commune issued: whose they are, what they are for, and that they went out."""

from datetime import date

import pytest

from portal.documents import actions, numbers, register
from portal.documents.indicators import DIRECTIVES_ISSUED
from portal.documents.models import Category, IssuedBy, OfficialDocument
from portal.engine import clock
from portal.engine.db import db
from portal.engine.indicators import Period
from portal.engine.transaction import transaction
from tests.documents.test_register import OUTGOING, issue

DAY = date(2024, 6, 12)
SAID = "Ban hành trước khi có phần mềm, bản giấy lưu tại văn phòng"


def entered(commune, typed="46/KH-UBND", on=DAY, unit="UB", by="clerk", code="KH", vouched=True, **more):
    """A paper of before, recorded afterwards, for which a second person vouches."""
    number = numbers.read(typed)
    with transaction(getattr(commune, by)):
        facts = actions.Facts(
            commune.place(unit), code, "Về phong trào", symbol=number.symbol, signers="Lê Trọng Khôi", **more
        )
        document = actions.register(facts)
        document.created_at = clock.moment(date(2026, 11, 23), 8)
        actions.issue(document, actions.Signed(number, on, afterwards=SAID), by=getattr(commune, by).id)
    if vouched:
        with transaction(commune.leader):
            actions.vouch(document, commune.leader.id)
    return document


def counted(commune, first=date(2024, 1, 1), last=date(2024, 8, 31)):
    return DIRECTIVES_ISSUED.value(Period(first, last, (commune.id,)))


def test_the_party_committee_the_committee_and_the_steering_committee_issue_for_the_commune(commune):
    entered(commune)
    entered(commune, "71-KH/ĐU", issued_by=IssuedBy.PARTY_COMMITTEE)
    entered(commune, "81/KH-BCĐ", issued_by=IssuedBy.STEERING_COMMITTEE)
    entered(commune, "82/KH-BCĐ", issued_by=IssuedBy.STEERING_COMMITTEE, unit="CA", by="chief")
    assert counted(commune) == 4


def test_a_plan_of_the_police_a_decision_about_one_person_and_what_came_in_do_not_count(commune):
    entered(commune, "05/KH-CAX", unit="CA", by="chief")
    entered(commune, "101/QĐ-UBND", code="QĐ")
    with transaction(commune.clerk):
        actions.receive(
            commune.place("UB"), "CT", "Chỉ thị", number="09-CT/TW", dated_on=DAY, sender="Ban Bí thư",
            received_on=date(2024, 6, 20),
        )  # fmt: skip
    assert counted(commune) == 0
    entered(commune, "102/QĐ-UBND", code="QĐ", category=Category.DIRECTIVE)
    assert counted(commune) == 1


@pytest.mark.parametrize(("first", "last", "value"), [
    (DAY, DAY, 1), (date(2024, 6, 13), date(2024, 8, 31), 0), (date(2024, 1, 1), date(2024, 6, 11), 0),
])  # fmt: skip
def test_the_day_of_the_paper_counts(commune, first, last, value):
    entered(commune)
    assert counted(commune, first, last) == value


def test_what_waits_for_its_scan_or_for_a_second_person_does_not_count(commune):
    document = entered(commune, vouched=False)
    assert counted(commune) == 0
    with transaction(commune.leader):
        actions.vouch(document, commune.leader.id)
    assert counted(commune) == 1


def test_a_paper_of_the_party_is_entered_under_its_own_number_and_leaves_no_gap_in_the_register(commune, browse_as):
    clerk = browse_as(commune.clerk)
    clerk.post("/documents/new/outgoing", data={**OUTGOING, "issued_by": "party_committee"})
    document = db.session.scalars(db.select(OfficialDocument)).one()
    assert (document.symbol, document.issued_by) == ("KH/ĐU", IssuedBy.PARTY_COMMITTEE)
    page = issue(clerk, document, "71-KH/ĐU")
    assert page.status_code == 200
    db.session.expire_all()
    assert document.number == "71-KH/ĐU"
    assert "Party committee of the commune" in clerk.get(f"/documents/{document.id}").text
    assert register.gaps(commune.place("UB"), 2026) == []


def test_the_symbol_follows_from_whose_paper_it_is(commune):
    with transaction(commune.clerk):
        found = [
            actions.register(actions.Facts(commune.place("UB"), "KH", "Kế hoạch", issued_by=whose)).symbol
            for whose in IssuedBy
        ]
    assert found == ["KH-UBND", "KH/ĐU", "KH-BCĐ"]
