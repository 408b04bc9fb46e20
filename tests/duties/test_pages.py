"""The pages of duties: which rules there are, what is past its day, what the next weeks ask for."""

import re
from datetime import date

import pytest
from sqlalchemy import select

from portal.duties.actions import sources
from portal.duties.models import Duty, Escalation
from portal.duties.presenter import sources_of
from portal.engine.db import db
from portal.law import catalogue
from portal.organisation.models import ROLE_NAMES, Role
from tests.builders import a_case


def rules(app):
    with app.app_context():
        return [rule for source in sources() for rule in source.rules]


def test_the_page_of_automatic_duties_names_each_rule_with_its_source_its_owner_and_to_whom_it_climbs(
    commune, browse_as, app
):
    page = browse_as(commune.officer).get("/automatic")
    assert page.status_code == 200
    rows, declared = page.text.split("<tr"), rules(app)
    with app.test_request_context():
        named = {role: str(name) for role, name in ROLE_NAMES.items()}
    for rule in declared:
        row = next(one for one in rows if f">Rule {rule.id}<" in one)
        assert named[Role(rule.owner)] in row
        assert all(named[Role(role)] in row for role, _days in rule.ladder)
        assert any(kind in row for kind in ("Luật", "Nghị định", "Thông tư")) if sources_of(rule) else "own" in row


def test_each_source_on_a_case_from_which_a_duty_follows_leads_to_the_rule_that_says_whose_it_is(commune, browse_as):
    case, officer = a_case(commune), browse_as(commune.officer)
    page, rules = officer.get(f"/cases/{case.id}").text, officer.get("/automatic").text
    linked = re.findall(r'<span class="source"><a href="/automatic#(rule-[\w-]+)">([^<]*)', page)
    assert {"rule-COM-SELF-REPORT", "rule-RIGHT", "rule-CERTIFICATE"} <= {anchor for anchor, _words in linked}
    assert all(words.strip() and rules.count(f'id="{anchor}"') == 1 for anchor, words in linked)


def test_every_rule_that_says_it_follows_the_law_names_a_rule_that_the_law_has(app):
    known = {version.key for version in catalogue.rules()}
    assert [key for rule in rules(app) for key in rule.law if key not in known] == []


@pytest.mark.parametrize("role", list(Role))
def test_no_rule_climbs_to_a_role_that_may_not_read_cases(app, role):
    climbing = {to for rule in rules(app) for to, _days in rule.ladder}
    if role not in (Role.POLICE_CHIEF, Role.COMMUNE_LEADER, Role.INSPECTOR):
        assert role not in climbing


def test_calendar_escalation_and_overdue_list_stand_without_home(app, commune, browse_as, monkeypatch):
    case = a_case(commune)
    officer, chief = browse_as(commune.officer), browse_as(commune.chief)

    def told():
        climbing = db.session.execute(select(Escalation.role, Escalation.from_on).order_by(Escalation.id)).all()
        pages = [officer.get("/calendar").text, chief.get("/overdue").text]
        return [page[page.index("<main") :] for page in pages], climbing

    before = told()
    assert "self-report for 11/2026" in before[0][1]
    monkeypatch.setitem(app.view_functions, "home.show", lambda: ("gone", 410))
    assert officer.get("/").status_code == 410
    assert told() == before
    assert db.session.scalars(select(Duty).where(Duty.case_id == case.id)).all()


def test_only_who_oversees_sees_what_is_past_its_day(commune, browse_as):
    a_case(commune)
    assert browse_as(commune.officer).get("/overdue").status_code == 403
    assert browse_as(commune.village_head).get("/overdue").status_code == 403
    page = browse_as(commune.inspector).get("/overdue")
    assert "self-report for 11/2026" in page.text


def test_the_form_stands_at_the_month_that_is_missing(commune, browse_as):
    case = a_case(commune)
    home = browse_as(commune.officer).get("/").text
    address = f"/cases/{case.id}/assessment?month=2026-10"
    assert address in home
    form = browse_as(commune.officer).get(address).text
    assert '<option selected value="2026-10-01">' in form
    assert date(2026, 11, 1).isoformat() not in form  # it is not over yet


def next_steps(page):
    return re.findall(r'<a href="([^"]*)">', page.text[page.text.index('class="next-up"') :].partition("</ul>")[0])


def test_the_page_of_a_case_leads_whoever_owes_a_duty_to_the_page_that_its_rule_names(commune, browse_as):
    case = a_case(commune, received_on=date(2026, 11, 6), starts_on=date(2026, 10, 20), term_months=18)
    case_id = case.id
    by_hand = select(Duty.id).where(Duty.case_id == case_id, Duty.rule == "COM-RECEPTION-REPORT")
    finishing = {f"/duties/{one}/finish" for one in db.session.scalars(by_hand)}
    expected = finishing | {
        f"/cases/{case_id}/summon",
        f"/proposals/new/helper/for-case/{case_id}",
        f"/proposals/new/supervision_plan/for-case/{case_id}",
        f"/cases/{case_id}/assessment?month=2026-11",
    }
    assert set(next_steps(browse_as(commune.officer).get(f"/cases/{case_id}"))) == expected
    assert not finishing & set(next_steps(browse_as(commune.chief).get(f"/cases/{case_id}")))
    assert next_steps(browse_as(commune.inspector).get(f"/cases/{case_id}")) == []


def test_the_help_of_jobs_tells_every_job_that_a_room_declares(app, commune):
    told = app.test_cli_runner().invoke(args=["jobs", "run", "--help"], env={"LANG": "en"}).output
    for job in ("duties", "mail", "patrols"):
        assert f"  {job} " in told
    assert "Tells which patrols did not set out" in told
