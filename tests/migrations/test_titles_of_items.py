"""Titles that agendas were composed of before are taken apart, so that they are read in each reader's language."""

import json

import pytest
import sqlalchemy as sa
from flask_migrate import downgrade

from portal.engine.db import db
from tests.migrations.filling import fill

pytestmark = pytest.mark.both_engines

BEFORE, AFTER = "0025_files_of_observations", "0026_hours_and_titles"
TITLES = (
    ("report.border", "Đồn Biên phòng xã Bờ Y báo cáo"),
    ("meetings.minutes", "Biên bản HN-2026-002, ngày 05/11/2026"),
)


@pytest.fixture
def filled(bare):
    bare.upgrade(BEFORE)
    with db.engine.connect() as connection:
        fill(connection)
        for number, (source_id, title) in enumerate(TITLES, start=1):
            setting = sa.text("UPDATE agenda_item SET source_id = :source, title = :title WHERE id = :id")
            connection.execute(setting, {"source": source_id, "title": title, "id": number})
        connection.commit()
    db.engine.dispose()
    return bare


def titles(*columns):
    asked = sa.select(*map(sa.column, columns)).select_from(sa.table("agenda_item")).order_by(sa.column("id"))
    with db.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(asked)]


def known(value):
    return json.loads(value) if isinstance(value, str) else value


def test_a_composed_title_is_taken_apart_and_stays_on_paper_as_it_was(filled):
    filled.upgrade(AFTER)
    assert titles("title") == [(title,) for _source, title in TITLES]
    assert [(text, known(values)) for text, values in titles("title_text", "title_values")] == [
        ("Report of %(unit)s", {"unit": "Đồn Biên phòng xã Bờ Y"}),
        ("Minutes of %(number)s, %(day)s", {"number": "HN-2026-002", "day": "05/11/2026"}),
    ]
    downgrade(directory=str(filled.migrations), revision=BEFORE)
    assert titles("source_id", "title") == list(TITLES)


def test_a_title_that_somebody_typed_is_left_as_it_was_typed(filled):
    with db.engine.connect() as connection:
        connection.execute(sa.text("UPDATE agenda_item SET source_id = '' WHERE id = 1"))
        connection.execute(sa.text("UPDATE agenda_item SET title = 'Việc khác' WHERE id = 2"))
        connection.commit()
    db.engine.dispose()
    filled.upgrade(AFTER)
    assert [(text, known(values)) for text, values in titles("title_text", "title_values")] == [("", None), ("", None)]
