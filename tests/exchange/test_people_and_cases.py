"""People, cases and observations leave in the workbook and come into another portal just as they were."""

import io
import json
import re
from datetime import date

import pytest
from sqlalchemy import func, select

from portal.cases.models import Case, HelperReport, TermChange
from portal.drugs.models import DrugReviewEntry, DrugTest
from portal.duties import daily
from portal.duties.models import Duty, Notification
from portal.engine.db import db
from portal.engine.transaction import transaction
from portal.engine.workflow import steps_of
from portal.incidents.models import IncidentPerson
from portal.people.models import Person
from tests.builders import a_case, a_person
from tests.exchange.told import told
from tests.exchange.workbooks import cells_of, filled

OURS = ("people", "cases", "observations")
TOLD = {  # at least; what else a case may go through has rows in tests/exchange/test_lives.py
    "people", "observations", "cases", "cases.check_ins", "cases.roll_calls", "cases.contacts", "cases.measures",
    "cases.helper_reports", "cases.term_changes", "cases.birth_corrections",
}  # fmt: skip
PERSON = {"number": 1, "full_name": "Y Ngọc", "birth_year": 1980, "village_id": "BY-BPH"}
CASE = {
    "number": "2024-014", "person_id": "1", "type": "suspended_sentence", "received_on": date(2024, 3, 4),
    "starts_on": date(2024, 2, 20), "term_months": 24, "owner_id": "by.officer", "state": "open",
}  # fmt: skip
NOTE = {"number": "QS-2024-003", "source": "village", "happened_on": date(2024, 5, 2), "text": "Có người lạ"}
BY_COMMAND = "is not brought in by one person"


@pytest.fixture
def brought(run, tmp_path):
    def bring(content, *words):
        file = tmp_path / "vao.xlsx"
        file.write_bytes(content)
        return run("import", str(file), "--unit", "BY", *words)

    return bring


def taken_out(run, file):
    made = run("export", str(file), "--unit", "BY")
    assert made.exit_code == 0, made.output
    return file.read_bytes()


def ours(content):
    return {key: rows for key, rows in cells_of(content).items() if key.split(".")[0] in OURS}


def figures(app):
    """All figures of some months, and those of the year before."""
    words = ("figures", "--from", "2026-08-01", "--to", "2026-11-20", "--unit", "BY", "--format", "json")
    counted = app.test_cli_runner().invoke(args=["report", *words])
    assert counted.exit_code == 0, counted.output
    return json.loads(counted.output)


def asked_for():
    db.session.rollback()
    return {
        (one.rule, one.key, one.subject_type, one.subject_id, one.due_on, one.done_on, one.dropped_on)
        for one in db.session.scalars(select(Duty))
    }


@pytest.mark.both_engines
def test_they_come_into_an_empty_portal_and_go_out_the_same_with_the_same_figures(
    app, commune, houses, engine_name, run, brought, tmp_path
):
    told(commune)
    first, before = taken_out(run, tmp_path / "ra.xlsx"), figures(app)
    assert {key for key, rows in ours(first).items() if rows} >= TOLD
    db.session.remove()
    houses(engine_name).fresh()
    assert db.session.scalar(select(func.count(Person.id))) == 0
    taken = brought(first)
    assert taken.exit_code == 0, taken.output
    assert cells_of(taken_out(run, tmp_path / "lai.xlsx")) == cells_of(first)
    assert figures(app) == before
    again = brought(first)
    assert (again.exit_code, "nothing added" in again.output) == (0, True), again.output
    assert cells_of(taken_out(run, tmp_path / "ba.xlsx")) == cells_of(first)


def test_what_belonged_together_does_so_again_and_only_what_the_night_asks_for_follows(
    commune, houses, engine_name, run, brought, tmp_path
):
    told(commune)
    file = taken_out(run, tmp_path / "ra.xlsx")
    db.session.remove()
    houses(engine_name).fresh()
    assert brought(file).exit_code == 0
    entry, test = db.session.scalars(select(DrugReviewEntry)).one(), db.session.scalars(select(DrugTest)).one()
    assert (test.person_id, test.entry_id) == (entry.person_id, entry.id)
    linked = db.session.scalars(select(IncidentPerson)).one()
    assert linked.person.full_name == "Y Ngọc"
    assert len(db.session.scalars(select(Case).where(Case.person_id == linked.person_id)).all()) == 2
    confirmed = db.session.scalars(select(TermChange).where(TermChange.state == "confirmed")).one()
    assert confirmed.created_by_id == commune.officer.id
    assert [(step.name, step.by_id) for step in steps_of(confirmed)] == [("confirm", commune.chief.id)]
    assert db.session.scalars(select(HelperReport)).one().assignment.assignee_id == commune.helper.id
    assert db.session.scalar(select(func.count(Notification.id))) == 0
    asked = asked_for()
    assert asked
    daily.renew_all()
    assert asked_for() == asked


def month(**more):
    return {"entry": "2024-014", "received_on": date(2024, 7, 30), "month": "07/2024", **more}


def cut(**more):
    return {"entry": "2024-014", "decided_on": date(2025, 3, 4), "months": 3, "decision_number": "1/QĐ", **more}


def assigned(**more):
    return {
        "entry": "2024-014",
        "kind": "officer",
        "assignee_id": "by.officer",
        "proposed_on": date(2024, 3, 5),
        **more,
    }


# A sheet, a row of it, the words that are told, and what stands before them on the other sheets.
WRONG = (
    ("people", {**PERSON, "number": 2, "national_id": "12"}, "An ID number has 12 digits"),
    ("people", PERSON, "This number stands in the file twice."),
    ("cases", {**CASE, "number": "14"}, "A number of a case looks like 2024-014."),
    ("cases", {**CASE, "number": "2024-015", "person_id": "7"}, "nobody under this number"),
    ("cases", {**CASE, "number": "2024-016", "state": "closed"}, "A closed case says on which day, and why."),
    ("cases", {**CASE, "number": "2024-017", "closed_on": date(2024, 5, 1)}, "Only a closed case has this."),
    ("cases", {**CASE, "number": "2024-018", "owner_id": None}, "Please name the account of the officer in charge."),
    ("cases", {**CASE, "number": "2024-019", "supervising_unit_id": "BY-BPH"}, "No case is supervised by a unit"),
    ("cases", {**CASE, "number": "2024-020", "state": "draft", "handed_over_on": date(2024, 5, 1)},
     "Of a draft no file goes to the agency."),
    ("cases", CASE, "This number stands in the file twice."),
    ("cases.steps", {"record_id": "2024-099", "name": "suspend", "from_state": "open", "to_state": "suspended",
                     "at": "01/05/2024 08:00"}, "There is no entry of this"),
    ("cases.assignments", assigned(state="accepted"), "What was accepted says on which day."),
    ("cases.assignments", assigned(until=date(2024, 5, 1)), "This day does not fit the others of its row."),
    ("cases.check_ins", month(entry="2024-099"), "There is no case of this number."),
    ("cases.check_ins", month(month="2024"), "Please write the month as 07/2024."),
    ("cases.check_ins", month(month="03/2024", received_on=date(2024, 3, 1)), "The case was received only on 04/03"),
    ("cases.check_ins", month(note="Lần nữa"), "One of this month is there already."),
    ("cases.measures", {"entry": "2024-014", "kind": "loan", "given_on": date(2024, 8, 1), "given_by": "A",
                        "result_3_on": date(2024, 11, 1)}, "What became of it says when that was asked."),
    ("cases.helper_reports", {"entry": "2024-014", "quarter": "III", "written_on": date(2024, 10, 1),
                              "getting_on": "fair", "help_given": "A", "helper": "by.helper"}, "quarter as 2024-Q3."),
    ("cases.term_changes", cut(state="confirmed"), "What a second person decided says who that was"),
    ("cases.term_changes", cut(state="confirmed", stands_since=date(2025, 3, 9), brought_by="by.officer",
                               author="by.officer"), "Nobody decides on what they wrote"),
    ("cases.term_changes", cut(words="Không rõ"), "In this state nobody brought it"),
    ("cases.birth_corrections", {"entry": "2024-014", "reason": "Căn cước"}, "Please give the date or the year"),
    ("observations", {**NOTE, "number": "3"}, "A number of an observation looks like QS-2024-014."),
    ("observations", {**NOTE, "number": "QS-2024-004", "source": "patrol"}, "What was seen on a patrol names it"),
    ("observations", {**NOTE, "number": "QS-2024-005", "incident_id": "VV-2024-001"}, "There is no entry of this"),
    ("observations.handed_over", {"observation_id": "QS-2024-003", "unit_id": "BY-BP", "at": "02/05/2024 08:00",
                                  "receipt_at": "02/05/2024 09:00"}, "A receipt says who confirmed it"),
)  # fmt: skip


def test_what_does_not_fit_is_told_at_its_row_and_nothing_is_written(commune, template, brought):
    rows = {"people": [PERSON], "cases": [CASE], "cases.check_ins": [month()], "observations": [NOTE]}
    for sheet, row, _words in WRONG:
        rows.setdefault(sheet, []).append(row)
    answer = brought(filled(template, rows))
    assert answer.exit_code == 1
    assert [words for _sheet, _row, words in WRONG if words not in answer.output] == []
    told_of = [line for line in answer.output.splitlines() if ", row " in line]
    assert [line for line in told_of if not any(words in line for _sheet, _row, words in WRONG)] == []
    assert len({re.match(r".*, row \d+", line)[0] for line in told_of}) == len(WRONG)
    assert db.session.scalar(select(func.count(Person.id))) == 0


def test_who_is_there_is_found_by_number_or_birth_and_another_word_about_them_is_refused(commune, template, brought):
    with transaction(commune.officer):
        db.session.add(a_person(commune, "Y Ngọc", birth_year=1980, phone=None))
        db.session.add(a_person(commune, "A Ploi", birth_year=None, phone=None, national_id="001080012345"))
    known = {**PERSON, "number": 2, "full_name": "A Ploi", "birth_year": None, "national_id": "001080012345"}
    same = brought(filled(template, {"people": [PERSON, known]}))
    assert (same.exit_code, "nothing added" in same.output) == (0, True), same.output
    other = brought(
        filled(template, {"people": [{**PERSON, "village_id": "BY-NHA"}, {**known, "full_name": "A Plơi"}]})
    )
    assert other.output.count("something else written here") == 2
    namesake = brought(filled(template, {"people": [{**PERSON, "birth_year": 1981}]}))
    assert (namesake.exit_code, "1 new" in namesake.output) == (0, True), namesake.output


def test_a_row_that_the_portal_holds_otherwise_is_refused_at_its_column(commune, template, brought):
    rows = {"people": [PERSON], "cases": [CASE], "cases.check_ins": [month()], "observations": [NOTE]}
    assert brought(filled(template, rows)).exit_code == 0
    changed = {
        "people": [PERSON], "cases": [{**CASE, "term_months": 36}], "cases.check_ins": [month(state="returned")],
        "observations": [{**NOTE, "where": "Chợ"}],
    }  # fmt: skip
    answer = brought(filled(template, changed))
    assert answer.output.count("something else written here") == 3
    assert [label in answer.output for label in ("Length of the term", "State: “returned”", "Place: “Chợ”")] == [
        True
    ] * 3


def sent(browser, content, checked=""):
    data = {"file": (io.BytesIO(content), "vao.xlsx"), "checked": checked}
    return browser.post("/exchange/import", data=data, content_type="multipart/form-data").text


def written(browser, content):
    """Send a workbook, and once more what nothing is wrong with."""
    looked = sent(browser, content)
    assert "Nothing is wrong." in looked
    sent(browser, content, re.search(r'name="checked"[^>]*value="([0-9a-f]+)"', looked)[1])
    assert "Everything is there already" in sent(browser, content)
    db.session.rollback()


def test_a_page_takes_drafts_from_the_chief_alone_and_nothing_that_others_signed(commune, browse_as):
    chief = browse_as(commune.chief)
    template = chief.get("/exchange/template").data
    draft = {**CASE, "state": "draft", "owner_id": None}
    written(chief, filled(template, {"people": [PERSON], "cases": [draft], "observations": [NOTE]}))
    one = db.session.scalars(select(Case)).one()
    assert (one.state, one.owner_id, one.person.full_name) == ("draft", commune.chief.id, "Y Ngọc")
    case = a_case(commune, helper="helper")
    signed = {
        "people": [PERSON],
        "cases": [{**CASE, "number": "2024-015", "owner_id": None}],
        "cases.term_changes": [cut(entry=case.number, decided_on=date(2026, 11, 2), state="confirmed",
                                   stands_since=date(2026, 11, 3), brought_by="by.leader")],
        "observations": [
            {**NOTE, "number": "QS-2024-004", "state": "closed"},
            {**NOTE, "number": "QS-2024-005", "author": "by.officer"},
        ],
    }  # fmt: skip
    assert sent(chief, filled(template, signed)).count(BY_COMMAND) == 4
    told_by_helper = {"entry": case.number, "quarter": "2026-Q3", "written_on": date(2026, 11, 2),
                      "getting_on": "good", "help_given": "Đưa đi khám", "helper": "by.helper"}  # fmt: skip
    before = db.session.scalar(select(func.count(Notification.id)))
    written(chief, filled(template, {"cases.helper_reports": [told_by_helper]}))
    assert db.session.scalar(select(func.count(Notification.id))) == before
    offered = cells_of(template)
    assert "cases.check_ins" in offered
    assert not {"cases.assignments", "cases.birth_corrections", "cases.steps"} & offered.keys()
    keys = cells_of(browse_as(commune.officer).get("/exchange/template").data)
    assert not [key for key in keys if key.split(".")[0] in OURS]


def test_an_account_that_signs_a_command_brings_in_what_a_page_would_take(commune, template, brought):
    rows = filled(template, {"people": [PERSON], "cases": [{**CASE, "state": "draft", "owner_id": None}]})
    assert "only the chief of police brings anything in" in brought(rows, "--as", "by.officer").output
    asked = {**assigned(entry=a_case(commune).number), "kind": "helper", "assignee_id": "by.helper"}
    helped = brought(filled(template, {"cases.assignments": [asked]}), "--as", "by.chief")
    assert BY_COMMAND in helped.output
    assert brought(rows, "--as", "by.chief").exit_code == 0
    assert db.session.scalars(select(Case.created_by_id).where(Case.state == "draft")).one() == commune.chief.id
