"""Weapons that were handed over: pieces by type, words beside the catalogue, custody, and the receipt."""

import unicodedata
from datetime import date, timedelta
from io import BytesIO

import pytest
from docx import Document
from flask_babel import force_locale

from portal.books import actions
from portal.engine import voiding
from portal.engine.db import db
from portal.engine.indicators import Period
from portal.engine.refusal import Refused
from portal.engine.transaction import transaction
from portal.prevention.indicators import INDICATORS
from portal.prevention.models import (
    WEAPON_NAMES,
    CustodyStep,
    WeaponCustody,
    WeaponHandover,
    WeaponItem,
    WeaponType,
    type_called,
)
from portal.prevention.papers import written

FIRST, LAST, ONE_DAY = date(2024, 8, 1), date(2024, 8, 31), timedelta(days=1)
FLINTLOCK, ALCOHOL = WeaponType.FLINTLOCK_GUNS, WeaponType.ALCOHOL_GUNS


def handed_over(commune, *pieces, on=FIRST, **more):
    with transaction(commune.officer):
        facts = {"handed_over_on": on, "village_id": commune.place("BPH").id, **more}
        handover = actions.write_down(WeaponHandover, commune.id, facts, commune.officer)
        for kind, quantity, *word in pieces:
            line = {"weapon_type": kind, "quantity": quantity, "other_name": "".join(word)}
            actions.add_line(WeaponItem, handover, line, commune.officer)
    return handover


def counted(commune, first=FIRST, last=LAST):
    found = {one.id.removeprefix("weapons."): one.value(Period(first, last, (commune.id,))) for one in INDICATORS}
    return {name: value for name, value in found.items() if value}


def test_pieces_are_added_up_by_type_over_all_hand_overs(commune):
    handed_over(commune, (FLINTLOCK, 2), (ALCOHOL, 1), (WeaponType.HANDCUFFS, 3))
    handed_over(commune, (FLINTLOCK, 1), (FLINTLOCK, 4), on=LAST)
    assert counted(commune) == {"flintlock_guns": 7, "alcohol_guns": 1, "handcuffs": 3}


@pytest.mark.parametrize(("on", "pieces"), [(FIRST - ONE_DAY, {}), (FIRST, {"alcohol_guns": 2}),
                                            (LAST, {"alcohol_guns": 2}), (LAST + ONE_DAY, {})])  # fmt: skip
def test_both_ends_of_the_period_belong_to_it(commune, on, pieces):
    handed_over(commune, (ALCOHOL, 2), on=on)
    assert counted(commune) == pieces


def test_neither_a_line_in_error_counts_nor_a_line_of_a_hand_over_in_error(commune):
    whole, part = handed_over(commune, (FLINTLOCK, 1)), handed_over(commune, (FLINTLOCK, 2), (ALCOHOL, 1))
    with transaction(commune.chief):
        voiding.void(whole, "Ghi hai lần")
        voiding.void(part.items[0], "Đếm nhầm")
    assert counted(commune) == {"alcohol_guns": 1}


@pytest.mark.parametrize("word", ["Súng  KÍP", " súng kíp ", unicodedata.normalize("NFD", "súng kíp")])
def test_a_word_that_names_a_type_of_the_catalogue_is_that_type(commune, word):
    handover = handed_over(commune, (WeaponType.OTHER, 2, word))
    assert handover.items[0].weapon_type == FLINTLOCK
    assert counted(commune) == {"flintlock_guns": 2}


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("kind", [one for one in WeaponType if one != WeaponType.OTHER])
def test_a_type_is_known_by_its_word_of_the_catalogue_in_either_language(app, language, kind):
    with app.test_request_context(), force_locale(language):
        word = str(WEAPON_NAMES[kind])
    for reading in ("vi", "en"):
        with app.test_request_context(), force_locale(reading):
            assert type_called(f" {word.upper()}  ") == kind
            assert type_called(f"{word} giả") is None


def test_something_else_is_in_no_figure_and_must_be_named(commune):
    handed_over(commune, (WeaponType.OTHER, 1, "lựu đạn"))
    assert counted(commune) == {}
    with pytest.raises(Refused):
        handed_over(commune, (WeaponType.OTHER, 1))
    with pytest.raises(Refused):
        handed_over(commune, (FLINTLOCK, 1, "súng săn"))


def test_the_name_of_the_giver_is_kept_only_if_they_agree(commune):
    with pytest.raises(Refused):
        handed_over(commune, giver="A Dong")
    assert handed_over(commune, giver="A Dong", giver_agrees=True).giver == "A Dong"


def test_what_became_of_it_is_told_with_its_place_or_whom_it_went_to(commune):
    handover = handed_over(commune, (FLINTLOCK, 1))
    for step, more in ((CustodyStep.KEPT, {"kept_at": ""}), (CustodyStep.PASSED_ON, {"to_whom": ""})):
        with pytest.raises(Refused), transaction(commune.officer):
            actions.add_line(WeaponCustody, handover, {"step": step, "since_on": LAST, **more}, commune.officer)
    facts = {"step": CustodyStep.DESTROYED, "since_on": FIRST - ONE_DAY}
    with pytest.raises(Refused), transaction(commune.officer):
        actions.add_line(WeaponCustody, handover, facts, commune.officer)


def test_nothing_comes_after_its_destruction_which_a_paper_tells(commune):
    handover = handed_over(commune, (FLINTLOCK, 1))

    def added(step, on, **more):
        with transaction(commune.officer):
            entry = db.session.get_one(WeaponHandover, handover.id)
            return actions.add_line(WeaponCustody, entry, {"step": step, "since_on": on, **more}, commune.officer)

    def refused(*line, **more):
        with pytest.raises(Refused) as told:
            added(*line, **more)
        db.session.rollback()
        return {one.field for one in told.value.reasons}

    added(CustodyStep.KEPT, FIRST, kept_at="Kho")
    added(CustodyStep.KEPT, FIRST + ONE_DAY, kept_at="Kho")
    assert refused(CustodyStep.DESTROYED, LAST) == {"paper_number"}
    assert refused(CustodyStep.DESTROYED, FIRST, paper_number="12/BB-CAX") == {"since_on"}
    added(CustodyStep.DESTROYED, LAST, paper_number="12/BB-CAX")
    assert refused(CustodyStep.KEPT, LAST, kept_at="Kho") == {"step"}
    assert refused(CustodyStep.PASSED_ON, LAST + ONE_DAY, to_whom="Công an tỉnh") == {"step"}
    assert added(CustodyStep.KEPT, LAST - ONE_DAY, kept_at="Kho").id


def test_a_hand_over_without_pieces_or_place_is_still_to_be_completed(commune, browse_as):
    officer = browse_as(commune.officer)
    sent = officer.post(
        "/weapons/new", data={"handed_over_on": "01/08/2024", "village_id": str(commune.place("BPH").id)}
    )
    page = officer.get(sent.location).text
    assert "What was handed over, Custody" in page
    assert "receipt.docx" not in page


def test_a_hand_over_of_which_no_piece_is_listed_yet_is_told_by_its_village_and_day(commune, browse_as):
    officer, village = browse_as(commune.officer), commune.place("BPH")
    data = {"handed_over_on": "01/08/2024", "village_id": str(village.id)}
    officer.post("/weapons/new", data=data)
    asked = officer.post("/weapons/new", data=data).text
    assert "Perhaps this is written down already." in asked
    assert f"{village.title}, 01/08/2024</a>" in asked


def test_the_receipt_lists_every_piece_and_no_name_that_was_not_given(commune, browse_as):
    handover = handed_over(commune, (FLINTLOCK, 3), (WeaponType.OTHER, 1, "lựu đạn"), received_by="Đại úy Võ Hữu Thanh")
    officer = browse_as(commune.officer)
    assert "03 khẩu súng kíp" in officer.get(f"/weapons/{handover.id}").text
    answer = officer.get(f"/weapons/{handover.id}/receipt.docx")
    text = "\n".join(one.text for one in Document(BytesIO(answer.data)).paragraphs)
    assert "03 khẩu súng kíp;" in text
    assert "01 cái lựu đạn." in text
    assert "Người giao nộp: không cung cấp họ tên" in text
    assert "Đại úy Võ Hữu Thanh" in text


def test_the_receipt_rests_on_the_act_of_its_day(commune):
    old, new = (
        handed_over(commune, (FLINTLOCK, 1), on=date(2024, 12, 31)),
        handed_over(commune, (FLINTLOCK, 1), on=date(2025, 1, 1)),
    )
    assert "14/2017/QH14" in written(old).bases[0].text
    assert "42/2024/QH15" in written(new).bases[0].text
