"""The review for drugs in the example: people listed, tested, fined and followed, each on its day."""

from collections.abc import Iterator, Mapping
from datetime import date, time, timedelta
from functools import partial
from itertools import count

from sqlalchemy import select

from portal.books.actions import mend, write_down
from portal.demo import chance, story, words_of_law, working_days
from portal.demo.deeds import Deed, Scene, on
from portal.demo.happenings import Happening, happenings
from portal.demo.households import village_of
from portal.demo.patrols import commune_id
from portal.demo.reviewed import Reviewed, reviewed
from portal.drugs.models import Determination, DrugReviewEntry, DrugTest, FineDecision, TestContext, TestResult
from portal.engine import access, clock
from portal.engine.db import db
from portal.incidents.models import Offence
from portal.law.days import add_months

OFFICERS = ("police_officer", "a_nhuin", "tran_thi_dieu")
STATION, KIT = "Trụ sở Công an xã", "Que thử nhanh 5 chân (nước tiểu)"
FINE_VND = 1_500_000  # the middle of the band
OF_INCIDENTS_FROM = date(2024, 1, 1)
CLEAN = "Xét nghiệm âm tính, không còn biểu hiện nghi vấn."
RECEIVED_AT = time(14, 45)  # of the result, so that the day that the law gives for a decision is not over
POSITIVE_AGAIN, DETERMINED_ON = date(2025, 5, 12), date(2025, 5, 19)  # whose management was stopped
EACH_MONTHS = 3  # between tests while under management


def drugs(today: date) -> Iterator[Deed]:
    """Everything up to a day."""
    for one in reviewed(today):
        yield from _course(one)
    for happened in happenings(today):
        if happened.category == Offence.DRUG_USE and happened.on >= OF_INCIDENTS_FROM:
            yield from _at_incident(happened)


def _course(one: Reviewed) -> Iterator[Deed]:
    officer = chance.choice(OFFICERS, one.key, "officer")
    yield on(one.listed_on, 8, officer, partial(put_on_list, one))
    if one.tested_on:
        yield on(one.tested_on, 15, officer, partial(test, one))
    if one.fined_on:
        yield on(one.fined_on, 8, officer, partial(fine, one))  # before its file is opened, at nine
        yield on(one.fined_on, 17, officer, partial(keep_on_list, one))
        yield from _followed(one, officer)
    if one.off_on and not one.managed:  # whoever was managed leaves the list with the decision
        yield on(one.off_on, 16, officer, partial(take_off_list, one))


def _followed(one: Reviewed, officer: str) -> Iterator[Deed]:
    """Tests while under management, until it ends."""
    begun, ended = one.fined_on, one.off_on
    for months in range(EACH_MONTHS, 12, EACH_MONTHS):
        day = working_days.from_day(add_months(begun, months)) if begun else date.max
        if ended and day < ended - timedelta(days=7):
            yield on(day, 14, officer, partial(follow_up, one, day))
    if one.managed in story.EARLY_ENDS:
        yield on(POSITIVE_AGAIN, 14, officer, partial(test_again, one))
        yield on(DETERMINED_ON, 14, officer, partial(determine, one))


def _at_incident(one: Happening) -> Iterator[Deed]:
    """Users who were met at an incident: tested there, fined for it, and managed where they live."""
    officer, morning = chance.choice(OFFICERS, one.key, "officer"), one.on + timedelta(days=1)
    yield on(morning, 10, officer, partial(test_at_incident, one))
    if one.outcome_on:
        yield on(max(one.outcome_on, morning), 17, officer, partial(fine_for_incident, one))


def put_on_list(one: Reviewed, scene: Scene) -> None:
    kind, reason = one.source
    entry = write_down(
        DrugReviewEntry, commune_id(scene),
        {
            "full_name": one.name, "birth_year": one.born, "village_id": village_of(scene, one.village).id,
            "listed_on": clock.today(), "source_kind": kind, "reason": reason, "reviewer_id": scene.actor.id,
            "review_until": one.review_until,
        },
        scene.actor,
    )  # fmt: skip
    scene.reviewed[one.key] = entry.id
    if one.managed:
        scene.persons[one.managed] = entry.person_id


def keep_on_list(one: Reviewed, scene: Scene) -> None:
    """Whoever is managed stays on the list until that ends."""
    entry = access.find(scene.actor, "edit", DrugReviewEntry, scene.reviewed[one.key])
    if entry is None:
        raise LookupError(f"{scene.actor.username} may not change {one.key} on {clock.today()}.")
    mend(entry, {"review_until": one.off_on}, scene.actor)


def take_off_list(one: Reviewed, scene: Scene) -> None:
    entry = access.find(scene.actor, "edit", DrugReviewEntry, scene.reviewed[one.key])
    if entry is None:
        raise LookupError(f"{scene.actor.username} may not change {one.key} on {clock.today()}.")
    mend(entry, {"removed_on": clock.today(), "removal_reason": CLEAN}, scene.actor)


def test(one: Reviewed, scene: Scene) -> None:
    result = TestResult.POSITIVE if one.managed else TestResult.NEGATIVE
    known = {"received_on": clock.today(), "received_time": RECEIVED_AT, "residence_checked_on": clock.today()}
    tested = _tested(one, TestContext.REVIEW, result, scene, known if one.managed else {})
    scene.tests[one.key] = tested.id
    if one.managed:
        scene.tests[one.managed] = tested.id


def test_again(one: Reviewed, scene: Scene) -> None:
    """A positive test during the management, after which a medical body is asked."""
    scene.tests[f"{one.managed}/again"] = _tested(one, TestContext.FOLLOW_UP, TestResult.POSITIVE, scene, {}).id


def determine(one: Reviewed, scene: Scene) -> None:
    tested = access.find(scene.actor, "edit", DrugTest, scene.tests[f"{one.managed}/again"])
    if tested is None:
        raise LookupError(f"{scene.actor.username} may not change the test of {one.key} on {clock.today()}.")
    found = {"determination": Determination.ADDICTED, "determination_number": words_of_law.DETERMINED}
    mend(tested, {"determined_on": clock.today(), **found}, scene.actor)


def follow_up(one: Reviewed, _day: date, scene: Scene) -> None:
    _tested(one, TestContext.FOLLOW_UP, TestResult.NEGATIVE, scene, {})


def _tested(
    one: Reviewed, context: TestContext, result: TestResult, scene: Scene, known: Mapping[str, object]
) -> DrugTest:  # fmt: skip
    entry = db.session.get_one(DrugReviewEntry, scene.reviewed[one.key])
    made: DrugTest = write_down(
        DrugTest, commune_id(scene),
        {
            "person_id": entry.person_id, "village_id": entry.village_id, "context": context,
            "taken_on": clock.today(), "result": result, "location": STATION, "device": KIT,
            **known,
        },
        scene.actor,
    )  # fmt: skip
    return made


def fine(one: Reviewed, scene: Scene) -> None:
    """Signed by the chief of the commune police."""
    facts = {"test_id": scene.tests[one.key], "village_id": village_of(scene, one.village).id}
    _fined(one.key, facts, scene)


def test_at_incident(one: Happening, scene: Scene) -> None:
    for place, name in enumerate(one.subjects):
        key = f"{one.key}/{place}"
        made = write_down(
            DrugTest, commune_id(scene),
            {
                "full_name": name, "birth_year": 1980 + chance.number(24, key, "born"),
                "village_id": _home(one, scene),
                "context": TestContext.INCIDENT, "taken_on": one.on, "result": TestResult.POSITIVE,
                "incident_id": scene.incidents[one.key], "location": STATION, "device": KIT,
            },
            scene.actor,
        )  # fmt: skip
        scene.persons[key] = made.person_id


def _home(one: Happening, scene: Scene) -> int | None:
    """Whom an incident names as living elsewhere has no village here."""
    return None if one.residence else village_of(scene, one.village).id


def fine_for_incident(one: Happening, scene: Scene) -> None:
    for place, _name in enumerate(one.subjects):
        key = f"{one.key}/{place}"
        incident = {"incident_id": scene.incidents[one.key], "village_id": _home(one, scene)}
        facts = {"person_id": scene.persons[key], **incident}
        _fined(key, facts, scene)


def _fined(key: str, facts: Mapping[str, object], scene: Scene) -> None:
    number = _free_number(10 + chance.number(200, key, "paper"))
    more = {"decided_on": clock.today(), "amount_vnd": FINE_VND, "paper_number": number}
    write_down(FineDecision, commune_id(scene), {**facts, **more}, scene.actor)


def _free_number(ordinal: int) -> str:
    """The first number from *ordinal* on that no fine of this year bears."""
    numbers = select(FineDecision.paper_number).where(FineDecision.decided_on >= clock.today().replace(month=1, day=1))
    taken = set(db.session.scalars(numbers))
    return next(one for one in (f"{place}/QĐ-XPHC" for place in count(ordinal)) if one not in taken)
