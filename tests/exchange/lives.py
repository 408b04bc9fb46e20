"""Cases as they go on: received, warned, reviewed, permitted to leave, planned for, in custody, moving, dead, checked.

Everything is told by the deeds of the portal; only what pages register beside them (scans, numbers) is left out.
"""

from datetime import date, time, timedelta

from sqlalchemy import select

from portal.cases import actions
from portal.cases.actions import ending, record_violation
from portal.cases.actions.breaches import conclude_review, draft_warning
from portal.cases.actions.custody import record_custody
from portal.cases.actions.dying import record_death
from portal.cases.actions.moving import hand_over, record_steps
from portal.cases.actions.receiving import Session, receive
from portal.cases.actions.signing import seal_of, sign_round, unsigned
from portal.cases.actions.summoning import record_outcome, summon
from portal.cases.models import (
    Came,
    Case,
    CaseType,
    CustodyKind,
    HoldGround,
    Rating,
    Receiver,
    RoundKind,
    SummonsOutcome,
    SummonsPurpose,
    ViolationKind,
)
from portal.duties.actions import finish
from portal.duties.models import Duty
from portal.engine.db import db
from portal.engine.transaction import transaction
from portal.law.breaches import GoodReason
from portal.law.community import ReceptionItem
from portal.law.moving import MoveGround
from portal.people.models.request import AskedAbout, Proof, RequestKind
from portal.privacy import actions as privacy
from portal.proposals.actions import propose
from portal.proposals.kinds import KINDS
from portal.proposals.kinds.residence_change.change import Reach
from portal.proposals.kinds.revoking.answer import RevocationAnswer
from portal.proposals.kinds.shortening.answer import ShorteningAnswer
from portal.wordings.models import WordingChange
from tests.builders import Commune, a_case, an_absence
from tests.cases.ends import end_checked
from tests.conftest import TODAY
from tests.lawbook.test_days_off import answered as answered_year
from tests.lawbook.test_days_off import entered as entered_year
from tests.lawbook.test_numbers import decided as decided_number
from tests.lawbook.test_numbers import proposed as proposed_number
from tests.proposals.ready import a_draft
from tests.proposals.ways import a_proposal, step

WEEK = timedelta(days=7)
OCTOBER = date(2026, 10, 1)
OLDER = {"received_on": date(2026, 7, 1), "starts_on": date(2026, 6, 20), "judgment_on": date(2026, 6, 20)}


def lives(commune: Commune) -> None:
    _decided_here(commune)
    _begun(commune)
    _broken(commune)
    _permitted(commune)
    _ending(commune)
    _leaving(commune)
    _signed(commune)


def decided(commune: Commune, kind: str, case: Case, how: str = "approve", **content: object) -> None:
    """A proposal of a kind that went its whole way."""
    with transaction(commune.officer):
        proposal = propose(KINDS[kind].model, case, "Có lý do", **content)
    gone(commune, proposal, how)


def gone(commune: Commune, proposal: object, how: str = "approve") -> None:
    step(proposal, "submit", commune.officer)
    if proposal.endorser_role:
        step(proposal, "endorse", commune.chief)
    by = commune.chief if proposal.decider_role == "police_chief" else commune.leader
    step(proposal, how, by, "Chưa đủ" if how == "reject" else "")


def _decided_here(commune: Commune) -> None:
    """A number of the law, a year's days off, a sentence of a paper; what somebody asked, and what holds their data."""
    decided_number(proposed_number(commune), commune.leader)
    answered_year(entered_year(commune, commune.clerk), commune.chief)
    entered_year(commune, commune.clerk, off="4/1")
    person = a_case(commune, "A Hỏi").person
    with transaction(commune.officer):
        db.session.add(
            WordingChange(
                commune_id=commune.id,
                number="CV-2026-001",
                paper="absence",
                block="duties",
                text="Khai báo ({name}).",
                holds_from=TODAY,
                reason="Theo hướng dẫn",
                decider_role="commune_leader",
            )
        )
        facts = {"asked_on": TODAY, "proof": Proof.CARD, "about": AskedAbout.NAME, "wrong": "Hoi", "right": "Hỏi"}
        privacy.take_request(person, RequestKind.CORRECTION, commune.unit, facts)
        privacy.take_request(person, RequestKind.EXTRACT, commune.unit, {"asked_on": TODAY, "proof": Proof.KNOWN})
        hold = privacy.hold(person, {"asked_by": "Viện kiểm sát", "paper": "Công văn 5", "reason": "Khiếu nại"})
        privacy.hold(
            person, {"asked_by": "Tòa án", "paper": "Công văn 6", "reason": "Vụ án", "until": date(2027, 6, 1)}
        )
    with transaction(commune.chief):
        hold.workflow.take("lift", hold, commune.chief, "Đã giải quyết xong")


def _begun(commune: Commune) -> None:
    """One who stayed away and came later, with a plan and a helper."""
    case = a_case(
        commune, "Y Lan", received_on=date(2026, 11, 2), starts_on=date(2026, 10, 20), judgment_on=date(2026, 10, 20)
    )
    with transaction(commune.officer):
        missed = summon(case, SummonsPurpose.RECEPTION, date(2026, 11, 5), time(8), "Công an xã", date(2026, 11, 3))
        record_outcome(missed, SummonsOutcome.ABSENT, date(2026, 11, 6), "Không rõ lý do")
        summon(case, SummonsPurpose.OTHER, date(2026, 12, 1), time(9), "Công an xã", TODAY, "Bổ sung lý lịch")
        done = [item.value for item in ReceptionItem][:4]
        receive(
            case, Session(held_on=date(2026, 11, 10), items=done, place="Công an xã", begun_at=time(8)), commune.officer
        )
    decided(
        commune, "supervision_plan", case, officer_id=commune.officer.id, starts_on=date(2026, 11, 10),
        ends_on=case.ends_on, summary="Lý lịch", partners="Mặt trận", tasks="Gặp hằng tháng",
    )  # fmt: skip
    decided(commune, "helper", case, helper_id=commune.helper.id)
    reported = select(Duty).where(Duty.case_id == case.id, Duty.rule == "COM-RECEPTION-REPORT")
    with transaction(commune.officer):
        finish(db.session.scalars(reported).one(), TODAY, "Báo cáo số 3", commune.officer.id)


def _broken(commune: Commune) -> None:
    """Breaches with what follows: warnings in three states, and a review that was put off."""
    case = a_case(
        commune, "A Thanh", received_on=date(2026, 7, 1), starts_on=date(2026, 6, 20), judgment_on=date(2026, 6, 20)
    )
    with transaction(commune.officer):
        first, second, third = [
            record_violation(case, ViolationKind.DUTY, day, day, "Không trình diện")
            for day in (TODAY - 5 * WEEK, TODAY - 2 * WEEK, TODAY - WEEK)
        ]
    with transaction(commune.officer):
        given, signed = (draft_warning(case, one.id, one.occurred_on, "Trình diện") for one in (first, second))
        draft_warning(case, third.id, third.occurred_on, "Trình diện")
    for warning in (given, signed):
        with transaction(commune.chief):
            warning.workflow.take("sign", warning, commune.chief)
    with transaction(commune.officer):
        given.given_on, given.handed_how = TODAY - 4 * WEEK, "Trao trực tiếp"
        given.workflow.follow("give", given, commune.officer)
    decided(
        commune, "review", case, planned_on=TODAY, planned_at=time(14), location="Nhà văn hóa", invited="Mặt trận",
    )  # fmt: skip
    review = case.reviews[-1]
    with transaction(commune.officer):
        conclude_review(
            review, commune.officer, TODAY, Came.WITH_REASON, good_reason=GoodReason.EMERGENCY,
            absence_reason="Con ốm nặng", again_on=TODAY + timedelta(days=3),
        )  # fmt: skip


def _permitted(commune: Commune) -> None:
    """Days away: permitted, refused; and one that is still to be decided, which stays behind."""
    case = a_case(commune, "A Khanh")
    gone(commune, an_absence(commune, case, date(2026, 12, 1), date(2026, 12, 10)))
    gone(commune, an_absence(commune, case, date(2027, 2, 1), date(2027, 2, 10)), "reject")
    step(an_absence(commune, case, date(2027, 3, 1), date(2027, 3, 5)), "submit", commune.officer)


def _ending(commune: Commune) -> None:
    """A term near its end: checked by two, its certificate held once, what stays undone, the end decided."""
    near = {"received_on": date(2025, 11, 20), "term_months": 12, "reception_on": date(2025, 11, 21)}
    judged = {"starts_on": date(2025, 12, 1), "judgment_on": date(2025, 12, 1), "received_on": date(2025, 12, 8)}
    held = a_case(commune, "Y Hạnh", **{**near, **judged, "reception_on": date(2025, 12, 9)})
    with transaction(commune.officer):
        ended = ending.hold_certificate(held, HoldGround.ABSENT, date(2026, 11, 1), "Biên bản 01")
        ending.end_hold(ended, date(2026, 11, 12), "Đã có mặt, biên bản 02")
        ending.hold_certificate(held, HoldGround.PROSECUTED, date(2026, 11, 15), "Quyết định 7")
    end_checked(commune, held)
    over = a_case(commune, "A Bình", starts_on=date(2025, 11, 10), judgment_on=date(2025, 11, 10), **near)
    end_checked(commune, over)
    completion = a_proposal("completion", over, commune.officer, completed_on=over.ends_on, closing_reason="completed")
    gone(commune, completion)
    assert over.state == "closed"
    prison = a_case(commune, "A Lực")
    decided_by = a_proposal("shortening", prison, commune.officer)
    going = a_draft("revocation", commune, a_case(commune, "A Tin"), commune.officer)
    with transaction(commune.officer):
        db.session.add(ShorteningAnswer(
            case=prison, commune_id=prison.commune_id, proposal=decided_by, body="Tòa án khu vực 5",
            paper_number="9/QĐ-TA", decided_on=TODAY, accepted=False, note="Chưa đủ điều kiện",
        ))  # fmt: skip
        db.session.add(RevocationAnswer(
            case=going.case, commune_id=prison.commune_id, proposal=going, body="Tòa án khu vực 5",
            paper_number="10/QĐ-TA", decided_on=TODAY, accepted=False,
        ))  # fmt: skip
    for one in (decided_by, going):
        with transaction(commune.officer):
            one.workflow.take("withdraw", one, commune.officer)


def _leaving(commune: Commune) -> None:
    """In custody, moving away, with the file at the agency, dead."""
    detained = a_case(commune, "A Tùng")
    with transaction(commune.officer):
        record_custody(detained, commune.officer, TODAY - WEEK, paper="Lệnh 4", held_by="Trại tạm giam")
    charged = a_case(commune, "A Vinh")
    with transaction(commune.officer):
        record_custody(charged, commune.officer, TODAY - WEEK, kind=CustodyKind.CHARGED, paper="Quyết định 5")
    moving = a_case(commune, "Y Phượng")
    decided(
        commune, "residence_change", moving, reach=Reach.SAME_PROVINCE, ground=MoveGround.WORK, asked_on=TODAY,
        holds_from=date(2026, 12, 10), moves_to="xã Dục Nông, tỉnh Quảng Ngãi", address="", evidence="Hợp đồng",
    )  # fmt: skip
    with transaction(commune.officer):
        record_steps(moving, told_on=TODAY, agreed_on=None, decided_on=None, granted=None, decision="")
    agency = a_case(commune, "A Nhất", CaseType.RESIDENCE_SUPERVISION, starts_on=date(2025, 11, 26), term_months=12)
    with transaction(commune.officer):
        hand_over(agency, Receiver.AGENCY, TODAY, "Cơ quan thi hành án hình sự", "Quyết định\nBiên bản")
    died = a_case(commune, "A Mừng")
    with transaction(commune.officer):
        death = record_death(died, TODAY - WEEK, TODAY - timedelta(days=3), "Trích lục 12")
    with transaction(commune.chief):
        death.workflow.take("confirm", death, commune.chief)
    with transaction(commune.officer):
        record_death(a_case(commune, "A Sơ"), TODAY, TODAY, "Trích lục 13")


def _signed(commune: Commune) -> None:
    """The assessments of a month under one signature."""
    for name in ("A Một", "A Hai"):
        case = a_case(
            commune, name, received_on=date(2026, 7, 1), starts_on=date(2026, 6, 20), judgment_on=date(2026, 6, 20)
        )
        with transaction(commune.officer):
            actions.record_assessment(case, OCTOBER, date(2026, 11, 4), Rating.FAIR, "Chấp hành tốt")
    records = unsigned(commune.chief, RoundKind.ASSESSMENTS, OCTOBER)
    with transaction(commune.chief):
        sign_round(RoundKind.ASSESSMENTS, OCTOBER, seal_of(records), commune.chief)
