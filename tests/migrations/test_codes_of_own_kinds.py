"""Kinds of reports of a commune's own shared one code; each gets its own, and the usual ones keep theirs."""

import pytest
import sqlalchemy as sa
from flask_migrate import downgrade

from portal.engine.db import db

pytestmark = pytest.mark.both_engines

BEFORE, AFTER = "0043_records_of_figures", "0044_codes_of_own_kinds"


def codes():
    with db.engine.connect() as connection:
        return list(connection.execute(sa.text("SELECT code FROM report_kind ORDER BY id")).scalars())


@pytest.mark.parametrize(
    ("kinds", "given"),
    [
        ([("own", "Tình hình dân tộc"), ("own", "Tình hình  Dân tộc!")], ["tinh_hinh_dan_toc", "tinh_hinh_dan_toc_2"]),
        ([("own", "Order, month"), ("order_month", "Tình hình")], ["order_month_2", "order_month"]),
        ([("own", "???"), ("own", "Đ" * 60)], ["own_2", "d" * 40]),
    ],
)
def test_each_kind_of_a_communes_own_is_called_after_its_title(bare, kinds, given):
    setting = "UPDATE report_kind SET code = '{}', title = '{}', commune_id = 1 WHERE id = {}"
    bare.filled(BEFORE, *(setting.format(*kind, number) for number, kind in enumerate(kinds, start=1)))
    bare.upgrade(AFTER)
    assert codes() == given
    db.engine.dispose()
    downgrade(directory=str(bare.migrations), revision=BEFORE)
    assert codes() == [code for code, _title in kinds]
