"""A commune words a sentence of a paper otherwise: one proposes, another decides, and older papers keep their words."""

import io
from datetime import date, timedelta

import pytest
from docx import Document
from sqlalchemy import select

from portal.cases.papers import WORDINGS as OF_CASES
from portal.duties.models import Duty
from portal.engine import clock
from portal.engine.db import db
from portal.engine.transaction import transaction
from portal.proposals.papers.drawn import paper_of
from portal.proposals.papers.wordings import WORDINGS as OF_PROPOSALS
from portal.wordings.models import WordingChange
from tests.builders import a_case, an_absence
from tests.conftest import TODAY
from tests.proposals.ways import step, version_on

WORDINGS = (*OF_PROPOSALS, *OF_CASES)
OTHER = "Người có tên trên ({name}) thực hiện việc khai báo theo quy định."
ADDRESS = "/texts/absence/duties"


def proposed(client, text=OTHER, address=ADDRESS, **more):
    typed = {"text": text, "holds_from": f"{TODAY:%d/%m/%Y}", "reason": "Theo hướng dẫn của tỉnh", **more}
    return client.post(address, data=typed)


def decided(client, change, transition="approve"):
    page = client.get(f"/texts/changes/{change.id}")
    return client.post(f"/texts/changes/{change.id}/{transition}", data={"version": version_on(page), "reason": "Vì"})


def latest():
    db.session.rollback()  # what a page wrote meanwhile
    return db.session.scalars(select(WordingChange).order_by(WordingChange.id.desc())).first()


def words(paper):
    return "\n".join(clause.text for clause in paper.clauses)


@pytest.mark.parametrize("wording", WORDINGS, ids=lambda one: one.texts.key)
def test_every_paper_is_seen_on_invented_data_in_each_of_its_sub_kinds(wording, commune, browse_as):
    chief, texts = browse_as(commune.chief), wording.texts
    assert "BẢN MẪU" in chief.get(f"/texts/{texts.key}").text
    for block, known in texts.blocks.items():
        for sub_kind in texts.sub_kinds or ("",):
            mended = {"text": f"KHÁC: {known.text}", "sub_kind": sub_kind, "only": "check"}
            page = proposed(chief, address=f"/texts/{texts.key}/{block}", **mended)
            assert page.status_code == 200, (block, sub_kind)
            shown = page.text.split('class="sheet"')[1]
            assert "KHÁC: " in shown, (block, sub_kind)
            assert "{" not in shown.split("sheet-sign")[0], (block, sub_kind)
    assert latest() is None
    assert not db.session.new


def test_what_was_approved_is_said_from_then_on_and_what_was_decided_before_keeps_its_words(commune, browse_as):
    case = a_case(commune)
    before, later = (an_absence(commune, case, date(2026, 12, day), date(2026, 12, day + 1)) for day in (1, 10))
    for name, who in (("submit", commune.officer), ("endorse", commune.chief), ("approve", commune.leader)):
        step(before, name, who)
    with clock.telling(clock.moment(TODAY, 10)):
        assert proposed(browse_as(commune.chief)).headers["Location"].startswith("/texts/changes/")
    change = latest()
    assert (change.state, change.number) == ("proposed", "CV-2026-001")
    owed = db.session.scalars(select(Duty).where(Duty.rule == "DECIDE-WORDING")).one()
    assert owed.owner_role == "commune_leader"
    assert OTHER.split(" (")[0] not in words(paper_of(later))  # proposed is not approved
    with clock.telling(clock.moment(TODAY, 11)):
        assert decided(browse_as(commune.chief), change).status_code == 403  # nobody decides on their own
        leader = browse_as(commune.leader)
        assert "Người có tên trên (ông Nguyễn Văn Mẫu)" in leader.get(f"/texts/changes/{change.id}").text
        assert decided(leader, change).status_code == 302
    with clock.telling(clock.moment(TODAY, 12)):
        assert "Người có tên trên (ông (bà) Nguyễn Công Trứng)" in words(paper_of(later))
        assert "Người có tên trên" not in words(paper_of(before))
        assert "Người có tên trên" in browse_as(commune.officer).get(f"/proposals/{later.id}").text


def test_the_words_of_one_sub_kind_change_no_other_and_wait_for_their_day(commune, browse_as):
    ours = an_absence(commune, a_case(commune), date(2026, 12, 1), date(2026, 12, 3))
    other = an_absence(
        commune, a_case(commune, "Lò Thị Hoa", type="non_custodial_reform"), date(2026, 12, 1), date(2026, 12, 3)
    )
    first = TODAY + timedelta(days=2)
    proposed(browse_as(commune.chief), sub_kind="suspended_sentence", holds_from=f"{first:%d/%m/%Y}")
    decided(browse_as(commune.leader), latest())
    assert "Người có tên trên" not in words(paper_of(ours))
    with clock.telling(clock.moment(first, 9)):
        assert "Người có tên trên" in words(paper_of(ours))
        assert "Người có tên trên" not in words(paper_of(other))


@pytest.mark.parametrize(("text", "told"), [
    ("Người này khai báo theo quy định.", "These places are missing: {name}"),
    ("{name} và {address} khai báo.", "There is no such place here: {address}"),
    ("{name} khai báo {", "A brace stands alone"),
    ("{name} {0.__class__} khai báo", "A brace stands alone"),
    ("", "required"),
    ("{name} " + "a" * 2000, "2000"),
])  # fmt: skip
def test_a_text_that_does_not_fit_is_told_at_its_field_and_nothing_typed_is_lost(text, told, commune, browse_as):
    page = proposed(browse_as(commune.chief), text)
    assert page.status_code == 422
    assert "Theo hướng dẫn của tỉnh" in page.text
    assert told == "required" or told in page.text
    assert latest() is None


def test_the_same_words_a_day_that_is_past_and_an_unknown_sentence_are_refused(commune, browse_as):
    chief = browse_as(commune.chief)
    known = next(one.texts for one in WORDINGS if one.texts.key == "absence").blocks["duties"].text
    assert "That is how it is worded already" in proposed(chief, known).text
    assert "keep their words" in proposed(chief, holds_from="01/11/2026").text
    assert proposed(chief, address="/texts/absence/nothing").status_code == 404
    assert proposed(chief, address="/texts/nothing/duties").status_code == 404
    assert latest() is None


def test_the_paper_is_looked_at_as_docx_before_it_is_proposed_and_while_it_is_decided_on(commune, browse_as):
    chief = browse_as(commune.chief)
    answer = proposed(chief, only="docx")
    assert "Người có tên trên (ông Nguyễn Văn Mẫu)" in _read(answer)
    assert "BẢN MẪU" in _read(answer)
    proposed(chief)
    assert "Người có tên trên" in _read(browse_as(commune.leader).get(f"/texts/changes/{latest().id}/paper.docx"))


def _read(answer):
    assert answer.status_code == 200
    return "\n".join(one.text for one in Document(io.BytesIO(answer.data)).paragraphs)


def test_what_somebody_typed_is_no_place_of_a_paper(commune):
    leave = an_absence(commune, a_case(commune), date(2026, 12, 1), date(2026, 12, 3))
    with transaction(commune.officer):
        leave.destination = "{name} {reason}"
    assert "Nơi đến: {name} {reason}." in words(paper_of(leave))


@pytest.mark.parametrize("who", ["officer", "leader", "clerk", "inspector"])
def test_only_the_chief_proposes(who, commune, browse_as):
    reader = browse_as(getattr(commune, who))
    assert reader.get("/texts/absence").status_code == 200
    assert proposed(reader).status_code == 403
