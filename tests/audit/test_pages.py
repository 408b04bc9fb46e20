"""The inspector reads the trail in sentences, and the table of rights with the workflows beside it."""

import re
from datetime import date

import pytest
from markupsafe import escape
from sqlalchemy import event

from portal.access_table import ACCESS
from portal.audit import words
from portal.audit.rights import scope_words
from portal.engine import clock
from portal.engine.db import db
from portal.engine.transaction import transaction
from portal.incidents.actions import Seen, note_down
from portal.incidents.models import Source
from tests.builders import a_case, an_absence
from tests.meetings.meeting import a_meeting
from tests.patrols.going import a_patrol, at, logged


def read(browse_as, commune, query=""):
    answer = browse_as(commune.inspector).get(f"/audit/{query}")
    return re.sub(r"\s+", " ", answer.text)


def test_an_event_is_a_sentence_with_who_what_as_whom_and_when(commune, browse_as):
    case = a_case(commune)
    browse_as(commune.officer).get(f"/cases/{case.id}")
    page = read(browse_as, commune)
    assert f"{commune.officer.full_name} looked at case {case.number}" in page
    assert re.search(r">08:00<.*as commune police officer", page, re.DOTALL)


def test_a_change_shows_old_and_new_and_keeps_protected_values_closed(commune, browse_as):
    case = a_case(commune)
    with transaction(commune.officer):
        case.closed_on, case.offence = date(2026, 11, 1), "Trộm cắp tài sản"
    page = read(browse_as, commune, "?action=change")
    assert "Closed on" in page
    assert "–, now 01/11/2026" in page
    assert "protected, now protected" in page
    assert "Trộm cắp" not in page


def test_a_refusal_is_marked(commune, browse_as):
    case = a_case(commune)
    browse_as(commune.officer2).get(f"/cases/{case.id}")
    page = read(browse_as, commune, "?action=refused")
    assert f"{commune.officer2.full_name} was refused: cases, no. {case.id}" in page
    assert "Refused" in page


def test_a_step_is_told_as_its_workflow_tells_it(commune, browse_as):
    case = a_case(commune)
    absence = an_absence(commune, case, date(2026, 12, 1), date(2026, 12, 5))
    with transaction(commune.officer):
        absence.workflow.take("submit", absence, commune.officer)
    page = read(browse_as, commune, f"?number={case.number}")
    assert f"{commune.officer.full_name} submitted the proposal: a proposal in case {case.number}" in page


def test_filters_stand_in_the_address_and_leave_out_the_rest(commune, browse_as):
    case, other = a_case(commune), a_case(commune, "Y Blưm")
    for officer in (browse_as(commune.officer),):
        officer.get(f"/cases/{case.id}")
        officer.get(f"/cases/{other.id}")
    page = read(browse_as, commune, f"?number={case.number}&action=look&who={commune.officer.id}&kind=case")
    assert f"looked at case {case.number}" in page
    assert f"looked at case {other.number}" not in page
    assert "looked at case" not in read(browse_as, commune, "?to=2026-11-22&action=look")
    assert "looked at case" in read(browse_as, commune, "?from=2026-11-23&to=2026-11-23&action=look")


@pytest.mark.parametrize(
    "query",
    ["?from=x", "?from=2026-11-23&to=2026-11-22", "?who=99999", "?who=%00", "?action=nothing", "?kind=x",
     "?number=" + "9" * 500],
)  # fmt: skip
def test_a_filter_that_is_none_shows_no_events_at_all(commune, browse_as, query):
    a_case(commune)
    answer = browse_as(commune.inspector).get(f"/audit/{query}")
    assert answer.status_code == 422
    assert 'class="mark' not in answer.text


@pytest.mark.parametrize("before", ["x", "-1", "9" * 30, "1.5", "", "²"])
def test_a_page_that_is_none_is_not_found(commune, browse_as, before):
    assert browse_as(commune.inspector).get(f"/audit/?before={before}").status_code == 404


def test_pages_follow_each_other_without_a_gap(commune, browse_as):
    case, officer = a_case(commune), browse_as(commune.officer)
    for _time in range(60):
        officer.get(f"/cases/{case.id}")
    inspector = browse_as(commune.inspector)
    first = inspector.get("/audit/?action=look").text
    older = re.search(r'href="(/audit/\?[^"]*before=\d+)"', first)[1].replace("&amp;", "&")
    numbers = [int(n) for page in (first, inspector.get(older).text) for n in re.findall(r"<small>(\d+)</small>", page)]
    assert len(numbers) == 60
    assert numbers == sorted(numbers, reverse=True)


def test_reading_the_trail_is_itself_in_the_trail(commune, browse_as):
    browse_as(commune.inspector).get("/audit/")
    assert f"{commune.inspector.full_name} opened a list: the audit trail" in read(browse_as, commune)


def test_nothing_of_another_commune_is_in_the_trail(commune, neighbour, browse_as):
    case = a_case(neighbour)
    browse_as(neighbour.officer).get(f"/cases/{case.id}")
    browse_as(neighbour.officer2).get(f"/cases/{case.id}")
    page = read(browse_as, commune)
    assert neighbour.officer.full_name not in page
    assert neighbour.officer2.full_name not in page


@pytest.mark.parametrize("who", ["officer", "chief", "leader", "village_head", "clerk", "administrator", "province"])
@pytest.mark.parametrize("address", ["/audit/", "/audit/rights"])
def test_only_the_inspector_reads_it(commune, browse_as, who, address):
    assert browse_as(getattr(commune, who)).get(address).status_code == 403


def test_a_page_asks_as_many_questions_for_fifty_events_as_for_two(commune, browse_as):
    case, officer, inspector = a_case(commune), browse_as(commune.officer), browse_as(commune.inspector)

    def read_the_trail():
        inspector.get("/audit/?action=look")

    officer.get(f"/cases/{case.id}")
    officer.get(f"/cases/{case.id}")
    few = questions_of(read_the_trail)
    for _time in range(50):
        officer.get(f"/cases/{case.id}")
    assert questions_of(read_the_trail) == few


def questions_of(deed):
    asked = []
    listen = lambda *arguments: asked.append(arguments[2])  # noqa: E731
    event.listen(db.engine, "before_cursor_execute", listen)
    try:
        deed()
    finally:
        event.remove(db.engine, "before_cursor_execute", listen)
    return len(asked)


def test_the_table_of_rights_says_every_row_that_decides(app, commune, browse_as):
    page = browse_as(commune.inspector).get("/audit/rights").text
    for model, rights in ACCESS.items():
        section = page.split(f'id="{model.__tablename__}"')[1].split("</section>")[0]
        assert section.count('<tr><th scope="row">') >= len(rights)
        for holders in rights.values():
            for role, scope in holders.items():
                with app.test_request_context():
                    assert str(escape(scope_words(scope))) in section, (model, role)
    assert "Not by whoever wrote or endorsed it." in page


def test_every_right_record_and_scope_has_words(app):
    for model, rights in ACCESS.items():
        assert model.__tablename__ in words.RECORDS
        steps = {one.name for one in model.workflow.transitions} if hasattr(model, "workflow") else set()
        assert set(rights) - steps <= set(words.RIGHTS)
        for holders in rights.values():
            for scope in holders.values():
                assert {part for half in scope.__name__.split(" and ") for part in half.split(" or ")} <= set(
                    words.SCOPES
                )


def test_the_filter_finds_whatever_bears_the_number(commune, browse_as):
    patrol, other = logged(commune, a_patrol(commune)), a_patrol(commune, start=at(20))
    with transaction(commune.officer):
        seen = Seen(Source.TELEPHONE, clock.today(), None, None, "", "Người lạ")
        observation = note_down(commune.id, seen)
    meeting = a_meeting(commune)
    for one, called in ((patrol, "patrol"), (observation, "observation"), (meeting, "meeting")):
        page = read(browse_as, commune, f"?number={one.number}")
        assert f"{called} {one.number}" in page
        assert other.number not in page
