"""Home shows what needs the reader, in order, and nothing of anybody else's."""

import re
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from portal.cases.actions import record_check_in, record_contact, record_roll_call
from portal.cases.models import CaseType, ContactKind
from portal.duties.models import Duty, Escalation
from portal.duties.presenter import MOST
from portal.engine import clock
from portal.engine.db import db
from portal.engine.transaction import transaction
from portal.proposals import actions as proposals
from tests.builders import a_case, an_absence
from tests.conftest import TODAY

HEADS = ("overdue", "today", "week", "rights", "ahead")


def groups(page):
    """The titles of the rows under each head, in the order of the page."""
    parts = re.split(r'<section class="group" id="([a-z]+)"', page.text)
    return {
        head: re.findall(r"<h3><a [^>]*>([^<]*)</a>", body) for head, body in zip(parts[1::2], parts[2::2], strict=True)
    }


def plant(commune, rule, due_on, key="", **more):
    """Ten planted duties need no ten cases: the rows are all that Home reads."""
    case = more.pop("case")
    facts = {"owner_id": commune.officer.id, "owner_role": "police_officer", **more}
    with transaction(None):
        duty = Duty(
            rule=rule, key=key or str(due_on), subject_type="nothing", subject_id=case.id, case_id=case.id,
            commune_id=commune.id, due_on=due_on, **facts,
        )  # fmt: skip
        db.session.add(duty)
    return duty


@pytest.fixture
def bare_case(commune):
    """A case that makes no duties of its own yet: its management begins next year."""
    return a_case(
        commune, "Đặng Công Tạo", type=CaseType.DRUG_USER_MANAGEMENT, starts_on=date(2027, 2, 10), term_months=12
    )


def test_ten_planted_duties_stand_under_their_heads_soonest_first(commune, browse_as, bare_case):
    days = {"a": -20, "b": -2, "c": -1, "d": 0, "e": 0, "f": 1, "g": 5, "h": 7, "i": 20, "j": 3}
    for name, days_left in days.items():
        more = {"opens_on": TODAY} if name == "i" else {"is_right": True} if name == "j" else {}
        values = {"month": name.upper()}
        plant(commune, "COM-SELF-REPORT", TODAY + timedelta(days_left), name, case=bare_case, values=values, **more)
    shown = groups(browse_as(commune.officer).get("/"))
    told = {head: [title.rsplit(" ", 1)[1] for title in titles] for head, titles in shown.items()}
    assert told == {
        "overdue": ["A", "B", "C"],
        "today": ["D", "E"],
        "week": ["F", "G", "H"],
        "rights": ["J"],
        "ahead": ["I"],
    }
    assert list(told) == [head for head in HEADS if head in told]


def test_what_is_due_on_a_day_off_stands_under_today_on_the_working_day_before(commune, browse_as, bare_case):
    plant(commune, "HANDOVER", TODAY + timedelta(3), case=bare_case, alert_on=TODAY)
    assert len(groups(browse_as(commune.officer).get("/"))["today"]) == 1


def test_each_role_reads_its_own_duties_and_nobody_elses(commune, neighbour, browse_as):
    mine, other = a_case(commune, "Hồ Công Nghị"), a_case(commune, "A Hluân", officer="officer2")
    strange = a_case(neighbour, "Phùng Văn Chấn")
    proposal = an_absence(commune, mine, date(2026, 12, 1), date(2026, 12, 5))
    with transaction(commune.officer):
        proposal.workflow.take("submit", proposal, commune.officer)
    pages = {
        name: browse_as(getattr(commune, name)).get("/").text
        for name in (
            "officer",
            "officer2",
            "chief",
            "leader",
            "helper",
            "village_head",
            "clerk",
            "military",
            "administrator",
        )
    }
    assert mine.person.full_name in pages["officer"]
    assert other.person.full_name not in pages["officer"]
    assert other.person.full_name in pages["officer2"]
    about = f"Absence of {proposal.case.person.full_name}"
    assert about in pages["chief"]
    assert about not in pages["leader"]
    for page in pages.values():
        assert strange.person.full_name not in page
    for name in ("helper", "village_head", "clerk", "military", "administrator"):
        assert mine.person.full_name not in pages[name]
        assert other.person.full_name not in pages[name]


def test_the_author_sees_what_others_hold_until_they_decide(commune, browse_as):
    case = a_case(commune)
    with transaction(commune.officer):
        proposal = proposals.propose_helper(case, commune.helper, "Cùng thôn")
    with transaction(commune.officer):
        proposal.workflow.take("submit", proposal, commune.officer)
    page = browse_as(commune.officer).get("/").text
    assert "Waiting for others" in page
    assert f"/proposals/{proposal.id}" in page


def test_the_owner_is_told_what_a_colleague_recorded_and_by_whom(commune, browse_as):
    case = a_case(commune)
    duty = browse_as(commune.officer2)
    assert case.person.full_name in duty.get("/cases/on-duty").text
    assert case.offence not in duty.get(f"/cases/{case.id}/check-in").text
    written = duty.post(
        f"/cases/{case.id}/check-in", data={"month": "2026-11-01", "received_on": "23/11/2026", "channel": "in_person"}
    )
    assert written.headers["Location"] == "/cases/on-duty"
    assert duty.get(f"/cases/{case.id}").status_code == 404
    owner = browse_as(commune.officer)
    home = owner.get("/").text
    assert "What others recorded" in home
    assert f"Self-report of {case.person.full_name}" in home
    assert commune.officer2.full_name in home
    assert f"Recorded by {commune.officer2.full_name}" in owner.get(f"/cases/{case.id}").text
    assert "What others recorded" not in browse_as(commune.officer2).get("/").text


def test_what_one_recorded_oneself_or_long_ago_is_not_told(commune, browse_as):
    case = a_case(commune)
    with clock.telling(clock.moment(TODAY - timedelta(10))), transaction(commune.officer2):
        record_contact(case, ContactKind.CALL, TODAY - timedelta(10), "Đã gọi điện")
    with transaction(commune.officer):
        record_check_in(case, TODAY, TODAY)
        record_roll_call(case, TODAY, TODAY, present=True)
    assert "What others recorded" not in browse_as(commune.officer).get("/").text


def test_an_empty_home_says_what_will_come(commune, browse_as):
    page = browse_as(commune.village_head).get("/").text
    assert "Nothing waits for you." in page
    assert db.session.scalars(select(Duty)).all() == []


def test_home_and_calendar_of_a_big_commune_show_the_nearest_and_tell_how_many_there_are(commune, browse_as, bare_case):
    for number in range(MOST):
        plant(
            commune, "COM-SELF-REPORT", TODAY - timedelta(9), f"w{number}", case=bare_case, owner_id=None,
            values={"month": "9"},
        )  # fmt: skip
    with transaction(None):
        for duty in db.session.scalars(select(Duty).where(Duty.owner_id.is_(None))):
            duty.escalations.append(Escalation(role="police_chief", from_on=TODAY))
    plant(
        commune, "COM-SELF-REPORT", TODAY, "own", case=bare_case, owner_id=commune.chief.id, owner_role="police_chief",
        values={"month": "OWN"},
    )  # fmt: skip
    home, calendar = browse_as(commune.chief).get("/").text, browse_as(commune.chief).get("/calendar").text
    for page in (home, calendar):
        assert "OWN" in page
        assert f"The {MOST} nearest of {MOST + 1} duties" in page


def lit(page):
    """The places of a phone's bar that are shown as the present one."""
    tabs = page.text.split('<nav class="tabs"')[1].split("</nav>")[0]
    return [
        re.sub("<[^>]*>", "", one).strip() for one in re.findall(r"<a [^>]*aria-current[^>]*>(.*?)</a>", tabs, re.S)
    ]


@pytest.mark.parametrize(
    ("path", "place"), [("/more", "More"), ("/account", "More"), ("/cases/", "Cases"), ("/reports/figures", "More")]
)
def test_a_phone_lights_one_place_and_that_is_where_one_is(commune, browse_as, path, place):
    assert lit(browse_as(commune.officer).get(path)) == [place]


def test_a_duty_past_its_day_is_told_so_once(commune, browse_as):
    plant(commune, "cases.check_in", TODAY - timedelta(days=21), case=a_case(commune))
    page = re.sub(r"<[^>]+>", " ", browse_as(commune.officer).get("/").text)
    assert re.search(r"\d+ days? past", page)
    assert not re.search(r"past\s+past", page)
