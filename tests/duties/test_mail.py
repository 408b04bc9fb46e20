"""The outbox: mails that say that notices wait, sent by a job, tried again, never lost, telling nothing of anybody."""

import smtplib
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import copy_context
from datetime import timedelta

import pytest
from sqlalchemy import event, select

from portal.duties import notices, outbox
from portal.duties.models import Notification, Outbox
from portal.engine import clock, smtp
from portal.engine.db import db
from portal.engine.transaction import transaction
from portal.organisation.models import User
from portal.proposals.models import Proposal
from tests.architecture.test_queries import counted
from tests.builders import a_case
from tests.conftest import TODAY
from tests.duties.test_notices import a_leave, take

URL = "smtp://localhost:2525"


class PostOffice:
    """Takes mails in, or refuses them all."""

    def __init__(self):
        self.mails, self.closed, self.asked = [], False, 0

    def send_message(self, message):
        self.asked += 1
        if self.closed:
            raise smtplib.SMTPServerDisconnected("chief@example.vn is unknown here")
        self.mails.append(message)


@pytest.fixture
def office(app, monkeypatch):
    """Mail is set, and its server is ours."""
    ours = PostOffice()

    @contextmanager
    def connected(_server):
        yield ours

    monkeypatch.setattr(smtp.Server, "_connected", connected)
    monkeypatch.setitem(app.config, "SMTP_URL", URL)
    monkeypatch.setitem(app.config, "ADDRESS", "https://boy.example.vn")
    return ours


def reachable(commune, *names):
    with transaction(None):
        for name in names:
            getattr(commune, name).email = f"{name}@example.vn"


def run(app, minutes=0):
    db.session.rollback()
    with clock.telling(clock.now() + timedelta(minutes=minutes)):
        return app.test_cli_runner().invoke(args=["jobs", "run", "mail"], env={"LANG": "en"})


def test_whoever_has_an_address_gets_a_mail_that_says_how_many_notices_wait_and_nothing_of_them(app, commune, office):
    reachable(commune, "chief")
    leave = a_leave(commune, a_case(commune, name="Nguyễn Công Trứng"))
    tell(commune, commune.chief)
    assert "1 sent, 0 waiting." in run(app, minutes=6).output
    (mail,) = office.mails
    assert mail["To"] == "chief@example.vn"
    text = f"{mail['Subject']} {mail.get_content()}"
    assert "1 notice waits for you whose hours run" in text
    assert "https://boy.example.vn/notices/" in text
    for said in ("Trứng", leave.number, leave.case.number):
        assert said not in text


def test_notices_in_a_row_are_one_mail(app, commune, office):
    reachable(commune, "chief")
    for _number in range(3):
        tell(commune, commune.chief)
    run(app, minutes=6)
    assert ["3 notices" in mail["Subject"] for mail in office.mails] == [True]


def test_without_an_address_or_without_a_server_no_mail_waits(app, commune, office, monkeypatch):
    tell(commune, commune.chief)
    monkeypatch.setitem(app.config, "SMTP_URL", "")
    reachable(commune, "chief")
    tell(commune, commune.chief)
    assert db.session.scalars(select(Outbox)).all() == []


def test_what_has_no_hours_is_mailed_by_no_notice_of_its_own(app, commune, office):
    reachable(commune, "chief")
    take(a_leave(commune), "submit", by=commune.officer)
    assert [one.kind for one in db.session.scalars(select(Notification))] == ["PROPOSAL-WAITS"]
    assert db.session.scalars(select(Outbox)).all() == []


def test_a_mail_that_was_not_taken_waits_longer_each_time_and_goes_in_the_end(app, commune, office):
    reachable(commune, "chief")
    tell(commune, commune.chief)
    office.closed = True
    waits, at = [], 6
    for _try in range(3):
        failed = run(app, at)
        assert failed.exit_code == 1
        db.session.rollback()
        mail = db.session.scalars(select(Outbox)).one()
        waits.append(round((mail.next_at - clock.now()).total_seconds() / 60) - at)
        at += waits[-1] + 1
    assert waits == sorted(set(waits))
    assert mail.error == "SMTPServerDisconnected"
    office.closed = False
    assert run(app, at).exit_code == 0
    assert len(office.mails) == 1


def test_a_server_that_does_not_answer_is_asked_once_a_run_and_no_mail_is_lost(app, commune, office):
    reachable(commune, "chief", "leader")
    tell(commune, commune.chief, commune.leader)
    assert len(db.session.scalars(select(Outbox)).all()) == 2
    office.closed = True
    assert run(app, minutes=6).exit_code == 1
    assert office.asked == 1
    office.closed = False
    run(app, minutes=60)
    assert {mail["To"] for mail in office.mails} == {"chief@example.vn", "leader@example.vn"}


def test_in_the_quiet_hours_of_somebody_a_mail_waits_for_their_end(app, commune, office):
    reachable(commune, "chief")
    with clock.telling(clock.moment(TODAY, 22)):
        tell(commune, commune.chief)
    run(app, minutes=21 * 60 + 30)  # at half past five
    assert office.mails == []
    run(app, minutes=22 * 60 + 5)
    assert len(office.mails) == 1


def test_a_mail_is_sent_once(app, commune, office):
    reachable(commune, "chief")
    tell(commune, commune.chief)
    run(app, minutes=6)
    run(app, minutes=60)
    assert len(office.mails) == 1


def test_a_run_that_died_while_sending_leaves_the_mail_to_a_later_one_under_the_same_id(app, commune, office):
    reachable(commune, "chief")
    tell(commune, commune.chief)

    def die(_message):
        raise SystemExit(9)

    office.send_message, whole = die, office.send_message
    run(app, minutes=6)
    office.send_message = whole
    run(app, minutes=7)  # it may still be at work
    assert office.mails == []
    run(app, minutes=60)
    db.session.rollback()
    assert [mail["Message-ID"] for mail in office.mails] == [db.session.scalars(select(Outbox)).one().message_id]


def tell(commune, *users):
    """Tell people of something, each by a notice and a mail."""
    leave = db.session.scalars(select(Proposal)).first() or a_leave(commune)
    with transaction(None):
        notices.notify("HOURS-UNSEEN", leave, to=users, number=leave.number, names="")


def test_a_mail_that_grew_before_it_went_is_another_mail(app, commune, office):
    reachable(commune, "chief")
    tell(commune, commune.chief)
    first = db.session.scalars(select(Outbox.message_id)).one()
    office.closed = True
    run(app, minutes=6)  # the server may have taken it and lost the line before it said so
    tell(commune, commune.chief)
    office.closed = False
    run(app, minutes=60)
    (mail,) = office.mails
    assert "2 notices" in mail["Subject"]
    assert mail["Message-ID"] != first


def test_what_came_while_a_mail_was_sent_is_told_by_another_also_where_it_says_the_same(app, commune, office):
    reachable(commune, "chief")
    tell(commune, commune.chief)
    take, chief = office.send_message, commune.chief

    def read_one_and_be_told_of_another(message):
        office.send_message = take
        with transaction(None):
            notices.read(chief)
        tell(commune, chief)
        take(message)

    office.send_message = read_one_and_be_told_of_another
    run(app, minutes=6)
    run(app, minutes=60)
    first, second = office.mails
    assert first["Subject"] == second["Subject"]
    assert first["Message-ID"] != second["Message-ID"]


@pytest.mark.both_engines
def test_two_runs_at_once_never_send_the_same_mail(app, engine_name, commune, office):
    names = "officer", "chief", "leader", "clerk", "military", "border"
    reachable(commune, *names)
    tell(commune, *(getattr(commune, name) for name in names))
    db.session.rollback()
    at_once = 2 if engine_name == "postgresql" else 1  # on SQLite whoever writes is alone
    both_have_chosen, chose = threading.Barrier(at_once), threading.local()

    def wait_for_the_other(*_loaded):
        if not getattr(chose, "one", False):
            chose.one = True
            both_have_chosen.wait(timeout=30)

    def send():
        with app.app_context(), clock.telling(clock.now() + timedelta(minutes=6)):
            return outbox.send_due()

    event.listen(Outbox, "load", wait_for_the_other)
    try:
        with ThreadPoolExecutor(2) as threads:
            runs = [one.result() for one in [threads.submit(copy_context().run, send) for _run in range(2)]]
    finally:
        event.remove(Outbox, "load", wait_for_the_other)
    assert sorted(mail["To"] for mail in office.mails) == sorted(f"{name}@example.vn" for name in names)
    assert sum(run.sent for run in runs) == len(names)


def test_what_another_run_is_sending_is_told_apart_from_what_waits(app, commune, office):
    reachable(commune, "chief")
    tell(commune, commune.chief)

    def die(_message):
        raise SystemExit(9)

    office.send_message = die
    run(app, minutes=6)
    assert "0 sent, 0 waiting. Another run is sending 1." in run(app, minutes=7).output


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (TimeoutError("timed out"), "The server was silent for 20 seconds"),
        (ConnectionRefusedError(), "No server answers"),
        (smtplib.SMTPRecipientsRefused({}), "The server did not take every mail"),
    ],
)
def test_the_job_says_why_a_mail_did_not_go(app, commune, office, fault, told):
    reachable(commune, "chief")
    tell(commune, commune.chief)

    def fail(_message):
        raise fault

    office.send_message = fail
    answer = run(app, minutes=6)
    assert (answer.exit_code, told in answer.output) == (1, True)


def test_a_server_that_falls_silent_within_a_mail_is_known_by_it():
    def silent():
        try:
            raise TimeoutError("timed out")
        except OSError as error:
            raise smtplib.SMTPServerDisconnected("Connection unexpectedly closed") from error

    with pytest.raises(smtplib.SMTPServerDisconnected) as caught:
        silent()
    assert smtp.NotSent(caught.value).timed_out


def test_twelve_are_told_with_as_many_questions_as_two(app, commune, office):
    with transaction(None):
        for user in db.session.scalars(select(User)):
            user.email = f"{user.username}@example.vn"
    leave = a_leave(commune)

    def questions(first, last):
        with transaction(None):
            people = db.session.scalars(select(User).order_by(User.id)).all()[first:last]
            with counted(app) as asked:
                notices.notify("HOURS-UNSEEN", leave, to=people, number=leave.number, names="")
                db.session.flush()
        return len(asked)

    few, many = questions(0, 2), questions(2, 14)
    assert len(db.session.scalars(select(Outbox)).all()) == 14
    assert len(db.session.scalars(select(Notification)).all()) == 14
    assert many == few


def test_a_mail_stands_in_the_commit_of_what_it_tells_of(app, commune, office):
    reachable(commune, "chief")
    leave = a_leave(commune)

    def tell_and_fail():
        with transaction(commune.officer):
            notices.notify("HOURS-UNSEEN", leave, to=[commune.chief], number=leave.number, names="")
            db.session.flush()
            assert len(db.session.scalars(select(Outbox)).all()) == 1
            raise RuntimeError

    with pytest.raises(RuntimeError):
        tell_and_fail()
    assert db.session.scalars(select(Outbox)).all() == []


def test_the_job_says_that_mail_is_not_set(app, commune):
    answer = run(app)
    assert answer.exit_code == 1
    assert "SMTP_URL is missing" in answer.output


def test_the_doctor_says_whether_mail_is_set_and_how_many_wait(app, commune, office, monkeypatch):
    def doctor():
        db.session.rollback()
        return app.test_cli_runner().invoke(args=["doctor"], env={"LANG": "en"}).output

    assert "Mail goes through localhost." in doctor()
    assert "0 mails wait" in doctor()
    reachable(commune, "chief")
    tell(commune, commune.chief)
    office.closed = True
    run(app, minutes=6)
    assert "1 mail waits to be sent. 1 was tried in vain" in doctor()
    monkeypatch.setitem(app.config, "SMTP_URL", "")
    assert "Mail is not set" in doctor()


@pytest.mark.parametrize("url", ["", "http://host", "smtp://", "smtp://host:port", "mail.example.vn"])
def test_what_is_no_address_of_a_server_is_refused(url):
    with pytest.raises(smtp.WrongAddress):
        smtp.server(url)


def test_the_address_of_a_server_holds_name_password_and_port():
    server = smtp.server("smtps://huong%40example.vn:m%E1%BA%ADt@mail.example.vn")
    assert (server.host, server.port, server.user, server.password) == (
        "mail.example.vn", 465, "huong@example.vn", "mật"
    )  # fmt: skip
    assert server.sender == "huong@example.vn"


def test_one_sets_the_address_oneself_and_a_mistyped_one_is_told_at_its_field(commune, browse_as):
    chief = browse_as(commune.chief)
    wrong = chief.post("/account/email", data={"email": "a@b\nBcc: c@d.vn", "version": str(commune.chief.version)})
    assert wrong.status_code == 422
    assert "no address of a mailbox" in wrong.text
    chief.post("/account/email", data={"email": "huong@example.vn", "version": str(commune.chief.version)})
    db.session.rollback()
    assert commune.chief.email == "huong@example.vn"
