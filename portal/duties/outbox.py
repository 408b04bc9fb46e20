"""The outbox: mails wait in the database until a server took them. None is given up, and none says about whom."""

from collections.abc import Sequence
from datetime import timedelta

from flask import current_app
from flask_babel import force_locale
from sqlalchemy import func, select, update

from portal.duties.models import Notification, Outbox
from portal.engine import clock, smtp
from portal.engine.db import db, own_transaction
from portal.engine.text import _, ngettext
from portal.organisation.models import User

GATHERS = timedelta(minutes=5)  # several notices in a row are one mail
TRYING = timedelta(minutes=15)  # for how long a mail belongs to whoever tries to send it
WAITS = (5, 15, 60, 240, 720, 1440)  # minutes after the first failure, the second, …; then a day each time
A_RUN = 200


def announce(user: User) -> None:
    """Let a mail say that notices wait, where mail is set and the user has an address; one that waits already counts
    this one too."""
    if not (current_app.config["SMTP_URL"] and user.email):
        return
    subject, text = _written(user)
    waiting = db.session.scalar(select(Outbox).where(Outbox.user_id == user.id, Outbox.sent_at.is_(None)).limit(1))
    if waiting is not None:
        waiting.recipient, waiting.subject, waiting.text = user.email, subject, text
        return
    db.session.add(
        Outbox(
            user_id=user.id, recipient=user.email, subject=subject, text=text, message_id=smtp.new_message_id(),
            next_at=clock.now() + GATHERS,
        )
    )  # fmt: skip


def _written(user: User) -> tuple[str, str]:
    """Subject and text in the user's language: how many notices, and where they are read. Nothing of what they say."""
    unread = select(func.count()).where(Notification.user_id == user.id, Notification.read_at.is_(None))
    count = db.session.scalar(unread) or 0
    address = current_app.config["ADDRESS"]
    with force_locale(user.locale):
        told = ngettext("%(num)s notice waits for you in the portal.", "%(num)s notices wait for you in the portal.",
                        count)  # fmt: skip
        where = _("Read them at %(address)s", address=f"{address}/notices/") if address else _("Sign in to read them.")
        why = _("The portal sent this by itself. It never says in a mail what a notice is about.")
    return told, f"{told}\n{where}\n\n{why}\n"


def how_many_wait() -> tuple[int, int]:
    """How many mails wait, and how many of them were tried in vain."""
    tried = func.count().filter(Outbox.tries > 0)
    waiting, in_vain = db.session.execute(select(func.count(), tried).where(Outbox.sent_at.is_(None))).one()
    return int(waiting), int(in_vain)


def send_due() -> tuple[int, int]:
    """Send what is due; how many went, and how many did not. A server that does not answer is asked once a run."""
    server = smtp.server(current_app.config["SMTP_URL"], current_app.config["SMTP_FROM"])
    claimed, sent = _claimed(), 0
    for mail in claimed:
        try:
            server.send(smtp.Mail(mail.recipient, mail.subject, mail.text, mail.message_id))
        except smtp.NotSent as fault:
            _wait(mail, fault.name)
            if fault.unanswered:
                break  # the others are claimed until a later run
        else:
            sent += 1
            _sent(mail)
    return sent, len(claimed) - sent


def _claimed() -> Sequence[Outbox]:
    """Take the mails that are due, so that a second run meanwhile leaves them alone. Whoever dies sends them later."""
    with own_transaction() as rows:
        due = select(Outbox).where(Outbox.sent_at.is_(None), Outbox.next_at <= clock.now())
        free = due.order_by(Outbox.next_at, Outbox.id).limit(A_RUN).with_for_update(skip_locked=True)
        mails = rows.scalars(free).all()
        for mail in mails:
            mail.tries, mail.next_at = mail.tries + 1, clock.now() + TRYING
    return mails


def _sent(mail: Outbox) -> None:
    """It is sent, unless a further notice came meanwhile: then it is due again with what it says now."""
    with own_transaction() as rows:
        this = Outbox.id == mail.id
        rows.execute(update(Outbox).where(this, Outbox.text == mail.text).values(sent_at=clock.now(), error=""))
        rows.execute(update(Outbox).where(this, Outbox.sent_at.is_(None)).values(next_at=clock.now(), tries=0))


def _wait(mail: Outbox, fault: str) -> None:
    minutes = WAITS[min(mail.tries, len(WAITS)) - 1]
    with own_transaction() as rows:
        next_at = clock.now() + timedelta(minutes=minutes)
        rows.execute(update(Outbox).where(Outbox.id == mail.id).values(next_at=next_at, error=fault))
