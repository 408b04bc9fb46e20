"""How long names stand, by the kind of record, and when that time begins."""

from datetime import date

import pytest

from portal.law import personal_data
from portal.law.catalogue import amendable, newest, rules

TODAY = date(2026, 11, 23)
D = date


@pytest.mark.parametrize(("case_type", "closed_on", "reason", "until"), [
    ("suspended_sentence", D(2024, 2, 29), "completed", D(2026, 2, 28)),
    ("residence_ban", D(2024, 11, 23), "transferred", D(2026, 11, 23)),
    ("drug_user_management", D(2026, 5, 1), "completed", D(2026, 5, 1)),
    ("reintegration", D(2020, 1, 1), "completed", None),
    ("reintegration", D(2020, 1, 31), "record_cleared", D(2022, 1, 31)),
    ("reintegration", D(2020, 1, 31), "deceased", D(2022, 1, 31)),
    ("suspended_sentence", None, "", None),
])  # fmt: skip
def test_until_when_a_file_keeps_its_names(case_type, closed_on, reason, until):
    found = personal_data.of_case(case_type, closed_on, reason, TODAY)
    assert found.until == until
    assert found.confirmed is False  # nobody read a text that says so


def test_each_number_is_told_in_the_book_of_rules_and_may_be_proposed_otherwise():
    told = {one.key: one for one in rules()}
    for key in personal_data.PARAMETERS.rules:
        assert told[key].regimes == ()
        assert newest(key) is not None
        assert amendable(key)


def test_what_was_asked_before_any_decree_is_answered_by_the_first():
    due = personal_data.answer_by(D(2022, 5, 4), correction=True)
    assert (due.rule, due.due_on) == ("PD-CORRECT", D(2022, 5, 7))
