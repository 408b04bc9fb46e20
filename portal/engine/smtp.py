"""Handing a mail to the server of SMTP_URL, over TLS unless it runs on this very machine."""

import smtplib
import ssl
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

from portal.config import is_loopback

PORTS = {"smtp": 587, "smtps": 465}
PATIENCE = 20  # seconds until a server that does not answer is given up for now


class NotSent(Exception):
    """A mail was not taken. *name* is that of the fault, without what the server said: it may name an address.

    *unanswered*: there is no server to talk to now, so that the next mail would not be taken either. *timed_out*: there
    is one, but it fell silent.
    """

    def __init__(self, fault: Exception) -> None:
        self.timed_out = any(isinstance(one, TimeoutError) for one in (fault, fault.__context__))
        self.name = TimeoutError.__name__ if self.timed_out else type(fault).__name__
        self.unanswered = isinstance(fault, _NOBODY_THERE) or not isinstance(fault, smtplib.SMTPException | ValueError)
        super().__init__(self.name)


_NOBODY_THERE = (smtplib.SMTPConnectError, smtplib.SMTPServerDisconnected)


class WrongAddress(ValueError):
    """SMTP_URL is none."""


@dataclass(frozen=True)
class Mail:
    recipient: str
    subject: str
    text: str
    message_id: str


@dataclass(frozen=True)
class Server:
    """A server that takes mails: smtps:// speaks TLS from the first word, smtp:// turns to it right after."""

    scheme: str
    host: str
    port: int
    user: str
    password: str
    sender: str

    def send(self, mail: Mail) -> None:
        """Hand one mail over. Raises NotSent with the name of the fault."""
        try:
            with self._connected() as connection:
                connection.send_message(self._message(mail))
        except (OSError, smtplib.SMTPException, ValueError) as fault:
            raise NotSent(fault) from fault

    @contextmanager
    def _connected(self) -> Iterator[smtplib.SMTP]:
        trusted = ssl.create_default_context()
        if self.scheme == "smtps":
            with smtplib.SMTP_SSL(self.host, self.port, timeout=PATIENCE, context=trusted) as connection:
                self._sign_in(connection)
                yield connection
            return
        with smtplib.SMTP(self.host, self.port, timeout=PATIENCE) as connection:
            if not is_loopback(self.host):
                connection.starttls(context=trusted)
            self._sign_in(connection)
            yield connection

    def _sign_in(self, connection: smtplib.SMTP) -> None:
        if self.user:
            connection.login(self.user, self.password)

    def _message(self, mail: Mail) -> EmailMessage:
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = self.sender, mail.recipient, mail.subject
        message["Message-ID"], message["Auto-Submitted"] = mail.message_id, "auto-generated"
        message.set_content(mail.text)
        return message


def server(url: str, sender: str = "") -> Server:
    """Read SMTP_URL: smtp://name:password@host:587 or smtps://host. Raises WrongAddress."""
    try:
        read = urlsplit(url)
        port = read.port or PORTS.get(read.scheme, 0)
    except ValueError as error:
        raise WrongAddress(url.partition("@")[2]) from error
    if read.scheme not in PORTS or not read.hostname:
        raise WrongAddress(read.scheme)
    user = unquote(read.username or "")
    sender = sender or (user if "@" in user else f"portal@{read.hostname}")
    return Server(read.scheme, read.hostname, port, user, unquote(read.password or ""), sender)


def new_message_id() -> str:
    return f"<{uuid.uuid4().hex}@portal.invalid>"
