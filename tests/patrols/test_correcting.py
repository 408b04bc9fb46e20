"""A log is corrected by the force that wrote it until another has signed; afterwards only a dispute opens it."""

import pytest
from sqlalchemy import select

from portal.duties.models import Notification
from portal.engine.db import db
from portal.patrols.models import Outcome
from tests.patrols.going import a_patrol, as_shown, disputed, logged, signed
from tests.patrols.test_countersigning import a_log, duties, sign


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
