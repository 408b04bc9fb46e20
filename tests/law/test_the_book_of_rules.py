"""Parameters, versions, policies, the list of rules, and the one interface of all regimes."""

import ast
import inspect
import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import pytest

import portal.law
from portal.law import REGIMES, catalogue, common, policies, suspended_sentence
from portal.law.rule import ACT_2025, NotInForceError, Parameter, Parameters, Rule, Term, Unit

D = date
QUESTIONS = (
    "last_day", "term_days", "calendar", "reception", "monthly", "quarterly", "absence_limits", "refuse_absence",
    "review", "review_ground", "revocation", "revocation_ground", "no_show", "cut_steps", "residence_change", "death",
    "prenotice",
)  # fmt: skip
REFERENCE = (Path(__file__).parent / "reference.txt").read_text("utf-8").split()  # every rule, by id
TABLE = Parameters({"X-RULE": Rule("x", (Parameter(D(2020, 1, 1), 5, "old"), Parameter(D(2026, 7, 1), 7, "new")))})


@pytest.mark.parametrize(("day", "value"), [(D(2020, 1, 1), 5), (D(2026, 6, 30), 5), (D(2026, 7, 1), 7)])
def test_the_version_of_the_day_of_the_event_holds(day, value):
    assert TABLE.on(day)["X-RULE"].value == value


def test_before_its_first_version_a_rule_refuses_aloud():
    with pytest.raises(NotInForceError):
        TABLE.on(D(2019, 12, 31))["X-RULE"]
    assert TABLE.on(D(2019, 12, 31)).get("X-RULE") is None


def test_an_unknown_rule_is_an_error_not_an_absence_of_rules():
    with pytest.raises(KeyError):
        TABLE.on(D(2026, 1, 1)).get("Y-RULE")
    with pytest.raises(KeyError):
        TABLE.amended("Y-RULE", Parameter(D(2026, 1, 1), 1, "?"))


def test_an_amendment_is_one_more_version_in_a_new_table():
    amended = TABLE.amended("X-RULE", Parameter(D(2026, 9, 1), 9, "approved"))
    assert [amended.on(day)["X-RULE"].value for day in (D(2026, 8, 31), D(2026, 9, 1))] == [7, 9]
    assert TABLE.on(D(2026, 9, 1))["X-RULE"].value == 7


def test_an_amendment_from_the_first_day_of_a_version_takes_its_place():
    amended = TABLE.amended("X-RULE", Parameter(D(2026, 7, 1), 9, "read in the gazette"))
    assert [each.value for each in amended.versions("X-RULE")] == [5, 9]


def test_a_rule_that_ended_holds_on_its_last_day_and_no_longer():
    table = suspended_sentence.PARAMETERS
    assert "SS-FILE" in table.on(D(2026, 6, 30))
    assert "SS-FILE" not in table.on(D(2026, 7, 1))


def test_a_right_that_a_newer_version_opens_for_a_day_past_opens_on_its_first_day():
    amended = TABLE.amended("X-RULE", Parameter(D(2027, 1, 1), 1, "kinder"))
    opened = amended.first_day("X-RULE", lambda version: D(2028, 1, 1) - timedelta(days=30 * (7 - version.count)))
    assert opened is not None
    assert opened[1] == D(2027, 7, 5)
    at_once = amended.first_day("X-RULE", lambda version: D(2026, 12, 1) if version.count == 1 else D(2030, 1, 1))
    assert at_once is not None
    assert at_once[1] == D(2027, 1, 1)


def test_a_share_is_not_a_count():
    with pytest.raises(ValueError):
        _ = Parameter(D(2020, 1, 1), Fraction(1, 3), "x").count


def test_every_policy_has_its_default_and_refuses_a_reading_it_does_not_have():
    for name, policy in policies.POLICIES.items():
        assert policies.reading(TABLE, name) == policy.default
        assert len(policy.readings) > 1
    with pytest.raises(ValueError):
        policies.reading(TABLE.choosing("term_end", "SOMEHOW"), "term_end")
    with pytest.raises(KeyError):
        policies.reading(TABLE, "no_such_policy")


@pytest.mark.parametrize("name", REGIMES)
def test_all_regimes_answer_the_same_questions_with_the_same_names(name):
    regime = REGIMES[name]
    assert regime.TITLE
    for question in QUESTIONS:
        asked = list(inspect.signature(getattr(regime, question)).parameters)
        assert asked == list(inspect.signature(getattr(suspended_sentence, question)).parameters), question


@pytest.mark.parametrize("name", REGIMES)
def test_every_regime_answers_on_both_sides_of_the_turn_of_law(name):
    regime = REGIMES[name]
    for start in (D(2024, 6, 3), D(2026, 6, 30), D(2026, 7, 1)):
        term = Term(start, 24, start)
        assert regime.calendar(term)[-1].due_on == regime.last_day(term).due_on
        for dues in (regime.reception(start), regime.monthly(term, start), regime.quarterly(term, start)):
            assert all(due.source and due.label and due.due_on >= start for due in dues)


@pytest.mark.parametrize("name", REGIMES)
def test_no_number_is_called_confirmed_by_an_act_that_nobody_has_read(name):
    table = REGIMES[name].PARAMETERS
    for key in table.rules:
        for version in table.versions(key):
            assert not (version.confirmed and version.source.startswith("Luật THAHS 127/2025/QH15")), key


def test_the_list_of_rules_tells_every_number_once_with_versions_sources_and_regimes():
    listed = catalogue.rules()
    each = [one for one in listed if one.key == "COM-ROLLCALL"]
    assert [(one.holds_from, one.holds_until, one.unit) for one in each] == [(ACT_2025, None, Unit.DAY_OF_MONTH)]
    assert set(each[0].regimes) == set(REGIMES) - {"reintegration", "drug_user_management"}
    absences = [one for one in listed if one.key == "SS-ABSENCE-EACH"]
    assert [(one.holds_until, one.confirmed) for one in absences] == [(D(2026, 6, 30), True), (None, False)]
    assert all(one.label and one.source and one.unit in catalogue.UNITS for one in listed)
    assert len(listed) == len({(one.key, one.holds_from, one.regimes) for one in listed})


def test_the_list_of_rules_holds_every_rule_of_the_reference():
    assert set(REFERENCE) - {one.rule for one in catalogue.rules()} == set()
    assert len(REFERENCE) == len(set(REFERENCE)) == 118


def test_what_was_approved_reaches_every_regime_that_shares_the_number():
    approved = ("COM-ROLLCALL", Parameter(D(2027, 1, 1), 3, "approved", unit=Unit.DAY_OF_MONTH))
    tables = catalogue.tables([approved], chosen={"term_end": "START_DAY_COUNTED"})
    term = Term(D(2026, 8, 1), 24, D(2026, 8, 1))
    for name in ("suspended_sentence", "residence_ban", "prison_deferral"):
        dues = REGIMES[name].monthly(term, D(2027, 1, 1), tables[name])
        assert [due.due_on for due in dues if due.rule == "COM-ROLLCALL"] == [D(2027, 1, 3)]
    assert suspended_sentence.last_day(term, tables["suspended_sentence"]).due_on == D(2028, 7, 31)
    with pytest.raises(KeyError):
        catalogue.tables([("NO-SUCH-RULE", approved[1])])


def test_common_numbers_are_the_same_in_every_table_that_does_not_say_otherwise():
    for name, regime in REGIMES.items():
        shared = set(regime.PARAMETERS.rules) & set(common.PARAMETERS.rules) - {"COM-ASSESS-MONTHLY"}
        for key in shared:
            assert regime.PARAMETERS.versions(key) == common.PARAMETERS.versions(key), (name, key)


def test_nothing_changes_in_place():
    term = Term(D(2025, 3, 10), 24, D(2025, 3, 20))
    suspended_sentence.last_day(replace(term, months=12))
    assert suspended_sentence.last_day(term).due_on == D(2027, 3, 10)
    with pytest.raises(AttributeError):
        term.months = 12


def test_the_law_imports_nothing_but_itself_and_the_standard_library():
    for file in Path(portal.law.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert all(name.split(".")[0] in sys.stdlib_module_names or name.startswith("portal.law") for name in names)


def test_importing_the_law_brings_in_no_framework():
    program = "import sys, portal.law.catalogue; print(sorted({'flask', 'sqlalchemy', 'wtforms'} & set(sys.modules)))"
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"
