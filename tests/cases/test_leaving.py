"""When a person moves, is detained, dies, or the file is handed over: what is recorded, owed, shown, and no more."""

from datetime import date

import pytest

from portal.cases.models import CaseType, ClosingReason, Death, FileHandover, Receiver
from portal.documents.queries import document_of
from portal.duties.daily import renew_all
from portal.engine import clock
from portal.engine.access import may, reach
from portal.engine.db import db
from portal.engine.refusal import Refused
from portal.engine.transaction import transaction
from portal.people.models import Person
from tests.builders import a_case, a_cut, a_person
from tests.builders import commune as commune_of
from tests.cases.leaving import asked_to_move, decided, duty, latest, owed, sent
from tests.drugs.managing import paper, said
from tests.proposals.ways import step, version_on

ITEMS = "Bản án số 21/2026/HS-ST\nBản cam kết"
RECEIVES = {"receiver": "Công an xã Dục Nông", "received_by": "Đại úy A Lăng", "note": ""}


def custody(client, case, **typed):
    facts = {"kind": "detained", "detained_on": "10/11/2026", "released_on": "", "paper": "Lệnh tạm giam số 9",
             "held_by": "Trại tạm giam tỉnh", "informed_on": "", "informed": "", **typed}  # fmt: skip
    return sent(client, f"/cases/{case.id}/custody", case, **facts)


# ── custody ─────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_custody_lets_the_months_rest_and_only_information_is_asked_for(commune, browse_as):
    case, officer = a_case(commune), browse_as(commune.officer)
    assert {"COM-SELF-REPORT", "COM-ROLLCALL"} <= owed(case).keys()
    assert custody(officer, case).status_code == 302
    left = owed(case)
    december = [one.key for rule, one in left.items() if rule in ("COM-SELF-REPORT", "COM-ROLLCALL")]
    assert "2026-12" not in december
    assert left["COM-DETAINED"].due_on == date(2026, 12, 23)
    assert "Điều 11 khoản 3" in left["COM-DETAINED"].source
    assert case.state == "suspended"
    page = said(officer.get(f"/cases/{case.id}"))
    assert "Paused, information only" in page
    assert "Lệnh tạm giam số 9" in page


def test_what_was_learnt_puts_the_next_question_a_month_on_and_the_release_brings_the_months_back(commune, browse_as):
    case, officer = a_case(commune), browse_as(commune.officer)
    custody(officer, case)
    assert custody(officer, case, informed_on="20/11/2026", informed="Còn tạm giam").status_code == 302
    assert duty(case, "COM-DETAINED").due_on == date(2026, 12, 20)
    assert custody(officer, case, released_on="22/11/2026").status_code == 302
    assert case.state == "open"
    assert "COM-DETAINED" not in owed(case)
    assert "does not say whether the term runs" in said(officer.get(f"/cases/{case.id}"))


def test_whoever_is_charged_and_at_large_goes_on_reporting(commune, browse_as):
    case, officer = a_case(commune), browse_as(commune.officer)
    assert custody(officer, case, kind="charged").status_code == 302
    left = owed(case)
    assert case.state == "open"
    assert {"COM-SELF-REPORT", "COM-DETAINED"} <= left.keys()


def test_custody_during_a_reintegration_of_which_its_law_says_nothing_is_recorded_and_lets_nothing_rest(
    commune, browse_as
):
    case, officer = a_case(commune, type=CaseType.REINTEGRATION), browse_as(commune.officer)
    assert custody(officer, case).status_code == 302
    assert case.state == "open"
    assert duty(case, "COM-DETAINED").due_on == date(2026, 12, 23)
    page = said(officer.get(f"/cases/{case.id}"))
    assert "what the person owes is asked for as before" in page
    assert custody(officer, case, released_on="22/11/2026").status_code == 302
    assert "COM-DETAINED" not in owed(case)


def test_a_custody_that_is_over_leaves_a_case_suspended_that_the_chief_suspended(commune, browse_as):
    case, officer = a_case(commune), browse_as(commune.officer)
    with transaction(commune.chief):
        case.workflow.take("suspend", case, commune.chief, "Đi chữa bệnh dài ngày")
    assert custody(officer, case, released_on="15/11/2026").status_code == 302
    assert case.state == "suspended"
    assert custody(officer, case, detained_on="16/11/2026").status_code == 302
    assert custody(officer, case, detained_on="16/11/2026", released_on="20/11/2026").status_code == 302
    assert case.state == "suspended"


def test_who_is_released_on_bail_was_in_custody_until_that_day_and_is_charged_since(commune, browse_as):
    case, officer = a_case(commune), browse_as(commune.officer)
    custody(officer, case)
    assert custody(officer, case, kind="charged", detained_on="18/11/2026").status_code == 302
    held, charged = case.custodies
    assert (held.kind, held.detained_on, held.released_on) == ("detained", date(2026, 11, 10), date(2026, 11, 18))
    assert (charged.kind, charged.detained_on, charged.released_on) == ("charged", date(2026, 11, 18), None)
    assert case.state == "open"
    assert held.holds_on(date(2026, 11, 15))
    assert custody(officer, case, kind="charged", detained_on="18/11/2026", informed="Chờ xét xử").status_code == 302
    assert custody(officer, case, detained_on="21/11/2026").status_code == 302
    assert [one.released_on for one in case.custodies] == [date(2026, 11, 18), date(2026, 11, 21), None]
    assert case.state == "suspended"


def test_another_kind_since_the_first_day_is_refused_at_the_day_and_the_months_in_custody_stay(commune, browse_as):
    case, officer = a_case(commune), browse_as(commune.officer)
    custody(officer, case)
    refused = custody(officer, case, kind="charged", held_by="Trại khác")
    assert refused.status_code == 422
    assert "Since 10/11/2026 it is recorded as “Detained or arrested”." in said(refused)
    assert "Trại khác" in refused.text
    assert 'href="#detained_on"' in refused.text
    assert [one.kind for one in case.custodies] == ["detained"]
    assert case.state == "suspended"


def test_a_custody_that_is_struck_out_lets_the_case_go_on(commune, browse_as):
    case, officer = a_case(commune), browse_as(commune.officer)
    custody(officer, case)
    (one,) = case.custodies
    page = f"/management-custodies/{one.id}/void"
    sent_with = {"version": version_on(officer.get(page)), "reason": "Nhầm người"}
    assert officer.post(page, data=sent_with).status_code == 302
    db.session.expire_all()
    assert one.voided_at is not None
    assert case.state == "open"


@pytest.mark.parametrize(
    ("typed", "told"),
    [({"released_on": "01/11/2026"}, "cannot lie before the custody"),
     ({"informed_on": "01/11/2026"}, "before it began"),
     ({"detained_on": "01/07/2026"}, "received only on")],
)  # fmt: skip
def test_days_that_contradict_one_another_are_refused_and_nothing_typed_is_lost(commune, browse_as, typed, told):
    case = a_case(commune)
    refused = custody(browse_as(commune.officer), case, **typed)
    assert refused.status_code == 422
    assert told in said(refused)
    assert "Lệnh tạm giam số 9" in refused.text


# ── a change of residence ───────────────────────────────────────────────────────────────────────────────────────────
def test_within_the_commune_the_village_changes_on_its_day_and_not_before(commune, browse_as):
    case, officer = a_case(commune), browse_as(commune.officer)
    village = str(commune.place("NHA").id)
    here = {"reach": "within", "village_id": village, "moves_to": "", "address": "Số 3", "holds_from": "25/11/2026"}
    assert asked_to_move(officer, case, **here).status_code == 302
    proposal = latest()
    with pytest.raises(Exception, match="decided on that day or later"):
        decided(commune, proposal)
    with clock.telling(clock.moment(date(2026, 11, 25))):
        from tests.proposals.ways import step

        step(proposal, "approve", commune.chief)
    assert (case.person.village.name, case.person.address) == ("thôn Ngọc Hải", "Số 3")
    assert case.move is None


@pytest.mark.parametrize("type_", [CaseType.REINTEGRATION, CaseType.RESIDENCE_BAN, CaseType.PRISON_DEFERRAL])
def test_whoever_needs_nobodys_leave_tells_the_move_and_the_file_goes_after_them(commune, browse_as, type_):
    case, officer = a_case(commune, type=type_), browse_as(commune.officer)
    page = officer.get(f"/cases/{case.id}").text
    assert "/proposals/new/residence_change/" not in page
    assert f"/proposals/new/transfer/for-case/{case.id}" in page
    refused = asked_to_move(officer, case)
    assert refused.status_code in (404, 422)
    assert case.proposals == []
    moves = {"moves_to": "xã Dục Nông, tỉnh Quảng Ngãi", "receiving_id": "", "reason": "Chuyển đến ở với con"}
    assert sent(officer, f"/proposals/new/transfer/for-case/{case.id}", case, **moves).status_code == 302
    decided(commune, latest())
    assert case.move.moves_to == "xã Dục Nông, tỉnh Quảng Ngãi"


def test_beyond_the_commune_the_steps_take_the_days_of_the_law_and_both_clocks_are_shown(commune, browse_as):
    case, officer = a_case(commune), browse_as(commune.officer)
    assert asked_to_move(officer, case).status_code == 302
    page = said(officer.get(f"/proposals/{latest().id}"))
    assert "The commune reports it to the agency by 26/11/2026" in page
    assert "Still to come" in page
    assert "Condition met" not in page
    decided(commune, latest())
    left = owed(case)
    assert left["MOVE-REPORT"].due_on == date(2026, 11, 26)  # 20/11 a Friday; 24/11 is a day off
    assert left["MOVE-ANSWER"].due_on == date(2026, 12, 7)
    shown = said(officer.get(f"/cases/{case.id}/move"))
    assert "by the new commune" in shown
    steps = {"told_on": "23/11/2026", "agreed_on": "", "decided_on": "", "granted": "", "decision": ""}
    assert sent(officer, f"/cases/{case.id}/move", case, **steps).status_code == 302
    assert duty(case, "MOVE-REPORT").done_on == date(2026, 11, 23)
    paper_said = paper(officer, f"/proposals/{latest().id}/paper.docx")
    assert "thay đổi nơi cư trú đến xã Dục Nông" in paper_said


def test_residence_supervision_holds_the_person_in_the_commune_by_its_article(commune, browse_as):
    case = a_case(commune, type=CaseType.RESIDENCE_SUPERVISION)
    asked_to_move(browse_as(commune.officer), case)
    refused = browse_as(commune.officer).post(
        f"/proposals/{latest().id}/submit", data={"version": str(latest().version), "reason": ""}
    )
    assert refused.status_code == 422
    assert "Điều 43" in said(refused)


def test_a_step_before_the_one_it_follows_is_refused_at_its_field(commune, browse_as):
    case, officer = a_case(commune), browse_as(commune.officer)
    asked_to_move(officer, case)
    decided(commune, latest())
    steps = {"told_on": "23/11/2026", "agreed_on": "21/11/2026", "decided_on": "", "granted": "", "decision": ""}
    refused = sent(officer, f"/cases/{case.id}/move", case, **steps)
    assert refused.status_code == 422
    assert "This follows what was done on 23/11/2026" in said(refused)


def test_a_step_before_the_paper_that_makes_it_is_refused_and_a_missed_day_stays_missed(commune, browse_as):
    case, officer = a_case(commune), browse_as(commune.officer)
    asked_to_move(officer, case, asked_on="10/11/2026")
    decided(commune, latest())
    steps = {"told_on": "13/11/2026", "agreed_on": "", "decided_on": "", "granted": "", "decision": ""}
    refused = sent(officer, f"/cases/{case.id}/move", case, **steps)
    assert refused.status_code == 422
    assert "This follows what was done on 23/11/2026" in said(refused)
    assert duty(case, "MOVE-REPORT").done_on is None
    assert sent(officer, f"/cases/{case.id}/move", case, **{**steps, "told_on": "23/11/2026"}).status_code == 302
    assert duty(case, "MOVE-REPORT").due_on < duty(case, "MOVE-REPORT").done_on


# ── the transfer ────────────────────────────────────────────────────────────────────────────────────────────────────
def permitted(commune, browse_as, case):
    """A move that the agency permitted."""
    officer = browse_as(commune.officer)
    asked_to_move(officer, case)
    decided(commune, latest())
    steps = {"told_on": "23/11/2026", "agreed_on": "23/11/2026", "decided_on": "23/11/2026", "granted": "yes",
             "decision": "45/QĐ-CQTHAHS"}  # fmt: skip
    assert sent(officer, f"/cases/{case.id}/move", case, **steps).status_code == 302
    return officer


def transfer(officer, commune, case, receiving=""):
    typed = {"moves_to": "xã Dục Nông, tỉnh Quảng Ngãi", "receiving_id": receiving, "reason": "Theo quyết định"}
    assert sent(officer, f"/proposals/new/transfer/for-case/{case.id}", case, **typed).status_code == 302
    decided(commune, latest())


def handed_over(officer, case, to="commune", **typed):
    facts = {"to": to, "handed_on": "23/11/2026", "items": ITEMS, **RECEIVES, **typed}
    return sent(officer, f"/cases/{case.id}/hand-over", case, **facts)


def test_a_transfer_needs_the_decision_of_the_agency(commune, browse_as):
    case, officer = a_case(commune), browse_as(commune.officer)
    typed = {"moves_to": "xã Dục Nông", "receiving_id": "", "reason": "Đã chuyển đi"}
    sent(officer, f"/proposals/new/transfer/for-case/{case.id}", case, **typed)
    page = said(officer.get(f"/proposals/{latest().id}"))
    assert "The agency decides on the move first" in page
    assert handed_over(officer, case).status_code == 422


def test_a_reform_is_transferred_by_decision_of_the_agency_too(commune, browse_as):
    case, officer = a_case(commune, type=CaseType.NON_CUSTODIAL_REFORM), browse_as(commune.officer)
    typed = {"moves_to": "xã Dục Nông, tỉnh Quảng Ngãi", "receiving_id": "", "reason": "Đã chuyển đi"}
    sent(officer, f"/proposals/new/transfer/for-case/{case.id}", case, **typed)
    undecided = latest()
    assert "The agency decides on the move first" in said(officer.get(f"/proposals/{undecided.id}"))
    with pytest.raises(Refused, match="The agency decides on the move first"):
        step(undecided, "submit", commune.officer)
    db.session.rollback()
    step(undecided, "withdraw", commune.officer)
    permitted(commune, browse_as, case)
    transfer(officer, commune, case)
    assert handed_over(officer, case).status_code == 302
    assert case.closing_reason == ClosingReason.TRANSFERRED


def test_whoever_is_followed_after_prison_moves_without_leave_and_the_file_goes_after_them(commune, browse_as):
    case, officer = a_case(commune, type=CaseType.REINTEGRATION), browse_as(commune.officer)
    transfer(officer, commune, case)
    assert handed_over(officer, case).status_code == 302


@pytest.mark.parametrize("kind", ["transfer", "residence_change"])
@pytest.mark.parametrize("here", ["xã Bờ Y, tỉnh Quảng Ngãi", "Bờ Y", "xã Pờ Y"])
def test_nobody_moves_away_to_the_commune_itself(commune, browse_as, kind, here):
    case, officer = a_case(commune), browse_as(commune.officer)
    with transaction(commune.administrator):
        commune.unit.former_names = "30/06/2025 xã Pờ Y"
    if kind == "transfer":
        typed = {"moves_to": here, "receiving_id": "", "reason": "Chuyển đi"}
        refused = sent(officer, f"/proposals/new/transfer/for-case/{case.id}", case, **typed)
    else:
        refused = asked_to_move(officer, case, moves_to=here)
    assert refused.status_code == 422
    assert "That is this commune" in refused.text
    assert 'id="moves_to-error"' in refused.text


def test_the_case_ends_as_moved_and_the_new_commune_finds_a_draft_with_what_it_inherits(commune, browse_as):
    there = commune_of("DN")
    case = a_case(commune, reception_on=date(2026, 8, 3))
    a_cut(commune, case, date(2026, 11, 2), months=2)
    ends_on = case.ends_on
    officer = permitted(commune, browse_as, case)
    assert duty(case, "MOVE-HANDOVER").due_on == date(2026, 11, 27)
    transfer(officer, commune, case, str(there.id))
    assert db.session.scalars(reach(there.chief, "read", type(case))).unique().all() == []
    assert handed_over(officer, case).status_code == 302
    assert (case.state, case.closing_reason, case.closed_on) == (
        "closed",
        ClosingReason.TRANSFERRED,
        date(2026, 11, 23),
    )
    assert duty(case, "MOVE-HANDOVER").done_on == date(2026, 11, 23)
    assert owed(case).keys() == {"SIGNED-PAGE"}  # of the proposal that went to the agency
    draft = db.session.scalars(reach(there.chief, "read", type(case))).unique().one()
    assert (draft.state, draft.commune_id, draft.origin_id) == ("draft", there.id, case.id)
    assert draft.ends_on == ends_on
    assert draft.person.id != case.person.id
    assert not may(there.chief, "read", case)
    assert not may(commune.chief, "read", draft)
    assert duty(draft, "TRANSFERRED-HERE").due_on == date(2026, 11, 27)
    chief = browse_as(there.chief)
    page = chief.get(f"/cases/{draft.id}")
    assert page.status_code == 200
    assert "Lệnh" not in page.text
    taker = {"officer_id": str(there.officer.id)}
    assert sent(chief, f"/cases/{draft.id}/give", draft, **taker).status_code == 302
    assert draft.owner_id == there.officer.id


def test_the_minutes_of_the_hand_over_list_what_goes_and_wait_in_the_register(commune, browse_as):
    case = a_case(commune)
    officer = permitted(commune, browse_as, case)
    transfer(officer, commune, case)
    assert handed_over(officer, case).status_code == 302
    handover = db.session.scalars(db.select(FileHandover)).one()
    assert document_of(handover, "BB") is not None
    words = paper(officer, f"/file-handovers/{handover.id}/minutes.docx")
    assert "BIÊN BẢN" in words
    assert "Bản cam kết" in words
    assert "Đại úy A Lăng" in words


# ── the file goes to the agency before the end ──────────────────────────────────────────────────────────────────────
def test_the_hand_over_before_the_end_finishes_its_duty_and_the_last_month_is_assessed_until_then(commune, browse_as):
    case = a_case(commune, starts_on=date(2024, 11, 27), received_on=date(2025, 1, 6))
    officer = browse_as(commune.officer)
    assert duty(case, "HANDOVER").due_on == date(2026, 11, 24)  # a day off, so that it may go before
    assert handed_over(officer, case, "agency", receiver="Cơ quan THAHS").status_code == 302
    assert duty(case, "HANDOVER").done_on == date(2026, 11, 23)
    last = next(due for due in case.law.monthly(date(2026, 11, 1)) if due.rule == "COM-ASSESS-MONTHLY")
    assert (last.due_on, last.inputs["covers_to"]) == (date(2026, 11, 23), date(2026, 11, 23))
    assert case.state == "open"
    again = handed_over(officer, case, "agency")
    assert again.status_code == 409
    handover = db.session.scalars(db.select(FileHandover)).one()
    struck = officer.post(f"/file-handovers/{handover.id}/void", data={"reason": "Nhầm", **carried(handover)})
    assert struck.status_code == 302
    db.session.expire_all()
    assert case.handed_over_on is None
    assert "HANDOVER" in owed(case)


def test_no_file_goes_to_the_agency_long_before_the_end_and_the_months_go_on(commune, browse_as):
    case = a_case(commune)
    refused = handed_over(browse_as(commune.officer), case, "agency", receiver="Cơ quan THAHS", note="Bàn giao sớm")
    assert refused.status_code == 422
    page = said(refused)
    assert "on 11/07/2028, shortly before the last day of the term on 14/07/2028" in page
    assert "not before 11/07/2028" in page
    assert "Điều 85 khoản 4" in page
    assert "Bàn giao sớm" in page
    assert 'id="handed_on-error"' in refused.text
    assert case.handed_over_on is None
    assert {"COM-SELF-REPORT", "COM-ROLLCALL"} <= owed(case).keys()


def test_the_file_of_a_release_goes_fifteen_days_before_the_end_and_no_earlier(commune, browse_as):
    case = a_case(commune, type=CaseType.CONDITIONAL_RELEASE, starts_on=date(2025, 12, 8), term_months=12,
                  received_on=date(2025, 12, 8), judgment_on=date(2025, 12, 1))  # fmt: skip
    officer = browse_as(commune.officer)
    early = handed_over(officer, case, "agency", receiver="Cơ quan THAHS", handed_on="19/11/2026")
    assert "on 23/11/2026, shortly" in said(early)
    assert "not before 20/11/2026" in said(early)  # it may be that the 23rd is a day off
    assert handed_over(officer, case, "agency", receiver="Cơ quan THAHS").status_code == 302


def test_the_file_of_somebody_who_died_goes_at_once(commune, browse_as):
    case, officer = a_case(commune), browse_as(commune.officer)
    assert dies(officer, case).status_code == 302
    assert handed_over(officer, case, "agency", receiver="Cơ quan THAHS").status_code == 302


def carried(record):
    return {"version": str(record.version), "case_version": str(record.case.version)}


# ── death ───────────────────────────────────────────────────────────────────────────────────────────────────────────
def dies(client, case, **typed):
    facts = {"died_on": "18/11/2026", "known_on": "20/11/2026", "paper": "Trích lục khai tử số 14/TLKT", **typed}
    return sent(client, f"/cases/{case.id}/death", case, **facts)


def test_nothing_is_owed_by_the_dead_and_a_second_person_closes_the_case(commune, browse_as):
    case, officer = a_case(commune, helper="helper"), browse_as(commune.officer)
    renew_all()
    assert dies(officer, case).status_code == 302
    assert owed(case).keys() == {"CONFIRM-DEATH", "REPORT-DEATH"}
    assert owed(case)["REPORT-DEATH"].due_on == date(2026, 11, 23)
    death = db.session.scalars(db.select(Death)).one()
    mine = officer.post(f"/deaths/{death.id}/confirm", data={"version": str(death.version), "reason": ""})
    assert mine.status_code in (403, 409, 422)
    chief = browse_as(commune.chief)
    done = chief.post(f"/deaths/{death.id}/confirm", data={"version": str(death.version), "reason": ""})
    assert done.status_code == 302, done.text
    db.session.expire_all()
    assert (case.state, case.closing_reason, case.closed_on) == ("closed", ClosingReason.DECEASED, date(2026, 11, 18))
    assert case.helper is None
    assert owed(case).keys() == {"REPORT-DEATH"}
    words = paper(officer, f"/deaths/{death.id}/report.docx")
    assert "đã chết ngày 18/11/2026" in words
    assert "theo trích lục khai tử số 14/TLKT" in words


@pytest.mark.parametrize("by", ["officer", "chief"])
def test_of_somebody_after_prison_the_chair_confirms_the_death(commune, browse_as, by):
    case = a_case(commune, type=CaseType.REINTEGRATION)
    assert dies(browse_as(getattr(commune, by)), case).status_code == 302
    question = owed(case)["CONFIRM-DEATH"]
    assert (question.owner_role, question.owner_id) == ("commune_leader", None)
    assert "Thông tư 10/2024/TT-BCA" in question.source
    death = db.session.scalars(db.select(Death)).one()
    told = {"version": str(death.version), "reason": ""}
    refused = browse_as(commune.chief).post(f"/deaths/{death.id}/confirm", data=told)
    assert refused.status_code == 403
    page = browse_as(commune.leader).get(f"/deaths/{death.id}")
    assert "Confirm the death" in page.text
    assert browse_as(commune.leader).post(f"/deaths/{death.id}/confirm", data=told).status_code == 302
    db.session.expire_all()
    assert (case.state, case.closing_reason) == ("closed", ClosingReason.DECEASED)


def test_the_report_of_a_death_starts_the_clock_of_agency_and_court(commune, browse_as):
    case, officer = a_case(commune), browse_as(commune.officer)
    dies(officer, case)
    death = db.session.scalars(db.select(Death)).one()
    facts = {"reported_on": "23/11/2026", "court_told_on": "", "decided_on": "", "decision": ""}
    assert officer.post(f"/deaths/{death.id}/after", data={"version": str(death.version), **facts}).status_code == 302
    assert duty(case, "REPORT-DEATH").done_on == date(2026, 11, 23)
    ended = duty(case, "DEATH-ENDED")
    assert ended.due_on == date(2026, 12, 1)  # three working days and three more: 24/11 is off, 28/11 not known yet
    assert "27/11/2026" in said(officer.get(f"/deaths/{death.id}"))


def test_a_refused_death_brings_back_what_is_owed(commune, browse_as):
    case, officer = a_case(commune), browse_as(commune.officer)
    before = owed(case).keys()
    dies(officer, case)
    death = db.session.scalars(db.select(Death)).one()
    answer = browse_as(commune.chief).post(
        f"/deaths/{death.id}/refuse", data={"version": str(death.version), "reason": "Nhầm người"}
    )
    assert answer.status_code == 302
    assert owed(case).keys() == before


def test_another_case_of_the_same_person_asks_for_the_death_and_for_nothing_else(commune, browse_as):
    person = a_person(commune)
    case = a_case(commune, person=person)
    other = a_case(commune, person=person, type=CaseType.RESIDENCE_BAN)
    dies(browse_as(commune.officer), case)
    death = db.session.scalars(db.select(Death)).one()
    browse_as(commune.chief).post(f"/deaths/{death.id}/confirm", data={"version": str(death.version), "reason": ""})
    assert db.session.get_one(Person, person.id).died_on == date(2026, 11, 18)
    assert owed(other).keys() == {"RECORD-DEATH"}


def test_a_death_before_something_the_person_did_is_refused(commune, browse_as):
    from portal.cases.actions import record_check_in
    from portal.engine.transaction import transaction

    case = a_case(commune)
    with transaction(commune.officer):
        record_check_in(case, date(2026, 11, 1), date(2026, 11, 20))
    refused = dies(browse_as(commune.officer), case)
    assert refused.status_code == 422
    assert "came on 20/11/2026" in said(refused)


def test_a_death_before_the_judgment_or_before_the_person_came_is_refused(commune, browse_as):
    case = a_case(commune, judgment_on=date(2026, 7, 15), reception_on=date(2026, 8, 3))
    officer = browse_as(commune.officer)
    before = dies(officer, case, died_on="14/07/2026")
    assert before.status_code == 422
    assert "nobody is judged after their death" in said(before)
    assert "came on 03/08/2026" in said(dies(officer, case, died_on="02/08/2026"))
    assert not case.deaths


def test_whoever_confirms_a_death_weighs_what_does_not_fit_its_day(commune, browse_as):
    case = a_case(commune, starts_on=date(2026, 11, 18), received_on=date(2026, 11, 20))
    assert dies(browse_as(commune.officer), case, died_on="17/11/2026").status_code == 302
    death = db.session.scalars(db.select(Death)).one()
    page = said(browse_as(commune.chief).get(f"/deaths/{death.id}"))
    assert "the term began only on 18/11/2026" in page
    assert "came only on 20/11/2026" in page


def test_a_case_that_a_death_closed_keeps_no_future(commune, browse_as):
    case = a_case(commune, starts_on=date(2026, 3, 20), received_on=date(2026, 4, 1))
    last, rights = case.ends_on, [due.due_on for due in case.law.calendar if due.kind == "right"]
    officer = browse_as(commune.officer)
    shown = said(officer.get(f"/cases/{case.id}"))
    assert f"{last:%d/%m/%Y}" in shown
    assert f"{rights[0]:%d/%m/%Y}" in shown
    dies(officer, case)
    death = db.session.scalars(db.select(Death)).one()
    browse_as(commune.chief).post(f"/deaths/{death.id}/confirm", data={"version": str(death.version), "reason": ""})
    db.session.expire_all()
    assert case.state == "closed"
    shown = said(officer.get(f"/cases/{case.id}"))
    assert "Ended on 18/11/2026, before the term was over" in shown
    for coming in (last, *rights, *(due.due_on for due in case.law.calendar)):
        assert f"{coming:%d/%m/%Y}" not in shown
    assert "Ended on 18/11/2026" in said(officer.get("/cases/?show=closed"))


def test_of_a_managed_drug_user_the_stop_is_proposed_instead(commune, browse_as):
    case = a_case(commune, type=CaseType.DRUG_USER_MANAGEMENT, term_months=12)
    refused = dies(browse_as(commune.officer), case)
    assert refused.status_code == 422
    assert "propose the stop" in said(refused)
    assert Receiver.AGENCY == "agency"


@pytest.mark.parametrize(
    ("moves_to", "receiving", "field"),
    [
        ("xã Sa Loong, tỉnh Quảng Ngãi", False, "moves_to"),  # the agency permitted Dục Nông
        ("phường Dục Nông, tỉnh Quảng Ngãi", False, "moves_to"),
        ("xã Dục Nông, tỉnh Gia Lai", True, "moves_to"),
        ("xã Dục Nông, tỉnh Quảng Ngãi", True, ""),
        ("thôn 2, xã DỤC NÔNG, Quảng Ngãi", True, ""),
        ("Dục Nông", True, ""),
    ],
)
def test_the_file_goes_to_the_commune_that_the_agency_permitted_and_to_no_other(
    commune, browse_as, moves_to, receiving, field
):
    case = a_case(commune)
    officer = permitted(commune, browse_as, case)
    typed = {"moves_to": moves_to, "reason": "Theo quyết định"}
    typed["receiving_id"] = str(commune_of("DN").id) if receiving else ""
    answer = sent(officer, f"/proposals/new/transfer/for-case/{case.id}", case, **typed)
    assert answer.status_code == (422 if field else 302), answer.text
    if field:
        assert f'id="{field}-error"' in answer.text
        assert moves_to in answer.text
        return
    decided(commune, latest())
    assert case.move.moves_to == "xã Dục Nông, tỉnh Quảng Ngãi"  # as the agency has it


def test_the_commune_that_finds_the_draft_is_the_one_that_was_written_down(commune, browse_as):
    case = a_case(commune)
    officer = permitted(commune, browse_as, case)
    with transaction(None):
        case.move.moves_to = "xã Sa Loong, tỉnh Quảng Ngãi"
    typed = {"moves_to": "xã Sa Loong", "receiving_id": str(commune_of("DN").id), "reason": "Theo quyết định"}
    refused = sent(officer, f"/proposals/new/transfer/for-case/{case.id}", case, **typed)
    assert refused.status_code == 422
    assert 'id="receiving_id-error"' in refused.text
