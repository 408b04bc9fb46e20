"""Passwords: what is refused, how they are kept, and how guessing is slowed down."""

import unicodedata
from datetime import timedelta

import pytest

from portal.engine import clock
from portal.engine.audit import AuditEvent
from portal.engine.db import db
from portal.engine.transaction import transaction
from portal.organisation import passwords
from portal.organisation.models import Waiting
from tests.builders import PASSWORD


def sign_in(client, username="by.officer", password=PASSWORD):
    return client.post("/login", data={"username": username, "password": password})


def change(client, new, present=PASSWORD, again=None):
    typed = {"present": present, "new": new, "again": new if again is None else again}
    return client.post("/account/password", data=typed)


@pytest.mark.parametrize(
    ("weak", "why"),
    [
        ("mười một ký", "at least 12 characters"),
        ("a" * 129, "At most 128 letters"),
        ("aaaaaaaaaaaaaaaa", "too easily guessed"),
        ("passwordpassword", "too easily guessed"),
        ("Suối chảy – suối chảy", "too easily guessed"),
        ("abcabcabcabc", "too easily guessed"),
        ("123456789012", "too easily guessed"),
        ("987654321098", "too easily guessed"),
        ("aabbaabbabab", "list of common ones"),
        ("Password1234", "list of common ones"),
        ("tôi là Công An đây nhé", "must not be made of"),
        ("Xã Bờ Y quê tôi mến yêu", "must not be made of"),
        ("văn-lạng-mến-yêu-mãi", "must not be made of"),
        ("19/05/1990 - 20/06/1991", "must not be made of"),
        ("by.officer rất vui tính", "must not be made of"),
    ],
)
def test_a_password_that_anybody_would_guess_is_refused_with_the_reason(commune, browse_as, weak, why):
    with transaction(None):
        commune.officer.full_name = "Nguyễn Văn Lạng"
    page = change(browse_as(commune.officer), weak)
    assert page.status_code == 422
    assert why in page.text
    assert weak not in page.text


def test_a_password_of_any_letters_is_taken_and_may_be_typed_composed_or_not(app, commune, browse_as):
    new = "Nguyễn Ưỡng đi chợ 7 giờ"
    assert change(browse_as(commune.officer), unicodedata.normalize("NFD", new)).status_code == 302
    for form in ("NFC", "NFD"):
        assert sign_in(app.test_client(), password=unicodedata.normalize(form, new)).status_code == 302


def test_the_present_password_is_asked_for_and_the_new_one_twice(commune, browse_as):
    client = browse_as(commune.officer)
    assert change(client, "suối chảy qua bản 88", present="đoán mò").status_code == 422
    assert change(client, "suối chảy qua bản 88", again="suối chảy qua bản 89").status_code == 422


def test_what_must_be_mended_is_named_and_led_to_at_the_top(commune, browse_as):
    page = change(browse_as(commune.officer), "", present="", again="")
    assert "3 entries must be mended" in page.text
    for field, label in (("present", "Present password"), ("new", "New password"), ("again", "New password once more")):
        assert f'<a href="#{field}">{label}: This is needed.</a>' in page.text


def test_a_password_is_kept_anew_when_the_parameters_rise(app, commune):
    before = commune.officer.password_hash
    app.config["PASSWORD_COST"] = {**app.config["PASSWORD_COST"], "time_cost": 2}
    try:
        assert sign_in(app.test_client()).status_code == 302
        after = commune.officer.password_hash
        assert before != after
        assert passwords.matches(PASSWORD, after)
        assert not passwords.outdated(after)
    finally:
        app.config["PASSWORD_COST"] = {**app.config["PASSWORD_COST"], "time_cost": 1}


def test_a_password_is_kept_as_it_is_while_the_parameters_stay(app, commune):
    before = commune.officer.password_hash
    sign_in(app.test_client())
    assert commune.officer.password_hash == before


def test_an_unknown_user_a_wrong_password_and_a_closed_account_get_one_answer(app, commune):
    with transaction(None):
        commune.chief.disabled_at = clock.now()
    answers = []
    for username, password in (("nobody", PASSWORD), ("by.officer", "wrong"), ("by.chief", PASSWORD)):
        page = sign_in(app.test_client(), username, password)
        answers.append((page.status_code, page.text.replace(username, "USERNAME")))
    tokens = {answer[1].count("User name or password is wrong.") for answer in answers}
    assert {answer[0] for answer in answers} == {422}
    assert len(tokens) == 1
    assert 0 not in tokens


def test_an_unknown_user_costs_a_hash_like_any_other(app, commune, monkeypatch):
    hashed = []
    monkeypatch.setattr(passwords, "_hasher", lambda: _Counting(hashed))
    for username in ("nobody", "by.officer"):
        sign_in(app.test_client(), username, "wrong")
    assert len(hashed) == 2


class _Counting:
    def __init__(self, seen):
        self.seen = seen

    def verify(self, kept, _password):
        self.seen.append(kept)
        return False


def test_the_waits_double_up_to_a_quarter_of_an_hour_and_end_with_a_success(app, commune):
    client, waits, at = app.test_client(), [], clock.now()
    for _ in range(16):
        with clock.telling(at):
            sign_in(client, password="wrong")
            waiting = sign_in(client, password="wrong").headers.get("Retry-After")
        waits.append(int(waiting) if waiting else 0)
        at += timedelta(seconds=waits[-1] if waits[-1] else 0)
    raised = [wait for wait in waits if wait]
    assert raised[:4] == [2, 3, 5, 9]
    assert max(raised) == 15 * 60 + 1
    with clock.telling(at + timedelta(seconds=1)):
        assert sign_in(client).status_code == 302
        assert sign_in(app.test_client(), password="wrong").status_code == 422


def test_the_address_waits_from_the_twentieth_wrong_password_whoever_was_tried(app, commune):
    client = app.test_client()
    for number in range(19):
        assert sign_in(client, f"nobody{number}", "wrong").status_code == 422
    assert sign_in(client, "by.officer").status_code == 302
    assert sign_in(app.test_client(), "nobody", "wrong").status_code == 422
    assert sign_in(app.test_client(), "by.chief").status_code == 429


def test_a_colleague_at_the_same_address_keeps_nobody_out_of_a_browser_that_they_know(app, commune, browse_as):
    known = browse_as(commune.chief)
    known.post("/logout")
    for number in range(30):
        sign_in(app.test_client(), f"nobody{number}", "wrong")
    assert sign_in(app.test_client(), "by.chief").status_code == 429
    assert sign_in(known, "by.chief").status_code == 302


def test_failures_are_forgotten_after_a_quiet_day(app, commune):
    for number in range(19):
        sign_in(app.test_client(), f"nobody{number}", "wrong")
    with clock.telling(clock.now() + timedelta(days=1, seconds=1)):
        sign_in(app.test_client(), "nobody", "wrong")
        assert sign_in(app.test_client(), "by.chief").status_code == 302


@pytest.mark.both_engines
def test_every_attempt_is_counted_and_told_in_the_trail(app, commune):
    for _ in range(3):
        sign_in(app.test_client(), password="wrong")
    told = db.session.scalars(db.select(AuditEvent.action)).all()
    assert told.count("sign_in_failed") == 3
    assert {waiting.failures for waiting in db.session.scalars(db.select(Waiting))} == {3}
