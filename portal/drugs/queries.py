"""What is asked of reviews, tests and fines more than once."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, or_

from portal.books.models import OfPerson
from portal.drugs.models import DrugReviewEntry, DrugTest, FineDecision, TestContext, TestResult
from portal.engine import clock
from portal.engine.access import Actor, reach
from portal.engine.db import db


def on_the_list() -> ColumnElement[bool]:
    return or_(DrugReviewEntry.removed_on.is_(None), DrugReviewEntry.removed_on > clock.today())


def not_called_yet() -> ColumnElement[bool]:
    """Entries of people who are on the list and whom no test of the review has an answer for since they were listed."""
    tested = exists().where(
        DrugTest.person_id == DrugReviewEntry.person_id, DrugTest.taken_on >= DrugReviewEntry.listed_on,
        answers_review(),
    )  # fmt: skip
    return on_the_list() & ~tested


def answers_review() -> ColumnElement[bool]:
    """Tests of the review that stand and have a result."""
    known = DrugTest.result.in_((TestResult.POSITIVE, TestResult.NEGATIVE))
    return and_(DrugTest.voided_at.is_(None), DrugTest.context == TestContext.REVIEW, known)


def without_fine() -> ColumnElement[bool]:
    """Tests that stand and on which no fine is in force, nor one on the same person for the incident of the test."""
    for_incident = and_(FineDecision.incident_id == DrugTest.incident_id, FineDecision.person_id == DrugTest.person_id)
    on_it = or_(FineDecision.test_id == DrugTest.id, for_incident)
    fined = exists().where(on_it, FineDecision.in_force(clock.today()))
    return DrugTest.voided_at.is_(None) & ~fined


def of_the_same(reader: Actor, record: Any, entry: OfPerson, on: Any) -> Sequence[Any]:
    """Further entries of a kind about the person of an entry that the reader may read, the latest first."""
    found: Select[Any] = reach(reader, "read", record)
    found = found.where(record.person_id == entry.person_id, record.voided_at.is_(None))
    if isinstance(entry, record):
        found = found.where(record.id != entry.id)
    return db.session.scalars(found.order_by(on.desc(), record.id.desc())).unique().all()


def incidents_of_the_house() -> Any:
    """The record of incidents: of a room beside this one, which knows it by its name alone."""
    return DrugTest.incident.property.mapper.class_
