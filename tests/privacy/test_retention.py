"""Closed files lose their names by an approved round: never too early, never under a hold, and no figure moves."""

import shutil
from datetime import date

import pytest
from sqlalchemy import inspect, select

from portal.app import create_app
from portal.cases.models import Case, CaseType, ClosingReason
from portal.documents import store
from portal.engine import audit, clock
from portal.engine.audit import AuditEvent
from portal.engine.db import Base, db
from portal.engine.indicators import Period
from portal.engine.refusal import Conflict, Forbidden, Refused
from portal.engine.transaction import transaction
from portal.engine.vietnamese import fold
from portal.organisation.models import Unit
from portal.people.models import Person
from portal.people.queries import namesakes
from portal.privacy import actions, forgetting, mentions, remembered
from portal.reports import outline
from portal.reports.queries import taken_in
from tests.builders import PASSWORD, a_case, a_person
from tests.conftest import CHEAP, Browser
from tests.privacy.closed import (
    LONG_AGO,
    NAME,
    NUMBER,
    WORDS,
    a_closed_case,
    a_file,
    a_round,
    all_people,
    approved,
    carried_out,
    night,
    the_round,
)
from tests.proposals.ready import a_draft


def due(commune):
    return mentions.dry_run(commune.unit).people


def every_text():
    """All that any table holds, as text: numbers that lie encrypted are read as the portal reads them."""
    rows = (row for table in Base.metadata.sorted_tables for row in db.session.execute(select(table)))
    return "\n".join(str(value) for row in rows for value in row)


# ── who ─────────────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(("closed_on", "today", "is_due"), [
    (date(2023, 5, 4), date(2025, 5, 4), False), (date(2023, 5, 4), date(2025, 5, 5), True),
    (date(2024, 2, 29), date(2026, 2, 28), False), (date(2024, 2, 29), date(2026, 3, 1), True),
])  # fmt: skip
def test_a_closed_file_keeps_its_names_for_24_months_that_day_included(commune, closed_on, today, is_due):
    a_closed_case(commune, closed_on=closed_on)
    with clock.telling(clock.moment(today, 9)):
        assert bool(due(commune)) is is_due


def test_whoever_has_another_file_that_runs_keeps_the_name_in_all_of_them(commune):
    old = a_closed_case(commune)
    a_case(commune, person=old.person)
    assert due(commune) == []
    assert mentions.dry_run(commune.unit).waiting[mentions.RUNS] == 1


def test_two_records_with_one_number_lose_their_names_together_or_not_at_all(commune):
    first = a_closed_case(commune)
    with transaction(commune.chief):
        other = a_person(commune, NAME, national_id=NUMBER)
    a_case(commune, person=other)
    assert first.person.identity == other.identity
    assert due(commune) == []


@pytest.mark.parametrize(("reason", "is_due"), [
    (ClosingReason.COMPLETED, False), (ClosingReason.RECORD_CLEARED, True), (ClosingReason.DECEASED, True),
])  # fmt: skip
def test_a_reintegration_waits_for_the_clearance_of_the_record(commune, reason, is_due):
    a_closed_case(commune, type=CaseType.REINTEGRATION, reason=reason)
    assert bool(due(commune)) is is_due


def test_a_legal_hold_wins_also_over_a_round_that_was_approved_before(commune):
    case = a_closed_case(commune)
    approved(commune)
    with transaction(commune.chief):
        actions.hold(case.person, {"asked_by": "VKSND tỉnh", "paper": "", "reason": "Đang điều tra", "until": None})
    night()
    db.session.rollback()
    assert case.person.full_name == NAME
    item = the_round().items[0]
    assert (item.state, item.why, the_round().state) == ("left", mentions.HELD, "carried_out")


def test_a_hold_that_ended_by_its_day_holds_no_more(commune):
    case = a_closed_case(commune)
    until = clock.today()
    with transaction(commune.chief):
        actions.hold(case.person, {"asked_by": "VKSND", "paper": "", "reason": "Điều tra", "until": until})
    assert due(commune) == []
    with clock.telling(clock.moment(date(until.year + 1, 1, 1), 9)):
        assert due(commune) == [case.person_id]


def test_a_commune_keeps_names_longer_by_a_number_that_two_people_set(commune):
    from portal.lawbook import actions as book

    a_closed_case(commune)
    assert due(commune)
    with transaction(commune.chief):
        change = book.propose_number(
            commune.unit, "RET-SENTENCE", "60", date(2020, 1, 1), "Quyết định của tỉnh", "Theo hướng dẫn"
        )
    with transaction(commune.leader):
        book.decide(change, "approve", commune.leader, "", None)
    assert due(commune) == []


def test_a_closed_file_is_reopened_by_two_people_with_a_reason_and_never_once_its_names_are_gone(commune, browse_as):
    case = a_closed_case(commune)
    chief, leader = browse_as(commune.chief), browse_as(commune.leader)

    def take(browser, step):
        db.session.rollback()
        db.session.expire_all()
        return browser.post(f"/cases/{case.id}/{step}", data={"version": case.version, "reason": "Đóng nhầm"})

    assert take(leader, "reopen").status_code == 409
    assert take(chief, "ask_reopen").status_code == 302
    assert take(chief, "reopen").status_code == 403
    assert (case.state, take(leader, "reopen").status_code) == ("closed", 302)
    db.session.rollback()
    assert (case.state, case.closed_on, case.closing_reason) == ("open", None, None)
    with transaction(None):
        case.close(LONG_AGO, ClosingReason.COMPLETED)
    carried_out(commune)
    assert take(chief, "ask_reopen").status_code == 422


# ── deciding ────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_nobody_approves_without_typing_how_many_people_it_is(commune):
    a_closed_case(commune)
    round_ = a_round(commune)
    for typed in (None, 0, 2):
        with pytest.raises(Refused), transaction(commune.leader):
            actions.decide(round_, "approve", commune.leader, "", None, typed)
    assert round_.state == "proposed"


def test_the_chief_does_not_approve_their_own_round(commune):
    a_closed_case(commune)
    round_ = a_round(commune)
    with pytest.raises(Forbidden), transaction(commune.chief):
        actions.decide(round_, "approve", commune.chief, "", None, round_.people)


def test_what_is_proposed_is_whom_the_page_told_of(commune):
    a_closed_case(commune)
    shown = mentions.dry_run(commune.unit).fingerprint
    a_closed_case(commune, "Đinh Văn Sáu", type=CaseType.NON_CUSTODIAL_REFORM)
    with transaction(None):
        all_people()[-1].national_id = None
    with pytest.raises(Conflict), transaction(commune.chief):
        actions.propose(commune.unit, "Hết hạn", shown)


def test_the_pages_propose_and_approve_a_round_and_a_wrong_number_is_told_at_its_field(commune, browse_as):
    a_closed_case(commune)
    chief, leader = browse_as(commune.chief), browse_as(commune.leader)
    assert "1 person would lose their name" in chief.get("/retention/").text
    shown = mentions.dry_run(commune.unit).fingerprint
    answer = chief.post("/retention/new", data={"reason": "Hết hạn", "shown": shown})
    assert answer.status_code == 302
    address = answer.location
    typed = {"version": the_round().version, "password": PASSWORD}
    wrong = leader.post(f"{address}/approve", data={**typed, "counted": "7"})
    assert (wrong.status_code, "Type the number of people of this round" in wrong.text) == (422, True)
    db.session.rollback()
    unsigned = leader.post(f"{address}/approve", data={**typed, "counted": "1", "password": "khong-phai"})
    assert (unsigned.status_code, "This is not your present password." in unsigned.text) == (422, True)
    db.session.rollback()
    assert the_round().state == "proposed"
    assert leader.post(f"{address}/approve", data={**typed, "counted": "1"}).status_code == 302
    db.session.rollback()
    assert the_round().state == "approved"
    assert NAME not in leader.get(address).text


def test_the_approval_counts_who_would_lose_their_name_now_and_says_who_keeps_it_and_why(commune, browse_as):
    case = a_closed_case(commune)
    a_closed_case(commune, "Đinh Văn Sáu", type=CaseType.NON_CUSTODIAL_REFORM)
    with transaction(None):
        all_people()[-1].national_id = None
    round_ = a_round(commune)
    with transaction(commune.chief):
        actions.hold(case.person, {"asked_by": "VKSND tỉnh", "paper": "", "reason": "Đang điều tra", "until": None})
    leader = browse_as(commune.leader)
    page = leader.get(f"/retention/{round_.id}/approve").text
    assert "1 person" in page
    assert "Proposed were 2 people. By now it is another number." in page
    assert "keeps the name: A legal hold stands" in page
    assert f'<a href="/cases/{case.id}">{case.number}</a>' in page
    typed = {"version": round_.version, "password": PASSWORD}
    assert leader.post(f"/retention/{round_.id}/approve", data={**typed, "counted": "2"}).status_code == 422
    db.session.rollback()
    assert leader.post(f"/retention/{round_.id}/approve", data={**typed, "counted": "1"}).status_code == 302


def test_a_round_of_whom_everybody_is_held_by_now_is_not_approved(commune):
    case = a_closed_case(commune)
    round_ = a_round(commune)
    with transaction(commune.chief):
        actions.hold(case.person, {"asked_by": "VKSND", "paper": "", "reason": "Điều tra", "until": None})
    with pytest.raises(Refused, match="nobody of this round"), transaction(commune.leader):
        actions.decide(round_, "approve", commune.leader, "", None, 0)


# ── what goes, what stays ───────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.both_engines
def test_name_number_address_and_words_are_gone_from_every_table_and_the_year_of_birth_stays(commune):
    case = a_closed_case(commune)
    for gone in (NAME, NUMBER, WORDS, "Nhà sau trường học"):
        assert gone in every_text() + str(case.person.national_id)
    carried_out(commune)
    told = every_text()
    for gone in (NAME, fold(NAME), NUMBER, WORDS, "Nhà sau trường học", "1984-03-17"):
        assert gone not in told
    person = case.person
    assert (person.born, person.birth_date, person.national_id, person.phone) == (1984, None, None, None)
    assert person.full_name == f"Ẩn danh {the_round().number}/1"
    assert (case.state, case.closed_on, case.term_months) == ("closed", LONG_AGO, 24)


def test_search_finds_the_name_no_more_nor_the_number(commune, browse_as):
    a_closed_case(commune)
    chief = commune.chief
    carried_out(commune)
    page = browse_as(chief)
    for words in ("bich ngoc", NUMBER):
        assert NAME not in page.get(f"/find?q={words}").text
    assert db.session.scalars(select(Person.id).where(Person.folded.contains("bich ngoc"))).all() == []
    assert db.session.scalars(select(Person.id).where(Person.national_id_digest.is_not(None))).all() == []


def test_the_content_of_a_file_is_gone_from_the_disk_and_its_page_says_since_when(commune, browse_as):
    case = a_closed_case(commune)
    kept = a_file(commune, case)
    assert store.fetch(kept.stored_as, kept.digest)
    name, digest = kept.stored_as, kept.digest
    assert "1 file was removed." in carried_out(commune)
    with pytest.raises(store.Unreadable):
        store.fetch(name, digest)
    answer = browse_as(commune.chief).get(f"/attachments/{kept.id}")
    assert (answer.status_code, NAME in answer.text) == (410, False)
    assert NAME not in browse_as(commune.chief).get(f"/cases/{case.id}").text


def test_a_decided_proposal_stays_sealed_and_the_audit_chain_whole(commune):
    from tests.builders import an_absence

    case = a_closed_case(commune)
    with transaction(None):
        case.state = "open"
    proposal = an_absence(commune, case, date(2026, 11, 25), date(2026, 11, 30))
    with transaction(None):
        proposal._set_way(commune.officer)
        proposal.state = "approved"
        proposal._freeze(commune.leader)
        case.state = "closed"
    assert proposal.intact
    carried_out(commune)
    assert proposal.destination == forgetting.GONE
    assert proposal.intact
    _stands, broken = audit.verify(db.session())
    assert broken is None
    told = db.session.scalars(select(AuditEvent.action).where(AuditEvent.action == "pseudonymise")).all()
    assert len(told) == 1


def test_a_proposal_that_was_tampered_with_is_not_sealed_anew(commune):
    from tests.builders import an_absence

    case = a_closed_case(commune)
    proposal = an_absence(commune, case, date(2026, 11, 25), date(2026, 11, 30))
    with transaction(None):
        proposal.state, proposal.frozen_digest = "approved", "2:made up"
    carried_out(commune)
    assert not proposal.intact


def test_a_restore_brings_no_name_back_once_the_night_has_run(commune):
    case = a_closed_case(commune)
    carried_out(commune)
    with transaction(None):  # as a backup from before has it
        case.person.full_name, case.person.national_id, case.person.forgotten_on = NAME, NUMBER, None
    assert namesakes(commune.chief, NAME, None)
    assert "A restore had brought 1 name back" in night()
    db.session.rollback()
    assert NAME not in every_text()


def test_a_legal_hold_wins_after_a_restore_as_well(commune):
    case = a_closed_case(commune)
    carried_out(commune)
    with transaction(None):
        case.person.full_name, case.person.national_id, case.person.forgotten_on = NAME, NUMBER, None
    with transaction(commune.chief):
        actions.hold(case.person, {"asked_by": "VKSND", "paper": "", "reason": "Điều tra", "until": None})
    night()
    db.session.rollback()
    assert case.person.full_name == NAME


def test_the_note_beside_the_database_names_nobody_and_does_not_hold_for_another_record(commune):
    case = a_closed_case(commune)
    carried_out(commune)
    assert NAME not in "".join(remembered._lines())
    with transaction(None):
        case.person.full_name, case.person.forgotten_on = NAME, None
        case.person.created_at = clock.moment(date(2019, 1, 1), 8)
    assert remembered.still_named() == []


def test_a_run_that_was_cut_short_goes_on_where_it_stopped(commune, monkeypatch):
    for number in range(3):
        a_closed_case(commune, f"Đinh Văn {number}")
        with transaction(None):
            all_people()[-1].national_id = None
    round_ = approved(commune)
    with transaction(None):
        assert actions.carry_out(round_, 1) == 1
    assert (round_.state, round_.count("done")) == ("approved", 1)
    night()
    db.session.rollback()
    db.session.expire_all()
    assert (round_.state, round_.count("done")) == ("carried_out", 3)


def test_every_column_of_words_that_leads_to_somebody_is_known_as_sensitive():
    """Else it would stay: what is not free text is named here, by what it is."""
    from sqlalchemy import Enum, String, inspect

    known = {
        "number", "state", "kind", "source", "code", "symbol", "signed", "signers", "authority", "afterwards",
        "dropped", "subject_type", "endorser_role", "decider_role", "frozen_digest", "rule", "key", "owner_role",
        "drop_reason", "because", "facts", "kept_facts", "court", "device", "quarter", "given_by", "field",
        "media_type", "digest", "stored_as", "void_reason", "sort_key", "folded", "form", "role", "why_corrected",
        "body", "organiser", "oral_how",
    }  # fmt: skip
    left = set()
    kinds = {mapper.class_ for model in forgetting.models() for mapper in inspect(model).self_and_descendants}
    assert len(kinds) > len(forgetting.models())  # the columns of a kind of proposal are kept by its own mapper
    for model in kinds:
        for column in inspect(model).columns:
            words = isinstance(column.type, String) and not isinstance(column.type, Enum) and not column.foreign_keys
            if words and column.key not in model.sensitive | known:
                left.add(f"{model.__name__}.{column.key}")
    assert left == set()


@pytest.mark.parametrize(("kind", "words"), [
    ("residence_change", ("xã Dục Nông", "Hợp đồng lao động")), ("review", ("Trụ sở", "Mặt trận")),
    ("revocation", ("Biên bản vi phạm",)), ("transfer", ("xã Dục Nông",)),
])  # fmt: skip
def test_the_trail_tells_of_a_proposal_without_the_words_that_were_typed(commune, kind, words):
    proposal = a_draft(kind, commune, a_case(commune), commune.officer)
    events = db.session.scalars(select(AuditEvent).where(AuditEvent.record_type == proposal.kind_of_record)).all()
    told = "\n".join(str(one.changes) for one in events)
    assert "kind" in told
    assert [one for one in words if one in told] == []


# ── figures ─────────────────────────────────────────────────────────────────────────────────────────────────────────
YEARS = range(2022, 2029)


def test_whatever_a_phone_sends_of_a_case_is_known_to_whoever_forgets_it(app):
    forms = [form for area in app.extensions["areas"] for form in area.phone_forms]
    of_cases = {one.name for one in forms if one.record is Case or "case_id" in inspect(one.record).columns}
    assert of_cases == {*forgetting.CASE_FORMS, forgetting.SUMMONS_FORM}


def all_figures():
    """Every figure of every report in every year of the example, with its parts."""
    commune = db.session.scalars(select(Unit).where(Unit.code == "BY")).one()
    among = taken_in(commune)
    found = {}
    for year in YEARS:
        period = Period(date(year, 1, 1), date(year, 12, 31), among)
        for one in outline.ordered():
            parts = [one.parted(period, by) for by in one.breakdowns]
            found[one.id, year] = (one.value(period), [(part.values, part.few) for part in parts])
    return found


def test_every_figure_of_the_example_is_equal_before_and_after(told, tmp_path):
    shutil.copytree(told.instance_path, tmp_path / "copy")
    app = create_app(instance=tmp_path / "copy", TESTING=True, WTF_CSRF_ENABLED=False, PASSWORD_COST=CHEAP)
    app.test_client_class = Browser
    with app.app_context(), clock.telling(clock.moment(date(2031, 3, 1), 10)):
        commune = db.session.scalars(select(Unit).where(Unit.code == "BY")).one()
        people = mentions.dry_run(commune).people
        assert len(people) > 20
        before = all_figures()
        with transaction(None):
            found = db.session.scalars(select(Person).where(Person.id.in_(people))).all()
            for group in mentions.dry_run(commune).due:
                those = [one for one in found if one.id in group.people]
                forgetting.forget(those, {one.id: f"Ẩn danh {one.id}" for one in those})
        db.session.expire_all()
        assert all_figures() == before
        names = {one.full_name for one in db.session.scalars(select(Person).where(Person.forgotten_on.is_not(None)))}
        assert names == {f"Ẩn danh {one}" for one in people}
        assert db.session.scalar(select(Case.id).where(Case.person_id.in_(people), Case.offence != "[…]",
                                                       Case.offence != "").limit(1)) is None  # fmt: skip
        db.session.remove()
