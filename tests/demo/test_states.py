"""The example holds a case in every state of the story, and a record of everything that can be kept of a case."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from portal.cases.models import (
    Case,
    CaseType,
    CertificateHold,
    Death,
    EndCheck,
    FileHandover,
    LeftUndone,
    Receiver,
    Reception,
    ReviewMeeting,
    RoundSignature,
    Summons,
    TermChange,
    WrittenWarning,
)
from portal.demo.story import FILES
from portal.drugs.models import DrugTest
from portal.duties.models import Duty
from portal.engine import clock
from portal.engine.db import Record, db
from portal.engine.workflow import steps_of
from portal.law.rule import ACT_2025
from portal.organisation.models import User
from portal.people.models import PersonRequest
from portal.proposals.kinds import KINDS
from portal.proposals.kinds.drug_decision.model import DrugDecisionProposal
from portal.proposals.kinds.drug_stop.model import DrugStopProposal
from portal.proposals.kinds.shortening.model import ShorteningProposal
from portal.proposals.kinds.supervision_plan.model import SupervisionPlanProposal
from portal.proposals.models import CourtAnswer, Proposal


def descendants(model: type[Record]) -> Iterator[type[Record]]:
    for one in model.__subclasses__():
        yield one
        yield from descendants(one)


OF_A_CASE = sorted(
    {
        one
        for one in descendants(Record)
        if getattr(one, "parent", None) == "case" and not issubclass(one, Proposal) and "portal" in one.__module__
    },
    key=lambda one: one.__name__,
)
BESIDE = (RoundSignature, PersonRequest)  # of many cases, of a person


def of(code):
    """The case of a file of the story."""
    name = next(one.name for one in FILES if one.code == code)
    kind = next(one.type for one in FILES if one.code == code)
    return db.session.scalars(select(Case).where(Case.type == kind, Case.person.has(full_name=name))).one()


def proposed(code, kind):
    return [one for one in of(code).proposals if one.kind == kind]


@pytest.mark.parametrize("record", [*OF_A_CASE, *BESIDE], ids=lambda one: one.__name__)
def test_of_everything_that_is_kept_of_a_case_the_example_has_one(example, record):
    assert db.session.scalar(select(func.count()).select_from(record).where(record.voided_at.is_(None)))


@pytest.mark.parametrize("kind", KINDS)
def test_of_every_kind_of_proposal_the_example_has_one_that_was_decided(example, kind):
    found = db.session.scalars(select(Proposal).where(Proposal.kind == kind)).all()
    assert [one for one in found if one.decided_on and one.intact], [one.state for one in found]


CLOSED = {
    "completed": (
        "SS-00 SS-01 SS-02 SS-03 PAR-01 PAR-02 PAR-03 NCR-00 DM-01 DM-02 DM-03 DM-05 DM-06 DM-07"
    ),
    "record_cleared": "R-00 R-01 R-02 R-03 R-04 R-05 R-06",
    "revoked": "SS-10 PAR-06",
    "transferred": "SS-11",
    "deceased": "NCR-02",
    "other": "DM-04",
}  # fmt: skip


@pytest.mark.parametrize("reason", CLOSED)
def test_each_ended_file_of_the_story_was_closed_for_its_reason(example, reason):
    assert {code: (of(code).state, of(code).closing_reason) for code in CLOSED[reason].split()} == dict.fromkeys(
        CLOSED[reason].split(), ("closed", reason)
    )


def test_all_others_run(example):
    closed = {code for codes in CLOSED.values() for code in codes.split()}
    assert {one.code for one in FILES if of(one.code).running} == {one.code for one in FILES} - closed


def test_a_last_day_was_checked_by_a_second_person_before_each_certificate(example):
    certified = [of(code) for code in CLOSED["completed"].split() if not code.startswith("DM")]
    for case in certified:
        check = next(one for one in case.end_checks if one.counts)
        (answer,) = [step for step in steps_of(check) if step.name == "confirm"]
        completion = next(one for one in case.proposals if one.kind == "completion")
        assert answer.by_id not in (check.created_by_id, case.owner_id)
        assert clock.day_of(answer.at) <= completion.submitted_on < completion.decided_on
        assert [one.to for one in case.handovers] == [Receiver.AGENCY]
    assert [one.handed_on for one in of("PAR-03").handovers] == [date(2026, 10, 9)]


def test_whatever_two_people_have_to_see_two_saw(example):
    seen = 0
    for record in (EndCheck, Death, TermChange, WrittenWarning, CourtAnswer):
        for one in db.session.scalars(select(record)):
            for step in steps_of(one):
                if step.name in ("confirm", "sign"):
                    seen += 1
                    assert step.by_id != one.created_by_id
    assert seen >= 10


def test_everybody_who_serves_under_the_police_was_received_with_all_that_belongs_to_it(example):
    military = {one.code for one in FILES if one.supervised_by}
    serving = (CaseType.SUSPENDED_SENTENCE, CaseType.CONDITIONAL_RELEASE, CaseType.NON_CUSTODIAL_REFORM)
    for file in FILES:
        if file.type in serving and file.code not in military:
            case = of(file.code)
            (reception,) = case.receptions
            assert len(reception.items) == 6, file.code
            assert reception.completed_on == reception.committed_on == case.reception_on
            called = [one for one in case.summonses if one.outcome == "came"]
            assert len(called) == (file.type != CaseType.CONDITIONAL_RELEASE), file.code


def test_the_newest_was_called_twice_and_received_in_these_days(example):
    case = of("SS-08")
    assert [(one.outcome, one.outcome_on) for one in case.summonses] == [
        ("excused", date(2026, 11, 12)), ("came", date(2026, 11, 18)),
    ]  # fmt: skip
    assert case.reception_on == date(2026, 11, 18)
    assert [one.state for one in proposed("SS-08", "supervision_plan")] == ["submitted"]


def test_under_the_act_of_2025_each_sentence_has_a_plan_in_its_days_and_one_waits_to_be_replaced(example):
    planned = {"SS-07", "PAR-05", "N-SS-02"}
    for code in planned:
        first = proposed(code, "supervision_plan")[0]
        assert (first.state, first.officer) == ("approved", of(code).owner), code
    anew = db.session.scalars(
        select(SupervisionPlanProposal).where(SupervisionPlanProposal.replaces_id.is_not(None))
    ).one()
    assert (anew.state, anew.submitted_on) == ("submitted", date(2026, 11, 20))
    late = select(Duty).where(Duty.rule == "COM-PLAN", Duty.done_on.is_(None), Duty.dropped_on.is_(None))
    assert [one for one in db.session.scalars(late) if one.due_on < clock.today()] == []


def test_a_written_warning_of_SS_06_is_drafted_and_waits_for_the_chief(example):
    (warning,) = of("SS-06").warnings
    assert (warning.state, warning.written_on) == ("drafted", date(2026, 11, 20))
    (duty,) = db.session.scalars(select(Duty).where(Duty.rule == "SIGN-WARNING", Duty.done_on.is_(None))).all()
    assert (duty.owner_role, duty.due_on) == ("police_chief", date(2026, 11, 23))


def test_the_shortening_of_SS_04_was_returned_once_with_its_reason(example):
    (asked,) = proposed("SS-04", "shortening")
    assert isinstance(asked, ShorteningProposal)
    returned = [step for step in steps_of(asked) if step.name == "return"]
    assert [bool(step.reason) for step in returned] == [True]
    assert [one.field for one in asked.remarks] == ["months"]
    assert (asked.refused_above, asked.answer.counts, of("SS-04").ends_on) == (True, True, date(2028, 3, 19))


def test_prison_followed_upon_two_warnings_a_review_and_a_breach_on_purpose(example):
    case = of("SS-10")
    assert [one.state for one in case.warnings] == ["given", "given"]
    assert [one.state for one in case.reviews] == ["held"]
    assert [one.deliberate for one in case.violations] == [False, True, True]
    (asked,) = proposed("SS-10", "revocation")
    assert [(one.accepted, one.state) for one in asked.answers] == [(True, "confirmed")]
    assert [(one.ground, one.runs) for one in case.holds] == [("revocation", False)]


def test_a_release_was_cancelled_after_a_review_and_a_fine(example):
    case = of("PAR-06")
    assert [one.state for one in db.session.scalars(select(ReviewMeeting).where(ReviewMeeting.case == case))] == [
        "held"
    ]
    assert [(one.offence, one.amount_vnd, one.proposal_id is not None) for one in case.fines] == [
        ("COM-FINE-LEAVE", 3_500_000, True)
    ]
    assert [one.answers[-1].accepted for one in proposed("PAR-06", "parole_revocation")] == [True]


def test_somebody_moved_away_with_the_file_and_what_stayed_undone_is_said(example):
    case = of("SS-11")
    assert case.move.granted
    assert case.move.transfer_id == proposed("SS-11", "transfer")[0].id
    assert [one.to for one in db.session.scalars(select(FileHandover).where(FileHandover.case == case))] == ["commune"]
    assert all(one.reason for one in db.session.scalars(select(LeftUndone).where(LeftUndone.case == case)))


def test_somebody_died_and_the_court_was_told(example):
    (death,) = of("NCR-02").deaths
    assert (death.state, death.died_on, bool(death.reported_on and death.decided_on)) == (
        "confirmed", date(2026, 1, 27), True,
    )  # fmt: skip


def test_each_management_was_decided_on_a_test_by_whom_the_law_of_its_day_names(example):
    decided = db.session.scalars(
        select(DrugDecisionProposal).order_by(DrugDecisionProposal.decided_on, Proposal.id)
    ).all()
    assert [one.case for one in decided] == [of(f"DM-0{number}") for number in range(1, 10)]
    for one in decided:
        assert one.case.decision_on == one.decided_on
        assert isinstance(one.test, DrugTest)
        assert one.test.positive
        after = one.decided_on >= ACT_2025
        assert (one.endorser_role, one.decider_role) == (
            (None, "police_chief") if after else ("police_chief", "commune_leader")
        )
    at = next(step.at for step in steps_of(decided[-1]) if step.name == "approve")
    assert timedelta() < at - clock.at(decided[-1].test.received_on, decided[-1].test.received_time) < timedelta(days=1)
    stopped = db.session.scalars(select(DrugStopProposal)).one()
    assert (stopped.case, stopped.ground, stopped.stopped_on) == (of("DM-04"), "addicted", date(2025, 5, 20))


def test_custody_of_a_week_suspended_a_management_which_then_went_on_to_its_end(example):
    case = of("DM-07")
    assert [(one.detained_on, one.released_on) for one in case.custodies] == [(date(2026, 8, 10), date(2026, 8, 17))]
    assert {"suspend", "resume"} <= {step.name for step in steps_of(case)}
    assert case.closed_on == date(2026, 10, 14)


def test_a_report_that_a_colleague_took_in_waits_to_be_checked_and_older_ones_were(example):
    taken = [one for case in db.session.scalars(select(Case)) for one in case.check_ins if one.to_check]
    waiting = [one for one in taken if one.unchecked]
    assert [one.case for one in waiting] == [of("SS-05")]
    assert len(taken) > 10


def test_no_certificate_was_held_back_beyond_its_reason(example):
    assert [one for one in db.session.scalars(select(CertificateHold)) if one.runs] == []


def test_nobody_signed_what_they_had_recorded_themselves(example):
    chief = db.session.scalars(select(User).where(User.username == "police_chief")).one()
    signed = db.session.scalars(select(RoundSignature)).all()
    assert {one.kind for one in signed} == {"assessments", "roll_call"}
    assert {one.signed_by_id for one in signed} == {chief.id}
    assert min(one.month for one in signed) == date(2026, 6, 1)


def test_whoever_is_called_in_the_neighbours_commune_is_called_by_its_own_police(example):
    for record in (Summons, Reception):
        for one in db.session.scalars(select(record).where(record.case == of("N-SS-02"))):
            assert one.created_by_id == of("N-SS-02").owner_id
