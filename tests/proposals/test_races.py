"""Two at once: one wins, the others are told who acted and when, and keep what they typed."""

import re
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from datetime import date, timedelta
from threading import Barrier

import pytest

from portal.cases.models import CheckIn
from portal.engine import clock
from portal.engine.db import db
from portal.engine.transaction import transaction
from portal.engine.workflow import latest_step, steps_of
from portal.organisation.models import Role
from tests.builders import a_case
from tests.proposals.ways import a_proposal, a_user, step

pytestmark = pytest.mark.both_engines

ROUNDS, SESSIONS = 3, 10


def at_once(browsers, request):
    """Let every browser send its request at the same moment, each in a thread of its own."""
    start = Barrier(len(browsers))

    def send(browser, number):
        start.wait()
        return request(browser, number)

    db.session.rollback()
    with ThreadPoolExecutor(len(browsers)) as pool:
        waiting = [pool.submit(copy_context().run, send, browser, number) for number, browser in enumerate(browsers)]
        return [one.result() for one in waiting]


def leaders(commune, browse_as):
    """Ten browsers of five people who may all decide."""
    people = [
        commune.leader,
        *(a_user(commune, f"chair{n}", (Role.COMMUNE_LEADER, commune.place("UB"))) for n in range(4)),
    ]
    return [browse_as(one) for one in people for _twice in range(SESSIONS // len(people))]


def check(answers, typed, done="changed this"):
    """Exactly one was done; all others got a conflict that names winner, deed and moment, and what they had typed."""
    statuses = sorted(one.status_code for one in answers)
    assert statuses == [302] + [409] * (len(answers) - 1)
    for number, one in enumerate(answers):
        if one.status_code == 409:
            assert re.search(rf"\w\)? ({done}) at \d\d:\d\d, \d\d/\d\d/\d{{4}}\.", one.text), one.text
            assert typed(number) in one.text


@pytest.mark.parametrize("race", ["approve", "return", "mixed"])
def test_of_ten_who_decide_at_once_one_wins_and_the_others_learn_who_and_keep_their_words(race, commune, browse_as):
    browsers, names = leaders(commune, browse_as), {"mixed": ("approve", "reject", "return")}.get(race, (race,))
    for _round in range(ROUNDS):
        proposal = a_proposal("absence", a_case(commune), commune.officer)
        step(proposal, "submit", commune.officer)
        step(proposal, "endorse", commune.chief)
        address, version = f"/proposals/{proposal.id}", proposal.version

        def decide(browser, number, address=address, version=version):
            sent = {"version": version, "reason": f"Ý kiến {number}."}
            return browser.post(f"{address}/{names[number % len(names)]}", data=sent)

        answers = at_once(browsers, decide)
        check(answers, lambda number: f"Ý kiến {number}.", "(approved|rejected|returned) the proposal")
        db.session.rollback()
        assert len([one for one in steps_of(proposal) if one.from_state == "endorsed"]) == 1


def test_of_ten_edits_of_one_draft_one_is_saved_and_the_others_see_what_stands_there_now(commune, browse_as):
    browsers = [browse_as(commune.officer) for _number in range(SESSIONS)]
    for _round in range(ROUNDS):
        draft = a_proposal("absence", a_case(commune), commune.officer)
        address, version = f"/proposals/{draft.id}/edit", draft.version

        def save(browser, number, address=address, version=version):
            typed = {"leaves_on": "01/12/2026", "returns_on": "10/12/2026", "destination": f"Nhà số {number}."}
            return browser.post(address, data={**typed, "reason": "Vì", "version": version})

        answers = at_once(browsers, save)
        check(answers, lambda number: f"Nhà số {number}.")
        db.session.rollback()
        db.session.expire_all()
        for one in answers:
            assert one.status_code == 302 or f"<dd>{draft.destination}</dd>" in one.text


def test_whoever_lost_a_race_sends_the_kept_form_once_more_and_it_is_saved(commune, browse_as):
    draft, browser = a_proposal("absence", a_case(commune), commune.officer), browse_as(commune.officer)
    typed = {"leaves_on": "01/12/2026", "returns_on": "10/12/2026", "destination": "Kon Tum", "reason": "Vì"}
    lost = browser.post(f"/proposals/{draft.id}/edit", data={**typed, "version": draft.version + 7})
    assert lost.status_code == 409
    shown = re.search(r'name="version"[^>]*value="(\d+)"', lost.text).group(1)
    assert browser.post(f"/proposals/{draft.id}/edit", data={**typed, "version": shown}).status_code == 302
    assert draft.destination == "Kon Tum"


def test_of_ten_who_record_the_self_report_of_one_month_one_does_and_the_others_learn_who(commune, browse_as):
    browsers = [browse_as(one) for one in (commune.officer, commune.officer2) for _five in range(SESSIONS // 2)]
    for _round in range(ROUNDS):
        case = a_case(commune)
        address = f"/cases/{case.id}/check-in"

        def record(browser, number, address=address):
            typed = {"month": "2026-11-01", "received_on": "03/11/2026", "channel": "in_person"}
            return browser.post(address, data={**typed, "note": f"Ghi chú {number}."})

        answers = at_once(browsers, record)
        check(answers, lambda number: f"Ghi chú {number}.")
        db.session.rollback()
        assert db.session.query(CheckIn).filter_by(case_id=case.id, month=date(2026, 11, 1)).count() == 1


def test_of_two_edits_of_one_file_one_is_saved_and_the_other_keeps_its_text(commune, browse_as):
    case = a_case(commune, state="draft")
    browser = browse_as(commune.chief)
    typed = {
        "type": "suspended_sentence", "full_name": case.person.full_name, "sex": "",
        "village_id": case.person.village_id, "received_on": "31/07/2026", "starts_on": "14/07/2026",
        "term_months": "24", "supervising_unit_id": "", "version": case.version,
    }  # fmt: skip
    assert browser.post(f"/cases/{case.id}/edit", data={**typed, "court": "TAND khu vực 7"}).status_code == 302
    lost = browser.post(f"/cases/{case.id}/edit", data={**typed, "court": "TAND khu vực 9"})
    assert lost.status_code == 409
    assert 'value="TAND khu vực 9"' in lost.text
    assert "<dd>TAND khu vực 7</dd>" in lost.text


def test_whoever_edits_a_file_that_was_opened_meanwhile_learns_by_whom_and_keeps_the_text(commune, browse_as):
    case = a_case(commune, state="draft")
    sent = {"version": case.version, "full_name": "Nguyễn Công Trứng", "court": "TAND khu vực 9", "starts_on": "1/7/26"}
    with transaction(commune.leader):
        case.state = "open"
    lost = browse_as(commune.chief).post(f"/cases/{case.id}/edit", data=sent)
    assert lost.status_code == 409
    assert re.search(commune.leader.full_name + r" changed this at \d\d:\d\d, \d\d/\d\d/\d{4}\.", lost.text)
    typed = re.search(r'<textarea id="typed"[^>]*>([^<]*)', lost.text)[1]
    assert {"Court or body: TAND khu vực 9", "Term starts on: 1/7/26"} <= set(typed.splitlines()), typed
    assert f'href="/cases/{case.id}"' in lost.text
    assert browse_as(commune.officer2).post(f"/cases/{case.id}/edit", data=sent).status_code == 404


def test_of_two_answers_to_one_assignment_the_second_is_told(commune, browse_as):
    case = a_case(commune)
    browse_as(commune.chief).post(
        f"/cases/{case.id}/assign", data={"officer_id": commune.officer2.id, "version": case.version}
    )
    asked = case.proposed("officer")
    browsers = [browse_as(commune.officer2) for _number in range(4)]
    address, version = f"/assignments/{asked.id}/decline", asked.version
    answers = at_once(
        browsers,
        lambda browser, number: browser.post(address, data={"version": version, "reason": f"Bận {number}."}),
    )
    check(answers, lambda number: f"Bận {number}.", "declined the assignment")


def test_what_was_changed_after_a_decision_is_told_as_a_change_and_not_as_the_decision(commune):
    proposal = a_proposal("absence", a_case(commune), commune.officer)
    step(proposal, "submit", commune.officer)
    assert latest_step(proposal).name == "submit"
    with clock.telling(clock.now() + timedelta(minutes=1)), transaction(commune.chief):
        proposal.reason = "Đi khám bệnh"
    assert latest_step(proposal) is None
