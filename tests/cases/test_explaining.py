"""`rules explain`: every day of a case with its facts, version, source and confidence; `rules list`: every rule."""

import re
from dataclasses import replace
from datetime import date

import pytest

from portal.cases.explaining import parts
from portal.cases.models import CaseType
from portal.engine.db import db
from portal.law import REGIMES, inputs, reintegration
from portal.law.approval import CHAINS
from portal.law.catalogue import rules
from portal.law.competence import COMPETENT
from portal.law.policies import POLICIES
from tests.builders import a_case
from tests.translations import compiled

LANGUAGES = {"en": "en_US.UTF-8", "vi": "vi_VN.UTF-8"}


@pytest.fixture(scope="module")
def translations(tmp_path_factory):
    return compiled(tmp_path_factory.mktemp("translations"))


@pytest.fixture
def run(commune, app, monkeypatch, translations):
    spoken = app.extensions["babel"].instance.domain_instance
    monkeypatch.setattr(spoken, "_translation_directories", [str(translations)])
    monkeypatch.setattr(spoken, "cache", {})

    def runs(*words, language="en"):
        monkeypatch.setenv("LC_ALL", LANGUAGES[language])
        db.session.rollback()
        answer = app.test_cli_runner().invoke(args=words)
        assert answer.exit_code == 0, answer.output
        return answer.output

    return runs


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("type", CaseType)
def test_every_day_of_a_case_is_told_with_its_rule_version_source_and_confidence(commune, run, type, language):
    case = a_case(commune, type=type, prison_months=36)
    told = [due for part in parts(case) for due in part.dues]
    output = run("rules", "explain", case.number, language=language)
    assert told
    for due in told:
        assert re.search(rf"{due.due_on:%d/%m/%Y}  \S", output)
        version = {"en": "version of", "vi": "phiên bản từ"}[language]
        sure = {"en": ("not confirmed", "confirmed"), "vi": ("chưa xác nhận", "đã xác nhận")}[language][due.confirmed]
        line = rf"{re.escape(due.rule)}\S*  {version} {due.holds_from:%d/%m/%Y}  {re.escape(due.source)}  \[{sure}\]"
        assert re.search(line, output), line


def test_a_length_says_what_it_counts(commune, run):
    case = a_case(commune)
    output = run("rules", "explain", case.number)
    assert "counted from = 31/07/2026, length = 3 working days" in output
    assert "counted back from = 14/07/2028, length = 3 calendar days" in output


def test_a_suspended_sentence_is_told_from_the_reception_to_the_clearance(commune, run):
    case = a_case(commune)
    found = {part.title: {due.rule for due in part.dues} for part in parts(case)}
    assert found["Reception"] >= {"COM-START-DATE", "COM-ASSIGN-OFFICER", "SS-SUMMON", "COM-PLAN"}
    assert found["The month before, this month and the next"] >= {
        "COM-SELF-REPORT", "COM-ROLLCALL", "COM-ASSESS-MONTHLY", "COM-HELPER-REPORT",
    }  # fmt: skip
    ends = found["Rights, hand-over, certificate and end"]
    assert ends == {"SS-SHORTEN-ELIG", "SS-SHORTEN-AMOUNT", "SS-HANDOVER", "SS-CERT", "SS-START"}
    assert found["Clearance of the record"] == {"REC-CLEAR"}
    (cleared,) = next(part for part in parts(case) if part.title == "Clearance of the record").dues
    assert cleared == reintegration.record_clearance(case.ends_on)


def test_after_prison_the_clearance_counts_from_the_release_and_ends_with_the_additional_penalty_at_the_earliest(
    commune,
):
    case = a_case(commune, type="residence_supervision", term_months=48, prison_months=36)
    (cleared,) = parts(case)[-1].dues
    assert cleared.due_on == case.ends_on
    case.term_months = 12
    (cleared,) = parts(case)[-1].dues
    assert cleared.due_on == date(case.starts_on.year + 2, case.starts_on.month, case.starts_on.day)


def test_a_clearance_that_hangs_on_an_unknown_prison_term_says_so(commune, run):
    case = a_case(commune, type="conditional_release", prison_months=None)
    assert "The prison term is not recorded" in run("rules", "explain", case.number)
    assert "Chưa ghi thời hạn phạt tù" in run("rules", "explain", case.number, language="vi")


@pytest.mark.parametrize("name", REGIMES)
def test_every_fact_from_which_a_day_is_computed_has_a_name(commune, name):
    case = a_case(commune, type=name, prison_months=36)
    told = [due for part in parts(case) for due in part.dues]
    told += case.regime.calendar(replace(case.term, printed_ends_on=date(2027, 1, 5), credit_days=3))
    assert {fact for due in told for fact in due.inputs} <= set(inputs.INPUTS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_holds_every_number_chain_competence_and_policy(run, commune, language):
    output = run("rules", "list", language=language)
    for version in rules():
        assert f"\n{version.key}  " in f"\n{output}"
        assert version.source in output
    for name in (*CHAINS, *COMPETENT):
        assert f"\n{name}\n" in output
    for name, policy in POLICIES.items():
        assert f"\n{name}  " in output
        assert f"* {policy.default}" in output


BY_HAND = {
    "SS-07": (
        {"type": "suspended_sentence", "received_on": date(2026, 7, 31), "starts_on": date(2026, 7, 14)},
        {
            "COM-ASSIGN-OFFICER": "05/08/2026", "SS-SHORTEN-ELIG": "14/07/2027",
            "SS-SHORTEN-AMOUNT.floor": "14/01/2028", "SS-HANDOVER": "11/07/2028", "SS-CERT": "14/07/2028",
            "SS-START": "14/07/2028", "REC-CLEAR": "14/07/2029",
        },
    ),
    "SS-08": (
        {
            "type": "suspended_sentence", "received_on": date(2026, 11, 6), "starts_on": date(2026, 10, 20),
            "term_months": 18, "reception_on": date(2026, 11, 10),
        },
        {
            "COM-ASSIGN-OFFICER": "11/11/2026", "COM-RECEPTION-REPORT": "13/11/2026",
            "COM-HELPER-PROPOSE": "13/11/2026", "COM-PLAN": "17/11/2026", "SS-SHORTEN-ELIG": "20/07/2027",
            "SS-SHORTEN-AMOUNT.floor": "20/12/2027", "SS-HANDOVER": "17/04/2028",
            "SS-START": "20/04/2028", "REC-CLEAR": "20/04/2029",
        },
    ),
    "PAR-04": (
        {
            "type": "conditional_release", "received_on": date(2025, 9, 3), "starts_on": date(2025, 8, 29),
            "term_months": 26, "prison_months": 72,
        },
        {
            "PAR-PRESENT-5D": "03/09/2025", "PAR-SHORTEN": "29/09/2026", "PAR-SHORTEN.floor": "29/04/2027",
            "PAR-HANDOVER": "14/10/2027", "PAR-TERM": "29/10/2027", "REC-CLEAR": "29/10/2030",
        },
    ),
    "NCR-01": (
        {"type": "non_custodial_reform", "received_on": date(2025, 11, 20), "starts_on": date(2025, 11, 17)},
        {
            "NCR-REDUCE": "17/07/2026", "NCR-REDUCE.floor": "17/11/2026", "NCR-HANDOVER": "14/11/2027, báo 12/11/2027",
            "NCR-START": "17/11/2027", "REC-CLEAR": "17/11/2028",
        },
    ),
    "QC-01": (
        {
            "type": "residence_supervision", "received_on": date(2026, 2, 13), "starts_on": date(2026, 2, 11),
            "prison_months": 36,
        },
        {
            "RS-EXEMPT": "11/02/2027", "RS-HANDOVER": "08/02/2028", "RS-TERM": "11/02/2028", "REC-CLEAR": "11/02/2028",
            "RS-PRESENT-MONTHLY.2026-12": "07/12/2026", "COM-ROLLCALL.2026-12": "05/12/2026",
        },
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BY_HAND)
def test_five_cases_of_the_example_have_the_days_that_were_worked_out_by_hand(commune, name):
    facts, by_hand = BY_HAND[name]
    case = a_case(commune, **{"prison_months": None, "term_months": 24, **facts})
    told = {}
    for due in (due for part in parts(case) for due in part.dues):
        alert = f", báo {due.alert_on:%d/%m/%Y}" if due.alert_on else ""
        told[f"{due.rule}.{due.period}".rstrip(".")] = f"{due.due_on:%d/%m/%Y}{alert}"
    assert {rule: told.get(rule) for rule in by_hand} == by_hand


def test_presenting_after_a_release_stands_under_the_reception(commune):
    case = a_case(commune, type="conditional_release", term_months=24)
    titles = [part.title for part in parts(case) for due in part.dues if due.rule == "PAR-PRESENT-5D"]
    assert titles == ["Reception"]
