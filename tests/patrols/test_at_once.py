"""Two of one force at the same form: the second is told what the first saved, loses nothing, and may save after it."""

import re
from typing import Any

from portal.engine.db import db
from portal.engine.deeds import attempt
from portal.patrols.views import on_the_way
from tests.patrols.going import a_patrol, a_point, as_shown, in_form, logged, signed
from tests.patrols.test_on_the_way import started


def stands_now(text: str) -> dict[str, str]:
    """What a page says stands where something else was typed."""
    told = text[text.index("What stands there now") : text.index('class="form"')]
    return dict(re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", told))


def at_once(commune: Any, browse_as: Any, address: str, first: dict[str, str], second: dict[str, str]) -> Any:
    """Two of the police open a form, both save it: what the second is answered, and their browser."""
    one, other = browse_as(commune.officer), browse_as(commune.chief)
    forms = [as_shown(one, address, **first), as_shown(other, address, **second)]
    assert one.post(address, data=forms[0]).status_code == 302
    return other.post(address, data=forms[1]), other


def test_the_second_log_of_one_force_is_told_the_first_and_kept_then_stands_as_its_correction(commune, browse_as):
    patrol = a_patrol(commune, points=(a_point(commune),))
    hour, address = f"at_{patrol.ways[0].id}", f"/patrols/{patrol.id}/log"
    late, chief = at_once(
        commune, browse_as, address, {hour: "02:40", "conclusion": "Một dấu chân"},
        {hour: "02:50", "conclusion": "Hai dấu chân", "violations_found": "1"},
    )  # fmt: skip
    assert (late.status_code, f"{commune.officer.full_name} (Commune police officer) wrote the log" in late.text) == (
        409,
        True,
    )
    assert stands_now(late.text) == {
        "Result": "Một dấu chân", "Violations found": "0", "Mốc 790": "02:40, 23/11/2026",
    }  # fmt: skip
    assert "Hai dấu chân</textarea>" in late.text
    assert chief.post(address, data=in_form(late.text)).status_code == 302
    db.session.expire_all()
    assert [(log.number, log.conclusion, log.stops) for log in patrol.logs] == [
        (1, "Một dấu chân", "02:40 Mốc 790"), (2, "Hai dấu chân", "02:50 Mốc 790"),
    ]  # fmt: skip


def test_a_point_that_only_the_first_log_names_stays_in_the_second(commune, browse_as):
    patrol = a_patrol(commune, points=(a_point(commune),))
    hour, address = f"at_{patrol.ways[0].id}", f"/patrols/{patrol.id}/log"
    late, chief = at_once(commune, browse_as, address, {hour: "02:40"}, {hour: ""})
    assert chief.post(address, data=in_form(late.text)).status_code == 302
    db.session.expire_all()
    assert patrol.log.stops == "02:40 Mốc 790"


def test_the_second_plan_is_told_the_first_and_saved_over_it_once_it_was_seen(commune, browse_as):
    patrol = a_patrol(commune, points=(a_point(commune),))
    address = f"/patrols/{patrol.id}/edit"
    post, point = commune.place("BP"), patrol.ways[0].landmark
    late, chief = at_once(
        commune, browse_as, address, {"leader": "Trần Văn Toản", f"count_{post.id}": "5"},
        {"leader": "Phan Đình Luân", "starts": "03:00"},
    )  # fmt: skip
    assert (late.status_code, f"{commune.officer.full_name} changed this" in late.text) == (409, True)
    assert stands_now(late.text) == {"Start": "02:00", "Leader": "Trần Văn Toản", post.title: "5"}
    without = {key: value for key, value in in_form(late.text).items() if key != f"point_{point.id}"}
    assert chief.post(address, data=without).status_code == 302
    db.session.expire_all()
    assert (patrol.leader, patrol.force_of(post).planned_count, patrol.ways) == ("Phan Đình Luân", 3, [])


def test_the_second_of_one_point_is_told_the_first_and_noted_beside_it_once_it_was_seen(commune, browse_as):
    patrol = started(commune, points=(a_point(commune),))
    point, address = str(patrol.ways[0].landmark_id), f"/patrols/{patrol.id}/point"
    late, chief = at_once(
        commune, browse_as, address, {"landmark_id": point, "at": "07:40", "text": "Có dấu chân"},
        {"landmark_id": point, "at": "07:50", "text": "Hàng rào hỏng"},
    )  # fmt: skip
    assert (late.status_code, commune.officer.full_name in late.text) == (409, True)
    assert stands_now(late.text) == {"Mốc 790": "07:40, 23/11/2026, Có dấu chân"}
    assert 'value="Hàng rào hỏng"' in late.text
    assert chief.post(address, data=in_form(late.text)).status_code == 302
    db.session.expire_all()
    assert [(stop.name, stop.text) for stop in patrol.passed] == [
        ("Mốc 790", "Có dấu chân"), ("Mốc 790", "Hàng rào hỏng"),
    ]  # fmt: skip


def test_a_place_of_ones_own_words_that_another_noted_is_told_as_well(commune, browse_as):
    patrol = started(commune)
    late, _chief = at_once(
        commune, browse_as, f"/patrols/{patrol.id}/point", {"where": "Suối Đăk Ba", "at": "07:40"},
        {"where": "suối đăk ba", "at": "07:41"},
    )  # fmt: skip
    assert (late.status_code, "Suối Đăk Ba is noted already." in late.text) == (409, True)


def test_the_second_change_of_the_team_is_told_the_first_and_noted_once_it_was_seen(commune, browse_as):
    patrol = started(commune)
    unit, address = str(commune.place("BP").id), f"/patrols/{patrol.id}/team"
    late, chief = at_once(
        commune, browse_as, address, {"unit_id": unit, "count": "2", "why": "Một người ốm"},
        {"unit_id": unit, "count": "1", "why": "Hai người về trước"},
    )  # fmt: skip
    assert (late.status_code, stands_now(late.text)[commune.place("BP").title]) == (
        409, "2 people, in charge: Hồ Sỹ Mạnh",
    )  # fmt: skip
    assert chief.post(address, data=in_form(late.text)).status_code == 302
    db.session.expire_all()
    force = patrol.force_of(commune.place("BP"))
    assert (force.actual_count, len(force.changes.splitlines())) == (1, 2)


def test_a_point_that_another_notes_at_the_very_moment_is_told_once_and_then_noted_beside_it(
    commune, browse_as, monkeypatch
):
    patrol = started(commune, points=(a_point(commune),))
    point, address = str(patrol.ways[0].landmark_id), f"/patrols/{patrol.id}/point"
    one, other = browse_as(commune.officer), browse_as(commune.chief)
    typed = as_shown(other, address, landmark_id=point, at="07:50")
    first = as_shown(one, address, where="Suối Đăk Ba", at="07:40")
    meanwhile = {**typed, "where": "suối đăk ba", "landmark_id": ""}

    def after_another(*asked: Any) -> Any:
        monkeypatch.undo()
        assert one.post(address, data=first).status_code == 302
        return attempt(*asked)

    monkeypatch.setattr(on_the_way, "attempt", after_another)
    late = other.post(address, data=meanwhile)
    assert (late.status_code, in_form(late.text)["version"]) == (409, typed["version"])
    assert other.post(address, data=in_form(late.text)).status_code == 302
    db.session.expire_all()
    assert [stop.name for stop in patrol.passed] == ["Suối Đăk Ba", "suối đăk ba"]


def test_the_second_log_of_a_patrol_that_the_first_closed_is_told_the_first_and_then_corrects_it(commune, browse_as):
    patrol = a_patrol(commune, forces=(("CA", 3, ""),))
    late, chief = at_once(
        commune, browse_as, f"/patrols/{patrol.id}/log", {"conclusion": "Một dấu chân"}, {"conclusion": "Hai dấu chân"}
    )
    assert (late.status_code, stands_now(late.text)) == (409, {"Result": "Một dấu chân"})
    assert chief.post(f"/patrols/{patrol.id}/log", data=in_form(late.text)).status_code == 302
    db.session.expire_all()
    assert (patrol.state, [log.conclusion for log in patrol.logs]) == ("closed", ["Một dấu chân", "Hai dấu chân"])


def test_whoever_sends_a_log_that_cannot_be_written_any_more_reads_at_once_what_can_still_be_done(commune, browse_as):
    patrol, chief = a_patrol(commune, forces=(("CA", 3, ""), ("BP", 2, ""))), browse_as(commune.chief)
    typed = as_shown(chief, f"/patrols/{patrol.id}/log", conclusion="Hai dấu chân")
    signed(commune, logged(commune, patrol, conclusion="Một dấu chân"), "border")
    late = chief.post(f"/patrols/{patrol.id}/log", data=typed)
    assert (late.status_code, stands_now(late.text)["Result"]) == (409, "Một dấu chân")
    assert "The log stands as it is." in late.text
    assert "Hai dấu chân</textarea>" in late.text
