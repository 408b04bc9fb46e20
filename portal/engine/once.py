"""A form that is sent twice is one deed: after a double click, a lost answer, the back button.

The server gives each form that it shows a random id. The transaction that does the deed keeps this id with a digest
of what was sent, so both are there or neither. The same once more is answered as the first time and does nothing; the
same id with other content is a conflict. What is sent without an id, as by a program, is done each time.
"""

import hashlib
import json
import logging
import re
import secrets
import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from flask import Flask, Response, g, redirect, request
from flask_login import current_user
from sqlalchemy import ForeignKey, UniqueConstraint, delete, insert, select, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.engine import clock, notice
from portal.engine.db import Base, db, own_transaction
from portal.engine.keys import keys
from portal.engine.refusal import Conflict, Plain
from portal.engine.text import _, mark

log = logging.getLogger("portal")

FIELD = "send_id"
NOT_TYPED = frozenset({FIELD, "csrf_token"})
KEPT_FOR = timedelta(days=30)  # longer than any tab stays signed in
ON_ITS_WAY = timedelta(seconds=2)  # after the deed its answer is made by then, or it is lost
TRIES, PAUSE = 40, 0.05  # how often, and after how many seconds, it is asked where the first answer leads
_MADE = re.compile(r"[A-Za-z0-9_-]{22}")


class Sending(Base):
    """A form that was taken: whose, which, what stood in it, and where its answer led."""

    __table_args__ = (UniqueConstraint("user_id", "send_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    send_id: Mapped[str]
    content: Mapped[str]  # its keyed digest
    address: Mapped[str] = mapped_column(default="")  # empty for the moment until the answer is made
    at: Mapped[datetime] = mapped_column(default=clock.now, index=True)


@dataclass
class Sent:
    """The form that a request brings."""

    user_id: int
    send_id: str
    content: str
    address: str = ""
    kept: bool = field(default=False)  # its deed is done
    spent: bool = field(default=False)  # its id stands for something else


class SentAlready(Exception):
    """The very same was sent before, and is done. It is no refusal: the answer is that of the first time."""


class SentOtherwise(Conflict):
    """The id of the form is that of another content, which is done."""

    def __init__(self, before: Sending) -> None:
        super().__init__(None, Plain(mark("That is kept. If you send this as well, it is kept beside it.")))
        self.changed_at, self.changed_by_id = before.at, before.user_id


def init_app(app: Flask) -> None:
    app.before_request(_arrives)
    app.after_request(_leaves)
    app.register_error_handler(SentAlready, lambda _already: _as_before())
    app.jinja_env.globals.update(send_id=send_id)


def send_id(url: str = "") -> str:
    """The id of a form that posts to *url*, or to this page: a new one, unless this very form came back for mending."""
    sent: Sent | None = g.get("sent")
    here = (url.partition("?")[0] or request.path) == request.path
    if sent is not None and here and not (sent.kept or sent.spent):
        return sent.send_id
    return secrets.token_urlsafe(16)


def leads_to(address: str) -> None:
    """Say where the answer leads while the deed is done. What says nothing is noted when the answer goes out."""
    sent: Sent | None = g.get("sent")
    if sent is not None and not sent.kept:
        sent.address = address


def look(session: Session) -> None:
    """Under the write lock: make sure that this form was not taken yet. Raises SentAlready or SentOtherwise."""
    sent: Sent | None = g.get("sent")
    if sent is None or sent.kept:
        return
    before = session.scalar(_same(sent))
    if before is not None and before.content == sent.content:
        raise SentAlready
    if before is not None:
        sent.spent = True
        raise SentOtherwise(before)


def keep(session: Session) -> None:
    """Remember the form together with what it did, and forget those of long ago."""
    sent: Sent | None = g.get("sent")
    if sent is None or sent.kept:
        return
    known = {"user_id": sent.user_id, "send_id": sent.send_id, "content": sent.content, "address": sent.address}
    session.execute(delete(Sending).where(Sending.at < clock.now() - KEPT_FOR))
    session.execute(insert(Sending).values(**known, at=clock.now()))
    sent.kept = True


def _same(sent: Sent) -> Any:
    return select(Sending).where(Sending.user_id == sent.user_id, Sending.send_id == sent.send_id)


def _arrives() -> Any:
    """Answer what was done already before its page asks for anything: the state that it asked for may be over."""
    if request.method != "POST" or not current_user.is_authenticated:
        return None
    typed = request.form.get(FIELD, "")
    if not _MADE.fullmatch(typed):
        return None
    g.sent = Sent(current_user.id, typed, _content())
    before = db.session.scalar(_same(g.sent))
    return _as_before() if before is not None and before.content == g.sent.content else None


def _content() -> str:
    """A keyed digest of the address and of all that was typed and attached."""
    typed = [[name, one] for name, one in request.form.items(multi=True) if name not in NOT_TYPED]
    files = [[name, one.filename, _digest(one)] for name, one in request.files.items(multi=True)]
    return keys().digest("sent", json.dumps([request.path, typed, files]))


def _digest(file: Any) -> str:
    found = hashlib.file_digest(file.stream, "sha256").hexdigest()
    file.stream.seek(0)
    return found


def _as_before() -> Any:
    notice.done(_("This was sent twice. It is kept once."))
    return redirect(_address())


def _address() -> str:
    """Where the first answer led. It may be on its way still; if it was lost, today's work is shown."""
    for _try in range(TRIES):
        db.session.rollback()
        before = db.session.scalar(_same(g.sent).execution_options(populate_existing=True))
        if before is None or before.address or clock.now() - before.at > ON_ITS_WAY:
            return (before.address if before is not None else "") or "/"
        time.sleep(PAUSE)
    return "/"


def _leaves(answer: Response) -> Response:
    """Keep where the answer leads, if the deed did not say so. An answer that is shown only once leads nowhere.

    The deed is done: if only this cannot be kept it is answered all the same, and who sends it again sees today's work.
    """
    sent: Sent | None = g.get("sent")
    if sent is not None and sent.kept and not sent.address:
        try:
            _note_address(sent, answer.location if answer.location and answer.status_code < 400 else "/")
        except SQLAlchemyError as error:
            log.warning("where an answer leads was not kept: %s", type(error).__name__)
    return answer


def _note_address(sent: Sent, address: str) -> None:
    with own_transaction() as rows:
        asked = update(Sending).where(Sending.user_id == sent.user_id, Sending.send_id == sent.send_id)
        rows.execute(asked.values(address=address))
