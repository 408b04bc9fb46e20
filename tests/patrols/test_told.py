"""Who is told of what by themselves: by notices, duties and the trail."""

from sqlalchemy import select

from portal.duties.models import Duty, Notification
from portal.engine import clock
from portal.engine.audit import AuditEvent
from portal.engine.db import db
from portal.engine.transaction import transaction
from portal.organisation import actions
from portal.organisation.models import Role, UnitKind
from portal.patrols.models import Patrol
from tests.builders import FOUNDED
from tests.patrols.going import a_patrol, at, disputed, logged, signed


def ids(commune, *who: str) -> list[int]:
    return [getattr(commune, one).id for one in who]


def users_told(kind: str) -> list[int]:
    found = select(Notification.user_id).where(Notification.kind == kind)
    return list(db.session.scalars(found.order_by(Notification.id)))


def test_the_commands_of_the_other_forces_are_told_that_a_log_waits_for_them(commune):
    logged(commune, a_patrol(commune))
    assert users_told("PATROL-TO-SIGN") == ids(commune, "military", "border")


def test_of_two_border_posts_only_the_one_that_went_is_told(commune):
    with transaction(None):
        post = actions.create_unit(
            "BY-BP2", "Đồn Biên phòng Sa Loong", UnitKind.BORDER_POST, FOUNDED, commune=commune.unit, above=commune.unit
        )
        other, _first = actions.create_user("by.border2", "Y Blé", commune.unit)
        actions.confirm_grant(actions.grant_role(other, Role.BORDER_GUARD, post, FOUNDED), None)
    logged(commune, a_patrol(commune))
    assert users_told("PATROL-TO-SIGN") == ids(commune, "military", "border")


def waiting(kind: str) -> list[int]:
    """Whose bell still counts it."""
    unread = select(Notification.user_id).where(Notification.kind == kind, Notification.read_at.is_(None))
    return sorted(db.session.scalars(unread))


def test_the_notice_that_a_log_waits_is_over_for_the_force_that_signed_and_for_no_other(commune):
    patrol = logged(commune, a_patrol(commune))
    assert waiting("PATROL-TO-SIGN") == ids(commune, "military", "border")
    signed(commune, patrol, "military")
    assert waiting("PATROL-TO-SIGN") == ids(commune, "border")
    signed(commune, patrol, "border")
    assert waiting("PATROL-TO-SIGN") == []


def test_a_disputed_log_waits_for_no_signature_and_the_next_one_for_all_of_them(commune):
    patrol = disputed(commune, logged(commune, a_patrol(commune)), "border")
    assert waiting("PATROL-TO-SIGN") == []
    logged(commune, patrol)
    assert waiting("PATROL-TO-SIGN") == ids(commune, "military", "border")


def test_whoever_wrote_a_log_is_told_that_it_was_disputed_and_that_it_stands(commune):
    patrol = disputed(commune, logged(commune, a_patrol(commune)), "border")
    assert users_told("PATROL-DISPUTED") == ids(commune, "officer")
    signed(commune, logged(commune, patrol, recommendation="Đặt biển"), "military", "border")
    assert users_told("PATROL-COUNTERSIGNED") == ids(commune, "officer", "leader")


def test_half_an_hour_after_its_hour_the_commands_are_told_once_that_nobody_set_out(app, commune):
    patrol = a_patrol(commune, start=at(8))
    run = app.test_cli_runner()
    commands = ["chief", "military", "border"]
    for minute, users, open_ in ((30, [], 0), (31, commands, 3), (45, commands, 3)):
        with clock.telling(at(8, minute)):
            assert run.invoke(args=["jobs", "run", "patrols"]).exit_code == 0
        db.session.expire_all()
        assert users_told("PATROL-LATE") == ids(commune, *users)
        owed = db.session.scalars(select(Duty).where(Duty.rule == "PATROL-NOT-STARTED")).all()
        assert len(owed) == open_
    with clock.telling(at(8, 50)), transaction(commune.officer):
        patrol.workflow.take("start", patrol, commune.officer)
    assert all(not duty.open for duty in db.session.scalars(select(Duty).where(Duty.rule == "PATROL-NOT-STARTED")))


def test_a_patrol_that_set_out_is_told_to_nobody(app, commune):
    patrol = a_patrol(commune, start=at(7))
    with transaction(commune.officer):
        patrol.workflow.take("start", patrol, commune.officer)
    with clock.telling(at(9)):
        app.test_cli_runner().invoke(args=["jobs", "run", "patrols"])
    assert users_told("PATROL-LATE") == []


def test_each_step_and_each_answer_is_an_event_of_the_patrol(commune, browse_as):
    patrol = signed(commune, logged(commune, a_patrol(commune)), "military", "border")
    of_it = select(AuditEvent.action).where(AuditEvent.root_type == "patrol", AuditEvent.root_id == patrol.id)
    events = list(db.session.scalars(of_it.order_by(AuditEvent.sequence)))
    assert [one for one in events if one in ("log", "sign", "complete", "settle")] == [
        "log", "sign", "sign", "complete", "settle",
    ]  # fmt: skip
    page = browse_as(commune.inspector).get("/audit/").text
    assert f"Military xã Bờ Y countersigned the log: patrol {patrol.number}" in " ".join(page.split())


def test_the_numbers_of_patrols_begin_anew_each_year(commune):
    a_patrol(commune, start=at(2, days=-400))
    assert [a_patrol(commune).number, a_patrol(commune, start=at(20)).number] == ["TT-2026-001", "TT-2026-002"]
    assert db.session.scalars(select(Patrol.number).order_by(Patrol.id)).first() == "TT-2025-001"


def test_the_course_of_events_tells_who_acted_and_as_whom(commune, browse_as):
    patrol = signed(commune, logged(commune, a_patrol(commune)), "military")
    page = browse_as(commune.officer).get(f"/patrols/{patrol.id}").text
    assert f"{commune.military.full_name} (Commune military command) countersigned the log" in page


def test_home_calls_a_patrol_by_its_kind_and_its_day(commune, browse_as):
    patrol = logged(commune, a_patrol(commune))
    home = browse_as(commune.military).get("/").text
    assert f"Order patrol {patrol.day:%d/%m}: your force has not answered yet" in home
    assert f"{patrol.number}: your force" not in home
