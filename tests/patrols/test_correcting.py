"""A log is corrected by the force that wrote it until another has signed; afterwards only a dispute opens it."""

from typing import Any

import pytest
from sqlalchemy import select

from portal.documents.queries import documents_of
from portal.duties.models import Notification
from portal.engine import clock
from portal.engine.db import db
from portal.patrols.models import Outcome, Patrol
from tests.patrols.going import a_patrol, as_shown, at, disputed, logged, signed
from tests.patrols.test_countersigning import a_log, duties, sign, state


def test_whoever_wrote_a_log_corrects_it_and_the_first_version_stays_beside_it(commune, browse_as):
    patrol, officer = logged(commune, a_patrol(commune), conclusion="Ba người"), browse_as(commune.officer)
    address = f"/patrols/{patrol.id}/log"
    assert f'href="{address}"' in officer.get(f"/patrols/{patrol.id}").text
    form = as_shown(officer, address)
    assert form["conclusion"].strip() == "Ba người"
    assert officer.post(address, data={**form, "conclusion": "Bốn người"}).status_code == 302
    db.session.expire_all()
    assert [(log.conclusion, log.intact) for log in patrol.logs] == [("Ba người", True), ("Bốn người", True)]
    assert [(one.unit, one.outcome) for one in patrol.log.signatures] == [(commune.place("CA"), Outcome.LOGGED)]
    page = officer.get(f"/patrols/{patrol.id}").text
    assert "Version 2" in page
    assert f"{commune.officer.full_name} (Commune police officer) corrected the log" in page


def test_whoever_was_asked_to_sign_is_asked_anew_and_does_not_sign_the_version_before(commune, browse_as):
    patrol, military = logged(commune, a_patrol(commune)), browse_as(commune.military)
    read = {"version": str(patrol.version)}
    browse_as(commune.chief).post(f"/patrols/{patrol.id}/log", data=a_log(patrol))
    told = select(Notification).where(
        Notification.kind == "PATROL-TO-SIGN", Notification.user_id == commune.military.id
    )  # fmt: skip
    assert [one.read_at is None for one in db.session.scalars(told.order_by(Notification.id))][-1:] == [True]
    assert len(db.session.scalars(told).all()) == 2
    assert [open_ for _role, _due, open_ in duties("COUNTERSIGN")] == [False, False, True, True]
    assert military.post(f"/patrols/{patrol.id}/sign", data=read).status_code == 409
    assert sign(military, patrol).status_code == 302


@pytest.mark.parametrize("who", ["military", "border"])
def test_another_force_does_not_correct_it(commune, browse_as, who):
    patrol, browser = logged(commune, a_patrol(commune)), browse_as(getattr(commune, who))
    assert "Correct the log" not in browser.get(f"/patrols/{patrol.id}").text
    assert browser.get(f"/patrols/{patrol.id}/log").location == f"/patrols/{patrol.id}"
    answer = browser.post(f"/patrols/{patrol.id}/log", data=a_log(patrol))
    assert (answer.status_code, "a force says by disputing it" in answer.text) == (422, True)


def test_once_another_force_has_signed_nobody_corrects_it_until_it_is_disputed(commune, browse_as):
    patrol, officer = signed(commune, logged(commune, a_patrol(commune)), "military"), browse_as(commune.officer)
    assert "Correct the log" not in officer.get(f"/patrols/{patrol.id}").text
    answer = officer.post(f"/patrols/{patrol.id}/log", data=a_log(patrol, conclusion="Bốn người"))
    assert (answer.status_code, "Another force has signed the log." in answer.text) == (422, True)
    assert "Bốn người</textarea>" in answer.text
    db.session.expire_all()
    assert len(patrol.logs) == 1
    disputed(commune, patrol, "border")
    assert officer.post(f"/patrols/{patrol.id}/log", data=a_log(patrol)).status_code == 302


# ── where nobody else signs ─────────────────────────────────────────────────────────────────────────────────────────
ALONE = (("CA", 3, "Trần Văn Toản"),)


def alone(commune: Any, **more: Any) -> Patrol:
    """A patrol of the police alone: its log closes it at once."""
    return logged(commune, a_patrol(commune, forces=ALONE), conclusion="Ba người", **more)


def corrected(browser: Any, patrol: Patrol, **typed: str) -> Any:
    """The log as its page shows it, with what is typed over it."""
    address = f"/patrols/{patrol.id}/log"
    return browser.post(address, data=as_shown(browser, address, **typed))


def test_a_log_that_closed_the_patrol_at_once_is_corrected_by_its_force_and_closes_it_again(commune, browse_as):
    patrol, officer = alone(commune), browse_as(commune.officer)
    assert state(patrol) == "closed"
    assert f'href="/patrols/{patrol.id}/log"' in officer.get(f"/patrols/{patrol.id}").text
    assert corrected(officer, patrol, conclusion="Bốn người").status_code == 302
    assert state(patrol) == "closed"
    assert [(log.conclusion, log.intact) for log in patrol.logs] == [("Ba người", True), ("Bốn người", True)]
    assert [entry.code for entry in documents_of(patrol)] == ["BB"]


def test_a_log_that_writes_another_force_out_in_its_correction_waits_for_that_one_again(app, commune, browse_as):
    patrol = logged(commune, a_patrol(commune, forces=(*ALONE, ("BP", 2, ""))), counts={commune.place("BP").id: 0})
    with clock.telling(at(8, days=4)):
        app.test_cli_runner().invoke(args=["jobs", "run", "patrols"])
        assert state(patrol) == "closed"
        assert corrected(browse_as(commune.officer), patrol, conclusion="Bốn người").status_code == 302
        assert state(patrol) == "logged"
        assert [force.unit for force in patrol.awaited] == [commune.place("BP")]


def test_a_recommendation_that_a_correction_brings_waits_for_the_chair_and_one_dealt_with_ends_corrections(
    commune, browse_as
):
    patrol, officer = alone(commune), browse_as(commune.officer)
    assert corrected(officer, patrol, recommendation="Đặt biển").status_code == 302
    assert state(patrol) == "countersigned"
    assert duties("PATROL-CLOSE") == [("commune_leader", "30/11", True)]
    assert corrected(officer, patrol, conclusion="Bốn người").status_code == 302
    typed = as_shown(officer, f"/patrols/{patrol.id}/log")
    db.session.refresh(patrol)
    reason = {"version": str(patrol.version), "reason": "Đã đặt biển"}
    assert browse_as(commune.leader).post(f"/patrols/{patrol.id}/close", data=reason).status_code == 302
    db.session.refresh(patrol)
    late = officer.post(f"/patrols/{patrol.id}/log", data={**typed, "version": str(patrol.version)})
    assert (late.status_code, "the log stays" in late.text) == (422, True)
    assert f'href="/patrols/{patrol.id}/log"' not in officer.get(f"/patrols/{patrol.id}").text


def test_what_another_force_signed_is_corrected_no_more_once_the_patrol_is_closed(commune, browse_as):
    patrol, officer = logged(commune, a_patrol(commune, forces=(*ALONE, ("BP", 2, "")))), browse_as(commune.officer)
    typed = as_shown(officer, f"/patrols/{patrol.id}/log")
    signed(commune, patrol, "border")
    db.session.refresh(patrol)
    late = officer.post(f"/patrols/{patrol.id}/log", data={**typed, "version": str(patrol.version)})
    assert (late.status_code, "noted down as an observation" in late.text) == (422, True)
    assert officer.get(f"/patrols/{patrol.id}/log").status_code == 302


def test_a_log_that_stands_is_corrected_for_as_long_as_a_patrol_is_entered_afterwards(commune, browse_as):
    patrol = alone(commune)
    for days, status in ((32, 302), (31, 200)):
        with clock.telling(at(8, days=days)):
            assert browse_as(commune.officer).get(f"/patrols/{patrol.id}/log").status_code == status


def test_a_log_whose_minutes_are_numbered_is_corrected_no_more(commune, browse_as):
    patrol, officer = alone(commune), browse_as(commune.officer)
    typed = as_shown(officer, f"/patrols/{patrol.id}/log")
    (entry,) = documents_of(patrol)
    number = {"number": "07/BB-CAX", "dated_on": "23/11/2026", "version": str(entry.version), "signed": ["1"]}
    assert browse_as(commune.chief).post(f"/documents/{entry.id}/issue", data=number).status_code == 302
    late = officer.post(f"/patrols/{patrol.id}/log", data=typed)
    assert (late.status_code, "in the register with their number" in late.text) == (422, True)
