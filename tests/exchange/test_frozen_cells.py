"""What a cell of frozen data may hold: what the portal writes there, and nothing else."""

import pytest

from portal.engine.refusal import Misfit, Refused
from portal.exchange.cells import in_cell, of_cell
from portal.exchange.kinds.frozen.figures import Figures
from portal.exchange.kinds.frozen.text import Text

NESTED = '[{"text": "a", "note": ' * 300 + "[]" + "}]" * 300
PARTS = '{"village": {"label": %s, "now": [[%s, %s]], "before": []}}'
REFUSED = (
    (Text, "runs", NESTED),
    (Text, "runs", "[" * 9000),
    (Text, "runs", '[{"text": "a", "note": [{"text": "b", "note": [{"text": "c"}]}]}]'),
    (Text, "runs", r'[{"text": "\ud800"}]'),
    (Text, "runs", r'[{"text": "a\u0000b"}]'),
    (Text, "runs", r'[{"text": "a\u200bb"}]'),
    (Text, "runs", r'[{"text": "a\u202eb"}]'),
    (Text, "runs", r'[{"text": "a", "note": [{"text": "\ue000"}]}]'),
    (Text, "runs", '[{"text": "a", "note": null}]'),
    (Figures, "value", "1e999"),
    (Figures, "value", "-1e999"),
    (Figures, "value", "Infinity"),
    (Figures, "value", "1" + "0" * 400),
    (Figures, "value", "9" * 5000),
    (Figures, "value", '"abc"'),
    (Figures, "value", "true"),
    (Figures, "parts", PARTS % ('"Thôn"', '"Đăk Mế"', '"ba"')),
    (Figures, "parts", PARTS % ('"Thôn"', '"Đăk Mế"', "1e999")),
    (Figures, "parts", PARTS % (r'"Th\u200bôn"', '"Đăk Mế"', "3")),
)


@pytest.mark.parametrize(("sheet", "column", "typed"), REFUSED)
def test_data_that_the_portal_does_not_write_are_refused_at_their_cell(sheet, column, typed):
    with pytest.raises(Refused) as refused:
        of_cell(column, typed, sheet.data[column])
    (reason,) = refused.value.reasons
    assert isinstance(reason, Misfit)
    assert (reason.field, "not as the portal writes it" in reason.message) == (column, True)


def test_data_that_the_portal_writes_are_read_as_they_were():
    runs = [{"text": " và ", "note": [{"text": "Chú\nthích"}]}, {"text": "3\u00a0vụ", "figure": "fires", "bold": True}]
    parts = {"village": {"label": "Thôn", "now": [["Đăk Mế", 2.125], ["–", 3]], "before": []}}
    for sheet, column, value in (
        (Text, "runs", runs), (Figures, "parts", parts), (Figures, "value", 2.5), (Figures, "value", 0),
        (Figures, "value", None),
    ):  # fmt: skip
        assert of_cell(column, in_cell(value), sheet.data[column]) == value
