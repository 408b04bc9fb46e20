"""Who detected an incident stays as it was written, and may be empty from now on."""

import pytest
from flask_migrate import downgrade
from sqlalchemy import text

from portal.engine.db import db
from tests.migrations.filling import asked

BEFORE, AFTER = "0040_checks", "0041_detected_by"
TOLD = "SELECT id, detected_by FROM incident ORDER BY id"


@pytest.mark.both_engines
def test_incidents_keep_who_detected_them_and_what_refers_to_them(bare):
    bare.filled(BEFORE, "UPDATE incident SET detected_by = 'border_guard' WHERE id = 2").upgrade(AFTER)
    assert asked(TOLD) == [(1, "detected_by 1"), (2, "border_guard")]
    assert asked("SELECT count(*) FROM incident_person JOIN incident ON incident.id = incident_id") == [(2,)]


@pytest.mark.both_engines
def test_an_incident_of_which_nobody_said_it_goes_back_as_the_commune_police_would_have_been_filled_in(bare):
    filled = bare.filled(BEFORE)
    filled.upgrade(AFTER)
    with db.engine.connect() as connection:
        connection.execute(text("UPDATE incident SET detected_by = NULL WHERE id = 1"))
        connection.commit()
    db.engine.dispose()
    downgrade(directory=str(filled.migrations), revision=BEFORE)
    assert asked(TOLD) == [(1, "commune_police"), (2, "detected_by 2")]
