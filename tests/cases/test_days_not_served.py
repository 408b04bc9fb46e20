"""Days away without permission from a residence supervision: recorded as a breach, taken over by two, and once only."""

from datetime import date

import pytest

from portal.cases.actions import keeping
from portal.cases.models import CaseType
from portal.engine.db import db
from portal.engine.transaction import transaction
from tests.builders import a_case, an_absence
from tests.cases.leaving import sent
from tests.drugs.managing import said

AWAY = {"away_from": "01/10/2026", "away_until": "12/10/2026"}


def supervised(commune, **more):
    return a_case(commune, type=CaseType.RESIDENCE_SUPERVISION, term_months=36, **more)


def broken(client, case, **typed):
    facts = {"kind": "duty", "occurred_on": "01/10/2026", "recorded_on": "13/10/2026", "text": "Tự ý đi khỏi xã",
             "deliberate": "y", "missing_report": "other", **AWAY, **typed}  # fmt: skip
    return sent(client, f"/cases/{case.id}/violation", case, **facts)


def test_days_away_without_permission_move_the_end_once_two_people_have_taken_the_new_day_over(commune, browse_as):
    case, officer = supervised(commune), browse_as(commune.officer)
    before = case.ends_on
    assert before == date(2029, 7, 14)
    made = broken(officer, case)
    assert made.status_code == 302, made.text
    assert case.ends_on == before
    page = officer.get(made.location)
    assert "from 01/10/2026 to 12/10/2026, 12 days" in said(page)
    assert f"/cases/{case.id}/days/take-over" in page.text
    assert "The last day was worked out as 14/07/2029; today it would be 26/07/2029." in said(
        officer.get(f"/cases/{case.id}")
    )
    with transaction(commune.officer):
        asked = keeping.ask_to_take_over(case, "Biên bản ngày 13/10/2026", commune.officer)
    assert case.ends_on == before
    with transaction(commune.chief):
        asked.workflow.take("confirm", asked, commune.chief)
    db.session.expire_all()
    assert case.ends_on == date(2029, 7, 26)
    assert f"/cases/{case.id}/days/take-over" not in officer.get(made.location).text
    assert "days not counted as served: 12" in said(officer.get(f"/cases/{case.id}/days"))


def test_a_breach_that_was_entered_in_error_moves_no_end(commune, browse_as):
    case = supervised(commune)
    broken(browse_as(commune.officer), case)
    assert keeping.differing(case)
    (breach,) = case.violations
    with transaction(commune.officer):
        breach.void_reason, breach.voided_at = "Nhầm người", breach.created_at
    db.session.expire_all()
    assert keeping.differing(case) == []


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ({"away_until": ""}, "Please give the first and the last day away."),
        ({"away_from": ""}, "Please give the first and the last day away."),
        ({"only_reminded": "y", "deliberate": ""}, "need a record of the breach of duty."),
        ({"kind": "law"}, "need a record of the breach of duty."),
        ({"away_until": "30/09/2026"}, "The last day away lies between the first one and today."),
        ({"away_from": "13/07/2026"}, "The term begins only on 14/07/2026."),
        ({"away_from": "20/09/2026"}, "An absence from 20/09/2026 to 22/09/2026 was permitted"),
    ],
)
def test_days_that_cannot_be_left_out_of_what_is_served_are_refused_with_the_reason(commune, browse_as, typed, why):
    case = supervised(commune)
    absence = an_absence(commune, case, date(2026, 9, 20), date(2026, 9, 22))
    with transaction(commune.leader):
        absence.state = "approved"
    answer = broken(browse_as(commune.officer), case, **typed)
    assert answer.status_code == 422
    assert why in said(answer)
    assert case.violations == []


def test_no_day_is_left_out_twice(commune, browse_as):
    case, officer = supervised(commune), browse_as(commune.officer)
    assert broken(officer, case).status_code == 302
    answer = broken(officer, case, away_from="12/10/2026", away_until="12/10/2026")
    assert answer.status_code == 422
    assert "Days from 01/10/2026 to 12/10/2026 are recorded as not served already." in said(answer)


def test_where_the_law_counts_such_days_as_served_nobody_is_asked_for_them(commune, browse_as):
    case, officer = a_case(commune), browse_as(commune.officer)
    assert "away_from" not in officer.get(f"/cases/{case.id}/violation").text
    assert broken(officer, case).status_code == 302
    assert [one.stay for one in case.violations] == [None]


def test_what_a_breach_of_a_residence_supervision_brings_is_told_with_its_clause(commune, browse_as):
    case, officer = supervised(commune), browse_as(commune.officer)
    page = said(officer.get(broken(officer, case).location))
    assert "The breach is recorded; a fine or a criminal case may follow." in page
    assert "Điều 116" in page
