"""What the checks find in the records of all rooms: stocks that do not add up, and what somebody has still to do."""

from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from sqlalchemy import event

from portal.books.actions import add_line, write_down
from portal.engine import clock
from portal.engine.db import db
from portal.engine.text import as_on_paper, in_english, say
from portal.engine.transaction import transaction
from portal.forces.models import Camera, SecurityTeam, Task, TeamKind, TeamMember
from portal.households.actions import propose_breach
from portal.households.models import CampaignGoal, PledgeBreach, PledgeCampaign
from portal.incidents.actions.observing import Seen, note_down
from portal.incidents.models import Observation, Source
from portal.meetings.models import Meeting, MeetingKind
from portal.movement.models import Model
from portal.proposals.models import Proposal
from portal.reports import actions, checking
from portal.reports.checks.stocks import STOCKS
from portal.reports.models import ManualFigure
from portal.reports.sections import BY_ID
from tests.builders import a_case
from tests.drugs.stories import listed
from tests.households.doors import a_campaign, goal, pledges_of, some_households, ticked
from tests.incidents.written import a_box
from tests.meetings.meeting import TOMORROW, a_convened, a_meeting
from tests.patrols.going import a_patrol, at, logged, signed
from tests.proposals.ways import a_proposal, step
from tests.reports.report import FIRST, LAST, a_draft, a_kind, answered, approved, taken

MAY, EARLIER = date(2026, 5, 20), date(2025, 5, 20)
BEFORE = date(2026, 1, 5)
TO_TODAY = date(2026, 11, 23)


def found(report, check_id):
    with as_on_paper():
        return [one.finding for one in checking.look(report) if one.check.id == check_id]


def words_of(finding):
    with in_english():
        return say(finding.reason.message, **finding.reason.numbers)


def written(commune, record, **facts):
    with transaction(commune.officer):
        return write_down(record, commune.id, facts, commune.officer)


def a_team(commune, kind=TeamKind.SECURITY):
    return written(
        commune, SecurityTeam, kind=kind, village_id=commune.place("BPH").id, established_on=date(2024, 5, 2)
    )


def a_member(commune, team, joined_on=MAY, **more):
    with transaction(commune.officer):
        facts = {"name": "A Drin", "task": Task.MEMBER, "joined_on": joined_on, **more}
        return add_line(TeamMember, team, facts, commune.officer)


def changed(commune, record, **facts):
    """Days that no form would take, as they may stand in data of before."""
    with transaction(commune.officer):
        for name, value in facts.items():
            setattr(record, name, value)


# ── stocks ──────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_what_came_and_went_adds_up_in_every_stock(commune):
    camera = {"village_id": commune.place("BPH").id, "location": "Ngã ba", "note": ""}
    written(commune, Camera, **camera, installed_on=EARLIER, removed_on=MAY)
    written(commune, Camera, **camera, installed_on=MAY, removed_on=MAY)
    a_box(commune, installed_on=EARLIER, removed_on=MAY)
    listed(commune, on=EARLIER, removed_on=MAY, removal_reason="Đã chuyển đi")
    written(commune, Model, name="Camera an ninh", kind="security", launched_on=MAY, ended_on=MAY)
    team = a_team(commune)
    first = a_member(commune, team, EARLIER, left_on=BEFORE)
    a_member(commune, team, MAY, same_as_id=first.id)
    other = a_team(commune, TeamKind.CIVIL_DEFENCE)
    a_member(commune, other, EARLIER)
    changed(commune, other, dissolved_on=MAY)
    assert found(a_draft(commune), "stock-and-flow") == []


@pytest.mark.both_engines
def test_days_that_do_not_add_up_are_found_in_every_stock(commune):
    camera = written(commune, Camera, village_id=commune.place("BPH").id, location="Ngã ba", installed_on=MAY, note="")
    box, entry = a_box(commune, installed_on=MAY), listed(commune, on=MAY)
    model = written(commune, Model, name="Camera an ninh", kind="security", launched_on=MAY)
    team = a_team(commune)
    member = a_member(commune, team)
    for record, day in (
        (camera, "removed_on"), (box, "removed_on"), (entry, "removed_on"), (model, "ended_on"), (member, "left_on"),
    ):  # fmt: skip
        changed(commune, record, **{day: date(2025, 12, 1)})  # before it began
    odd = {one.about[0]: one for one in found(a_draft(commune), "stock-and-flow")}
    assert set(odd) == {"cameras", "tip_boxes", "drugs.review_list", "models", "teams.security.members"}
    assert odd["cameras"].records == [(Camera, camera.id)]
    assert odd["cameras"].figures == ("cameras.new", "cameras.total")
    assert odd["teams.security.members"].records == [(SecurityTeam, team.id)]
    assert "0 before the period, 1 that came and 0 that went make 1, but 0 are there" in words_of(odd["cameras"])


def test_somebody_who_joined_a_team_that_was_no_more_is_found_at_the_team(commune):
    team = a_team(commune)
    a_member(commune, team)
    changed(commune, team, dissolved_on=MAY - timedelta(days=200))
    (odd,) = found(a_draft(commune), "stock-and-flow")
    assert odd.records == [(SecurityTeam, team.id)]


def test_two_errors_that_make_the_numbers_add_up_are_found_all_the_same(commune):
    camera = {"village_id": commune.place("BPH").id, "note": ""}
    gone, late, turned = (written(commune, Camera, **camera, location=place, installed_on=MAY) for place in "ABC")
    changed(commune, gone, removed_on=date(2025, 12, 1))
    changed(commune, late, installed_on=date(2026, 11, 2), removed_on=MAY)
    report = a_draft(commune)
    (odd,) = found(report, "stock-and-flow")
    assert odd.records == [(Camera, gone.id), (Camera, late.id)]
    assert words_of(odd).startswith("Cameras: the numbers add up, but the days of 2 records contradict each other.")
    changed(commune, turned, removed_on=MAY - timedelta(days=3))
    (odd,) = found(report, "stock-and-flow")
    assert odd.records == [(Camera, gone.id), (Camera, late.id), (Camera, turned.id)]


def test_a_record_that_ends_before_it_begins_within_the_period_is_found(commune):
    camera = {"village_id": commune.place("BPH").id, "note": ""}
    turned = written(commune, Camera, **camera, location="Chợ", installed_on=MAY)
    changed(commune, turned, removed_on=MAY - timedelta(days=3))
    assert [one.records for one in found(a_draft(commune), "stock-and-flow")] == [[(Camera, turned.id)]]


def of_fires(commune):
    """A report that tells of fires alone."""
    kind = a_kind(commune)
    with transaction(commune.chief):
        actions.save_kind(kind, {"sections": ["order.fire", "tasks"]})
        report = actions.begin(kind, FIRST, LAST, commune.id)
        actions.write(report, "tasks", "Tuyên truyền phòng cháy.")
    return report


def test_a_stock_that_the_report_does_not_tell_is_doubted_and_does_not_block_it(commune):
    changed(commune, a_box(commune, installed_on=MAY), removed_on=date(2025, 12, 1))
    report = of_fires(commune)
    assert found(report, "stock-and-flow") == []
    assert [one.about[0] for one in found(report, "other-stocks")] == ["tip_boxes"]
    assert taken(answered(commune, report), commune.chief, "submit").state == "submitted"


def test_a_table_of_figures_tells_of_every_stock(commune):
    changed(commune, a_box(commune, installed_on=MAY), removed_on=date(2025, 12, 1))
    report = of_fires(commune)
    with transaction(commune.chief):
        actions.save_kind(report.kind, {"table": True})
    assert found(report, "other-stocks") == []
    assert [one.about[0] for one in found(report, "stock-and-flow")] == ["tip_boxes"]


def test_a_stock_is_told_in_a_section_that_there_is(commune):
    assert {one.section for one in STOCKS} <= set(BY_ID)


def test_stocks_bear_different_names(commune):
    assert len({one.name for one in STOCKS}) == len(STOCKS)


# ── left open ───────────────────────────────────────────────────────────────────────────────────────────────────────
def left(report):
    return {words_of(one): one for one in found(report, "left-open")}


def seen(commune, day=MAY):
    told = Seen(Source.VILLAGE, day, None, commune.place("BPH"), "", "Có người lạ")
    with transaction(commune.officer):
        return note_down(commune.id, told)


def test_observations_of_the_period_that_nobody_took_on_are_named(commune, neighbour, browse_as):
    seen(commune, EARLIER)
    seen(neighbour)
    one = seen(commune)
    report = a_draft(commune)
    assert left(report)["Observations: nobody has taken on 1 of the period."].records == [(Observation, one.id)]
    assert f'href="/observations/{one.id}"' in browse_as(commune.chief).get(f"/reports/{report.id}/checks").text
    with transaction(commune.officer):
        one.workflow.take("accept", one, commune.officer)
    assert not left(report)


def test_pledges_that_no_village_head_confirmed_are_named_by_their_campaign_and_village(commune, browse_as):
    campaign = a_campaign(commune, first_on=date(2026, 5, 1), last_on=date(2026, 6, 30))
    households = some_households(commune, 3)
    ticked(commune, campaign, households[:1], on=MAY)  # by the village head, who confirms
    report = a_draft(commune)
    assert not left(report)
    ticked(commune, campaign, households[1:], on=MAY, by="officer")
    told = "Cam kết không ma túy 2026: 2 pledges signed in the period are not confirmed by the village head."
    of = goal(commune, campaign)
    assert left(report)[told].records == [(PledgeCampaign, campaign.id), (CampaignGoal, of.id)]
    page = browse_as(commune.chief).get(f"/reports/{report.id}/checks").text
    assert f">{campaign.number}</a>" in page
    assert f">{commune.place('BPH').title}</a>" in page
    assert not left(a_draft_of(commune, date(2026, 6, 1), date(2026, 6, 30)))


def a_draft_of(commune, first, last):
    kind = a_kind(commune)
    with transaction(commune.chief):
        return actions.begin(kind, first, last, commune.id)


def test_campaigns_of_the_period_that_are_still_drafts_are_named(commune):
    campaign = a_campaign(commune, state="draft", first_on=date(2026, 10, 20), last_on=date(2026, 12, 31))
    a_campaign(commune, state="draft")  # begins after the period
    told = "Pledge campaigns: 1 of the period are still drafts."
    assert left(a_draft(commune))[told].records == [(PledgeCampaign, campaign.id)]


def test_proposals_that_nobody_decided_are_named_whenever_they_were_written(commune):
    case = a_case(commune, received_on=EARLIER)
    written_today = a_proposal("absence", case, commune.officer)
    assert not left(a_draft(commune))  # of a period that ended before
    drafts = "Proposals: 1 written by the last day are still drafts."
    for first in (FIRST, TO_TODAY):
        report = a_draft_of(commune, first, TO_TODAY)
        assert left(report)[drafts].records == [(Proposal, written_today.id)]
    with clock.telling(clock.moment(date(2026, 12, 31))):
        later = a_draft_of(commune, date(2026, 12, 1), date(2026, 12, 31))
        assert left(later)[drafts].records == [(Proposal, written_today.id)]


def test_what_goes_on_to_another_unfinished_state_asks_anew(commune):
    one = a_proposal("absence", a_case(commune, received_on=EARLIER), commune.officer)
    report = answered(commune, a_draft_of(commune, FIRST, TO_TODAY))
    assert [one.check.id for one in in_the_way(report)] == []
    step(one, "submit", commune.officer)
    assert [one.check.id for one in in_the_way(report)] == ["left-open"]
    assert list(left(report)) == ["Proposals: 1 written by the last day wait for a decision."]


def in_the_way(report):
    with as_on_paper():
        return [one for one in checking.look(report) if one.in_the_way]


def test_meetings_whose_day_has_passed_and_of_which_nobody_told_are_named(commune):
    convened, entered = a_convened(commune), a_meeting(commune, kind=MeetingKind.AD_HOC, subject="Lũ")
    with clock.telling(clock.moment(TOMORROW, 20)):
        report = a_draft_of(commune, FIRST, TOMORROW)
        assert not left(report)
    with clock.telling(clock.moment(TOMORROW + timedelta(days=1))):
        told = "Meetings: the day of 2 has passed, and nobody said whether they were held."
        assert left(report)[told].records == [(Meeting, convened.id), (Meeting, entered.id)]


def test_breaches_on_which_nobody_decided_are_named_and_open(commune, browse_as):
    household = some_households(commune)[0]
    ticked(commune, a_campaign(commune), [household])
    with transaction(commune.officer):
        breach = propose_breach(pledges_of(household)[0], TO_TODAY, "Biên bản 05/BB-CA", commune.officer)
    report, told = a_draft_of(commune, FIRST, TO_TODAY), "Breaches of pledges: 1 wait for a decision."
    assert left(report)[told].records == [(PledgeBreach, breach.id)]
    assert f'href="/pledges/breaches/{breach.id}"' in browse_as(commune.chief).get(f"/reports/{report.id}/checks").text
    for by, name, left_open in (("chief", "approve", False), ("officer", "ask_back", True)):
        with transaction(getattr(commune, by)):
            breach.workflow.take(name, breach, getattr(commune, by), "Nhầm hộ")
        assert (told in left(report)) is left_open


@contextmanager
def asked():
    """The statements that are sent meanwhile."""
    sent = []

    def listener(_connection, _cursor, statement, *_more):
        sent.append(statement)

    event.listen(db.engine, "before_cursor_execute", listener)
    yield sent
    event.remove(db.engine, "before_cursor_execute", listener)


def test_as_many_questions_are_asked_for_many_campaigns_as_for_one(commune):
    households = some_households(commune, 3)
    report = a_draft(commune)

    def signed_in(title):
        campaign = a_campaign(commune, title=title, first_on=date(2026, 5, 1), last_on=date(2026, 6, 30))
        ticked(commune, campaign, households, on=MAY, by="officer")

    signed_in("Đợt một")
    with asked() as one:
        assert len(found(report, "left-open")) == 1
    signed_in("Đợt hai")
    signed_in("Đợt ba")
    with asked() as three:
        assert len(found(report, "left-open")) == 3
    assert len(three) <= len(one)


def test_logs_that_not_every_force_countersigned_are_named(commune):
    report = a_draft_of(commune, FIRST, TO_TODAY)
    patrol = logged(commune, a_patrol(commune, at(2)))
    told = "Patrols: the logs of 1 of the period are not countersigned by every force."
    assert [number for _kind, number in left(report)[told].records] == [patrol.id]
    signed(commune, patrol, "military", "border")
    assert not left(report)


# ── typed figures ───────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_typed_figure_is_held_against_those_of_the_periods_before(commune, browse_as):
    def typed(value, first, last):
        return written(
            commune, ManualFigure, key="loans", label="Số hộ vay vốn", value=value * 1000, unit="hộ", first=first,
            last=last, definition="Hộ được vay.", evidence="Báo cáo 12/BC-NH",
        )  # fmt: skip

    for month in range(4, 10):
        typed(10 + month % 2, date(2026, month - 1, 15), date(2026, month, 14))
    now = typed(11, date(2026, 9, 15), date(2026, 10, 14))
    kind = a_kind(commune, "order_month")
    with transaction(commune.chief):
        report = actions.begin(kind, date(2026, 9, 15), date(2026, 10, 14), commune.id)
    assert not found(report, "unusual")
    changed(commune, now, value=120_000)
    (told,) = found(report, "unusual")
    assert told.figures == ("typed.loans",)
    assert words_of(told) == "Số hộ vay vốn: 120. In the last 6 periods it was between 10 and 11."
    page = browse_as(commune.chief).get(f"/reports/{report.id}/checks").text
    assert f"/reports/{report.id}?opened=typed.loans#f-typed.loans" in page


def test_what_was_the_same_in_each_of_the_last_periods_is_told_as_one_number(commune):
    def typed(value, first, last):
        return written(
            commune, ManualFigure, key="loans", label="Số hộ vay vốn", value=value * 1000, unit="hộ", first=first,
            last=last, definition="Hộ được vay.", evidence="Báo cáo 12/BC-NH",
        )  # fmt: skip

    for month in range(4, 10):
        typed(10, date(2026, month - 1, 15), date(2026, month, 14))
    typed(120, date(2026, 9, 15), date(2026, 10, 14))
    kind = a_kind(commune, "order_month")
    with transaction(commune.chief):
        report = actions.begin(kind, date(2026, 9, 15), date(2026, 10, 14), commune.id)
    (told,) = found(report, "unusual")
    assert words_of(told) == "Số hộ vay vốn: 120. In each of the last 6 periods it was 10."


def test_a_typed_figure_that_was_signed_otherwise_a_year_before_is_told_though_it_is_blank_now(commune):
    then = date(2025, 1, 1), date(2025, 10, 31)
    entry = written(
        commune, ManualFigure, key="loans", label="Số hộ vay vốn", value=90_000, unit="hộ", first=then[0], last=then[1],
        definition="Hộ được vay.", evidence="Báo cáo 12/BC-NH",
    )  # fmt: skip
    approved(commune, taken(answered(commune, a_draft(commune, *then)), commune.chief, "submit"))
    report = a_draft(commune)
    assert not found(report, "told-otherwise")
    changed(commune, entry, value=91_000)
    (told,) = found(report, "told-otherwise")
    assert told.figures == ("typed.loans",)
    assert "gave 90 for those days" in words_of(told)


def test_what_was_struck_out_is_left_open_nowhere(commune):
    one = seen(commune)
    changed(commune, one, voided_at=clock.now())
    assert db.session.get_one(Observation, one.id).voided_at
    assert not left(a_draft(commune))
