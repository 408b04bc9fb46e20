"""Commands over the trail, the keys and the rules."""

import re

import pytest

from portal.engine import chain, key_sheet
from portal.engine.db import db
from portal.engine.keys import keys
from tests.audit.tampering import lift_protection, tamper
from tests.builders import a_case, a_person


@pytest.fixture
def run(commune, app, monkeypatch):
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")

    def runs(*words):
        db.session.rollback()
        return app.test_cli_runner().invoke(args=words)

    return runs


@pytest.mark.both_engines
def test_verify_tells_how_many_events_stand_and_the_head(run):
    answer = run("audit", "verify")
    assert answer.exit_code == 0
    assert "the chain is whole" in answer.output
    assert "{}:{}".format(*chain.kept_head()) in answer.output


@pytest.mark.both_engines
def test_verify_names_the_first_broken_link_and_ends_with_1(run):
    lift_protection()
    tamper("UPDATE audit_event SET action = 'look' WHERE sequence = 3")
    answer = run("audit", "verify")
    assert (answer.exit_code, answer.output) == (
        1, "The chain breaks at event 3: it was changed, or put in without the key.\n",
    )  # fmt: skip


def test_verify_compares_with_a_head_from_paper(run):
    number, hash_ = chain.kept_head()
    assert run("audit", "verify", "--head", f"{number}:{hash_}").exit_code == 0
    assert run("audit", "verify", "--head", f"{number + 1}:{hash_}").exit_code == 1
    assert run("audit", "verify", "--head", "rubbish").exit_code == 2


def test_every_option_of_the_commands_says_what_it_is_for(run):
    assert "noted elsewhere" in run("audit", "verify", "--help").output


@pytest.mark.parametrize("asked", ["Công Trứng", "cong trung", "051079000123", "2026-001"])
def test_who_saw_a_person_by_name_number_or_case(commune, browse_as, run, asked):
    case = a_case(commune, person=a_person(commune, national_id="051079000123"))
    browse_as(commune.officer).get(f"/cases/{case.id}")
    output = run("audit", "who-saw", asked).output
    assert re.search(r"23/11/2026 08:00 Officer xã Bờ Y looked at case 2026-001 as commune police officer", output)


def test_who_saw_leaves_out_who_looked_at_somebody_else(commune, browse_as, run):
    a_case(commune)
    other = a_case(commune, "Y Blưm")
    browse_as(commune.officer).get(f"/cases/{other.id}")
    assert "Nobody has looked." in run("audit", "who-saw", "Trứng").output


@pytest.mark.parametrize("asked", ["Ai đó", "", "999999999999"])
def test_who_saw_nobody(run, asked):
    answer = run("audit", "who-saw", asked)
    assert (answer.exit_code, answer.output) == (2, "Nobody of that name or number is kept here.\n")


def test_the_key_sheet_gives_the_root_back_and_its_printing_is_an_event(run):
    before = chain.kept_head()[0]
    lines = [line for line in run("backup", "key-sheet").output.splitlines() if re.match(r"[0-9=]  ", line)]
    assert key_sheet.read(lines) == keys().root
    assert chain.kept_head()[0] == before + 1


def test_a_misread_digit_is_found_in_its_line():
    root = bytes(range(32))
    lines = key_sheet.lines(root)
    assert key_sheet.read([line.upper() for line in lines]) == root
    for number, line in enumerate(lines[:-1]):
        wrong = line.replace(line[3], "f" if line[3] != "f" else "0", 1)
        with pytest.raises(key_sheet.Misread) as found:
            key_sheet.read([*lines[:number], line[:3] + wrong[3:], *lines[number + 1 :]])
        assert found.value.args == (number + 1,)
    with pytest.raises(key_sheet.Misread):
        key_sheet.read([*lines[:1], *lines[2:]])
    with pytest.raises(key_sheet.Misread):
        key_sheet.read([])


def test_rules_are_listed_with_source_and_confidence(run):
    output = run("rules", "list").output
    assert "COM-SELF-REPORT" in output
    assert "[not confirmed]" in output
    assert "Luật THAHS 41/2019/QH14" in output


def test_every_date_of_a_case_is_explained(commune, run):
    case = a_case(commune)
    output = run("rules", "explain", case.number).output
    for due in case.regime.calendar(case.term):
        assert f"{due.due_on:%d/%m/%Y}" in output
        assert due.source in output
    assert "first day of the term = 14/07/2026" in output
    assert "SS-SHORTEN-AMOUNT.floor  version of 01/07/2026" in output


def test_a_case_number_of_two_communes_is_asked_for_with_the_commune(commune, neighbour, run):
    a_case(commune)
    a_case(neighbour)
    assert run("rules", "explain", "2026-001").exit_code == 2
    assert run("rules", "explain", "DN/2026-001").exit_code == 0
    assert "There is no case '2026-999'" in run("rules", "explain", "2026-999").output
