"""A case that ends while somebody has a form of it open: they learn by whom, and keep what they typed."""

import re
from datetime import date

import pytest

from portal.cases.actions import record_check_in, record_measure
from portal.cases.models import MeasureKind
from portal.engine.transaction import transaction
from tests.builders import a_case
from tests.cases.test_recording import GOOD

WORDS = "Gặp tại nhà, có ý thức"
PAGES = {page: typed for page, (_record, typed) in GOOD.items()} | {
    "reception": {"held_on": "20/11/2026"},
    "summon": {
        "purpose": "other",
        "about": WORDS,
        "summoned_on": "20/11/2026",
        "appear_on": "30/11/2026",
        "appear_time": "08:00",
        "where": "Công an xã",
    },
    "term-change": {"decision_number": WORDS, "decided_on": "20/11/2026", "months": "3"},
}
PAGES["measure"] = {**PAGES["measure"], "given_by": WORDS}
TEXTS = {"check-in": "note", "roll-call": "note", "contact": "note", "assessment": "text", "violation": "text"}


@pytest.fixture
def case(commune):
    return a_case(commune, received_on=date(2026, 3, 1), starts_on=date(2026, 2, 15))


@pytest.fixture
def officer(commune, browse_as):
    return browse_as(commune.officer)


def carried(page):
    """The versions that a page carries."""
    return dict(re.findall(r'name="(\w*version)"[^>]* value="(\d+)"', page.text))


def close(commune, case):
    with transaction(commune.chief):
        case.state, case.closed_on = "closed", date(2026, 11, 23)


def told(answer, commune, words):
    """Who was faster, and what had been typed."""
    assert answer.status_code == 409, answer.status_code
    assert re.search(rf"{commune.chief.full_name} changed this at \d\d:\d\d, 23/11/2026\.", answer.text)
    return words in re.search(r'<textarea id="typed".*?</textarea>', answer.text, re.DOTALL)[0]


@pytest.mark.parametrize("page", PAGES)
def test_whoever_records_in_a_case_that_was_closed_meanwhile_learns_by_whom_and_keeps_the_words(
    page, commune, case, officer
):
    sent, address = {**PAGES[page]}, f"/cases/{case.id}/{page}"
    if page in TEXTS:
        sent[TEXTS[page]] = WORDS
    sent |= carried(officer.get(address))
    close(commune, case)
    assert told(officer.post(address, data=sent), commune, "20/11/2026" if page == "reception" else WORDS)


@pytest.mark.parametrize("kind", ["absence", "completion"])
def test_whoever_proposes_in_a_case_that_was_closed_meanwhile_learns_by_whom_and_keeps_the_words(
    kind, commune, case, officer
):
    address = f"/proposals/new/{kind}/for-case/{case.id}"
    sent = {"reason": WORDS, **carried(officer.get(address))}
    close(commune, case)
    assert told(officer.post(address, data=sent), commune, WORDS)


@pytest.mark.parametrize("step", ["return", "void"])
def test_whoever_takes_back_an_entry_of_a_case_that_was_closed_meanwhile_learns_by_whom_and_keeps_the_words(
    step, commune, case, officer
):
    with transaction(commune.officer):
        entry = record_check_in(case, date(2026, 10, 1), date(2026, 11, 2))
    address = f"/check-ins/{entry.id}/{step}"
    sent = {"reason": WORDS, **carried(officer.get(address))}
    close(commune, case)
    assert told(officer.post(address, data=sent), commune, WORDS)


def test_two_who_write_into_one_case_do_not_disturb_each_other(commune, case, officer, browse_as):
    address, chief = f"/cases/{case.id}/contact", browse_as(commune.chief)
    shown = carried(officer.get(address))
    with transaction(commune.chief):
        case.court = "TAND khu vực 2"
    for browser in (officer, chief):
        assert browser.post(address, data={**PAGES["contact"], **shown}).status_code == 302


STANDING_IN = {
    "check-in": {"month": "2026-11-01", "received_on": "23/11/2026", "channel": "in_person", "note": WORDS},
    "roll-call": {"month": "2026-11-01", "held_on": "05/11/2026", "present": "yes", "note": WORDS},
    "contact": {"kind": "visit", "happened_on": "20/11/2026", "note": WORDS},
}


@pytest.mark.parametrize("page", STANDING_IN)
def test_the_colleague_on_duty_learns_that_the_case_was_closed_keeps_the_words_and_learns_no_more(
    page, commune, case, browse_as
):
    colleague, address = browse_as(commune.officer2), f"/cases/{case.id}/{page}"
    sent = STANDING_IN[page] | carried(colleague.get(address))
    close(commune, case)
    answer = colleague.post(address, data=sent)
    assert answer.status_code == 409
    assert "The case was closed in the meantime" in answer.text
    assert WORDS in re.search(r'<textarea id="typed".*?</textarea>', answer.text, re.DOTALL)[0]
    for withheld in (
        commune.chief.full_name,
        case.number,
        case.person.full_name,
        case.offence,
        f'href="/cases/{case.id}',
    ):
        assert withheld not in answer.text
    assert getattr(case, page.replace("-", "_") + "s") == []


def test_that_a_case_was_closed_is_told_to_no_colleague_who_did_not_have_it_open(commune, case, browse_as):
    colleague, address = browse_as(commune.officer2), f"/cases/{case.id}/contact"
    close(commune, case)
    for version in range(1, case.version + 1):
        assert colleague.post(address, data=STANDING_IN["contact"] | {"version": version}).status_code == 404
    assert colleague.get(address).status_code == 404


def test_who_closed_a_case_is_told_to_nobody_who_may_not_read_the_case(commune, case, browse_as):
    with transaction(commune.officer):
        help_given = record_measure(case, MeasureKind.WORK, date(2026, 6, 1), "Hợp tác xã")
    close(commune, case)
    sent = {"version": 1, "parent_version": 1, "case_version": 1, "reason": WORDS}
    for who in (commune.officer2, commune.leader, commune.administrator):
        for address in (f"/measures/{help_given.id}/void", f"/cases/{case.id}/contact"):
            answer = browse_as(who).post(address, data=sent)
            assert answer.status_code in (403, 404)
            assert "changed this" not in answer.text
