"""The figures of outreach, of the commune and of its directives in the example: those of August 2024 and of 2023."""

from datetime import date

from sqlalchemy import select

from portal.documents.indicators import DIRECTIVES_ISSUED
from portal.documents.models import Direction, OfficialDocument
from portal.engine.db import db
from portal.engine.indicators import Period
from portal.organisation.models import Unit
from portal.outreach import indicators as outreach
from portal.outreach.models import OutreachSession
from portal.profile import indicators as profile
from portal.profile.catalogue import FactKey
from portal.profile.queries import facts_on
from portal.reports.queries import taken_in

EXPECTED = {
    "profile.villages": (8, 8), "profile.households": (2787, 2742), "profile.persons": (9140, 8996),
    "profile.minority_households": (1360, 1337), "profile.minority_persons": (4212, 4141),
    "profile.minority_share_pct": (46, 46), "profile.religious_households": (143, 141),
    "profile.religious_persons": (477, 469), "documents.directives_issued": (4, 2), "outreach.sessions": (12, 9),
    "outreach.attendance": (3300, 2410), "outreach.social_media_reach": (1700, 0), "outreach.leaflets": (140, 0),
    "outreach.banners": (11, 0),
}  # fmt: skip


def communes():
    return taken_in(db.session.scalars(select(Unit).where(Unit.code == "BY")).one())


def test_the_figures_are_those_of_the_report_and_of_the_year_before(example):
    period = Period(date(2024, 1, 1), date(2024, 8, 31), communes())
    told = (*profile.INDICATORS, DIRECTIVES_ISSUED, *outreach.INDICATORS)
    assert {one.id: (one.value(period), one.value(period.year_before())) for one in told} == EXPECTED


def test_the_seventeen_facts_hold_and_the_district_ends_with_the_merger(example):
    found = {key: one.exact for key, one in facts_on(communes(), date(2024, 8, 31)).items()}
    assert len(found) == 17
    assert (found[FactKey.AREA], found[FactKey.BORDER_LAOS], found[FactKey.OPPOSITE_PERSONS]) == (9481.11, 8.022, 2304)
    assert (found[FactKey.AREA_TRANSFORMED], found[FactKey.NEW_RURAL_CRITERION]) == ("2023-04", "19.2")
    assert FactKey.DISTANCE in facts_on(communes(), date(2025, 6, 30))
    assert FactKey.DISTANCE not in facts_on(communes(), date(2025, 7, 1))


def test_a_ceremony_was_cancelled_for_the_storm_and_the_next_one_is_planned(example):
    found = select(OutreachSession).where(OutreachSession.state != "held").order_by(OutreachSession.held_on)
    cancelled, planned = db.session.scalars(found).all()
    assert (cancelled.state, cancelled.held_on, cancelled.village.name) == (
        "cancelled", date(2024, 8, 10), "thôn Ngọc Tân",
    )  # fmt: skip
    assert (planned.state, planned.held_on) == ("planned", date(2026, 12, 10))


def test_the_documents_that_the_report_names_stand_in_the_register(example):
    stands = OfficialDocument.unit.has(Unit.code == "PY-UB"), OfficialDocument.direction == Direction.INCOMING
    assert len(db.session.scalars(select(OfficialDocument.number).where(*stands)).all()) == 9
    party = select(OfficialDocument.number).where(OfficialDocument.number.endswith("/ĐU")).order_by("dated_on")
    assert list(db.session.scalars(party)) == ["43-KH/ĐU", "71-KH/ĐU"]
