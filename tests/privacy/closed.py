"""Files that are closed, and rounds that take their names."""

from datetime import date

from sqlalchemy import select

from portal.cases.models import Assessment, Case, ClosingReason, Contact, ContactKind, Rating, Violation, ViolationKind
from portal.documents import store
from portal.documents.intake import accept
from portal.documents.models import Attachment
from portal.engine.db import db
from portal.engine.text import in_english
from portal.engine.transaction import transaction
from portal.people.models import Person
from portal.privacy import actions, mentions
from portal.privacy.jobs import pseudonymise
from portal.privacy.models import RetentionRound
from tests.builders import a_case
from tests.documents import files

NAME, NUMBER = "Lương Thị Bích Ngọc", "051300004321"
WORDS = "Đã gặp anh Tư ở nhà bà Sáu"
LONG_AGO = date(2023, 5, 4)


def a_closed_case(commune, name=NAME, closed_on=LONG_AGO, reason=ClosingReason.COMPLETED, **more):
    """One of somebody with a number, a day of birth and an address, and with words in it."""
    case = a_case(
        commune, name, state="closed", received_on=date(2021, 5, 10), starts_on=date(2021, 5, 4),
        judgment_on=date(2021, 5, 4), closed_on=closed_on, closing_reason=reason, **more,
    )  # fmt: skip
    with transaction(commune.officer):
        person = case.person
        person.national_id, person.birth_date, person.address = NUMBER, date(1984, 3, 17), "Nhà sau trường học"
        of_case = {"case": case, "commune_id": case.commune_id}
        db.session.add_all([
            Contact(kind=ContactKind.VISIT, happened_on=date(2021, 9, 1), note=WORDS, **of_case),
            Assessment(month=date(2021, 9, 1), written_on=date(2021, 10, 2), rating=Rating.GOOD, text=WORDS, **of_case),
            Violation(kind=ViolationKind.DUTY, occurred_on=date(2022, 1, 3), recorded_on=date(2022, 1, 4), text=WORDS,
                      **of_case),
        ])  # fmt: skip
    return case


def a_file(commune, case):
    """A picture that is attached to a case."""
    with transaction(commune.officer):
        kept = store.keep(accept(files.picture(), "anh.png", 10**6))
        found = Attachment(
            case=case, commune_id=case.commune_id, title=f"Ảnh của {NAME}", dated_on=date(2022, 1, 4), **vars(kept)
        )
        db.session.add(found)
    return found


def a_round(commune):
    with transaction(commune.chief):
        return actions.propose(commune.unit, "Hết thời hạn giữ tên", mentions.dry_run(commune.unit).fingerprint)


def approved(commune):
    round_ = a_round(commune)
    with transaction(commune.leader):
        actions.decide(round_, "approve", commune.leader, "", None, round_.people)
    return round_


def night():
    """The job, as cron runs it."""
    with in_english():
        return pseudonymise()


def carried_out(commune):
    approved(commune)
    told = night()
    db.session.rollback()
    db.session.expire_all()
    return told


def the_round():
    return db.session.scalars(select(RetentionRound)).one()


def all_people():
    return db.session.scalars(select(Person).order_by(Person.id)).all()


def cases_of(person):
    return db.session.scalars(select(Case).where(Case.person_id == person.id)).all()
