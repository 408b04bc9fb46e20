"""The outbox: mails wait in the database until a server took them. None is given up, and none says about whom."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from flask import current_app
from flask_babel import force_locale
from sqlalchemy import func, or_, select, update

from portal.duties.models import Digest, Notification, Outbox
from portal.duties.quiet import audible_at, on_call_among
from portal.engine import clock, smtp
from portal.engine.db import db, own_transaction
from portal.engine.text import _, ngettext
from portal.organisation.models import User

HOURS, DIGEST = "hours", "digest"  # what a mail is about: each is one of its own
TRYING = timedelta(minutes=15)  # for how long a mail belongs to whoever took it to send it
WAITS = (5, 15, 60, 240, 720, 1440)  # minutes after the first failure, the second, …; then a day each time
A_RUN = 200


@dataclass(frozen=True)
class Waiting:
    """How many mails wait: of them *in_vain* were tried before, and *under_way* are being sent by somebody now."""

    count: int
    in_vain: int
    under_way: int


@dataclass(frozen=True)
class Run:
    """What came of sending: how many mails went, how many did not, and the last fault."""

    sent: int = 0
    failed: int = 0
    fault: smtp.NotSent | None = None


def announce(users: Iterable[User], kinds: Collection[str]) -> None:
    """Let a mail to each say that notices of some kinds wait, where mail is set and they have an address.

    It waits for the end of their quiet hours, unless they are on call. A mail that waits already says then how many
    there are now, as a new version of it: that is another mail, since the one before may have gone.
    """
    reached = _reached(users)
    if not reached:
        return
    unread, waiting = _unread(reached, kinds), _waiting(reached, HOURS)
    on_call, now = on_call_among(reached), clock.now()
    for user in reached:
        at = now if user.id in on_call else audible_at(user, now)
        _put(user, HOURS, waiting.get(user.id), _in_words(user, partial(_of_hours, unread[user.id])), at)


def announce_digest(user: User, digest: Digest) -> None:
    """Let a mail say how much somebody owes, in numbers alone, at the end of their quiet hours."""
    if _reached([user]):
        mail, words = _waiting([user], DIGEST).get(user.id), _in_words(user, partial(_of_day, digest))
        _put(user, DIGEST, mail, words, audible_at(user, clock.now()))


def _reached(users: Iterable[User]) -> list[User]:
    return [user for user in users if user.email] if current_app.config["SMTP_URL"] else []


def _waiting(users: Iterable[User], about: str) -> Mapping[int, Outbox]:
    """The mails that are not sent yet, by whom they are for; nobody can say meanwhile that one of them is."""
    theirs = Outbox.user_id.in_([user.id for user in users]), Outbox.about == about, Outbox.sent_at.is_(None)
    found = select(Outbox).where(*theirs).order_by(Outbox.id.desc()).with_for_update()
    return {mail.user_id: mail for mail in db.session.scalars(found.execution_options(populate_existing=True))}


def _put(user: User, about: str, mail: Outbox | None, words: tuple[str, str], at: datetime) -> None:
    """Into the mail that waits, or into a new one. One that a server refused is tried again when its time comes."""
    if mail is None:
        mail = Outbox(user_id=user.id, version=0, about=about, next_at=at, tries=0)
        db.session.add(mail)
    if not mail.tries:
        mail.next_at = min(mail.next_at, at)
    mail.recipient, (mail.subject, mail.text) = user.email, words
    mail.version, mail.message_id = mail.version + 1, smtp.new_message_id()


def _unread(users: Iterable[User], kinds: Collection[str]) -> Mapping[int, int]:
    theirs = Notification.user_id.in_([user.id for user in users]), Notification.read_at.is_(None)
    counted = select(Notification.user_id, func.count()).where(*theirs, Notification.kind.in_(kinds))
    return {user_id: int(count) for user_id, count in db.session.execute(counted.group_by(Notification.user_id))}


def _in_words(user: User, written: Callable[[], tuple[str, list[str]]]) -> tuple[str, str]:
    """Subject and text in somebody's language: how much, and where it is read. Nothing of what it says."""
    with force_locale(user.locale):
        subject, lines = written()
        why = _("The portal sent this by itself. It never says in a mail what a notice is about.")
    told = "\n".join(lines)
    return subject, f"{subject}\n{told}\n\n{why}\n"


def _of_hours(count: int) -> tuple[str, list[str]]:
    told = ngettext("%(num)s notice waits for you whose hours run.", "%(num)s notices wait for you whose hours run.",
                    count)  # fmt: skip
    return told, [_where("/notices/")]


def _of_day(digest: Digest) -> tuple[str, list[str]]:
    """Each group of which there is anything, and how many notices came meanwhile."""
    day = f"{digest.on:%d/%m/%Y}"
    groups = (
        (digest.overdue, _("Overdue")), (digest.today, _("Due today")), (digest.week, _("Due within a week")),
        (digest.rights, _("Rights coming due")), (digest.notices, _("New notices")),
    )  # fmt: skip
    lines = [f"– {label}: {count}" for count, label in groups if count]
    return _("Your work in the portal on %(day)s", day=day), [*lines, _where("/")]


def _where(page: str) -> str:
    address = current_app.config["ADDRESS"]
    return _("Read it at %(address)s", address=f"{address}{page}") if address else _("Sign in to read it.")


def how_many_wait() -> Waiting:
    tried, taken = func.count().filter(Outbox.tries > 0), func.count().filter(Outbox.taken_at > _longest_ago())
    counted = select(func.count(), tried, taken).where(Outbox.sent_at.is_(None))
    return Waiting(*map(int, db.session.execute(counted).one()))


def send_due() -> Run:
    """Send what is due, one after the other. Where no server answers, the others wait for a later run."""
    server = smtp.server(current_app.config["SMTP_URL"], current_app.config["SMTP_FROM"])
    run = Run()
    while run.sent + run.failed < A_RUN and (mail := _taken()) is not None:
        try:
            server.send(smtp.Mail(mail.recipient, mail.subject, mail.text, mail.message_id))
        except smtp.NotSent as fault:
            _wait(mail, fault.name)
            run = Run(run.sent, run.failed + 1, fault)
            if fault.unanswered:
                break
        else:
            _sent(mail)
            run = Run(run.sent + 1, run.failed, run.fault)
    return run


def _longest_ago() -> datetime:
    """Whoever took a mail before that is not at work any more."""
    return clock.now() - TRYING


def _taken() -> Outbox | None:
    """Take the next mail that is due, so that other runs leave it alone until it is sent, or its taker is gone."""
    with own_transaction() as rows:
        free = or_(Outbox.taken_at.is_(None), Outbox.taken_at <= _longest_ago())
        due = select(Outbox).where(Outbox.sent_at.is_(None), Outbox.next_at <= clock.now(), free)
        mail = rows.scalar(due.order_by(Outbox.next_at, Outbox.id).limit(1).with_for_update(skip_locked=True))
        if mail is not None:
            mail.tries, mail.taken_at = mail.tries + 1, clock.now()
    return mail


def _sent(mail: Outbox) -> None:
    """It is sent, unless it became another one meanwhile: that is due at once."""
    this, now = Outbox.id == mail.id, clock.now()
    with own_transaction() as rows:
        rows.execute(update(Outbox).where(this).values(taken_at=None, tries=0, error="", next_at=now))
        rows.execute(update(Outbox).where(this, Outbox.version == mail.version).values(tries=mail.tries, sent_at=now))


def _wait(mail: Outbox, fault: str) -> None:
    minutes = WAITS[min(mail.tries, len(WAITS)) - 1]
    with own_transaction() as rows:
        later = {"next_at": clock.now() + timedelta(minutes=minutes), "taken_at": None, "error": fault}
        rows.execute(update(Outbox).where(Outbox.id == mail.id).values(later))
