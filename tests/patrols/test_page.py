"""What the page of a patrol puts first: the points that are ahead, and one step that leads on."""

import re
from datetime import timedelta
from io import BytesIO

from docx import Document

from portal.engine import clock
from portal.engine.db import db
from portal.engine.transaction import transaction
from portal.patrols.models import Patrol
from tests.patrols.going import a_patrol, a_point, at, disputed, logged


def started(commune, **more) -> Patrol:
    patrol = a_patrol(commune, start=at(7, 30), **more)
    with transaction(commune.officer):
        patrol.workflow.take("start", patrol, commune.officer)
    return patrol


def filled(page: str) -> set[str]:
    """What the filled buttons of a page say."""
    found = re.findall(r'class="btn btn-main"[^>]*>(?:<svg.*?</svg>)?([^<]+)', page, re.S)
    return {one.strip() for one in found}


def test_a_patrol_is_ended_by_the_filled_button_only_once_every_point_is_passed(commune, browse_as):
    patrol, officer = started(commune, points=(a_point(commune),)), browse_as(commune.officer)
    assert filled(officer.get(f"/patrols/{patrol.id}").text) == {"Note a point"}
    officer.post(f"/patrols/points/{patrol.ways[0].id}/passed", data={"version": patrol.ways[0].version})
    assert filled(officer.get(f"/patrols/{patrol.id}").text) == {"Finish, nothing found"}


def test_whoever_ends_a_patrol_is_told_the_points_that_were_not_passed(commune, browse_as):
    patrol, officer = started(commune, points=(a_point(commune),)), browse_as(commune.officer)
    page = officer.get(f"/patrols/{patrol.id}/nothing-found").text
    assert re.search(r"Points not passed</dt><dd[^>]*>Mốc 790", page)
    assert "Finish and sign" in page


def test_before_anybody_set_out_there_are_points_to_pass_and_nothing_to_note(commune, browse_as):
    with clock.telling(at(7)):
        patrol = a_patrol(commune, start=at(8, days=1), points=(a_point(commune),))
    page = browse_as(commune.officer).get(f"/patrols/{patrol.id}").text
    assert '<h2 id="log">Points to pass</h2>' in page
    assert "Note a point" not in page
    assert "The team or the means changed" not in page
    assert "Change the plan" in page


def test_a_patrol_of_several_days_is_called_by_its_first_and_its_last(commune, browse_as):
    night, days = a_patrol(commune, start=at(22, days=-3), hours=6), a_patrol(commune, start=at(8, days=-9), hours=52)
    officer = browse_as(commune.officer)
    assert (
        f"<h1>Order patrol of {clock.today() - timedelta(days=3):%d/%m/%Y}</h1>"
        in officer.get(f"/patrols/{night.id}").text
    )
    assert "<h1>Order patrol of 14–16/11/2026</h1>" in officer.get(f"/patrols/{days.id}").text


def test_whoever_signs_last_is_told_that_the_patrol_is_closed(commune, browse_as):
    patrol = logged(commune, a_patrol(commune, forces=(("CA", 3, ""), ("BP", 2, ""))))
    db.session.refresh(patrol)
    border = browse_as(commune.border)
    told = border.post(f"/patrols/{patrol.id}/sign", data={"version": patrol.version}, follow_redirects=True).text
    assert "Every force has signed, and the patrol is closed." in told


def test_the_plan_of_a_patrol_to_come_is_changed_from_the_head_of_its_page(commune, browse_as):
    to_come, of_today = a_patrol(commune, start=at(8, days=1)), a_patrol(commune, start=at(9))
    for patrol, heads in ((to_come, True), (of_today, False)):
        page = browse_as(commune.officer).get(f"/patrols/{patrol.id}").text
        head = page.split('<header class="head">')[1].split("</header>")[0]
        assert (f'href="/patrols/{patrol.id}/edit"' in head, page.count(f"/patrols/{patrol.id}/edit") > 0) == (
            heads,
            True,
        )


def test_a_point_that_nobody_reached_stands_before_the_end_and_says_so(commune, browse_as):
    patrol, officer = started(commune, points=(a_point(commune),)), browse_as(commune.officer)
    with clock.telling(clock.now() + timedelta(minutes=20)):
        officer.post(f"/patrols/{patrol.id}/nothing-found", data={"version": patrol.version})
    page = officer.get(f"/patrols/{patrol.id}").text
    assert re.search(r'Mốc 790</h3><p class="sub">Not reached</p>.*End of the patrol', page, re.S)
    paper = officer.get(f"/patrols/{patrol.id}/minutes.docx").data
    assert "Các điểm không đến: Mốc 790." in "\n".join(one.text for one in Document(BytesIO(paper)).paragraphs)


def test_a_disputed_patrol_that_has_ended_is_written_again_and_not_gone_on_with(commune, browse_as):
    patrol = disputed(commune, logged(commune, a_patrol(commune)), "border")
    page = browse_as(commune.officer).get(f"/patrols/{patrol.id}").text
    assert "Write the log again" in page
    assert "Note a point" not in page
    assert "The team or the means changed" not in page


def test_until_there_is_a_log_the_points_stand_before_the_forces(commune, browse_as):
    patrol, officer = started(commune, points=(a_point(commune),)), browse_as(commune.officer)
    page = officer.get(f"/patrols/{patrol.id}").text
    assert page.index('id="log"') < page.index('class="sides"')
    page = officer.get(f"/patrols/{logged(commune, a_patrol(commune)).id}").text
    assert page.index('class="forces"') < page.index('id="log"')
