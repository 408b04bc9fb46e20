"""What two people set, two people unset: a confirmed shortening counts until a second person agrees to take it back."""

import re
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from portal.cases.actions import record_term_change
from portal.duties.models import Duty
from portal.engine import clock
from portal.engine.audit import AuditEvent
from portal.engine.db import db
from portal.engine.refusal import Conflict, Refused
from portal.engine.transaction import transaction
from portal.engine.voiding import void
from portal.engine.workflow import steps_of
from portal.organisation.models import Role
from tests.builders import a_case, a_cut
from tests.cases.shortenings import DAY, days_of, question, recorded, take
from tests.proposals.test_races import ROUNDS, at_once, check
from tests.proposals.ways import a_deputy, a_user, act_as, also, version_on

WHY = "Quyết định này của người khác"
BACK = "TAKE-TERM-BACK"


@pytest.fixture
def case(commune):
    return a_case(commune)


@pytest.fixture
def cut(commune, case):
    """A shortening that the officer recorded and the chief confirmed."""
    return a_cut(commune, case, DAY, 6)


def asked(commune, change, by="officer"):
    with transaction(getattr(commune, by)):
        change.workflow.take("ask_back", change, getattr(commune, by), WHY)
    return change


def offered(page):
    return set(re.findall(r'action="/term-changes/\d+/(\w+)"', page.text))


# ── one person alone ────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("who", ["officer", "chief"])
def test_no_one_person_strikes_out_a_confirmed_shortening(who, commune, case, cut, browse_as):
    browser, before = browse_as(getattr(commune, who)), days_of(case)
    page = browser.get(f"/term-changes/{cut.id}/void")
    assert "taking it back takes two people" in page.text
    assert 'name="reason"' not in page.text
    sent = browser.post(f"/term-changes/{cut.id}/void", data={"version": cut.version, "reason": WHY})
    assert sent.status_code == 422
    assert WHY in sent.text
    assert (days_of(case), cut.voided_at) == (before, None)


@pytest.mark.parametrize("steps", [(), ("ask_back",), ("ask_back", "keep"), ("ask_back", "take_back")])
def test_no_deed_strikes_out_what_was_ever_confirmed(steps, commune, cut):
    for step in steps:
        user = commune.officer if step == "ask_back" else commune.chief
        with transaction(user):
            cut.workflow.take(step, cut, user, WHY)
    with pytest.raises(Refused), transaction(commune.chief):
        void(cut, WHY)


@pytest.mark.parametrize(
    ("steps", "told"),
    [((), "takes two people as well"), (("ask_back",), "asked to take this shortening back already"),
     (("ask_back", "take_back"), "have taken this shortening back already")],
)  # fmt: skip
def test_whoever_would_strike_out_a_shortening_is_told_what_becomes_of_it_as_it_stands(
    steps, told, commune, cut, browse_as
):
    for step in steps:
        user = commune.officer if step == "ask_back" else commune.chief
        with transaction(user):
            cut.workflow.take(step, cut, user, WHY)
    page = browse_as(commune.officer).get(f"/term-changes/{cut.id}/void").text
    assert told in page
    assert ("Ask for it on its page" in page) is (steps == ())


def test_whoever_strikes_out_what_was_confirmed_meanwhile_is_told_by_whom_and_keeps_the_reason(
    commune, case, browse_as
):
    change, officer = recorded(commune, case), browse_as(commune.officer)
    shown = version_on(officer.get(f"/term-changes/{change.id}/void"))
    take(browse_as(commune.chief), change, "confirm")
    lost = officer.post(f"/term-changes/{change.id}/void", data={"version": shown, "reason": WHY})
    assert lost.status_code == 409
    assert commune.chief.full_name in lost.text
    assert WHY in lost.text
    assert change.counts


def test_the_story_leads_from_a_confirmed_shortening_to_where_taking_it_back_is_asked_for(
    commune, case, cut, browse_as
):
    officer = browse_as(commune.officer)
    story = officer.get(f"/cases/{case.id}?story=all").text
    assert f'href="/term-changes/{cut.id}/void"' not in story
    assert f'class="quiet-link" href="/term-changes/{cut.id}"' in story
    assert offered(officer.get(f"/term-changes/{cut.id}")) == {"ask_back"}


# ── asked, agreed, refused ──────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.both_engines
def test_a_shortening_counts_until_a_second_person_agrees_to_take_it_back(commune, case, browse_as):
    before = days_of(case)
    cut = a_cut(commune, case, DAY, 6)
    counted, officer, chief = days_of(case), browse_as(commune.officer), browse_as(commune.chief)
    assert counted != before
    assert take(officer, cut, "ask_back").status_code == 422
    assert take(officer, cut, "ask_back", reason=WHY).status_code == 302
    assert days_of(case) == counted
    assert take(chief, cut, "take_back").status_code == 302
    assert days_of(case) == before
    assert (cut.state, cut.counts) == ("taken_back", False)


@pytest.mark.both_engines
def test_the_right_to_a_shortening_is_open_again_once_the_shortening_is_taken_back(commune, browse_as):
    case = a_case(commune, starts_on=date(2025, 11, 20), received_on=date(2025, 11, 25))
    right = select(Duty).where(Duty.case_id == case.id, Duty.rule == "RIGHT", Duty.key == "")
    following = select(Duty).where(Duty.case_id == case.id, Duty.rule == "RIGHT", Duty.key == "2")
    assert db.session.scalars(right).one().open
    cut = a_cut(commune, case, DAY)
    assert db.session.scalars(right).one().done_on == DAY
    take(browse_as(commune.officer), cut, "ask_back", reason=WHY)
    db.session.rollback()
    assert db.session.scalars(right).one().done_on == DAY
    take(browse_as(commune.chief), cut, "take_back")
    db.session.rollback()
    again = db.session.scalars(right).one()
    assert (again.open, again.done_by_id) == (True, None)
    assert not db.session.scalars(following).one().open


def test_a_shortening_that_a_second_person_lets_stand_counts_on_and_can_be_asked_about_again(
    commune, case, cut, browse_as
):
    before, officer, chief = days_of(case), browse_as(commune.officer), browse_as(commune.chief)
    take(officer, cut, "ask_back", reason=WHY)
    assert take(chief, cut, "keep").status_code == 422
    assert take(chief, cut, "keep", reason="Đúng quyết định của tòa").status_code == 302
    assert (days_of(case), cut.state) == (before, "confirmed")
    assert take(chief, cut, "ask_back", reason="Xem lại lần nữa").status_code == 302
    assert "take_back" not in offered(chief.get(f"/term-changes/{cut.id}"))


def test_the_page_shows_the_last_day_as_it_would_be_without_the_shortening(commune, case, cut, browse_as):
    asked(commune, cut)
    for address in (f"/term-changes/{cut.id}", f"/cases/{case.id}"):
        page = browse_as(commune.chief).get(address).text
        assert "Last day then: 14/07/2028" in page
        assert "instead of 14/01/2028" in page
    page = browse_as(commune.chief).get(f"/cases/{case.id}").text
    assert "Somebody asks to take the shortening by 6 months back" in page


def test_page_and_story_name_whoever_asked_and_whoever_agreed(commune, case, cut, browse_as):
    officer, chief = browse_as(commune.officer), browse_as(commune.chief)
    take(officer, cut, "ask_back", reason=WHY)
    take(chief, cut, "take_back")
    for address in (f"/term-changes/{cut.id}", f"/cases/{case.id}?story=all"):
        told = officer.get(address).text
        assert re.search(rf"{commune.officer.full_name}[^<]* asked to take the shortening back", told)
        assert re.search(rf"{commune.chief.full_name}[^<]* agreed, and took the shortening back", told)
        assert WHY in told
    assert "Shortening by 6 months taken back by two people" in officer.get(f"/cases/{case.id}?story=all").text
    assert offered(officer.get(f"/term-changes/{cut.id}")) == set()


def test_the_same_decision_is_recorded_anew_only_once_the_first_is_taken_back(commune, case, cut):
    asked(commune, cut)
    with pytest.raises(Conflict):
        recorded(commune, case, months=3)
    with transaction(commune.chief):
        cut.workflow.take("take_back", cut, commune.chief)
    assert recorded(commune, case, months=3).waits


def test_without_one_of_two_shortenings_the_other_counts_on(commune, case, cut):
    other = a_cut(commune, case, DAY - timedelta(days=30), 3, "9/QĐ-TA")
    both = case.ends_on
    asked(commune, cut)
    with transaction(commune.chief):
        cut.workflow.take("take_back", cut, commune.chief)
    assert (other.counts, cut.counts) == (True, False)
    assert (both, case.ends_on) == (date(2027, 10, 14), date(2028, 4, 14))


# ── who the second person is ────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("step", ["take_back", "keep"])
@pytest.mark.parametrize("who", ["officer", "officer2", "leader", "inspector", "helper", "administrator", "military"])
def test_nobody_answers_an_officer_who_asks_but_the_chief(step, who, commune, browse_as):
    cut = asked(commune, a_cut(commune, a_case(commune, helper="helper"), DAY))
    answer = browse_as(getattr(commune, who)).post(
        f"/term-changes/{cut.id}/{step}", data={"version": cut.version, "reason": WHY}
    )
    assert answer.status_code in (403, 404)
    assert cut.state == "taking_back"


@pytest.mark.parametrize("who", ["officer2", "leader", "inspector", "helper", "administrator", "military"])
def test_nobody_asks_but_the_officer_of_the_case_and_the_chief(who, commune, browse_as):
    cut = a_cut(commune, a_case(commune, helper="helper"), DAY)
    answer = browse_as(getattr(commune, who)).post(
        f"/term-changes/{cut.id}/ask_back", data={"version": cut.version, "reason": WHY}
    )
    assert answer.status_code in (403, 404)
    assert cut.state == "confirmed"


@pytest.mark.both_engines
def test_whoever_asks_agrees_in_no_role_and_on_nobodys_behalf(commune, cut, browse_as):
    also(commune, commune.officer, Role.POLICE_CHIEF, "CA", of=commune.chief)
    asked(commune, cut)
    browser = browse_as(commune.officer)
    act_as(commune.officer, f"police_chief:{commune.chief.id}")
    page = browser.get(f"/term-changes/{cut.id}")
    assert page.status_code == 200
    assert offered(page) == set()
    for step in ("take_back", "keep"):
        sent = browser.post(f"/term-changes/{cut.id}/{step}", data={"version": cut.version, "reason": WHY})
        assert sent.status_code == 403
    assert cut.state == "taking_back"


@pytest.mark.both_engines
def test_where_the_chief_asks_and_nobody_else_holds_the_office_the_chair_answers(commune, case, cut, browse_as):
    asked(commune, cut, by="chief")
    duty = question(cut, BACK)
    assert (duty.owner_role, duty.owner_id) == ("commune_leader", None)
    chief, leader = browse_as(commune.chief), browse_as(commune.leader)
    refused = chief.post(f"/term-changes/{cut.id}/take_back", data={"version": cut.version})
    assert refused.status_code == 403
    assert f'href="/term-changes/{cut.id}"' in leader.get("/").text
    assert take(leader, cut, "take_back").status_code == 302
    assert not cut.counts


@pytest.mark.both_engines
@pytest.mark.parametrize("asks", ["chief", "deputy"])
def test_an_office_does_not_answer_itself_neither_the_chief_a_deputy_nor_a_deputy_the_chief(
    asks, commune, cut, browse_as
):
    deputy = a_deputy(commune, "deputy", Role.POLICE_CHIEF, "CA", commune.chief)
    other = a_deputy(commune, "deputy2", Role.POLICE_CHIEF, "CA", commune.chief)
    asking = {"chief": commune.chief, "deputy": deputy}[asks]
    assert take(browse_as(asking), cut, "ask_back", reason=WHY).status_code == 302
    for who in (commune.chief, deputy, other):
        browser = browse_as(who)
        assert offered(browser.get(f"/term-changes/{cut.id}")) == set()
        for step in ("take_back", "keep"):
            sent = browser.post(f"/term-changes/{cut.id}/{step}", data={"version": cut.version, "reason": WHY})
            assert sent.status_code == 403
    assert (question(cut, BACK).owner_role, question(cut, BACK).owner_id) == ("commune_leader", None)
    assert take(browse_as(commune.leader), cut, "take_back").status_code == 302


def test_where_the_chief_asks_another_chief_answers_and_not_the_chair(commune, cut, browse_as):
    other = a_user(commune, "chief2", (Role.POLICE_CHIEF, commune.place("CA")))
    asked(commune, cut, by="chief")
    assert question(cut, BACK).owner_id == other.id
    assert browse_as(commune.leader).get(f"/term-changes/{cut.id}").status_code == 404
    assert take(browse_as(other), cut, "take_back").status_code == 302


SET_UPS = {"alone": (), "a deputy": ("deputy",), "two deputies": ("deputy", "deputy2"), "another chief": ("chief2",),
           "another chief and a deputy": ("chief2", "deputy")}  # fmt: skip


@pytest.mark.both_engines
@pytest.mark.parametrize("asks", ["officer", "chief", "deputy"])
@pytest.mark.parametrize("rule", ["CONFIRM-TERM", BACK])
@pytest.mark.parametrize("others", SET_UPS.values(), ids=SET_UPS)
def test_the_duty_stands_before_whoever_the_page_lets_answer(rule, others, asks, commune, case, browse_as):
    people = {"officer": commune.officer, "chief": commune.chief, "leader": commune.leader}
    for name in dict.fromkeys((*others, *([asks] if asks == "deputy" else []))):
        deputy = name.startswith("deputy")
        people[name] = (
            a_deputy(commune, name, Role.POLICE_CHIEF, "CA", commune.chief)
            if deputy else a_user(commune, name, (Role.POLICE_CHIEF, commune.place("CA")))
        )  # fmt: skip
    if rule == BACK:
        change = a_cut(commune, case, DAY, 6)
        with transaction(people[asks]):
            change.workflow.take("ask_back", change, people[asks], WHY)
    else:
        with transaction(people[asks]):
            change = record_term_change(case, DAY, 6, "12/2026/QĐ-TA")
    duty, answering = question(change, rule), {"take_back", "confirm"}
    able = {
        name for name, user in people.items()
        if answering & {one.name for one in change.workflow.open_to(user, change)}
    }  # fmt: skip
    chiefs = {name for name in able if name != "leader"}
    assert able
    assert not (chiefs and "leader" in able)
    assert duty.owner_role == ("police_chief" if chiefs else "commune_leader")
    if duty.owner_id:
        assert chiefs == {name for name, user in people.items() if user.id == duty.owner_id}


def test_what_the_chief_recorded_and_an_officer_asks_about_the_chief_answers(commune, case, browse_as):
    change = recorded(commune, case, by="chief")
    with transaction(commune.leader):
        change.workflow.take("confirm", change, commune.leader)
    asked(commune, change)
    assert question(change, BACK).owner_role == "police_chief"
    assert browse_as(commune.leader).get(f"/term-changes/{change.id}").status_code == 404
    assert take(browse_as(commune.chief), change, "take_back").status_code == 302


def test_another_chief_who_comes_while_the_chief_asks_is_asked_instead_of_the_chair(commune, cut):
    asked(commune, cut, by="chief")
    other = a_user(commune, "chief2", (Role.POLICE_CHIEF, commune.place("CA")))
    assert (question(cut, BACK).owner_role, question(cut, BACK).owner_id) == ("police_chief", other.id)


# ── the duty, races, the trail ──────────────────────────────────────────────────────────────────────────────────────
def test_each_time_that_somebody_asks_is_a_duty_of_its_own_which_the_answer_finishes(commune, cut, browse_as):
    officer, chief = browse_as(commune.officer), browse_as(commune.chief)
    confirmed = question(cut)
    take(officer, cut, "ask_back", reason=WHY)
    first = question(cut, BACK)
    assert (first.open, first.owner_role, first.due_on) == (True, "police_chief", clock.today() + timedelta(days=3))
    home = chief.get("/").text
    assert f'href="/term-changes/{cut.id}"' in home
    assert "somebody asks to take a shortening of the term back" in home
    take(chief, cut, "keep", reason="Đúng")
    first = question(cut, BACK)
    assert (first.done_on, first.done_by_id) == (clock.today(), commune.chief.id)
    take(officer, cut, "ask_back", reason=WHY)
    second = question(cut, BACK)
    assert (second.open, second.id != first.id) == (True, True)
    assert question(cut).done_on == confirmed.done_on == clock.today()


def test_nobody_is_asked_about_a_case_that_runs_no_more(commune, case, cut, browse_as):
    asked(commune, cut)
    with transaction(commune.chief):
        case.state, case.closed_on = "closed", clock.today()
    assert not question(cut, BACK).open
    refused = take(browse_as(commune.chief), cut, "keep", reason="Đúng")
    assert refused.status_code == 302
    late = browse_as(commune.officer).post(
        f"/term-changes/{cut.id}/ask_back", data={"version": cut.version, "reason": WHY}
    )
    assert late.status_code == 403


@pytest.mark.parametrize("step", ["take_back", "keep"])
def test_of_two_answers_the_second_is_told_who_was_faster_and_keeps_the_reason(step, commune, cut, browse_as):
    deputy = a_deputy(commune, "deputy", Role.POLICE_CHIEF, "CA", commune.chief)
    asked(commune, cut)
    sent = {"version": cut.version, "reason": "Đúng quyết định"}
    assert browse_as(deputy).post(f"/term-changes/{cut.id}/{step}", data=sent).status_code == 302
    lost = browse_as(commune.chief).post(f"/term-changes/{cut.id}/keep", data=sent)
    assert lost.status_code == 409
    assert deputy.full_name in lost.text
    assert "Đúng quyết định" in lost.text


@pytest.mark.both_engines
def test_of_ten_answers_at_the_same_moment_one_holds_and_the_others_learn_whose_and_keep_the_reason(
    commune, cut, browse_as
):
    people = [
        commune.chief,
        *(a_user(commune, f"chief{n}", (Role.POLICE_CHIEF, commune.place("CA"))) for n in range(4)),
    ]
    browsers = [browse_as(one) for one in people for _twice in range(2)]
    for _round in range(ROUNDS):
        asked(commune, cut)
        address, version, before = f"/term-changes/{cut.id}", cut.version, len(steps_of(cut))
        steps = ("keep", "take_back") if _round == ROUNDS - 1 else ("keep",)

        def answer(browser, number, address=address, version=version, steps=steps):
            sent = {"version": version, "reason": f"Ý kiến {number}."}
            return browser.post(f"{address}/{steps[number % len(steps)]}", data=sent)

        done = "let the shortening stand|agreed, and took the shortening back"
        check(at_once(browsers, answer), lambda number: f"Ý kiến {number}.", done)
        db.session.rollback()
        assert len(steps_of(cut)) == before + 1
        assert cut.state in ("confirmed", "taken_back")


def test_of_two_who_ask_the_second_is_told_who_was_faster(commune, cut, browse_as):
    sent = {"version": cut.version, "reason": WHY}
    assert browse_as(commune.officer).post(f"/term-changes/{cut.id}/ask_back", data=sent).status_code == 302
    lost = browse_as(commune.chief).post(f"/term-changes/{cut.id}/ask_back", data=sent)
    assert lost.status_code == 409
    assert commune.officer.full_name in lost.text


def test_a_question_that_is_sent_twice_is_asked_once(commune, cut, browse_as):
    officer = browse_as(commune.officer)
    page = officer.get(f"/term-changes/{cut.id}").text
    form = re.search(r'<form[^>]*ask_back".*?</form>', page, re.DOTALL)[0]
    sent = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form)) | {"reason": WHY}
    answers = [officer.post(f"/term-changes/{cut.id}/ask_back", data=sent) for _once_more in range(2)]
    assert [one.status_code for one in answers] == [302, 302]
    assert [one.name for one in steps_of(cut)] == ["confirm", "ask_back"]


def test_the_trail_tells_who_asked_and_who_agreed_in_words(commune, cut, browse_as):
    take(browse_as(commune.officer), cut, "ask_back", reason=WHY)
    take(browse_as(commune.chief), cut, "take_back")
    wanted = select(AuditEvent).where(AuditEvent.record_type == "term_change", AuditEvent.action.like("%back"))
    events = db.session.scalars(wanted.order_by(AuditEvent.sequence)).all()
    assert [(one.action, one.user_id) for one in events] == [
        ("ask_back", commune.officer.id), ("take_back", commune.chief.id),
    ]  # fmt: skip
    page = browse_as(commune.inspector).get("/audit/").text
    assert "asked to take the shortening back: a shortening in case" in page
    assert "agreed, and took the shortening back: a shortening in case" in page
    assert WHY not in page
