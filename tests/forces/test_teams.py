"""Security teams: who counts on which day, whoever came back counts once, and what the pages warn of."""

from datetime import date, timedelta

import pytest

from portal.books import actions
from portal.engine import voiding
from portal.engine.db import db
from portal.engine.indicators import Period
from portal.engine.refusal import Refused
from portal.engine.transaction import transaction
from portal.forces.indicators import OF_TEAMS, SECURITY_VILLAGES
from portal.forces.models import Reorganisation, SecurityTeam, Task, TeamKind, TeamMember
from portal.organisation.actions.units import create_unit, end_unit
from portal.organisation.models import UnitKind

LAST = date(2024, 8, 31)
AFTER, BEFORE = LAST + timedelta(days=1), LAST - timedelta(days=1)
FIRST = date(2024, 1, 1)
FOUNDED = date(2021, 5, 20)
DEFENCE = TeamKind.CIVIL_DEFENCE


def a_team(commune, kind=DEFENCE, village="BPH", established_on=FOUNDED, **more):
    facts = {"kind": kind, "village_id": commune.place(village).id, "established_on": established_on, **more}
    with transaction(commune.officer):
        return actions.write_down(SecurityTeam, commune.id, facts, None)


def a_member(team, name="A Drin", joined_on=None, **more):
    facts = {"name": name, "task": Task.MEMBER, "joined_on": joined_on or team.established_on, **more}
    with transaction(None):
        return actions.add_line(TeamMember, team, facts, None)


def reorganised(team, on):
    with transaction(None):
        return actions.add_line(Reorganisation, team, {"reorganised_on": on}, None)


def counted(commune, last=LAST, first=FIRST):
    period = Period(first, last, (commune.id,))
    return {one.id.removeprefix("teams."): one.value(period) for one in OF_TEAMS}


def strike_out(record):
    with transaction(None):
        voiding.void(record, "Ghi hai lần")


@pytest.mark.parametrize(
    ("joined_on", "left_on", "counts"),
    [
        (LAST, None, 1), (AFTER, None, 0), (FOUNDED, LAST, 0), (FOUNDED, AFTER, 1), (FOUNDED, BEFORE, 0),
        (LAST, AFTER, 1), (LAST, LAST, 0),
    ],
)  # fmt: skip
@pytest.mark.both_engines
def test_a_member_counts_from_the_day_of_joining_to_the_day_before_leaving(commune, joined_on, left_on, counts):
    a_member(a_team(commune), joined_on=joined_on, left_on=left_on)
    assert counted(commune)["civil_defence.members"] == counts


@pytest.mark.parametrize(("ended_on", "successor", "counts"), [
    (LAST, "NHA", 2), (BEFORE, "NHA", 1), (BEFORE, None, 1),
])  # fmt: skip
@pytest.mark.both_engines
def test_teams_of_a_village_that_was_taken_over_and_of_its_successor_are_of_one_village_from_the_day_after_its_last(
    commune, ended_on, successor, counts
):
    with transaction(None):
        create_unit("BY-TKA", "thôn Tà Ka", UnitKind.VILLAGE, FOUNDED, commune=commune.unit)
    for village in ("TKA", "NHA"):
        a_team(commune, village=village, established_on=FIRST)
        a_team(commune, TeamKind.SECURITY, village=village)
    with transaction(None):
        end_unit(commune.place("TKA"), ended_on, commune.place(successor) if successor else None)
    found = counted(commune)
    assert (found["security.villages"], found["civil_defence.strengthened_villages"]) == (counts, counts)
    assert found["civil_defence.teams"] == 2


def test_the_figure_of_villages_opens_the_teams_of_both_and_names_the_village_that_there_is(commune, browse_as):
    with transaction(None):
        create_unit("BY-TKA", "thôn Tà Ka", UnitKind.VILLAGE, FOUNDED, commune=commune.unit)
    teams = [a_team(commune, TeamKind.SECURITY, village=village) for village in ("TKA", "NHA")]
    with transaction(None):
        end_unit(commune.place("TKA"), BEFORE, commune.place("NHA"))
    page = browse_as(commune.chief).get("/reports/figures/teams.security.villages?from=2024-01-01&to=2024-08-31")
    assert page.status_code == 200
    assert all(one.number in page.text for one in teams)
    parts = SECURITY_VILLAGES.parted(Period(FIRST, LAST, (commune.id,)), SECURITY_VILLAGES.breakdowns[0]).values
    assert parts == {commune.place("NHA").id: 1}


@pytest.mark.parametrize(
    ("established_on", "dissolved_on", "counts"),
    [(LAST, None, 1), (AFTER, None, 0), (FOUNDED, LAST, 0), (FOUNDED, AFTER, 1)],
)
def test_a_team_counts_with_its_members_from_its_first_day_to_the_day_before_its_end(
    commune, established_on, dissolved_on, counts
):
    a_member(a_team(commune, established_on=established_on, dissolved_on=dissolved_on))
    found = counted(commune)
    assert (found["civil_defence.teams"], found["civil_defence.members"]) == (counts, counts)


@pytest.mark.both_engines
def test_whoever_left_and_came_back_counts_once_and_in_two_teams_in_each(commune):
    team = a_team(commune)
    first = a_member(team, left_on=date(2024, 2, 1))
    back = a_member(team, joined_on=date(2024, 3, 1), left_on=date(2024, 4, 1), same_as_id=first.id)
    a_member(team, joined_on=date(2024, 5, 1), same_as_id=first.id)
    a_member(a_team(commune, village="NHA"))
    assert counted(commune)["civil_defence.members"] == 2
    with transaction(None):  # a wrong day of leaving makes two lines of one day, and one person still
        back.left_on = None
    assert counted(commune)["civil_defence.members"] == 2
    strike_out(first)
    assert counted(commune)["civil_defence.members"] == 2
    assert counted(commune, date(2024, 2, 15))["civil_defence.members"] == 1


def test_two_people_of_one_name_are_two_and_two_teams_of_a_village_are_one_village(commune):
    for name in ("Ngõ 1", "Ngõ 2"):
        team = a_team(commune, TeamKind.INTERFAMILY_FIRE, name=name)
        a_member(team)
        a_member(team)
    found = counted(commune)
    assert (found["interfamily_fire.villages"], found["interfamily_fire.members"]) == (1, 4)


def test_a_struck_out_team_takes_its_members_along_and_a_struck_out_member_counts_nowhere(commune):
    wrong, right = a_team(commune), a_team(commune, village="NHA")
    for team in (wrong, right):
        a_member(team)
    gone = a_member(right)
    strike_out(wrong)
    strike_out(gone)
    found = counted(commune)
    assert (found["civil_defence.teams"], found["civil_defence.members"]) == (1, 1)


@pytest.mark.parametrize(
    ("on", "villages"),
    [(FIRST, 1), (LAST, 1), (FIRST - timedelta(days=1), 0), (AFTER, 0)],
)
@pytest.mark.both_engines
def test_a_reorganisation_counts_in_the_period_of_its_day(commune, on, villages):
    team = a_team(commune)
    a_member(team)
    reorganised(team, on)
    found = counted(commune)
    assert found["civil_defence.strengthened_villages"] == found["civil_defence.strengthened_members"] == villages


def test_set_up_counts_as_strengthened_twice_reorganised_once_and_dissolved_or_struck_out_never(commune):
    new, twice = a_team(commune, established_on=LAST), a_team(commune, village="NHA")
    for team in (new, twice):
        a_member(team)
    a_member(twice)
    lines = [reorganised(twice, on) for on in (date(2024, 3, 1), date(2024, 6, 1))]
    found = counted(commune)
    assert (found["civil_defence.strengthened_villages"], found["civil_defence.strengthened_members"]) == (2, 3)
    for line in lines:
        strike_out(line)
    assert counted(commune)["civil_defence.strengthened_members"] == 1
    with transaction(None):
        new.dissolved_on = LAST
    assert counted(commune)["civil_defence.strengthened_villages"] == 0


def test_each_kind_counts_for_itself_and_no_commune_counts_for_another(commune, neighbour):
    for kind in TeamKind:
        a_member(a_team(commune, kind))
    found = counted(commune)
    members = [found[f"{kind}.members"] for kind in TeamKind if kind != TeamKind.OTHER]
    assert members == [1, 1, 1, 1]
    assert set(counted(neighbour).values()) == {0}


def test_the_records_behind_a_figure_of_members_are_listed_by_name_with_their_team(commune, browse_as):
    team = a_team(commune)
    a_member(team, "Y Krim")
    page = browse_as(commune.officer).get("/reports/figures/teams.civil_defence.members?from=2024-01-01&to=2024-08-31")
    assert page.status_code == 200
    assert "Y Krim" in page.text
    assert team.number in page.text


def misfit(deed):
    with pytest.raises(Refused) as refused:
        deed()
    db.session.rollback()
    return refused.value.reasons[0].field


def test_days_that_do_not_fit_are_told_at_their_field(commune):
    team = a_team(commune)
    assert misfit(lambda: a_member(team, left_on=FOUNDED - timedelta(days=1))) == "left_on"
    assert misfit(lambda: a_member(team, joined_on=FOUNDED - timedelta(days=1))) == "joined_on"
    assert misfit(lambda: reorganised(team, FOUNDED - timedelta(days=1))) == "reorganised_on"
    assert misfit(lambda: a_team(commune, dissolved_on=FOUNDED - timedelta(days=1))) == "dissolved_on"


def test_nobody_comes_back_before_they_left_or_as_somebody_of_another_team(commune):
    team, other = a_team(commune), a_team(commune, village="NHA")
    first, stranger = a_member(team, left_on=date(2024, 2, 1)), a_member(other, left_on=date(2024, 2, 1))
    assert misfit(lambda: a_member(team, joined_on=date(2024, 1, 31), same_as_id=first.id)) == "joined_on"
    assert misfit(lambda: a_member(team, joined_on=date(2024, 3, 1), same_as_id=stranger.id)) == "same_as_id"
    back = a_member(team, joined_on=date(2024, 2, 1), left_on=date(2024, 3, 1), same_as_id=first.id)
    assert misfit(lambda: a_member(team, joined_on=date(2024, 4, 1), same_as_id=back.id)) == "same_as_id"


def test_the_form_offers_who_left_this_team_and_nobody_else(commune, browse_as):
    team, other = a_team(commune), a_team(commune, village="NHA")
    first = a_member(team, "A Nheo", left_on=date(2024, 2, 1))
    a_member(team, "A Blăng")
    a_member(other, "Y Tơm", left_on=date(2024, 2, 1))
    browser = browse_as(commune.officer)
    page = browser.get(f"/security-teams/{team.id}/members/new").text
    assert "A Nheo" in page
    assert "A Blăng" not in page
    assert "Y Tơm" not in page
    typed = {"name": "A Nheo", "task": "member", "joined_on": "01/03/2024", "same_as_id": str(first.id)}
    sent = browser.post(f"/security-teams/{team.id}/members/new", data=typed)
    assert sent.status_code == 302, sent.text
    assert counted(commune)["civil_defence.members"] == 2
    shown = browser.get(f"/security-teams/{team.id}").text
    assert "came back" in shown


def test_the_page_warns_of_a_team_without_leader_of_old_members_and_of_perhaps_the_same(commune, browse_as):
    team, fine = a_team(commune), a_team(commune, village="NHA")
    a_member(fine, "Y Sen", task=Task.LEADER, birth_year=1990)
    a_member(team, "A Krôl", birth_year=1950)
    a_member(team, "A Tưng", birth_year=1980)
    a_member(team, "A Tưng", birth_year=1980)
    browser = browse_as(commune.chief)
    page = browser.get(f"/security-teams/{team.id}").text
    assert "The team has no leader." in page
    assert "Older than 70: 1." in page
    assert "Entered twice by the same name and year of birth: 1." in page
    assert "Worth a look" not in browser.get(f"/security-teams/{fine.id}").text
    for chip in ("old", "leaderless"):
        listed = browser.get(f"/security-teams/?show={chip}").text
        assert team.number in listed
        assert fine.number not in listed


def test_a_chip_finds_teams_that_somebody_left_this_year_and_those_that_are_no_more(commune, browse_as):
    left, gone = a_team(commune), a_team(commune, village="NHA", dissolved_on=date(2026, 3, 1))
    a_member(left, left_on=date(2026, 2, 2))
    browser = browse_as(commune.chief)
    assert left.number in browser.get("/security-teams/?show=left").text
    assert gone.number in browser.get("/security-teams/?show=gone").text
    assert gone.number not in browser.get("/security-teams/").text


def test_names_and_years_of_birth_of_members_enter_the_trail_as_digests_alone(commune, browse_as):
    a_member(a_team(commune), "Vũ Văn Thuyên", birth_year=1971)
    page = browse_as(commune.inspector).get("/audit/").text
    assert "Thuyên" not in page
    assert "1971" not in page
