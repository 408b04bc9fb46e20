"""The books of the review: who it is, what is kept of them, which fine stands on what, and who reads of it."""

import re
from datetime import date

import pytest
from sqlalchemy.exc import IntegrityError

from portal.books import actions
from portal.drugs.models import ANNULLED, FINED, DrugReviewEntry, DrugTest, FineDecision, TestContext, TestResult
from portal.engine import voiding
from portal.engine.db import db
from portal.engine.refusal import Refused
from portal.engine.transaction import transaction
from portal.incidents.models import Incident, IncidentKind
from portal.people.models import Person
from tests.builders import a_case
from tests.drugs.stories import a_test, fined, listed

ENTRY = {"full_name": "Phạm Công Cẩn", "listed_on": "05/08/2024"}


def put_on_list(browser, commune, **more):
    facts = {**ENTRY, "village_id": str(commune.place("BPH").id), **more}
    return browser.post("/drug-reviews/new?all=1", data=facts)


def entries(record=DrugReviewEntry):
    return db.session.scalars(db.select(record).order_by(record.id)).unique().all()


def test_of_somebody_who_may_be_there_already_it_must_be_said_whether_it_is_them(commune, browse_as):
    known = listed(commune, "Phạm Công Cẩn", birth_year=1990)
    officer = browse_as(commune.officer)
    asked = put_on_list(officer, commune)
    assert asked.status_code == 422
    assert re.search(rf'name="person_id" type="radio" value="{known.person_id}"', asked.text)
    assert "Phạm Công Cẩn, 1990, Thôn Bắc Phong" in asked.text
    assert put_on_list(officer, commune, person_id="new").status_code == 302
    assert put_on_list(officer, commune, person_id=str(known.person_id), anyway="y").status_code == 302
    people = [one.person_id for one in entries()]
    assert people[0] == people[2] != people[1]


def test_nobody_is_chosen_who_was_not_offered(commune, browse_as):
    listed(commune, "Phạm Công Cẩn")
    other = listed(commune, "Y Lum")
    assert put_on_list(browse_as(commune.officer), commune, person_id=str(other.person_id)).status_code == 422
    assert len(entries()) == 2


def test_what_is_kept_of_somebody_chosen_stays_as_it_is(commune, browse_as):
    known = listed(commune, "Phạm Công Cẩn", birth_year=1990)
    typed = {"person_id": str(known.person_id), "birth_year": "1975", "full_name": "PHẠM CÔNG CẨN", "anyway": "y"}
    assert put_on_list(browse_as(commune.officer), commune, **typed).status_code == 302
    assert (known.person.full_name, known.person.birth_year) == ("Phạm Công Cẩn", 1990)


def test_a_name_is_mended_for_every_entry_unless_a_file_speaks_of_the_person(commune, browse_as):
    entry = listed(commune, "A Mlon")
    test = a_test(commune, entry.person)
    officer = browse_as(commune.officer)
    page = officer.get(f"/drug-reviews/{entry.id}/edit")
    assert 'name="full_name"' in page.text
    sent = {"full_name": "A Mlôn", "listed_on": "05/08/2024", "village_id": str(entry.village_id),
            "version": str(entry.version)}  # fmt: skip
    assert officer.post(f"/drug-reviews/{entry.id}/edit", data=sent).status_code == 302
    assert test.person.full_name == "A Mlôn"
    assert "A Mlôn" in officer.get(f"/drug-reviews/?q={'mlôn'}").text
    a_case(commune, person=entry.person)
    assert 'name="full_name"' not in officer.get(f"/drug-reviews/{entry.id}/edit").text


def test_from_the_list_to_the_test_to_the_fine_nobody_types_the_name_again(commune, browse_as):
    entry, officer = listed(commune), browse_as(commune.officer)
    page = officer.get(f"/drug-reviews/{entry.id}")
    way = re.search(r'href="(/drug-tests/new\?person=\d+)"', page.text)[1]
    form = officer.get(way).text
    assert 'name="full_name"' not in form
    sent = {"person_id": str(entry.person_id), "context": "review", "taken_on": "12/08/2024", "result": "positive"}
    tested_ = officer.post(way, data=sent)
    assert tested_.status_code == 302
    way = re.search(r'href="(/drug-fines/new\?test=\d+)"', officer.get(tested_.location).text)[1]
    assert 'value="1.500.000"' in officer.get(way).text
    test = entries(DrugTest)[0]
    sent = {"person_id": str(entry.person_id), "offence": "FINE-DRUG-USE", "test_id": str(test.id),
            "decided_on": "15/08/2024", "amount_vnd": "1.500.000"}  # fmt: skip
    assert officer.post(way, data=sent).status_code == 302
    fine = entries(FineDecision)[0]
    assert (fine.person_id, fine.test_id, fine.amount_vnd) == (entry.person_id, test.id, 1_500_000)
    assert test.entry_id == entry.id


@pytest.mark.parametrize(
    ("vnd", "deviation", "taken"),
    [(0, "", True), (1_000_000, "", True), (2_000_000, "", True), (999_999, "", False), (2_000_001, "", False),
     (500_000, "Người chưa thành niên", True)],
)  # fmt: skip
def test_an_amount_outside_of_the_decree_needs_a_reason(commune, vnd, deviation, taken):
    test = a_test(commune, "A Uêr")
    if taken:
        assert fined(commune, test, vnd=vnd, deviation=deviation).amount_vnd == vnd
        return
    with pytest.raises(Refused) as refused:
        fined(commune, test, vnd=vnd, deviation=deviation)
    assert refused.value.reasons[0].field == "amount_vnd"
    assert "144/2021" in refused.value.reasons[0].source


def test_a_fine_stands_on_one_positive_test_of_its_own_person(commune):
    negative = a_test(commune, "Y Dui", result=TestResult.NEGATIVE)
    positive = a_test(commune, "A Uêr")
    for facts, field in (
        ({"test_id": negative.id}, "test_id"),
        ({"full_name": "Y Dui"}, "test_id"),
        ({"test_id": positive.id, "person_id": negative.person_id}, "test_id"),
        ({"test_id": positive.id, "decided_on": date(2024, 8, 1)}, "decided_on"),
    ):
        whole = {"decided_on": date(2024, 8, 15), "amount_vnd": 1_500_000, **facts}
        with pytest.raises(Refused) as refused, transaction(commune.officer):
            actions.write_down(FineDecision, commune.id, whole, commune.officer)
        assert field in {one.field for one in refused.value.reasons}
        db.session.rollback()
    assert not entries(FineDecision)


def test_a_test_on_which_a_fine_stands_stays_positive(commune):
    test = a_test(commune, "A Uêr")
    fined(commune, test)
    with pytest.raises(Refused), transaction(commune.officer):
        actions.mend(test, {"result": TestResult.NEGATIVE}, commune.officer)


def test_those_who_were_not_called_yet_are_the_chiefs_work_list(commune, browse_as):
    called, waits = listed(commune, "A Gơl"), listed(commune, "Y Lum")
    a_test(commune, called.person, result=TestResult.NEGATIVE)
    a_test(commune, waits.person, result=TestResult.PENDING)
    a_test(commune, waits.person, context=TestContext.FOLLOW_UP)
    listed(commune, "A Pleo", removed_on=date(2024, 9, 1), removal_reason="Đã chết")
    page = browse_as(commune.chief).get("/drug-reviews/?show=waiting").text
    assert waits.number in page
    assert called.number not in page
    assert "A Pleo" not in page


def test_an_inspector_reads_the_books_and_not_the_name_of_a_minor(commune, browse_as):
    minor, adult = listed(commune, "Y Brech", birth_year=2012), listed(commune, "A Chôi", birth_year=1990)
    browser = browse_as(commune.inspector)
    page = browser.get("/drug-reviews/").text
    assert "A Chôi" in page
    assert "Y Brech" not in page
    assert "Y Brech" not in browser.get(f"/drug-reviews/{minor.id}").text
    assert browser.get(f"/drug-reviews/{adult.id}/edit").status_code == 403


@pytest.mark.parametrize("who", ["leader", "clerk", "military", "border", "village_head", "helper"])
def test_nobody_but_the_police_and_the_inspector_learns_of_anybody(commune, browse_as, who):
    entry = listed(commune)
    browser = browse_as(getattr(commune, who))
    assert browser.get("/drug-reviews/").status_code == 403
    assert browser.get(f"/drug-reviews/{entry.id}").status_code == 404
    assert "/drug-reviews/" not in browser.get("/").text


def test_the_trail_keeps_no_name_of_anybody_listed(commune):
    from portal.engine.audit import AuditEvent

    listed(commune, "Nguyễn Khác Thường", reason="Có biểu hiện nghi vấn rõ rệt")
    kept = " ".join(str(one.changes) for one in db.session.scalars(db.select(AuditEvent)))
    assert "Khác Thường" not in kept
    assert "rõ rệt" not in kept
    assert "khac thuong" not in kept


def test_a_file_of_a_drug_user_says_when_it_was_decided(commune, browse_as):
    sent = {
        "full_name": "A Yui", "birth_year": "1997", "village_id": str(commune.place("BPH").id),
        "starts_on": "24/03/2026",
        "term_months": "12", "received_on": "24/03/2026", "type": "drug_user_management", "decision_on": "",
        "kept_from": "24/03/2026",
    }  # fmt: skip
    officer = browse_as(commune.officer)
    asked = officer.post("/cases/new", data=sent)
    assert asked.status_code == 422
    assert 'href="#decision_on"' in asked.text
    assert officer.post("/cases/new", data={**sent, "decision_on": "24/03/2026"}).status_code == 302
    other = {**sent, "type": "suspended_sentence", "decision_on": "24/03/2026", "full_name": "Y Hlim"}
    assert officer.post("/cases/new", data=other).status_code == 422


@pytest.mark.parametrize(
    ("typed", "field", "told"),
    [
        ({"starts_on": "01/09/2026"}, "starts_on", "begins on the day of its decision, 10/09/2026"),
        ({"term_months": "24"}, "term_months", "lasts 12 months; this one lasts 24"),
        ({"term_months": "6"}, "term_months", "lasts 12 months; this one lasts 6"),
    ],
)
def test_a_management_begins_on_the_day_of_its_decision_and_lasts_the_year_of_the_law(
    commune, browse_as, typed, field, told
):
    sent = {
        "full_name": "A Yui", "birth_year": "1997", "village_id": str(commune.place("BPH").id),
        "starts_on": "10/09/2026", "term_months": "12", "received_on": "10/09/2026", "type": "drug_user_management",
        "decision_on": "10/09/2026",
    }  # fmt: skip
    officer = browse_as(commune.officer)
    answer = officer.post("/cases/new", data={**sent, **typed})
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert told in answer.text.replace("\u00a0", " ")
    assert "Điều 24 khoản 2" in answer.text.replace("\u00a0", " ")
    assert f'value="{next(iter(typed.values()))}"' in answer.text
    assert officer.post("/cases/new", data=sent).status_code == 302


def test_people_are_kept_once(commune):
    entry = listed(commune)
    fined(commune, a_test(commune, entry.person))
    assert len(db.session.scalars(db.select(Person)).all()) == 1


@pytest.mark.parametrize("id", ["9" * 20, "2147483648", "-1", "0", "²", "x"])
def test_an_id_that_no_record_can_have_is_nobody_and_breaks_no_page(commune, browse_as, id):
    officer = browse_as(commune.officer)
    assert 'name="full_name"' in officer.get(f"/drug-tests/new?person={id}").text
    assert officer.get(f"/drug-fines/new?test={id}&person={id}").status_code == 200
    sent = {
        "full_name": "A Uêr",
        "offence": "FINE-DRUG-USE",
        "test_id": id,
        "decided_on": "15/08/2024",
        "amount_vnd": "1.500.000",
    }
    assert officer.post("/drug-fines/new", data=sent).status_code == 422
    assert officer.post("/drug-fines/grid", data={f"row1-{name}": one for name, one in sent.items()}).status_code == 422
    assert not entries(FineDecision)


def test_once_a_fine_is_annulled_the_right_one_can_be_recorded(commune, browse_as):
    test, officer = a_test(commune, "A Uêr"), browse_as(commune.officer)
    wrong = fined(commune, test, paper_number="5/QĐ-XPHC", annulled_on=date(2024, 8, 20), annulment_reason="Sai người")
    assert not test.fined
    assert wrong.standing is ANNULLED
    page = officer.get(f"/drug-tests/{test.id}").text
    assert f"/drug-fines/new?test={test.id}" in page
    assert test.number in officer.get("/drug-tests/?show=positive").text
    assert test.number in officer.get("/drug-fines/new").text
    right = fined(commune, test, on=date(2024, 8, 22))
    assert test.fined
    assert right.standing is FINED
    assert test.number not in officer.get("/drug-tests/?show=positive").text


def refused_at(deed):
    with pytest.raises(Refused) as refused:
        deed()
    db.session.rollback()
    return {one.field for one in refused.value.reasons}


def mended(commune, entry, **facts):
    with transaction(commune.officer):
        actions.mend(db.session.get_one(type(entry), entry.id), facts, commune.officer)


def test_on_one_test_one_fine_is_in_force_whoever_writes_it(commune):
    test = a_test(commune, "A Uêr")
    first = fined(commune, test)
    assert refused_at(lambda: fined(commune, test)) == {"test_id"}
    mended(commune, first, paper_number="7/QĐ-XPHC")
    mended(commune, first, annulled_on=date(2024, 8, 20), annulment_reason="Sai người")
    fined(commune, test, on=date(2024, 8, 22))
    assert refused_at(lambda: mended(commune, first, annulled_on=None, annulment_reason="")) == {"test_id"}
    assert len(entries(FineDecision)) == 2


def test_the_database_itself_keeps_a_second_fine_off_a_test(commune):
    fine = fined(commune, a_test(commune, "A Uêr"))
    other = {"test_id": fine.test_id, "decided_on": fine.decided_on, "amount_vnd": 0, "number": "XP-2024-099"}
    with pytest.raises(IntegrityError), transaction(commune.officer):
        db.session.add(FineDecision(commune_id=commune.id, **other))


def test_no_fine_is_recorded_on_a_test_that_is_struck_out(commune):
    test = a_test(commune, "A Uêr")
    with transaction(commune.officer):
        voiding.void(db.session.get_one(DrugTest, test.id), "Ghi hai lần")
    assert refused_at(lambda: fined(commune, test)) == {"test_id"}


def test_a_test_does_not_move_past_the_fine_on_it(commune):
    test = a_test(commune, "A Uêr", on=date(2024, 8, 12))
    fined(commune, test, on=date(2024, 8, 15))
    mended(commune, test, taken_on=date(2024, 8, 15))
    assert refused_at(lambda: mended(commune, test, taken_on=date(2024, 8, 16))) == {"taken_on"}


def test_a_mended_name_finds_every_entry_about_the_person(commune, browse_as):
    entry = listed(commune, "A Mlon")
    test = a_test(commune, entry.person)
    fine = fined(commune, test, paper_number="5/QĐ-XPHC")
    mended(commune, entry, full_name="Y Hlim")
    officer = browse_as(commune.officer)
    for place, one in (("drug-reviews", entry), ("drug-tests", test), ("drug-fines", fine)):
        assert one.number in officer.get(f"/{place}/?q=hlim").text
        assert one.number in officer.get(f"/{place}/?q={one.number}").text
        assert one.number not in officer.get(f"/{place}/?q=mlon").text
    assert fine.number in officer.get("/drug-fines/?q=5/qd").text


def test_nobody_is_found_by_a_name_that_the_reader_may_not_know(commune, browse_as):
    minor, adult = listed(commune, "Y Brech", birth_year=2012), listed(commune, "Y Chôi", birth_year=1990)
    inspector = browse_as(commune.inspector)
    assert minor.number in inspector.get("/drug-reviews/").text
    assert minor.number not in inspector.get("/drug-reviews/?q=brech").text
    assert adult.number in inspector.get("/drug-reviews/?q=choi").text
    assert minor.number in browse_as(commune.officer).get("/drug-reviews/?q=brech").text


def at_the_incident(commune, name="A Uêr"):
    """A positive test of somebody at an incident, and the incident."""
    facts = {"kind": IncidentKind.SECURITY, "village_id": commune.place("BPH").id, "text": "Sử dụng ma túy",
             "detected_on": date(2024, 8, 12)}  # fmt: skip
    with transaction(commune.officer):
        incident = actions.write_down(Incident, commune.id, facts, commune.officer)
    test = a_test(commune, name, context=TestContext.INCIDENT)
    mended(commune, test, incident_id=incident.id)
    return test, incident


def fined_for(commune, incident, person):
    facts = {"person_id": person.id, "incident_id": incident.id, "decided_on": date(2024, 8, 15),
             "amount_vnd": 1_500_000}  # fmt: skip
    with transaction(commune.officer):
        return actions.write_down(FineDecision, commune.id, facts, commune.officer)


def test_who_was_fined_for_the_incident_is_not_fined_on_the_test_at_it(commune, browse_as):
    """The work list and the page ask for no second fine, and none is taken."""
    test, incident = at_the_incident(commune)
    officer = browse_as(commune.officer)
    assert test.number in officer.get("/drug-tests/?show=positive").text
    fine = fined_for(commune, incident, test.person)
    assert test.number not in officer.get("/drug-tests/?show=positive").text
    assert f"/drug-fines/new?test={test.id}" not in officer.get(f"/drug-tests/{test.id}").text
    sent = {"offence": "FINE-DRUG-USE", "test_id": str(test.id), "decided_on": "15/08/2024", "amount_vnd": "1.500.000"}
    assert officer.post(f"/drug-fines/new?test={test.id}&all=1", data=sent).status_code == 422
    assert refused_at(lambda: fined(commune, test)) == {"test_id"}
    assert refused_at(lambda: fined_for(commune, incident, test.person)) == {"incident_id"}
    mended(commune, fine, annulled_on=date(2024, 8, 20), annulment_reason="Sai người")
    assert fined(commune, test, on=date(2024, 8, 22)).standing is FINED


def test_another_person_of_the_incident_is_still_to_be_fined(commune, browse_as):
    test, incident = at_the_incident(commune)
    other = a_test(commune, "Y Lum", context=TestContext.INCIDENT)
    mended(commune, other, incident_id=incident.id)
    fined_for(commune, incident, test.person)
    page = browse_as(commune.officer).get("/drug-tests/?show=positive").text
    assert (test.number in page, other.number in page) == (False, True)
