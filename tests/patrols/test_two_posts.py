"""Two border posts in one commune: each owes and is told only what its own force must do."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from portal.documents import actions as documents
from portal.duties.models import Duty, Notification
from portal.duties.queries import still_open
from portal.engine import clock
from portal.engine.db import db
from portal.engine.transaction import transaction
from portal.incidents import actions as noting
from portal.incidents.actions import Seen
from portal.incidents.models import Observation, Source
from portal.organisation import actions as organisation
from portal.organisation import passwords
from portal.organisation.models import Role, Unit, UnitKind, User
from tests.builders import FOUNDED, PASSWORD
from tests.patrols.going import a_patrol, at, disputed, logged, signed

SIGN, LATE, SET_OUT, TO_LOG = "your force has not answered", "not started half an hour", "sets out at", "write the log"


@pytest.fixture
def post(commune) -> Unit:
    """A second border post, Sa Loong, with somebody who answers for it: `commune.border2`."""
    with transaction(None):
        post = organisation.create_unit(
            "BY-BP2", "Đồn Biên phòng Sa Loong", UnitKind.BORDER_POST, FOUNDED, commune=commune.unit, above=commune.unit
        )
        a_guard(commune, "border2", post)
    return post


def a_guard(commune: Any, name: str, post: Unit, since: date = FOUNDED) -> User:
    user, _first = organisation.create_user(f"by.{name}", f"{name.capitalize()} Sa Loong", commune.unit)
    user.password_hash, user.must_change_password = passwords.hashed(PASSWORD), False
    organisation.confirm_grant(organisation.grant_role(user, Role.BORDER_GUARD, post, since), None)
    return user


def asked(browse_as: Any, who: User, what: str) -> int:
    """How often Home asks something of somebody."""
    return int(browse_as(who).get("/").text.count(what))


def told(kind: str) -> set[int]:
    return set(db.session.scalars(select(Notification.user_id).where(Notification.kind == kind)))


def test_a_post_that_takes_no_part_in_a_patrol_is_asked_for_nothing_of_it(app, commune, post, browse_as):
    patrol = a_patrol(commune, start=at(8), by="border", forces=(("BP", 3, ""), ("QS", 2, "")))
    with clock.telling(at(8, 31)):
        app.test_cli_runner().invoke(args=["jobs", "run", "patrols"])
    for what in (SET_OUT, LATE):
        assert (asked(browse_as, commune.border, what), asked(browse_as, commune.border2, what)) == (1, 0), what
    assert told("PATROL-LATE") == {commune.border.id, commune.military.id}
    with clock.telling(at(13)):
        logged(commune, patrol, by="military")
    assert (asked(browse_as, commune.border, SIGN), asked(browse_as, commune.border2, SIGN)) == (1, 0)
    assert told("PATROL-TO-SIGN") == {commune.border.id}


def test_of_two_posts_on_one_patrol_each_owes_its_own_signature(commune, post, browse_as):
    patrol = logged(commune, a_patrol(commune, forces=(("CA", 3, ""), ("BP", 2, ""), ("BP2", 2, ""))))
    assert [asked(browse_as, one, SIGN) for one in (commune.border, commune.border2)] == [1, 1]
    signed(commune, patrol, "border2")
    assert [asked(browse_as, one, SIGN) for one in (commune.border, commune.border2)] == [1, 0]


def test_a_disputed_log_is_asked_of_the_post_that_wrote_it(commune, post, browse_as):
    patrol = logged(commune, a_patrol(commune, forces=(("CA", 3, ""), ("BP", 2, ""), ("BP2", 2, ""))), by="border2")
    disputed(commune, patrol, "border")
    asks = [asked(browse_as, one, "is to be written again") for one in (commune.border, commune.border2)]
    assert asks == [0, 1]


def test_what_is_handed_over_to_one_post_is_confirmed_by_that_one(commune, post, browse_as):
    with transaction(commune.officer):
        seen = noting.note_down(commune.id, Seen(Source.TELEPHONE, clock.today(), None, None, "", "Có người lạ"))
        noting.hand_over(seen, post, commune.officer)
    asks = [asked(browse_as, one, "confirm the receipt") for one in (commune.border, commune.border2)]
    assert asks == [0, 1]
    assert told("OBSERVATION-HANDED") == {commune.border2.id}
    browse_as(commune.border2).post(f"/observations/{seen.id}/receipt", data={"version": str(seen.version)})
    assert db.session.scalars(select(Duty).where(Duty.rule == "CONFIRM-RECEIPT")).one().done_on == clock.today()
    assert db.session.get_one(Observation, seen.id).state == "received"


def test_whoever_holds_the_role_in_a_post_owes_what_it_owes_also_once_another_unit_took_it_over(
    commune, post, browse_as
):
    logged(commune, a_patrol(commune, forces=(("CA", 3, ""), ("BP2", 2, ""))))
    with transaction(None):
        colleague = a_guard(commune, "border3", post)
    assert [asked(browse_as, one, SIGN) for one in (commune.border2, colleague)] == [1, 1]
    with transaction(None):
        heir = organisation.create_unit(
            "BY-BP3", "Đồn Biên phòng Sa Loong mới", UnitKind.BORDER_POST, date(2026, 11, 23), commune=commune.unit,
            above=commune.unit,
        )  # fmt: skip
        newcomer = a_guard(commune, "border4", heir, heir.valid_from)
        organisation.end_unit(post, date(2026, 11, 22), heir)
    assert asked(browse_as, newcomer, SIGN) == 1
    assert db.session.scalars(select(Duty).where(Duty.rule == "COUNTERSIGN", still_open())).one().owner_unit == post


def test_a_paper_that_waits_is_told_to_the_post_in_whose_register_it_stands_and_to_a_deputy_of_its_head(commune, post):
    with transaction(None):
        deputy, _half = organisation.create_user("by.deputy", "Phó Đồn Sa Loong", commune.unit)
        grant = organisation.grant_role(deputy, Role.BORDER_GUARD, post, FOUNDED, on_behalf_of=commune.border2)
        organisation.confirm_grant(grant, None)
    with transaction(None):
        documents.register(documents.Facts(post, "BC", "Về tình hình biên giới"))
    assert told("DOCUMENT-WAITS") == {commune.border2.id, deputy.id}
