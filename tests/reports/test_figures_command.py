"""`report figures`: the same numbers on paper and for programs."""

import json
from datetime import date

import pytest

from portal.engine.transaction import transaction
from portal.reports import outline
from tests.builders import a_case

AUGUST = ["--from", "2026-08-01", "--to", "2026-08-31"]


@pytest.fixture
def run(app, monkeypatch):
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    return lambda *words: app.test_cli_runner().invoke(args=["report", "figures", *words])


def test_json_holds_value_and_previous_value_of_every_figure(commune, run):
    a_case(commune, received_on=date(2026, 8, 3))
    a_case(commune, "Y Blưm", received_on=date(2025, 8, 3))
    answer = run(*AUGUST, "--format", "json")
    found = json.loads(answer.output)
    assert answer.exit_code == 0
    assert found["cases.community.received"] == {"value": 1, "previous_value": 1}
    assert found["cases.community.serving"] == {"value": 2, "previous_value": 1}
    assert list(found) == [one.id for one in outline.ordered()]


def test_a_table_has_a_line_a_figure(commune, run):
    a_case(commune, received_on=date(2026, 8, 3))
    lines = run(*AUGUST).output.splitlines()
    assert len(lines) == 1 + len(list(outline.ordered()))
    (received,) = [line for line in lines if line.startswith("cases.community.received ")]
    assert received.split() == [
        "cases.community.received", "1", "0", "Community-sentence", "files", "received", "in", "the", "period",
    ]  # fmt: skip


def test_a_unit_is_asked_for_by_its_code(commune, neighbour, run):
    a_case(neighbour, received_on=date(2026, 8, 3))
    assert json.loads(run(*AUGUST, "--format", "json").output)["cases.community.received"]["value"] == 0
    of_neighbour = json.loads(run(*AUGUST, "--unit", "DN", "--format", "json").output)
    assert of_neighbour["cases.community.received"]["value"] == 1


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), "Please give --from"),
        (("--from", "2026-08-01"), "Please give --to"),
        (("--from", "2026-02-30", "--to", "2026-03-01"), "'2026-02-30' is no day"),
        (("--from", "August", "--to", "2026-03-01"), "'August' is no day"),
        (("--from", "2026-08-31", "--to", "2026-08-01"), "cannot be before the first"),
        (("--from", "2030-01-01", "--to", "2030-12-31"), "The period has not begun yet."),
        (("--from", "1950-01-01", "--to", "2026-08-01"), "at most 10 years"),
        (("--from", "0001-01-01", "--to", "0001-08-01"), "--from: the portal takes days of 1901 to 2200."),
        (("--from", "1900-01-01", "--to", "1900-08-01"), "--from: the portal takes days of 1901 to 2200."),
        ((*AUGUST, "--unit", "XX"), "There is no commune 'XX'. Known are: BY, DN."),
        ((*AUGUST, "--unit", "BY-CA"), "There is no commune 'BY-CA'"),
        ((*AUGUST, "--format", "xml"), "json or table"),
    ],
)
def test_what_makes_no_sense_is_told_in_one_line_and_ends_with_2(commune, run, words, told):
    answer = run(*words)
    assert answer.exit_code == 2
    assert told in answer.output
    assert len(answer.output.strip().splitlines()) == 1


def test_no_report_is_written_on_days_to_come(commune, app, monkeypatch, tmp_path):
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    to = tmp_path / "report.docx"
    words = ["report", "write", "--from", "2030-01-01", "--to", "2030-12-31", "--out", str(to)]
    answer = app.test_cli_runner().invoke(args=words)
    assert (answer.exit_code, to.exists()) == (2, False)
    assert "The period has not begun yet." in answer.output


def test_help_and_a_day_as_people_write_it(commune, run):
    assert "Print the figures of a period" in run("--help").output
    assert run("--from", "01/08/2026", "--to", "31/08/2026", "--format", "json").exit_code == 0


def test_the_code_of_a_commune_that_was_taken_over_gives_the_figures_of_what_became_of_it(commune, neighbour, run):
    a_case(neighbour, received_on=date(2026, 8, 3))
    assert run(*AUGUST, "--unit", "BY").output != run(*AUGUST, "--unit", "DN").output
    with transaction(None):
        commune.unit.heir_id = commune.unit.successor_id = neighbour.id
    assert run(*AUGUST, "--unit", "BY").output == run(*AUGUST, "--unit", "DN").output
