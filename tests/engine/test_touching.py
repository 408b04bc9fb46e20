"""A change of what belongs to a record is a change of that record."""

from portal.engine.db import db, touch
from portal.engine.transaction import transaction
from portal.patrols.models import Patrol
from tests.patrols.going import a_patrol, at


def test_a_touched_record_is_a_new_version_and_says_who_touched_it_also_within_one_moment(commune):
    patrol = a_patrol(commune, start=at(10))  # written down at the same moment
    version, moment = patrol.version, patrol.changed_at
    with transaction(commune.border):
        touch(patrol)
    kept = db.session.get_one(Patrol, patrol.id)
    assert (kept.version, kept.changed_at, kept.changed_by_id) == (version + 1, moment, commune.border.id)


def test_a_record_is_touched_also_where_nothing_was_read_of_it_since_the_lock(commune):
    patrol = a_patrol(commune)
    version = patrol.version
    with transaction(commune.border):
        db.session.expire(patrol)
        touch(patrol)
    assert db.session.get_one(Patrol, patrol.id).version == version + 1
