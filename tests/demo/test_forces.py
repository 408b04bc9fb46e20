"""The teams, cameras, models and titles of the example: the figures of the report, and what wants a look today."""

from datetime import date

from sqlalchemy import select

from portal.engine.db import db
from portal.engine.indicators import Period, figure
from portal.forces.indicators import INDICATORS
from portal.forces.models import Camera, SecurityTeam
from portal.households.models import PledgeCampaign
from portal.movement.models import Basis, Model, TitleKind, TitleProgramme
from portal.organisation.models import Unit

FIGURES = {
    "cameras.new": (6, 0),
    "cameras.total": (18, 6),
    "teams.security.villages": (8, 0),
    "teams.security.members": (28, 0),
    "teams.people_security.villages": (8, 8),
    "teams.people_security.members": (88, 90),
    "teams.civil_defence.strengthened_villages": (3, 0),
    "teams.civil_defence.strengthened_members": (33, 0),
    "teams.civil_defence.teams": (8, 5),
    "teams.civil_defence.members": (92, 59),
    "teams.interfamily_fire.villages": (4, 4),
    "teams.interfamily_fire.members": (23, 23),
}


def assert_the_figures_of_the_report():
    period = Period(date(2024, 1, 1), date(2024, 8, 31), tuple(db.session.scalars(select(Unit.id))))
    found = [figure(one, period) for one in INDICATORS]
    assert {one.indicator.id: (one.value, one.previous_value) for one in found} == FIGURES


def test_the_figures_of_the_report_come_out(example):
    assert_the_figures_of_the_report()


def test_they_stay_on_any_later_day(later_example):
    assert_the_figures_of_the_report()


def test_what_wants_a_look_can_be_seen_today(example):
    shapes = {one.standing.shape for one in db.session.scalars(select(SecurityTeam))}
    assert shapes == {"done", "soon", "cancelled"}
    assert [one.standing.shape for one in db.session.scalars(select(Camera))].count("overdue") == 1
    assert {"todo", "cancelled"} <= {one.standing.shape for one in db.session.scalars(select(Model))}


def test_each_campaign_against_drugs_since_2024_serves_the_title_of_its_year(example):
    served = {one.title[-4:]: one.programme for one in db.session.scalars(select(PledgeCampaign)) if one.programme}
    assert set(served) >= {"2024", "2025", "2026"}
    assert all(one.kind == TitleKind.DRUG_FREE and str(one.year) == year for year, one in served.items())


def test_what_nobody_read_of_a_title_is_marked_for_the_commune(example):
    rural = db.session.scalars(select(TitleProgramme).where(TitleProgramme.kind == TitleKind.NEW_RURAL)).all()
    assert rural
    assert {line.basis for one in rural for line in one.criteria} == {Basis.COMMUNE}
