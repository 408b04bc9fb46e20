"""The law of a case is asked once as long as its facts are the same."""

from datetime import date

from portal.cases.models import Case
from portal.engine.db import db
from portal.engine.transaction import transaction
from tests.builders import a_case


def test_the_page_of_a_case_asks_the_law_once_about_each_month(commune, browse_as, monkeypatch):
    case, asked = a_case(commune), []
    regime = case.regime
    answer = regime.monthly
    monkeypatch.setattr(regime, "monthly", lambda term, month: asked.append(month) or answer(term, month))
    assert browse_as(commune.officer).get(f"/cases/{case.id}").status_code == 200
    assert asked
    assert len(asked) == len(set(asked))


def test_a_day_of_the_law_follows_a_fact_that_is_changed_after_it_was_asked_for(commune):
    case = a_case(commune)
    before = case.law.last_day.due_on
    with transaction(commune.officer):
        case.term_months += 12
    assert (before, db.session.get_one(Case, case.id).law.last_day.due_on) == (date(2028, 7, 14), date(2029, 7, 14))
