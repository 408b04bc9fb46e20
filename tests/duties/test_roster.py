"""The roster: who is on call for a force, and a month of it written in one go."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from portal.duties.models import Duty, DutyRoster, Notification
from portal.duties.roster import Turn, called, caller_now, on_call, on_call_in, plan, version_of
from portal.engine import clock
from portal.engine.db import db
from portal.engine.transaction import transaction
from portal.incidents.models import Observation
from portal.organisation import actions as organisation
from portal.organisation.models import Unit
from tests.architecture.test_queries import counted
from tests.patrols.going import a_patrol, at

NOVEMBER = "/roster/plan?month=2026-11"


def write(client, version=1, month="2026-11", **typed):
    data = {"from_hour": "7", "version": str(version), **{name: str(value) for name, value in typed.items()}}
    return client.post(f"/roster/plan?month={month}", data=data, follow_redirects=True)


def test_a_month_is_written_down_in_one_go_and_whoever_is_on_call_is_found_by_the_hour(commune, browse_as):
    chief, police = browse_as(commune.chief), commune.place("CA")
    page = write(chief, who_23=commune.officer.id, phone_23="0901234567", who_24=commune.officer2.id)
    assert "The month is written down." in page.text
    assert on_call(police, clock.moment(date(2026, 11, 23), 6)) is None
    assert on_call(police, clock.moment(date(2026, 11, 23), 7)).user_id == commune.officer.id
    assert on_call(police, clock.moment(date(2026, 11, 24), 6)).user_id == commune.officer.id
    assert on_call(police, clock.moment(date(2026, 11, 24), 7)).user_id == commune.officer2.id
    assert on_call(police, date(2026, 11, 24)).user_id == commune.officer2.id
    assert on_call(commune.place("QS"), date(2026, 11, 23)) is None


def test_a_turn_of_the_last_day_of_a_month_lasts_into_the_next(commune, browse_as):
    write(browse_as(commune.chief), who_30=commune.officer.id)
    assert on_call(commune.place("CA"), clock.moment(date(2026, 12, 1), 6)).user_id == commune.officer.id


def test_every_force_of_the_commune_sees_who_is_on_call_now_and_under_which_number(commune, neighbour, browse_as):
    write(browse_as(commune.chief), who_23=commune.officer.id, phone_23="0901234567")
    write(browse_as(neighbour.chief), who_23=neighbour.officer.id, phone_23="0907654321")
    for who in ("officer", "leader", "military", "border", "village_head", "clerk"):
        page = browse_as(getattr(commune, who)).get("/roster/").text
        assert 'href="tel:0901234567"' in page
        assert "0907654321" not in page


@pytest.mark.parametrize(("typed", "kept"), [("12", None), ("+84 901 234 567", "0901234567")])
def test_a_turn_takes_a_number_that_can_be_called_and_no_other(commune, browse_as, typed, kept):
    page = write(browse_as(commune.chief), who_23=commune.officer.id, phone_23=typed)
    assert (page.status_code, "too short for a telephone number" in page.text) == (
        (200, False) if kept else (422, True)
    )
    assert [turn.phone for turn in db.session.scalars(select(DutyRoster))] == ([kept] if kept else [])


def test_a_number_that_is_left_empty_is_that_of_the_account(commune, browse_as):
    chief = browse_as(commune.chief)
    browse_as(commune.administrator).post(
        f"/accounts/{commune.officer.id}/edit",
        data={"full_name": commune.officer.full_name, "phone": "0912000111", "version": str(commune.officer.version)},
    )
    write(chief, who_23=commune.officer.id)
    assert "0912000111" in chief.get("/roster/").text


def test_a_month_that_is_written_again_changes_turns_and_an_empty_day_has_nobody(commune, browse_as):
    chief, police = browse_as(commune.chief), commune.place("CA")
    write(chief, who_23=commune.officer.id, who_24=commune.officer.id)
    version = 1 + sum(db.session.scalars(select(DutyRoster.version)))
    write(chief, version, who_23=commune.officer2.id)
    db.session.rollback()
    assert on_call(police, date(2026, 11, 23)).user_id == commune.officer2.id
    assert on_call(police, date(2026, 11, 24)) is None


def test_a_day_is_emptied_by_its_person_alone_and_the_number_that_stood_there_goes_with_them(commune, browse_as):
    chief = browse_as(commune.chief)
    write(chief, who_23=commune.officer.id, phone_23="0901234567")
    version = version_of(commune.place("CA"), date(2026, 11, 1))
    assert "The month is written down." in write(chief, version=version, who_23="", phone_23="0901234567").text
    assert on_call(commune.place("CA"), date(2026, 11, 23)) is None


def test_of_two_who_write_the_same_month_the_second_is_told_and_keeps_what_was_typed(commune, browse_as):
    chief = browse_as(commune.chief)
    write(chief, who_23=commune.officer.id)
    late = write(chief, who_23=commune.officer2.id, who_25=commune.officer.id, phone_25="0900000025")
    assert late.status_code == 409
    assert 'value="0900000025"' in late.text
    assert on_call(commune.place("CA"), date(2026, 11, 23)).user_id == commune.officer.id


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"from_hour": "24"}, "A number from 0 to 23"),
        ({"phone_23": "số nhà"}, "Only the digits 0 to 9"),
        ({"phone_24": "0901234567"}, "Please choose whose number this is."),
        ({"who_23": "999999"}, "Please choose one of the list."),
    ],
)
def test_what_is_mistyped_is_told_at_its_field_and_nothing_is_written(commune, browse_as, typed, told):
    answer = write(browse_as(commune.chief), **typed)
    assert answer.status_code == 422
    assert told in answer.text
    assert db.session.scalars(select(DutyRoster)).all() == []


def test_somebody_of_another_force_cannot_be_put_on_call(commune, browse_as):
    answer = write(browse_as(commune.chief), who_23=commune.military.id)
    assert answer.status_code == 422
    assert "Please choose one of the list." in answer.text


@pytest.mark.parametrize("month", ["2026-13", "26-11", "2026-1a", "0000-01", "9999-12", "2026-11-01", "١٢٣٤-٠١"])
def test_a_month_that_is_none_is_no_page(commune, browse_as, month):
    chief = browse_as(commune.chief)
    assert chief.get("/roster/", query_string={"month": month}).status_code == 404
    assert chief.get("/roster/plan", query_string={"month": month}).status_code == 404


def test_months_lead_to_each_other(commune, browse_as):
    page = browse_as(commune.chief).get("/roster/?month=2026-12").text
    assert "/roster/?month=2026-11" in page
    assert "/roster/?month=2027-01" in page


@pytest.mark.both_engines
def test_a_turn_holds_from_its_first_moment_until_the_next_begins(commune, browse_as):
    chief, police, first = browse_as(commune.chief), commune.place("CA"), clock.moment(date(2026, 11, 23), 7)
    write(chief, who_23=commune.officer.id)
    second = timedelta(seconds=1)
    held = (first - second, first, first + timedelta(days=1) - second, first + timedelta(days=1))
    assert [on_call(police, at) is not None for at in held] == [False, True, True, False]


@pytest.mark.both_engines
def test_where_the_hour_changes_with_the_month_whoever_began_last_is_on_call(commune, browse_as):
    chief, police = browse_as(commune.chief), commune.place("CA")
    write(chief, who_30=commune.officer.id)
    write(chief, month="2026-12", from_hour=5, who_1=commune.officer2.id)
    at = [clock.moment(date(2026, 12, 1), hour) for hour in (4, 5, 6, 7)]
    assert [on_call(police, one).user_id for one in at] == [commune.officer.id, *[commune.officer2.id] * 3]


def test_the_month_names_the_usual_hour_once_and_another_at_its_turn(commune, browse_as):
    write(browse_as(commune.chief), who_23=commune.officer.id, who_24=commune.officer2.id, who_25=commune.officer.id)
    write(browse_as(commune.border), from_hour="8", who_23=commune.border.id)
    page = browse_as(commune.leader).get("/roster/").text
    assert (page.count("from 7 o"), page.count("from 8 o")) == (1, 1)


def test_whoever_is_on_call_for_seven_forces_is_asked_for_at_once(app, commune, browse_as):
    write(browse_as(commune.chief), who_23=commune.officer.id)
    write(browse_as(commune.border), who_23=commune.border.id)
    forces = db.session.scalars(select(Unit).where(Unit.commune_id == commune.id).limit(7)).all()
    with counted(app) as asked:
        found = called(forces, clock.moment(date(2026, 11, 23), 9))
    assert {turn.user_id for turn in found} == {commune.officer.id, commune.border.id}
    assert len(asked) == 1


# ── what must be done within hours reaches whoever is on call ────────────────────────────────────────────────────────
SEEN = {"source": "telephone", "happened_on": "23/11/2026", "text": "Có người lạ ở suối Đăk Ba", "village_id": ""}


def users_told(kind):
    found = select(Notification.user_id).where(Notification.kind == kind)
    return set(db.session.scalars(found.execution_options(populate_existing=True)))


def a_note(commune, browse_as):
    browse_as(commune.village_head).post("/observations/new", data=SEEN)
    return db.session.scalars(select(Observation).execution_options(populate_existing=True)).one()


def test_what_is_noted_down_is_told_to_the_police_on_call_and_without_one_to_their_chief(commune, browse_as):
    a_note(commune, browse_as)
    assert users_told("OBSERVATION-NEW") == {commune.chief.id}
    write(browse_as(commune.chief), who_23=commune.officer2.id, phone_23="0901234567")
    note = db.session.scalars(select(Observation)).one()
    assert 'href="tel:0901234567"' in browse_as(commune.leader).get(f"/observations/{note.id}").text
    browse_as(commune.village_head).post("/observations/new", data=SEEN)
    assert users_told("OBSERVATION-NEW") == {commune.chief.id, commune.officer2.id}


def test_what_is_handed_over_is_confirmed_within_24_hours_by_the_force_whose_person_on_call_is_told(commune, browse_as):
    write(browse_as(commune.border), who_23=commune.border.id, phone_23="0907654321")
    note, officer = a_note(commune, browse_as), browse_as(commune.officer)
    path, border = f"/observations/{note.id}", commune.place("BP")
    assert f"{border.title}, on call: {commune.border.full_name}" in officer.get(f"{path}/hand-over").text
    officer.post(f"{path}/hand-over", data={"unit_id": str(border.id), "version": str(note.version)})
    assert users_told("OBSERVATION-HANDED") == {commune.border.id}
    page = officer.get(path).text
    assert 'href="tel:0907654321"' in page
    assert "By 08:00, 24/11/2026." in page
    assert "confirm the receipt by 08:00, 24/11/2026" in browse_as(commune.border).get("/notices/").text
    owed = db.session.scalars(select(Duty).where(Duty.rule == "CONFIRM-RECEIPT")).one()
    assert owed.due_on == date(2026, 11, 24)


def test_a_patrol_that_did_not_set_out_is_told_to_whoever_is_on_call_and_shows_their_number(app, commune, browse_as):
    write(browse_as(commune.chief), who_23=commune.officer2.id, phone_23="0901234567")
    patrol = a_patrol(commune, start=at(8))
    with clock.telling(at(8, 31)):
        app.test_cli_runner().invoke(args=["jobs", "run", "patrols"])
        assert 'href="tel:0901234567"' in browse_as(commune.leader).get(f"/patrols/{patrol.id}").text
    assert users_told("PATROL-LATE") == {
        one.id for one in (commune.chief, commune.military, commune.border, commune.officer2)
    }


@pytest.mark.both_engines
def test_whoever_is_on_call_owes_what_hours_count_for_and_the_chief_sees_with_whom_it_is(commune, browse_as):
    write(browse_as(commune.chief), who_23=commune.officer2.id)
    note = a_note(commune, browse_as)
    said = f"{note.number}: take it on or close it"
    with clock.telling(clock.moment(date(2026, 11, 23), 9)):
        called, other, chief = (browse_as(one) for one in (commune.officer2, commune.officer, commune.chief))
        home = called.get("/").text
        assert said in home
        assert ">Take it on<" in home
        assert said not in other.get("/").text
        home = chief.get("/").text
        assert f"With {commune.officer2.full_name}, on call" in home
        assert ">Take it on<" not in home
    with clock.telling(clock.moment(date(2026, 11, 24), 9)):  # the turn is over, and nobody follows
        assert said not in browse_as(commune.officer2).get("/").text
        assert ">Take it on<" in browse_as(commune.chief).get("/").text


def test_a_duty_that_names_somebody_is_theirs_whoever_is_on_call(commune, browse_as):
    write(browse_as(commune.chief), who_23=commune.officer2.id)
    said = f"{a_note(commune, browse_as).number}: take it on or close it"
    with transaction(None):
        db.session.scalars(select(Duty).where(Duty.on_call)).one().owner_id = commune.officer.id
    with clock.telling(clock.moment(date(2026, 11, 23), 9)):
        homes = [browse_as(one).get("/").text for one in (commune.officer, commune.officer2, commune.chief)]
    assert [said in home for home in homes] == [True, False, False]
    assert ">Take it on<" in homes[0]


def test_hours_count_down_on_home_at_weekends_too(commune, browse_as):
    write(browse_as(commune.border), who_28=commune.border.id)
    note = a_note(commune, browse_as)
    saturday = clock.moment(date(2026, 11, 28), 20)
    with clock.telling(saturday):
        browse_as(commune.officer).post(
            f"/observations/{note.id}/hand-over",
            data={"unit_id": str(commune.place("BP").id), "version": str(note.version)},
        )
    with clock.telling(saturday + timedelta(hours=14, minutes=30)):  # on a Sunday
        assert "9 hours left" in browse_as(commune.border).get("/").text
    with clock.telling(saturday + timedelta(hours=23, minutes=20)):
        assert "40 minutes left" in browse_as(commune.border).get("/").text
    with clock.telling(saturday + timedelta(hours=24, minutes=20)):
        assert "20 minutes past" in browse_as(commune.border).get("/").text
    with clock.telling(saturday + timedelta(hours=26)):
        assert "2 hours past" in browse_as(commune.border).get("/").text


def closes_the_account(user):
    user.disabled_at = clock.now()


def ends_the_role(user):
    (grant,) = user.grants
    organisation.end_grant(grant, clock.today() - timedelta(days=1), "Chuyển công tác")


@pytest.mark.both_engines
@pytest.mark.parametrize("leaves", [closes_the_account, ends_the_role])
def test_a_turn_written_for_somebody_who_left_takes_a_duty_from_nobody_and_the_chief_is_told(
    commune, browse_as, leaves
):
    write(browse_as(commune.chief), who_23=commune.officer2.id, phone_23="0901234567")
    with transaction(None):
        leaves(commune.officer2)
    with clock.telling(clock.moment(date(2026, 11, 23), 9)):
        note = a_note(commune, browse_as)
        assert users_told("OBSERVATION-NEW") == {commune.chief.id}
        assert called([commune.place("CA")], clock.now()) == []
        home = browse_as(commune.chief).get("/").text
        assert ">Take it on<" in home
        assert ", on call" not in home
        assert "0901234567" not in browse_as(commune.leader).get(f"/observations/{note.id}").text


def test_a_number_stands_once_however_often_somebody_is_on_call_and_can_be_tapped(commune, browse_as):
    days = {f"who_{day}": commune.officer.id for day in range(24, 31)}
    write(browse_as(commune.chief), **days, **{f"phone_{day}": "0901234567" for day in range(24, 31)})
    page = browse_as(commune.border).get("/roster/").text
    assert page.count('href="tel:0901234567"') == 1
    table, _numbers, beside = page.partition("Telephone numbers")
    assert (table.count(commune.officer.full_name), beside.count(commune.officer.full_name)) == (7, 1)


def test_the_days_that_are_over_are_folded_apart_and_a_month_that_is_over_is_not(commune, browse_as):
    write(browse_as(commune.chief), who_20=commune.officer.id, who_22=commune.officer.id, who_23=commune.officer.id)
    page = browse_as(commune.border).get("/roster/").text
    folded, _end, rest = page.partition("Days that are over")[2].partition("</details>")
    assert [day in folded for day in ("20/11", "22/11", "23/11")] == [True, True, False]
    assert '<tr class="today">' in rest
    write(browse_as(commune.chief), month="2026-10", who_20=commune.officer.id)
    assert "Days that are over" not in browse_as(commune.border).get("/roster/?month=2026-10").text


def test_a_turn_that_is_handed_over_while_a_page_is_served_counts_in_its_deed(app, commune):
    force = commune.place("CA")
    with app.test_request_context():
        assert caller_now(force) is None
        with transaction(commune.chief):
            turn = {"commune_id": commune.id, "unit_id": force.id, "on": clock.today() - timedelta(days=1)}
            db.session.add(DutyRoster(**turn, user_id=commune.officer2.id, from_hour=23))
            db.session.flush()
            assert caller_now(force) == commune.officer2.id


def test_whoever_is_on_call_is_asked_of_the_forces_and_not_of_every_village(commune):
    village, first = commune.place("BPH"), date(2026, 11, 1)
    turn, people = Turn(commune.village_head.id, "0900000001"), {commune.village_head.id: commune.village_head}
    with transaction(None):
        plan(village, first, 7, {date(2026, 11, 23): turn}, people, version_of(village, first))
    noon = clock.moment(date(2026, 11, 23), 12)
    assert on_call(village, noon) is not None
    assert on_call_in(commune.id, noon) == []


# ── who left ────────────────────────────────────────────────────────────────────────────────────────────────────────
def row_of(page, day):
    """The row of a day, as the page of the month draws it."""
    return next(row for row in page.split("<tr")[1:] if day in row.partition("</th>")[0]).partition("</tr>")[0]


def free_turns():
    db.session.rollback()
    found = db.session.scalars(select(Duty).where(Duty.rule == "ROSTER-FREE").order_by(Duty.id)).all()
    return [(one.key, one.due_on) for one in found if one.open]


@pytest.mark.parametrize("leaves", [closes_the_account, ends_the_role])
def test_who_left_stands_with_the_whole_name_where_they_were_on_call_and_what_is_to_come_is_free(
    commune, browse_as, leaves
):
    chief, gone = browse_as(commune.chief), commune.officer2
    write(chief, who_20=gone.id, who_22=commune.officer.id, who_23=gone.id, who_25=gone.id, phone_25="0901234567")
    with transaction(None):
        leaves(commune.officer2)
    page = chief.get("/roster/").text
    over, today, coming = (row_of(page, day) for day in ("20/11", "23/11", "25/11"))
    assert f'<span class="one-name">{gone.full_name}</span><span class="sub block">has left</span>' in over
    assert "has left" not in row_of(page, "22/11")
    for row in (today, coming):
        assert "Turn is free" in row
        assert f"{gone.full_name} has left" in row
    assert "2 turns of this month are those of somebody who has left" in page
    assert "0901234567" not in page


@pytest.mark.parametrize("leaves", [closes_the_account, ends_the_role])
def test_whoever_answers_for_a_force_is_asked_to_put_somebody_else_in_until_they_have(commune, browse_as, leaves):
    chief, gone = browse_as(commune.chief), commune.officer2
    write(chief, who_20=gone.id, who_25=gone.id, who_26=gone.id)
    assert free_turns() == []
    with transaction(None):
        leaves(commune.officer2)
    assert free_turns() == [("2026-11", date(2026, 11, 25))]
    said = f"On call on 25/11/2026: {gone.full_name} has left, somebody else must be put in"
    home = chief.get("/").text
    assert said in home
    assert "/roster/plan?" in home
    assert "month=2026-11" in home
    assert said not in browse_as(commune.military).get("/").text
    form = chief.get(NOVEMBER).text
    assert f"{gone.full_name} has left: please put somebody else in." in form
    version = version_of(commune.place("CA"), date(2026, 11, 1))
    write(chief, version, who_20=gone.id, who_25=commune.officer.id)
    assert free_turns() == []
    assert on_call(commune.place("CA"), date(2026, 11, 25)).user_id == commune.officer.id


def test_a_role_that_ends_by_its_own_date_leaves_the_turns_after_it_free_from_that_day_on(app, commune, browse_as):
    chief, gone = browse_as(commune.chief), commune.officer2
    with transaction(None):
        gone.grants[0].valid_to = date(2026, 11, 25)
    write(chief, who_25=gone.id, who_27=gone.id)
    page = chief.get("/roster/").text
    assert "Turn is free" not in row_of(page, "25/11")
    assert "Turn is free" in row_of(page, "27/11")
    assert free_turns() == [("2026-11", date(2026, 11, 27))]


def test_a_month_that_is_written_again_keeps_who_was_on_call_and_left_since(commune, browse_as):
    chief, gone = browse_as(commune.chief), commune.officer2
    write(chief, who_20=gone.id, who_25=gone.id)
    with transaction(None):
        closes_the_account(gone)
    form = chief.get(NOVEMBER).text
    assert f'<option selected value="{gone.id}">{gone.full_name} (has left)</option>' in form
    version = version_of(commune.place("CA"), date(2026, 11, 1))
    assert write(chief, version, who_20=gone.id, who_25=gone.id).status_code == 422  # not of a day to come
    assert write(chief, version, who_20=gone.id, who_24=commune.officer.id).status_code == 200
    db.session.rollback()
    found = db.session.scalars(select(DutyRoster).where(DutyRoster.voided_at.is_(None)).order_by(DutyRoster.on))
    assert [(one.on.day, one.user_id) for one in found] == [(20, gone.id), (24, commune.officer.id)]
