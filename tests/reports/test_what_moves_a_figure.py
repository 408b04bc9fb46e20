"""A record that is added, moved over the end of the period, mended or struck out moves its own figures and no other."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest

from portal.books import actions as books
from portal.cases.actions import recording
from portal.cases.models import COMMUNITY_SENTENCES, CaseType, ViolationKind
from portal.documents import actions as issuing
from portal.drugs.models import TestContext, TestResult
from portal.engine import clock, voiding
from portal.engine.db import db
from portal.engine.indicators import Period
from portal.engine.transaction import transaction
from portal.forces.models import Camera, TeamKind
from portal.households import actions as pledging
from portal.households.models import CampaignKind, Target
from portal.incidents.models import Harm, IncidentKind, IncidentVehicle, Offence, Outcome, VehicleKind
from portal.meetings.models import MeetingKind
from portal.movement.models import Commendation, Commended, Honour, ModelTraining
from portal.organisation.models import Unit, UnitKind
from portal.outreach.models import MaterialKind, SessionForm
from portal.patrols.models import PatrolKind
from portal.prevention.models import WeaponHandover, WeaponItem, WeaponType
from portal.profile.models import VillageStat
from portal.reports import outline
from portal.reports.queries import taken_in
from tests.builders import FOUNDED, a_case
from tests.documents.test_directives import entered
from tests.drugs.stories import a_test, fined, listed
from tests.forces.test_teams import a_member, a_team
from tests.households.doors import a_campaign, pledges_of, some_establishments, some_households, ticked
from tests.incidents.written import a_box, a_line, a_subject, a_tip, an_incident, seized
from tests.meetings.meeting import a_held
from tests.movement.test_models import a_model, line
from tests.outreach.test_figures import a_session, some_material
from tests.patrols.going import a_patrol, logged
from tests.profile.facts import totals

FIRST, LAST = date(2026, 8, 1), date(2026, 8, 31)
AFTER = LAST + timedelta(days=1)


@dataclass(frozen=True)
class Kind:
    """A kind of record: how one of a day is written down, and by what the figures of that day's period differ then.

    *days* are the answers that say its day; one without them is struck out and written down anew. *mended* are other
    answers, after which the figures differ by *then*. *ready* makes what must be there before.
    """

    name: str
    written: Callable[[Any, date, Any], Any]
    moves: dict[str, float]
    days: tuple[str, ...] = ()
    mended: dict[str, Any] = field(default_factory=dict)
    then: dict[str, float] = field(default_factory=dict)
    ready: Callable[[Any], Any] = lambda _commune: None

    def __str__(self) -> str:
        return self.name


def _all(prefix: str, *parts: str, by: float = 1) -> dict[str, float]:
    return {f"{prefix}{part}": by for part in parts}


def _drug_use(commune, day, _ready):
    incident = an_incident(commune, category="drug_use", occurred_on=day, detected_on=day)
    a_subject(commune, incident)
    return incident


def _collision(commune, day, _ready):
    facts = {"occurred_on": day, "detected_on": day, "deaths": 2, "injured": 1}
    incident = an_incident(commune, IncidentKind.TRAFFIC, **facts)
    a_line(commune, IncidentVehicle, incident, kind=VehicleKind.MOTORBIKE, harm=Harm.DESTROYED, quantity=3)
    return incident


def _found_later(commune, day, _ready):
    return an_incident(commune, IncidentKind.LABOUR, occurred_on=None, detected_on=day, deaths=1)


def _with_seizure(commune, day, _ready):
    incident = an_incident(commune, IncidentKind.OTHER, occurred_on=day, detected_on=day)
    seized(commune, incident, 985_600)
    return incident


def _fireworks(commune, day, _ready):
    """Fined on the day on which they were found."""
    facts = {"occurred_on": day, "detected_on": day, "outcome": Outcome.ADMINISTRATIVE, "outcome_on": day}
    incident = an_incident(commune, category=Offence.FIREWORKS, **facts)
    a_subject(commune, incident)
    return incident


WEAPONS = {
    WeaponType.FLINTLOCK_GUNS: 2, WeaponType.ALCOHOL_GUNS: 3, WeaponType.ELECTRIC_BATONS: 4,
    WeaponType.KNIVES_SWORDS: 5, WeaponType.HANDCUFFS: 6,
}  # fmt: skip


def _handed_over(commune, day, _ready):
    facts = {"village_id": commune.place("BPH").id, "handed_over_on": day}
    with transaction(commune.officer):
        one = books.write_down(WeaponHandover, commune.id, facts, commune.officer)
        for kind, quantity in WEAPONS.items():
            books.add_line(WeaponItem, one, {"weapon_type": kind, "quantity": quantity}, commune.officer)
    return one


def _camera(commune, day, _ready):
    facts = {"village_id": commune.place("BPH").id, "location": "Ngã ba", "installed_on": day}
    with transaction(commune.officer):
        return books.write_down(Camera, commune.id, facts, commune.officer)


def _team(commune, day, _ready, kind=TeamKind.CIVIL_DEFENCE):
    team = a_team(commune, kind, established_on=day)
    a_member(team)
    return team


def _declared(commune, day, _ready):
    facts = totals(commune.place("BPH"), day, minority_households=200, minority_persons=760, religious_households=9,
                   religious_persons=30)  # fmt: skip
    with transaction(commune.clerk):
        return books.write_down(VillageStat, commune.id, facts, commune.clerk)


def _signed(commune, day, ready):
    campaign, signer = ready
    ticked(commune, campaign, [signer], on=day)
    return pledges_of(signer)[-1]


def _asked(kind, some=some_households, target=Target.HOUSEHOLDS):
    """A campaign of some kind, and one who is asked to sign."""

    def ready(commune):
        campaign = a_campaign(commune, kind=kind, target=target, first_on=FIRST, last_on=date(2026, 9, 30))
        return campaign, some(commune)[0]

    return ready


def _case_of(of_type):
    """A community sentence of some type."""
    return Kind(
        f"a case of {of_type}", lambda commune, day, _: a_case(commune, type=of_type, received_on=day),
        _all("cases.community.", "received", "serving", f"serving_{of_type}"),
    )  # fmt: skip


def _managed(commune, day, _ready):
    return a_case(commune, type=CaseType.DRUG_USER_MANAGEMENT, received_on=day, decision_on=day)


def _self_report(commune, day, case):
    with transaction(commune.officer):
        return recording.record_check_in(case, date(2026, 8, 1), day)


def _breach(commune, day, case):
    with transaction(commune.officer):
        return recording.record_violation(case, ViolationKind.LAW, day, day, "Đánh bạc")


def _gone(commune, day, _ready):
    """Over midnight: it counts on the day on which it began."""
    return logged(commune, a_patrol(commune, clock.moment(day, 23, 30)), violations_found=1)


def _along_the_border(commune, day, _ready):
    patrol = a_patrol(commune, clock.moment(day, 23, 30), kind=PatrolKind.BORDER)
    return logged(commune, patrol, violations_found=1)


def _held(commune, day, _ready, kind=MeetingKind.COORDINATION):
    with clock.telling(clock.moment(day, 7)):
        return a_held(commune, day, kind=kind)


def _trained(commune, day, model):
    return line(ModelTraining, model, held_on=day, count=30, subject="Phòng, chống ma túy")


def _commended(commune, day, _ready):
    facts = {"whom": Commended.GROUP, "name": "Thôn Bắc Phong", "honour": Honour.MERIT, "given_by": "UBND xã",
             "given_on": day}  # fmt: skip
    with transaction(commune.clerk):
        return books.write_down(Commendation, commune.id, facts, commune.clerk)


SECURITY = _all("incidents.security.", "cases", "persons")
POLICE = _all("incidents.security.commune_police.", "cases", "persons", "drug_use.cases", "drug_use.persons")
FINED = ("administrative.cases", "administrative.persons")
FIREWORKS = ("fireworks.cases", "fireworks.persons")
DAYS = ("occurred_on", "detected_on")
PROFILE = {
    "profile.households": 486, "profile.persons": 1520, "profile.minority_households": 200,
    "profile.minority_persons": 760, "profile.minority_share_pct": 50, "profile.religious_households": 9,
    "profile.religious_persons": 30,
}  # fmt: skip
KINDS = (
    Kind("drug use with a subject", _drug_use, SECURITY | POLICE, DAYS, {"detected_by": "border_guard"},
         SECURITY | _all("incidents.security.other_forces.", "cases", "persons")),
    Kind("fireworks that were fined", _fireworks,
         SECURITY | _all("incidents.security.commune_police.", "cases", "persons", *FINED, *FIREWORKS),
         (*DAYS, "outcome_on"), {"detected_by": "border_guard", "category": Offence.DRUG_POSSESSION},
         SECURITY | _all("incidents.security.other_forces.", "cases", "persons", "drug_possession.cases",
                         "drug_possession.persons")),
    Kind("a collision", _collision,
         {"incidents.traffic.cases": 1, "incidents.traffic.deaths": 2, "incidents.traffic.injured": 1,
          "incidents.traffic.motorbikes_damaged": 3}, DAYS, {"kind": IncidentKind.FIRE, "property_vnd": 85_000_000},
         {"incidents.fire.cases": 1, "incidents.fire.property_loss_vnd": 85_000_000}),
    Kind("a labour accident that was found later", _found_later, _all("incidents.labour.", "cases", "deaths"),
         ("detected_on",), {"deaths": 0}, {"incidents.labour.cases": 1}),
    Kind("a seizure", _with_seizure, {"incidents.seizures.methamphetamine_g": 985.6}, DAYS),
    Kind("a valuable tip", lambda commune, day, _: a_tip(commune, received_on=day, assessment="valuable",
                                                         assessed_on=date(2026, 9, 5)),
         {"tips.valuable": 1}, ("received_on",), {"assessment": "false"}),
    Kind("a tip box", lambda commune, day, _: a_box(commune, installed_on=day),
         _all("tip_boxes.", "installed", "installed_village_halls"), ("installed_on",),
         {"place_kind": "police_station"}, _all("tip_boxes.", "installed", "installed_police_station")),
    Kind("somebody on the review list", lambda commune, day, _: listed(commune, on=day),
         {"drugs.review_list.persons": 1}, ("listed_on",), {"removed_on": LAST, "removal_reason": "Chuyển đi"},
         {"drugs.review_list.persons": 1}),
    Kind("a positive test", lambda commune, day, _: a_test(commune, "A Mlôn", day),
         _all("drugs.review_tests.", "persons", "positive_persons"), ("taken_on",), {"result": TestResult.NEGATIVE},
         _all("drugs.review_tests.", "persons", "negative_persons")),
    Kind("a test at an incident", lambda commune, day, _: a_test(commune, "A Mlôn", day, context=TestContext.INCIDENT),
         {}, ("taken_on",), {"context": TestContext.REVIEW},
         _all("drugs.review_tests.", "persons", "positive_persons")),
    Kind("a fine on a test", lambda commune, day, test: fined(commune, test, day),
         {"drugs.review_fines.persons": 1, "drugs.review_fines.amount_vnd": 1_500_000}, ("decided_on",),
         {"annulled_on": LAST, "annulment_reason": "Sai thẩm quyền"}, {},
         lambda commune: a_test(commune, "A Mlôn", date(2026, 7, 1))),
    Kind("weapons handed over", _handed_over, {f"weapons.{kind}": quantity for kind, quantity in WEAPONS.items()},
         ("handed_over_on",)),
    Kind("a camera", _camera, _all("cameras.", "new", "total"), ("installed_on",), {"removed_on": LAST},
         {"cameras.new": 1}),
    Kind("a team with a member", _team,
         _all("teams.civil_defence.", "strengthened_villages", "strengthened_members", "teams", "members"),
         (), {"kind": TeamKind.SECURITY}, _all("teams.security.", "villages", "members")),
    Kind("a people's security group with a member", partial(_team, kind=TeamKind.PEOPLE_SECURITY),
         _all("teams.people_security.", "villages", "members"), (), {"kind": TeamKind.INTERFAMILY_FIRE},
         _all("teams.interfamily_fire.", "villages", "members")),
    Kind("a session", lambda commune, day, _: a_session(commune, day),
         {"outreach.sessions": 1, "outreach.attendance": 100}, ("held_on",), {"form": SessionForm.SOCIAL_MEDIA},
         {"outreach.social_media_reach": 100}),
    Kind("leaflets", lambda commune, day, _: some_material(commune, on=day), {"outreach.leaflets": 60},
         ("distributed_on",), {"kind": MaterialKind.BANNER, "quantity": 7}, {"outreach.banners": 7}),
    Kind("totals of a village", _declared, PROFILE, ("as_of",), {"minority_persons": 190},
         PROFILE | {"profile.minority_persons": 190, "profile.minority_share_pct": 13}),
    Kind("a pledge", _signed, {"pledges.drug_free.households": 1}, ready=_asked(CampaignKind.DRUG_FREE)),
    Kind("a pledge on fire safety", _signed, {"pledges.fire_safety.households": 1},
         ready=_asked(CampaignKind.FIRE_SAFETY)),
    Kind("a shop's pledge on fire safety", _signed, {"pledges.fire_safety.establishments": 1},
         ready=_asked(CampaignKind.FIRE_SAFETY, some_establishments, Target.ESTABLISHMENTS)),
    Kind("a pledge on fireworks", _signed, {"pledges.fireworks.households": 1},
         ready=_asked(CampaignKind.FIREWORKS)),
    *(_case_of(one) for one in COMMUNITY_SENTENCES),
    Kind("a drug user who is managed", _managed, {"drugs.management_decisions": 1}),
    Kind("a case of a released person",
         lambda commune, day, _: a_case(commune, type=CaseType.REINTEGRATION, received_on=day),
         {"reintegration.managed": 1}),
    Kind("a self-report", _self_report, {"cases.community.self_reports": 1}, ready=a_case),
    Kind("a violation of the law", _breach, {"cases.community.law_violations": 1}, ready=a_case),
    Kind("a patrol that found a violation", _gone, _all("patrols.order.", "count", "with_violations")),
    Kind("a patrol along the border that found a violation", _along_the_border,
         _all("patrols.border.", "count", "with_violations")),
    Kind("a briefing", _held, {"meetings.coordination.held": 1}),
    Kind("a half-year review", partial(_held, kind=MeetingKind.INTERIM_REVIEW), {"meetings.interim_reviews.held": 1}),
    Kind("a review of the year", partial(_held, kind=MeetingKind.ANNUAL_REVIEW), {"meetings.annual_reviews.held": 1}),
    Kind("a model", lambda commune, day, _: a_model(commune, launched_on=day), {"models.running": 1},
         ("launched_on",), {"ended_on": LAST}, {}),
    Kind("training for a model", _trained, {"models.trained_attendance": 30}, ("held_on",), ready=a_model),
    Kind("a commendation", _commended, {"commendations.given": 1}, ("given_on",)),
)  # fmt: skip


APART = {"documents.directives_issued", "profile.villages"}  # by tests of their own


def test_every_figure_of_the_report_that_records_give_is_moved_here():
    moved_here = {name for kind in KINDS for name in (*kind.moves, *kind.then)} | APART
    assert {one.id for one in outline.ordered()} - moved_here == set()


def counted(of):
    period = Period(FIRST, LAST, taken_in(of.unit))
    return {one.id: one.value(period) for one in outline.ordered()}


def moved(commune, before):
    """By how much each figure differs from before; those that do not are left out."""
    return {
        name: round((value or 0) - (before[name] or 0), 2)
        for name, value in counted(commune).items()
        if value != before[name]
    }


def mend(commune, one, facts):
    with transaction(commune.chief):
        books.mend(one, facts, None)


def strike_out(commune, one):
    with transaction(commune.chief):
        voiding.void(one, "Ghi nhầm")


@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_a_record_moves_its_own_figures_and_no_other(commune, neighbour, kind):
    ready = kind.ready(commune)
    before, beside = counted(commune), counted(neighbour)
    one = kind.written(commune, LAST, ready)
    assert moved(commune, before) == kind.moves
    for day, differs in ((AFTER, {}), (LAST, kind.moves)) if kind.days else ():
        mend(commune, one, dict.fromkeys(kind.days, day))
        assert moved(commune, before) == differs
    if kind.mended:
        mend(commune, one, kind.mended)
        assert moved(commune, before) == kind.then
    strike_out(commune, one)
    assert moved(commune, before) == {}
    if not kind.days:
        kind.written(commune, AFTER, ready)
        assert moved(commune, before) == {}
    assert counted(neighbour) == beside


def test_a_pledge_whose_day_is_corrected_moves_over_the_end_of_the_period(commune):
    campaign = a_campaign(commune, first_on=FIRST, last_on=date(2026, 9, 30))
    household = some_households(commune, since=FOUNDED)[0]
    before = counted(commune)
    ticked(commune, campaign, [household], on=LAST)
    for day, differs in ((AFTER, {}), (LAST, {"pledges.drug_free.households": 1})):
        with transaction(commune.officer):
            pledging.correct_day(pledges_of(household)[0], day, "Ghi nhầm ngày", commune.officer)
        assert moved(commune, before) == differs


def test_a_directive_moves_its_figure_once_it_went_out_and_one_of_the_day_after_does_not(commune):
    before = counted(commune)
    document = entered(commune, on=LAST, vouched=False)
    assert moved(commune, before) == {}
    with transaction(commune.leader):
        issuing.vouch(document, commune.leader.id)
    entered(commune, "47/KH-UBND", on=AFTER)
    assert moved(commune, before) == {"documents.directives_issued": 1}


@pytest.mark.parametrize(("first", "last", "differs"), [
    (LAST, None, 1), (AFTER, None, 0), (FOUNDED, AFTER, 1), (FOUNDED, FIRST, 0),
])  # fmt: skip
def test_a_village_moves_its_figure_as_long_as_it_is_there_at_the_end_of_the_period(commune, first, last, differs):
    before = counted(commune)
    with transaction(None):
        new = Unit(code="BY-T-NEW", name="thôn Mới", kind=UnitKind.VILLAGE, commune_id=commune.id, valid_from=first)
        new.valid_to = last
        db.session.add(new)
    assert moved(commune, before) == ({"profile.villages": 1} if differs else {})
