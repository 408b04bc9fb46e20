"""In a commune with two border posts each reports for itself, and each owes its own part and none of the other's."""

from datetime import date

import pytest
from sqlalchemy import select

from portal.duties.models import Duty
from portal.engine import clock
from portal.engine.db import db
from portal.engine.transaction import transaction
from portal.meetings import actions
from portal.organisation.actions import confirm_grant, create_unit, create_user, grant_role
from portal.organisation.models import Role, UnitKind
from tests.builders import FOUNDED
from tests.meetings.meeting import ON_THE_DAY, a_held, a_meeting, an_order
from tests.patrols.going import a_point

ONE, OTHER = "Đồn Biên phòng xã Bờ Y", "Đồn Biên phòng Đăk Xú"


@pytest.fixture
def other(commune):
    """The head of a second border post."""
    with transaction(None):
        post = create_unit(
            "BY-BP2", OTHER, UnitKind.BORDER_POST, FOUNDED, commune=commune.unit, above=commune.unit
        )  # fmt: skip
        user, _first = create_user("by.border2", "Border Hai", commune.unit)
        user.password_hash, user.must_change_password = commune.border.password_hash, False
        confirm_grant(grant_role(user, Role.BORDER_GUARD, post, FOUNDED), None)
    return user


def reports(meeting):
    return {item.unit.name: item for item in meeting.agenda if item.source_id == "report.border"}


def owed(rule):
    """Which force owes what a rule asks for, by whether it is done."""
    db.session.expire_all()
    found = db.session.scalars(select(Duty).where(Duty.rule == rule, Duty.owner_role == Role.BORDER_GUARD))
    return {(duty.owner_unit.title, duty.done_on is not None) for duty in found}


def test_each_reports_and_owes_its_own_words(commune, browse_as, other):
    meeting = a_meeting(commune)
    assert set(reports(meeting)) == {ONE, OTHER}
    assert owed("MEETING-WORDS") == {(ONE, False), (OTHER, False)}
    own, theirs = browse_as(other), browse_as(commune.border)
    assert f"what {OTHER} reports" in own.get("/").text
    assert f"what {OTHER} reports" not in theirs.get("/").text
    item = reports(meeting)[OTHER]
    sent = {"own_words": "Tuyến ổn định.", "version": item.version}
    assert theirs.post(f"/meetings/items/{item.id}/words", data=sent).status_code == 403
    assert own.post(f"/meetings/items/{item.id}/words", data=sent).status_code == 302
    assert owed("MEETING-WORDS") == {(ONE, False), (OTHER, True)}


def test_compiling_again_keeps_the_words_of_each_with_its_own_report(commune, other):
    meeting = a_meeting(commune)
    for name, item in reports(meeting).items():
        with transaction(other if name == OTHER else commune.border):
            actions.write_words(item, f"Báo cáo của {name}", None)
    with transaction(commune.clerk):
        actions.compile_agenda(meeting)
    assert {name: item.own_words for name, item in reports(meeting).items()} == {
        ONE: f"Báo cáo của {ONE}", OTHER: f"Báo cáo của {OTHER}",
    }  # fmt: skip
    assert [item.position for item in meeting.agenda] == list(range(1, len(meeting.agenda) + 1))


def test_what_the_rooms_bring_for_their_part_stands_there_once(commune, other):
    a_point(commune, "Mốc 790")
    told = {name: item.text for name, item in reports(a_meeting(commune)).items()}
    assert told.pop(OTHER).endswith(": Mốc 790")
    assert told == {ONE: ""}


def test_a_task_is_owed_by_the_post_that_has_to_do_it(commune, browse_as, other):
    with clock.telling(ON_THE_DAY):
        meeting = a_held(commune)
        an_order(commune, reports(meeting)[OTHER], "BP2", date(2026, 12, 20), "Kiểm tra lối mòn Đăk Xú")
        assert "Kiểm tra lối mòn Đăk Xú" in browse_as(other).get("/").text
        assert "Kiểm tra lối mòn Đăk Xú" not in browse_as(commune.border).get("/").text
    assert owed("ACTION-ITEM") == {(OTHER, False)}
