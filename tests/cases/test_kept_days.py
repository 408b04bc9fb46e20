"""The days of a case are kept as an act worked them out; where the law gives others today, two people decide."""

from datetime import date

import pytest
from sqlalchemy import update

from portal.cases.actions import keeping, record_term_change
from portal.cases.jobs import look_for_differences
from portal.cases.models import BirthCorrection, Case, CaseType, Reckoning
from portal.engine.db import db, own_transaction
from portal.engine.refusal import Forbidden, Refused
from portal.engine.text import in_english
from portal.engine.transaction import transaction
from portal.law import terms
from portal.lawbook import actions as lawbook
from tests.builders import a_case


def planted(case, **values):
    """Change a row past every deed, as somebody with the database could."""
    with own_transaction() as rows:
        rows.execute(update(Case.__table__).where(Case.id == case.id).values(**values))
    db.session.expire_all()


def told():
    with in_english():
        return look_for_differences()


def test_opening_a_case_keeps_its_days_with_rule_version_source_and_facts(commune):
    case = a_case(commune)
    (kept,) = case.reckonings
    assert (kept.last_on, case.kept_ends_on) == (case.ends_on, case.ends_on)
    last = next(one for one in kept.days if one.kind == "end")
    assert last.due.inputs == {"starts_on": case.starts_on, "months": case.term_months}
    assert all(one.source and one.holds_from for one in kept.days)


def test_a_confirmed_shortening_keeps_other_days_and_the_earlier_ones_stay(commune):
    case = a_case(commune)
    before = case.ends_on
    with transaction(commune.officer):
        change = record_term_change(case, case.received_on, 2, "12/QĐ-TA")
    assert len(case.reckonings) == 1
    with transaction(commune.chief):
        change.workflow.take("confirm", change, commune.chief)
    assert [one.last_on == before for one in case.reckonings] == [True, False]
    assert case.kept_ends_on == case.ends_on < before


def test_another_way_to_count_moves_no_day_by_itself(commune, monkeypatch):
    case = a_case(commune)
    before = case.ends_on
    monkeypatch.setattr(terms, "last_of_term", lambda *_asked: date(2030, 1, 1))
    assert case.ends_on == before
    differing = {(one.kept, one.today) for one in keeping.differing(case)}
    assert (before, date(2030, 1, 1)) in differing


def test_the_night_finds_no_difference_and_one_after_one_was_planted(commune, neighbour):
    case, _other = a_case(commune), a_case(neighbour)
    assert told() == "2 cases looked at. No difference."
    planted(case, term_months=case.term_months - 1)
    assert told() == f"2 cases looked at. 1 differs: {case.number}."
    assert len(db.session.get_one(Case, case.id).reckonings) == 1


def test_what_ran_before_days_were_kept_is_kept_once(commune):
    case = a_case(commune)
    planted(case, kept_facts="", kept_ends_on=None)
    assert "Of 1 the days are kept from now on." in told()
    assert told() == "1 case looked at. No difference."


def taken_over(commune, monkeypatch):
    case = a_case(commune)
    monkeypatch.setattr(terms, "last_of_term", lambda *_asked: date(2030, 1, 1))
    with transaction(commune.officer):
        return keeping.ask_to_take_over(case, "Đã đối chiếu bản án", commune.officer)


def test_new_days_hold_once_a_second_person_confirmed_them(commune, monkeypatch):
    asked = taken_over(commune, monkeypatch)
    case = asked.case
    assert case.ends_on != date(2030, 1, 1)
    with pytest.raises(Forbidden), transaction(commune.officer):
        asked.workflow.take("confirm", asked, commune.officer)
    with pytest.raises(Refused), transaction(commune.officer):
        keeping.ask_to_take_over(case, "Lần nữa", commune.officer)
    with transaction(commune.chief):
        asked.workflow.take("confirm", asked, commune.chief)
    assert case.ends_on == date(2030, 1, 1)
    assert keeping.differing(case) == []


def test_refused_new_days_change_nothing_and_the_difference_stays(commune, monkeypatch):
    asked = taken_over(commune, monkeypatch)
    before = asked.case.ends_on
    with transaction(commune.chief):
        asked.workflow.take("refuse", asked, commune.chief, "Bản án ghi khác")
    assert asked.case.ends_on == before
    assert keeping.differing(asked.case)


def test_a_reading_that_two_people_changed_leaves_no_difference(commune):
    case = a_case(commune)
    before = case.ends_on
    with transaction(commune.chief):
        change = lawbook.propose_reading(commune.unit, "term_end", "START_DAY_COUNTED", "Tòa án", "Theo Tòa án")
    with transaction(commune.leader):
        lawbook.decide(change, "approve", commune.leader, "", None)
    assert (before - case.ends_on).days == 1
    assert keeping.differing(case) == []
    assert [one.because for one in case.reckonings][1:] == [keeping.BY_RULE]


def test_a_reading_that_moves_no_day_of_a_case_takes_over_nothing_that_differs_in_it(commune, monkeypatch):
    case = a_case(commune)
    before = case.ends_on
    monkeypatch.setattr(terms, "last_of_term", lambda *_asked: date(2030, 1, 1))
    assert keeping.differing(case)
    with transaction(commune.chief):
        change = lawbook.propose_reading(commune.unit, "same_day_absence", "no_day", "Tòa án", "Theo Tòa án")
    with transaction(commune.leader):
        lawbook.decide(change, "approve", commune.leader, "", None)
    assert change.moved_days == []
    assert case.ends_on == before
    assert [one.because for one in case.reckonings][1:] == []
    assert (before, date(2030, 1, 1)) in {(one.kept, one.today) for one in keeping.differing(case)}


def test_a_reception_keeps_the_days_that_it_moves_and_no_other_that_differs(commune, browse_as, monkeypatch):
    case = a_case(commune, received_on=date(2026, 11, 6), starts_on=date(2026, 10, 20), term_months=18)
    before = case.ends_on
    sent = {"held_on": "18/11/2026", "version": case.version}
    assert browse_as(commune.officer).post(f"/cases/{case.id}/reception", data=sent).status_code == 302
    assert told() == "1 case looked at. No difference."
    assert [one.because for one in case.reckonings][1:] == ["receive"]
    assert "The reception was recorded" in browse_as(commune.officer).get(f"/cases/{case.id}/days").text
    monkeypatch.setattr(terms, "last_of_term", lambda *_asked: date(2030, 1, 1))
    db.session.expire_all()
    again = {"held_on": "17/11/2026", "version": case.version, "reason": "Ghi nhầm ngày"}
    assert browse_as(commune.officer).post(f"/cases/{case.id}/reception", data=again).status_code == 302
    db.session.expire_all()
    assert [one.because for one in case.reckonings][1:] == ["receive", "correct_reception"]
    assert case.ends_on == before
    assert {one.kept for one in keeping.differing(case) if one.today == date(2030, 1, 1)} == {before}
    assert {"COM-PLAN", "COM-RECEPTION-REPORT"}.isdisjoint(one.rule for one in keeping.differing(case))


def test_a_date_of_birth_that_two_people_confirmed_asks_nobody_again(commune):
    case = a_case(commune, type=CaseType.NON_CUSTODIAL_REFORM, term_months=24)
    with transaction(commune.officer):
        asked = BirthCorrection(
            case=case, commune_id=case.commune_id, birth_date=date(2010, 7, 14), birth_year=None, reason="Khai sinh"
        )  # fmt: skip
        db.session.add(asked)
    with transaction(commune.chief):
        asked.workflow.take("confirm", asked, commune.chief)
    assert [one.because for one in case.reckonings][1:] == ["confirm"]
    assert told() == "1 case looked at. No difference."


def test_what_was_asked_before_the_law_was_read_otherwise_takes_the_place_of_nothing_newer(
    commune, browse_as, monkeypatch
):
    with monkeypatch.context() as before:
        before.setattr(terms, "last_of_term", lambda *_asked: date(2030, 1, 1))
        case = a_case(commune)
    assert case.ends_on == date(2030, 1, 1)
    with transaction(commune.officer):
        asked = keeping.ask_to_take_over(case, "Đã đối chiếu bản án", commune.officer)
    with transaction(commune.chief):
        change = lawbook.propose_reading(commune.unit, "term_end", "START_DAY_COUNTED", "Tòa án", "Theo Tòa án")
    with transaction(commune.leader):
        lawbook.decide(change, "approve", commune.leader, "", None)
    newer = case.ends_on
    assert newer < asked.last_on
    chief = browse_as(commune.chief)
    refused = chief.post(f"/reckonings/{asked.id}/confirm", data={"version": asked.version})
    assert refused.status_code == 422
    assert "days of the case were worked out anew" in refused.text
    db.session.expire_all()
    assert case.ends_on == newer
    sent = {"version": asked.version, "reason": "Đã tính lại"}
    assert chief.post(f"/reckonings/{asked.id}/refuse", data=sent).status_code == 302


def test_pages_tell_the_days_the_difference_and_the_question(commune, browse_as, monkeypatch):
    case = a_case(commune)
    officer, chief = browse_as(commune.officer), browse_as(commune.chief)
    assert "The case was opened" not in chief.get("/differences").text
    monkeypatch.setattr(terms, "last_of_term", lambda *_asked: date(2030, 1, 1))
    assert "01/01/2030" in officer.get(f"/cases/{case.id}/days").text
    assert case.number in chief.get("/differences").text
    address = f"/cases/{case.id}/days/take-over"
    assert officer.post(address, data={"reason": "", "version": case.version}).status_code == 422
    assert officer.post(address, data={"reason": "Đã đối chiếu", "version": case.version}).status_code == 302
    asked = db.session.query(Reckoning).filter_by(state="asked").one()
    assert "new days wait for confirmation" in chief.get("/").text
    assert "Confirm the new days" in chief.get(f"/reckonings/{asked.id}").text
    assert "Confirm the new days" not in officer.get(f"/reckonings/{asked.id}").text
    assert chief.post(f"/reckonings/{asked.id}/confirm", data={"version": asked.version}).status_code == 302
    assert "01/01/2030" in officer.get(f"/cases/{case.id}").text
