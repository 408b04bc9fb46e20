"""What came to units: the day that their duties are of, their names as they are searched for, and former ones."""

import pytest
from sqlalchemy import text

from portal.engine.db import db
from tests.migrations.filling import fill


def filled_before(bare, revision):
    bare.upgrade(bare.revisions[bare.revisions.index(revision) - 1])
    with db.engine.connect() as rows:
        fill(rows)
    with db.engine.begin() as rows:
        rows.execute(text("UPDATE unit SET name = 'thôn Đăk Mế' WHERE id = 1"))
        rows.execute(text("UPDATE unit SET name = 'xã Bờ Y' WHERE id = 2"))
    db.engine.dispose()
    bare.upgrade(revision)


def units(column):
    with db.engine.connect() as rows:
        return rows.execute(text(f"SELECT name, {column} FROM unit ORDER BY id")).fetchall()  # noqa: S608


@pytest.mark.both_engines
def test_no_commune_of_before_has_a_day_of_its_duties_so_that_its_first_page_makes_them(bare):
    filled_before(bare, "0010_day_of_duties")
    assert [tuple(one) for one in units("duties_on")] == [("thôn Đăk Mế", None), ("xã Bờ Y", None)]


@pytest.mark.both_engines
def test_units_of_before_are_found_without_diacritics(bare):
    filled_before(bare, "0011_place_names")
    assert [tuple(one) for one in units("folded")] == [("thôn Đăk Mế", "thon dak me"), ("xã Bờ Y", "xa bo y")]


@pytest.mark.both_engines
def test_units_of_before_were_never_called_otherwise(bare):
    filled_before(bare, "0095_former_names")
    assert [tuple(one) for one in units("former_names")] == [("thôn Đăk Mế", ""), ("xã Bờ Y", "")]
