"""A breach is proposed by one and decided by another; it never comes by itself, and undoes no signature."""

from datetime import date

import pytest

from portal.duties.models import Duty, Notification
from portal.duties.queries import still_open
from portal.engine.db import db
from portal.engine.indicators import Period
from portal.engine.refusal import Forbidden, Refused
from portal.engine.transaction import transaction
from portal.households import actions
from portal.households.indicators import DRUG_FREE
from portal.households.models import PledgeBreach
from portal.organisation import actions as accounts
from portal.organisation.models import Role
from tests.builders import FOUNDED
from tests.households.doors import a_campaign, breached, pledges_of, some_households, ticked

HAPPENED = date(2026, 11, 21)


@pytest.fixture
def pledge(commune):
    household = some_households(commune)[0]
    ticked(commune, a_campaign(commune), [household])
    return pledges_of(household)[0]


def proposed(commune, pledge, by="officer"):
    with transaction(getattr(commune, by)):
        return actions.propose_breach(pledge, HAPPENED, "Biên bản 05/BB-CA", getattr(commune, by))


def taken(commune, breach, step, by="chief", reason=""):
    user = getattr(commune, by)
    with transaction(user):
        breach.workflow.take(step, breach, user, reason)


def test_a_breach_is_decided_by_the_chief_on_the_page_and_told_to_whoever_proposed_it(commune, pledge, browse_as):
    data = {"happened_on": "21/11/2026", "reason": "Biên bản 05/BB-CA", "version": pledge.version}
    browse_as(commune.officer).post(f"/pledges/{pledge.id}/breach", data=data)
    breach = db.session.query(PledgeBreach).one()
    assert (pledge.state, breach.decider_role) == ("confirmed", "police_chief")
    (duty,) = db.session.query(Duty).filter(Duty.rule == "PLEDGE-BREACH", still_open())
    assert duty.owner_role == "police_chief"
    browse_as(commune.chief).post(f"/pledges/breaches/{breach.id}/approve", data={"version": breach.version})
    db.session.expire_all()
    assert (pledge.state, pledge.breached_on) == ("breached", date(2026, 11, 23))
    told = db.session.query(Notification).filter_by(user_id=commune.officer.id, kind="BREACH-DECIDED").count()
    assert (told, duty.open) == (1, False)


def test_a_breached_pledge_still_counts_as_signed(commune, pledge):
    taken(commune, proposed(commune, pledge), "approve")
    assert DRUG_FREE.value(Period(date(2026, 11, 1), date(2026, 11, 30), (commune.id,))) == 1


def open_questions():
    return [one.owner_role for one in db.session.query(Duty).filter(Duty.rule == "PLEDGE-BREACH", still_open())]


def told_to(user, kind):
    return db.session.query(Notification).filter_by(user_id=user.id, kind=kind).count()


def test_what_the_only_chief_proposes_is_decided_by_the_chair_who_is_told_and_owes_it(commune, pledge, browse_as):
    breach = proposed(commune, pledge, by="chief")
    assert (breach.decider_role, open_questions()) == ("commune_leader", ["commune_leader"])
    assert told_to(commune.leader, "BREACH-WAITS") == 1
    with pytest.raises(Forbidden):
        taken(commune, breach, "approve")
    assert "Decide that it was breached" not in browse_as(commune.chief).get(f"/pledges/breaches/{breach.id}").text
    leader = browse_as(commune.leader)
    assert "Decide that it was breached" in leader.get(f"/pledges/breaches/{breach.id}").text
    leader.post(f"/pledges/breaches/{breach.id}/approve", data={"version": breach.version})
    db.session.expire_all()
    assert (pledge.state, open_questions()) == ("breached", [])


def test_a_deputy_of_the_chief_neither_decides_on_what_the_chief_proposes_nor_leaves_it_to_the_chief(commune, pledge):
    with transaction(None):
        accounts.confirm_grant(accounts.grant_role(
            commune.officer2, Role.POLICE_CHIEF, commune.place("CA"), FOUNDED, on_behalf_of=commune.chief
        ), None)  # fmt: skip
    assert proposed(commune, pledge, by="chief").decider_role == "commune_leader"


def test_a_second_chief_in_their_own_right_decides_on_what_the_first_proposes(commune, pledge):
    with transaction(None):
        grant = accounts.grant_role(commune.officer2, Role.POLICE_CHIEF, commune.place("CA"), FOUNDED)
        accounts.confirm_grant(grant, None)
    assert proposed(commune, pledge, by="chief").decider_role == "police_chief"


# ── what two people decided, two people take back ───────────────────────────────────────────────────────────────────
NOVEMBER = (date(2026, 11, 1), date(2026, 11, 30))


@pytest.mark.parametrize("by", ["village_head", "officer", "chief"])
def test_nobody_strikes_out_alone_what_two_people_decided_and_the_page_says_how_it_is_undone(
    commune, pledge, browse_as, by
):
    breached(commune, pledge)
    browser = browse_as(getattr(commune, by))
    assert f"/pledges/{pledge.id}/void" not in browser.get(f"/households/{pledge.household_id}").text
    data = {"reason": "Nhập nhầm", "version": pledge.version}
    answer = browser.post(f"/pledges/{pledge.id}/void", data=data)
    db.session.expire_all()
    assert (answer.status_code, "takes two people as well" in answer.text) == (422, True)
    assert (pledge.voided_at, DRUG_FREE.value(Period(*NOVEMBER, (commune.id,)))) == (None, 1)


def test_a_decision_is_taken_back_by_two_and_the_pledge_stands_as_it_did_before(commune, pledge, browse_as):
    breach = breached(commune, pledge)
    data = {"version": breach.version, "reason": "Nhầm hộ"}
    browse_as(commune.officer).post(f"/pledges/breaches/{breach.id}/ask_back", data=data)
    db.session.expire_all()
    assert (breach.state, pledge.state, open_questions()) == ("taking_back", "breached", ["police_chief"])
    browse_as(commune.chief).post(f"/pledges/breaches/{breach.id}/take_back", data={"version": breach.version})
    db.session.expire_all()
    assert (breach.state, pledge.state, pledge.breached_on) == ("taken_back", "confirmed", None)
    assert (open_questions(), told_to(commune.officer, "BREACH-ANSWERED")) == ([], 1)
    assert proposed(commune, pledge).state == "proposed"


def test_whoever_asks_to_take_a_decision_back_does_not_answer_and_what_the_chief_asks_is_the_chairs(commune, pledge):
    breach = breached(commune, pledge)
    taken(commune, breach, "ask_back", reason="Nhầm hộ")
    assert breach.decider_role == "commune_leader"
    with pytest.raises(Forbidden):
        taken(commune, breach, "take_back")
    taken(commune, breach, "keep", by="leader", reason="Đúng hộ")
    assert (breach.state, pledge.state, open_questions()) == ("approved", "breached", [])


def test_what_was_never_confirmed_waits_again_once_the_decision_on_its_breach_is_taken_back(commune):
    household = some_households(commune)[0]
    ticked(commune, a_campaign(commune), [household], by="officer")
    (pledge,) = pledges_of(household)
    breach = breached(commune, pledge)
    taken(commune, breach, "ask_back", by="officer", reason="Nhầm hộ")
    taken(commune, breach, "take_back")
    assert (pledge.state, pledge.breached_on) == ("signed", None)


def test_what_the_breach_was_is_read_on_its_own_page_and_not_by_the_clerk_or_the_village_head(
    commune, pledge, browse_as
):
    breach = breached(commune, pledge, word="Thấy dùng ma túy")
    for by, reads in (("officer", True), ("leader", True), ("clerk", False), ("village_head", False)):
        browser = browse_as(getattr(commune, by))
        page = browser.get(f"/households/{pledge.household_id}").text
        assert ("breach decided on 23/11/2026" in page, "Thấy dùng ma túy" in page) == (True, False)
        assert (f"/pledges/breaches/{breach.id}" in page) is reads
        assert ("Thấy dùng ma túy" in browser.get(f"/pledges/breaches/{breach.id}").text) is reads
    assert pledge.reason == ""


def test_a_rejected_breach_leaves_the_pledge_as_it_was_and_may_be_proposed_anew(commune, pledge):
    breach = proposed(commune, pledge)
    with pytest.raises(Refused):
        proposed(commune, pledge)  # one at a time
    taken(commune, breach, "reject", reason="Chưa đủ căn cứ")
    assert pledge.state == "confirmed"
    assert proposed(commune, pledge).state == "proposed"


def test_what_was_withdrawn_meanwhile_is_not_breached(commune, pledge):
    breach = proposed(commune, pledge)
    with transaction(commune.officer):
        actions.withdraw(pledge, date(2026, 11, 22), "Rút lại", commune.officer)
    with pytest.raises(Refused):
        taken(commune, breach, "approve")
    assert pledge.state == "withdrawn"


@pytest.mark.parametrize("typed", ["19/11/2026", "24/11/2026", "", "hôm qua"])
def test_a_breach_lies_between_the_signing_and_today(commune, pledge, browse_as, typed):
    data = {"happened_on": typed, "reason": "Biên bản", "version": pledge.version}
    assert browse_as(commune.officer).post(f"/pledges/{pledge.id}/breach", data=data).status_code == 422
    assert db.session.query(PledgeBreach).count() == 0
