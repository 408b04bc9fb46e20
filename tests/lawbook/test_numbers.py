"""A number of the law that nobody confirmed is proposed by the chief with its source, and decided by the chair."""

import re
from datetime import date, timedelta

import pytest

from portal.cases.models import Case
from portal.engine import clock
from portal.engine.db import db
from portal.engine.refusal import Forbidden, Refused
from portal.engine.transaction import transaction
from portal.lawbook import actions
from portal.lawbook.models import RuleChange
from portal.lawbook.queries import law_of
from tests.builders import a_case

HAND_OVER = "SS-HANDOVER"  # three days before the end, not confirmed under the act of 2025
SOURCE = "Luật THAHS 127/2025/QH15, Điều 84"


def proposed(commune, value="5", key=HAND_OVER):
    with transaction(commune.chief):
        return actions.propose_number(commune.unit, key, value, date(2026, 7, 1), SOURCE, "Đã đọc", seen=True)


def decided(change, by, transition="approve", reason=""):
    with transaction(by):
        actions.decide(change, transition, by, reason, None)
    return change


def hand_over(case):
    return next(due for due in case.law.calendar if due.rule == HAND_OVER and due.kind == "deadline")


def read(browser, address):
    """A page with plain spaces, where it holds the words of a clause together."""
    return browser.get(address).text.replace("\u00a0", " ")


@pytest.mark.both_engines
def test_an_approved_number_moves_the_days_of_the_commune_and_of_no_other(commune, neighbour):
    here, there = a_case(commune), a_case(neighbour)
    before = hand_over(here).due_on
    change = proposed(commune)
    assert hand_over(here).due_on == before
    decided(change, commune.leader)
    assert (before - hand_over(here).due_on).days == 2
    assert (hand_over(here).source, hand_over(here).confirmed) == (SOURCE, True)
    assert hand_over(there).source != SOURCE


def test_a_change_keeps_whose_days_it_moved_when_it_was_decided(commune):
    case = a_case(commune)
    before = hand_over(case).due_on
    change = decided(proposed(commune), commune.leader)
    (moved,) = change.moved_days
    assert (moved.number, moved.rule, moved.before) == (case.number, HAND_OVER, before)
    decided(proposed(commune, "9"), commune.leader)
    db.session.expire_all()
    assert [(one.before, one.after) for one in change.moved_days] == [(moved.before, moved.after)]


def test_whoever_proposed_a_change_does_not_decide_on_it_in_any_role(commune):
    change = proposed(commune)
    with pytest.raises(Forbidden):
        decided(change, commune.chief)
    with pytest.raises(Forbidden):
        decided(change, commune.clerk)
    assert change.state == "proposed"


def test_a_number_that_was_read_in_the_text_in_force_is_not_for_a_commune_to_change(commune):
    with pytest.raises(Refused):
        proposed(commune, key="COM-ASSIGN-OFFICER")
    assert db.session.query(RuleChange).count() == 0


def test_of_two_approved_numbers_of_one_day_the_later_holds_and_a_rejected_one_never(commune):
    case = a_case(commune)
    ends_on = case.ends_on
    for value in ("5", "9"):
        decided(proposed(commune, value), commune.leader)
    decided(proposed(commune, "20"), commune.leader, "reject", "Chưa rõ căn cứ")
    assert (ends_on - hand_over(case).due_on).days == 9


def test_of_two_numbers_approved_on_one_day_the_one_that_was_decided_last_holds_whichever_was_proposed_first(commune):
    case = a_case(commune)
    first, second = proposed(commune, "5"), proposed(commune, "9")
    for hour, change in ((9, second), (10, first)):
        with clock.telling(clock.moment(clock.today(), hour)):
            decided(change, commune.leader)
    assert (case.ends_on - hand_over(case).due_on).days == 5


def test_a_number_that_is_none_is_confirmed_as_it_is(commune, browse_as):
    key, sent = "SS-CERT", {"value": "0", "holds_from": "01/07/2026", "source": SOURCE, "reason": "Đã đọc", "seen": "y"}
    assert browse_as(commune.chief).post(f"/rules/numbers/{key}", data=sent).status_code == 302
    decided(db.session.query(RuleChange).one(), commune.leader)
    known = law_of(commune.unit)["suspended_sentence"].PARAMETERS.on(clock.today())[key]
    assert (known.count, known.confirmed) == (0, True)


def test_another_reading_moves_the_last_day_of_a_term_and_back(commune):
    case = a_case(commune)
    ends_on = case.ends_on
    for reading, days in (("START_DAY_COUNTED", 1), ("CORRESPONDING_DAY", 0)):
        with transaction(commune.chief):
            change = actions.propose_reading(commune.unit, "term_end", reading, "Công văn của Tòa án", "Theo Tòa án")
        decided(change, commune.leader)
        assert (ends_on - db.session.get_one(Case, case.id).ends_on).days == days


def test_the_chief_sees_whose_days_would_move_before_anything_is_proposed(commune, browse_as):
    case, chief = a_case(commune), browse_as(commune.chief)
    typed = {"value": "5", "holds_from": "01/07/2026", "source": SOURCE, "reason": "Đã đọc"}
    answer = chief.post(f"/rules/numbers/{HAND_OVER}", data={**typed, "only": "check"})
    assert answer.status_code == 200
    assert case.number in answer.text
    assert f"{hand_over(case).due_on:%d/%m/%Y}" in answer.text
    assert db.session.query(RuleChange).count() == 0
    assert chief.post(f"/rules/numbers/{HAND_OVER}", data=typed).status_code == 302
    assert db.session.query(RuleChange).one().state == "proposed"


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("value", "0", "cannot be right"), ("value", "1/3", "whole number"), ("value", "-5", "whole number"),
        ("value", "9999", "cannot be right"), ("value", "", ""), ("holds_from", "01/01/2019", "01/07/2026"),
        ("holds_from", "01/07/2090", "too far ahead"), ("holds_from", "31/02/2027", ""), ("source", "", ""),
        ("reason", "", ""),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_number_is_told_at_its_field_and_nothing_typed_is_lost(
    commune, browse_as, field, typed, said
):
    sent = {"value": "5", "holds_from": "01/07/2026", "source": SOURCE, "reason": "Đã đọc", field: typed}
    answer = browse_as(commune.chief).post(f"/rules/numbers/{HAND_OVER}", data=sent)
    assert answer.status_code == 422
    told = re.search(rf'id="{field}-error"[^>]*>(.*?)</', answer.text, re.DOTALL)
    assert told, field
    assert said in re.sub(r"<[^>]+>", "", answer.text)
    assert (SOURCE in answer.text) == (field != "source")
    assert db.session.query(RuleChange).count() == 0


def test_the_book_of_rules_tells_each_number_with_its_source_and_what_is_in_doubt(commune, browse_as):
    leader = browse_as(commune.leader)
    assert "Nghị định 231/2026/NĐ-CP, Điều 5 khoản 1" in read(leader, "/rules/")
    doubtful = read(leader, "/rules/?in_doubt=1")
    assert HAND_OVER in doubtful
    assert "COM-ASSIGN-OFFICER" not in doubtful
    assert "NCR-ABSENCE" in read(leader, "/rules/?q=điều 100")
    assert leader.get("/rules/?of=nothing").status_code == 404


def test_an_approved_number_stands_in_the_book_of_its_commune_alone(commune, neighbour, browse_as):
    decided(proposed(commune), commune.leader)
    assert SOURCE in read(browse_as(commune.officer), f"/rules/?q={HAND_OVER}")
    assert SOURCE not in read(browse_as(neighbour.officer), f"/rules/?q={HAND_OVER}")


def test_a_change_waits_for_the_chair_as_a_duty_and_is_done_by_the_decision(commune, browse_as):
    proposed(commune)
    leader = browse_as(commune.leader)
    assert "QT-2026-001" in leader.get("/").text
    change = db.session.query(RuleChange).one()
    done = leader.post(f"/rules/changes/{change.id}/approve", data={"version": change.version})
    assert done.status_code == 302
    assert "QT-2026-001: to be decided" not in leader.get("/").text


def test_an_approved_change_renews_the_duties_of_the_day(commune, browse_as):
    decided(proposed(commune), commune.leader)
    assert law_of(commune.unit)["suspended_sentence"].PARAMETERS.on(clock.today())[HAND_OVER].count == 5
    assert commune.unit.duties_on is None
    browse_as(commune.chief).get("/")
    db.session.refresh(commune.unit)
    assert commune.unit.duties_on == clock.today()


def test_the_dry_run_of_a_reading_tells_the_last_days_that_it_moves(commune, browse_as):
    case = a_case(commune)
    typed = {"reading": "START_DAY_COUNTED", "source": "Tòa án", "reason": "Theo Tòa án", "only": "check"}
    page = browse_as(commune.chief).post("/rules/readings/term_end", data=typed).text
    assert f"{case.ends_on:%d/%m/%Y}" in page
    assert f"{case.ends_on - timedelta(days=1):%d/%m/%Y}" in page
