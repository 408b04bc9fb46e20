"""The figures of outreach by their definitions: held, face to face, on a day of the period, and not struck out."""

import unicodedata
from datetime import date

import pytest

from portal.books import actions as books
from portal.engine import clock, voiding
from portal.engine.indicators import Period
from portal.engine.transaction import transaction
from portal.outreach import actions
from portal.outreach.indicators import ATTENDANCE, BANNERS, LEAFLETS, REACH, SESSIONS
from portal.outreach.models import FACE_TO_FACE, Extent, Material, MaterialKind, OutreachSession, SessionForm

FIRST, LAST = date(2026, 10, 1), date(2026, 10, 31)


def a_session(commune, held_on=FIRST, form=SessionForm.SCHOOL, attendance=100, **more):
    facts = {"form": form, "held_on": held_on, "attendance": attendance, "extent": Extent.COMMUNE, **more}
    with transaction(commune.officer):
        return books.write_down(OutreachSession, commune.id, facts, commune.officer)


def some_material(commune, kind=MaterialKind.LEAFLET, quantity=60, on=FIRST):
    facts = {"kind": kind, "quantity": quantity, "topic": "Pháo", "distributed_on": on}
    with transaction(commune.officer):
        return books.write_down(Material, commune.id, facts, commune.officer)


def values(commune, *indicators, first=FIRST, last=LAST):
    period = Period(first, last, (commune.id,))
    return tuple(one.value(period) for one in indicators)


@pytest.mark.parametrize(
    ("on", "counted"),
    [(date(2026, 9, 30), 0), (FIRST, 1), (LAST, 1), (date(2026, 11, 1), 0)],
)
def test_both_days_of_the_period_belong_to_it(commune, on, counted):
    a_session(commune, on)
    a_session(commune, on, SessionForm.SOCIAL_MEDIA, 40)
    some_material(commune, on=on)
    some_material(commune, MaterialKind.BANNER, 7, on)
    found = values(commune, SESSIONS, ATTENDANCE, REACH, LEAFLETS, BANNERS)
    assert found == tuple(counted * each for each in (1, 100, 40, 60, 7))


def test_every_form_face_to_face_counts_and_no_other(commune):
    for form in SessionForm:
        a_session(commune, form=form, attendance=10)
    assert len(FACE_TO_FACE) == 8
    assert values(commune, SESSIONS, ATTENDANCE, REACH) == (8, 80, 10)


def test_one_for_several_villages_counts_once_and_one_without_attendance_adds_nothing(commune):
    a_session(commune, extent=Extent.SEVERAL, village_id=commune.place("BPH").id)
    a_session(commune, attendance=None)
    assert values(commune, SESSIONS, ATTENDANCE) == (2, 100)


def test_what_was_struck_out_counts_nowhere(commune):
    entries = (a_session(commune), a_session(commune, form=SessionForm.SOCIAL_MEDIA), some_material(commune))
    with transaction(commune.chief):
        for one in entries:
            voiding.void(one, "Ghi hai lần")
    assert values(commune, SESSIONS, ATTENDANCE, REACH, LEAFLETS) == (0, 0, 0, 0)


def test_planned_and_cancelled_ones_count_once_they_are_held_on_the_day_on_which_they_were(commune):
    with clock.telling(clock.moment(date(2026, 9, 20), 9)):
        planned, cancelled, moved = (a_session(commune, date(2026, 10, 10 + one), attendance=None) for one in range(3))
        with transaction(commune.officer):
            actions.cancel(cancelled, "Mưa bão", commune.officer)
    assert values(commune, SESSIONS) == (0,)
    with transaction(commune.officer):
        actions.hold(planned, LAST, 250, commune.officer)
        actions.hold(moved, date(2026, 11, 2), 40, commune.officer)
    assert values(commune, SESSIONS, ATTENDANCE) == (1, 250)


def test_posters_and_other_material_are_neither_leaflets_nor_banners(commune):
    for kind in MaterialKind:
        some_material(commune, kind, 5)
    assert values(commune, LEAFLETS, BANNERS) == (5, 5)


def test_another_commune_counts_for_itself(commune, neighbour):
    a_session(neighbour)
    assert values(commune, SESSIONS) == (0,)
    assert values(neighbour, SESSIONS) == (1,)


def test_a_figure_is_parted_by_village_month_and_form(commune):
    village = commune.place("BPH").id
    a_session(commune, village_id=village, extent=Extent.VILLAGE)
    a_session(commune, LAST, SessionForm.FESTIVAL, 30)
    by_village, by_month, _by_unit, by_form = SESSIONS.breakdowns
    period = Period(FIRST, LAST, (commune.id,))
    assert ATTENDANCE.parted(period, by_village).values == {village: 100, None: 30}
    assert SESSIONS.parted(period, by_month).values == {202610: 2}
    assert SESSIONS.parted(period, by_form).values == {SessionForm.SCHOOL: 1, SessionForm.FESTIVAL: 1}


def test_a_topic_typed_in_loose_letters_is_kept_and_found_in_composed_ones(commune, browse_as):
    loose = unicodedata.normalize("NFD", "Phòng, chống ma túy")
    officer = browse_as(commune.officer)
    sent = officer.post(
        "/materials/new", data={"kind": "leaflet", "quantity": "80", "topic": loose, "distributed_on": "18/11/2026"}
    )
    assert sent.status_code == 302
    assert "Phòng, chống ma túy" in officer.get(f"/materials/?q={loose}").text
