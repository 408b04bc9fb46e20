"""Numbers with decimals: as people write them, and what is none."""

import pytest

from portal.books.forms import amount_in_words, thousandths


@pytest.mark.parametrize(
    ("typed", "kept"), [("985,6", 985_600), ("985.6", 985_600), ("1.250,004", 1_250_004), ("0", 0)]
)
def test_a_number_is_kept_in_thousandths_and_told_with_a_comma(app, typed, kept):
    with app.test_request_context():
        assert thousandths(typed) == kept
        assert thousandths(amount_in_words(kept)) == kept


@pytest.mark.parametrize(
    "typed", ["٣٤٥", "１２", "१२,٣", "²", "1e3", "1_0", "NaN", "Infinity", "-1", "0,0001", "1,2,3"]
)
def test_what_is_no_number_is_told(app, typed):
    with app.test_request_context(), pytest.raises(ValueError, match=r"\."):
        thousandths(typed)
