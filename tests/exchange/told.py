"""A commune with people, cases of several kinds in several states, and what was seen in its villages."""

from datetime import date

from portal.books.actions import add_line, write_down
from portal.cases import actions
from portal.cases.models import (
    CaseType,
    Channel,
    ClosingReason,
    ContactKind,
    GettingOn,
    HelperReport,
    MeasureKind,
    Rating,
    ViolationKind,
)
from portal.drugs.models import DrugReviewEntry, DrugTest, TestContext, TestResult
from portal.engine.db import db
from portal.engine.transaction import transaction
from portal.incidents import actions as noting
from portal.incidents.models import Incident, IncidentKind, IncidentPerson, IncidentRole, Source
from tests.builders import Commune, a_case, a_cut, a_person

OCTOBER, WRITTEN = date(2026, 10, 1), date(2026, 10, 30)


def told(commune: Commune) -> None:
    """Everything of it, through the deeds of those whose part it is."""
    _a_full_case(commune)
    _other_cases(commune)
    _of_drugs(commune)
    _seen(commune)


def _a_full_case(commune: Commune) -> None:
    case = a_case(commune, helper="helper", received_on=date(2026, 7, 1), starts_on=date(2026, 6, 20),
                  judgment_on=date(2026, 6, 20))  # fmt: skip
    a_cut(commune, case, date(2026, 10, 5))
    with transaction(commune.officer):
        actions.record_term_change(case, date(2026, 11, 2), 2, "31/QĐ-TA")
        returned = actions.record_check_in(case, date(2026, 9, 1), date(2026, 9, 30))
        actions.record_check_in(case, OCTOBER, WRITTEN, Channel.REMOTE, "Gửi qua bưu điện\nhai tờ")
        actions.record_roll_call(case, OCTOBER, date(2026, 10, 12), present=False, note="Ốm")
        actions.record_contact(case, ContactKind.CALL, date(2026, 10, 15), "Hẹn gặp tại nhà")
        actions.record_contact(case, ContactKind.CALL, date(2026, 10, 15), "Hẹn gặp tại nhà")
        actions.record_assessment(case, OCTOBER, date(2026, 11, 4), Rating.FAIR, "Chấp hành tốt")
        actions.record_violation(case, ViolationKind.LAW, date(2026, 8, 15), date(2026, 8, 17), "Đánh bạc")
        measure = actions.record_measure(case, MeasureKind.LOAN, date(2026, 8, 1), "NHCSXH", 50_000_000, "Vay nuôi bò")
        actions.record_measure_result(measure, 3, "Đã mua 02 con bò", date(2026, 11, 2))
    with transaction(commune.officer):
        actions.return_check_in(returned, commune.officer, "Thiếu chữ ký")
        actions.change_person_of(case, {"birth_date": date(1979, 5, 4), "birth_year": None}, "Căn cước")
    helper = next(one for one in case.assignments if one.kind == "helper")
    with transaction(commune.helper):
        report = HelperReport(
            case=case, commune_id=case.commune_id, assignment=helper, quarter="2026-Q3", written_on=date(2026, 11, 23),
            getting_on=GettingOn.FAIR, help_given="Đưa đi làm căn cước", to_know="",
        )  # fmt: skip
        db.session.add(report)


def _other_cases(commune: Commune) -> None:
    paused = a_case(commune, "Y Ngọc", CaseType.CONDITIONAL_RELEASE)
    with transaction(commune.chief):
        paused.workflow.take("suspend", paused, commune.chief, "Đi chữa bệnh bắt buộc")
    with transaction(commune.chief):
        actions.assign_officer(paused, commune.officer2)
    person = paused.person
    a_case(
        commune, type=CaseType.RESIDENCE_BAN, person=person, state="closed", closed_on=date(2026, 11, 1),
        closing_reason=ClosingReason.COMPLETED, officer=None,
    )  # fmt: skip
    with transaction(commune.officer):
        actions.draft_case(
            commune.officer, commune.id, a_person(commune, "A Ploi", birth_year=None, birth_date=date(1990, 2, 3)),
            type=CaseType.DRUG_USER_MANAGEMENT, received_on=date(2026, 11, 2), starts_on=date(2026, 11, 1),
            term_months=12, decision_on=date(2026, 11, 1),
        )  # fmt: skip
        db.session.add(a_person(commune, "A Ploi", "NHA", birth_year=1990, national_id="001090012345"))
        db.session.add(a_person(commune, "A Ploi", "NHA", birth_year=1990, phone=None))


def _of_drugs(commune: Commune) -> None:
    facts = {"full_name": "A Thử", "birth_year": 1990, "national_id": None, "village_id": commune.place("BPH").id}
    with transaction(commune.officer):
        listed = {**facts, "listed_on": date(2026, 7, 8), "reason": "Có biểu hiện nghi vấn"}
        entry = write_down(DrugReviewEntry, commune.id, listed, commune.officer)
        test = {**facts, "person_id": entry.person_id, "context": TestContext.REVIEW, "taken_on": date(2026, 8, 2),
                "result": TestResult.POSITIVE}  # fmt: skip
        write_down(DrugTest, commune.id, test, commune.officer)


def _seen(commune: Commune) -> None:
    village = commune.place("BPH")
    with transaction(commune.village_head):
        seen, heard, lying = (
            noting.note_down(
                commune.id,
                noting.Seen(Source.VILLAGE, date(2026, 11, day), None, village, "Suối Đăk Ba", "Có người lạ"),
            )
            for day in (2, 3, 4)
        )
    with transaction(commune.officer):
        facts = {"kind": IncidentKind.SECURITY, "village_id": village.id, "text": "Xô xát",
                 "occurred_on": date(2026, 11, 2), "detected_on": date(2026, 11, 2)}  # fmt: skip
        incident = noting.make_incident(seen, facts, commune.officer)
        heard.workflow.take("close", heard, commune.officer, "Đã xác minh")
        noting.hand_over(lying, commune.place("BP"), commune.officer)
    with transaction(commune.border):
        noting.confirm_receipt(lying, commune.border)
    with transaction(commune.officer):
        of_case = db.session.scalars(db.select(Incident)).one()
        person = {"role": IncidentRole.SUBJECT, "full_name": "Y Ngọc", "person_id": _somebody(commune)}
        add_line(IncidentPerson, of_case, person, commune.officer)
    assert incident.id == of_case.id


def _somebody(commune: Commune) -> int:
    from portal.people.models import Person

    found = db.select(Person.id).where(Person.commune_id == commune.id, Person.full_name == "Y Ngọc")
    return int(db.session.scalars(found).one())
