"""The floor: a bare WSGI page over sqlite3 that does the same work as the portal, and no more.

Same server settings, same pragmas, same database. Every page reads the session, the role and its line of communes, asks
for the same rows under the same conditions, and writes the same durable events; the days are computed by the same rules
of law. What is missing is what a framework is for: forms, translation, templates, records as objects, one table of rights.
"""

import hashlib
import hmac
import json
import os
import sqlite3
import threading
from collections.abc import Callable, Iterable
from datetime import date, datetime
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs
from zoneinfo import ZoneInfo

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bench import floor_pages, floor_round
from bench.floor_trail import Trail

INSTANCE = Path(os.environ.get("PORTAL_INSTANCE", "instance"))
SESSION = """SELECT s.id, s.acting_key, s.seen_at, s.started_at, u.id, u.full_name, u.title, u.username
    FROM user_session s JOIN user u ON u.id = s.user_id
    WHERE s.token_hash = ? AND s.ended_at IS NULL AND u.disabled_at IS NULL AND u.voided_at IS NULL"""
GRANT = """SELECT g.role, g.unit_id, coalesce(n.commune_id, n.id) FROM role_grant g JOIN unit n ON n.id = g.unit_id
    WHERE g.user_id = ? AND g.valid_from <= ? AND (g.valid_to IS NULL OR g.valid_to >= ?) AND g.voided_at IS NULL
    AND g.confirmed_at IS NOT NULL ORDER BY g.id"""
PRESSING = """SELECT count(*), min(due_on) FROM duty WHERE commune_id IN (SELECT id FROM unit WHERE heir_id = :heir)
    AND done_on IS NULL AND dropped_on IS NULL AND voided_at IS NULL AND is_right = 0 AND due_on <= :today
    AND (owner_id = :user OR owner_id IS NULL AND owner_role = :role OR EXISTS (SELECT 1 FROM escalation e
    WHERE e.duty_id = duty.id AND e.role = :role AND e.from_on <= :today))"""


def derive(purpose: str) -> bytes:
    root = bytes.fromhex(json.loads((INSTANCE / "keys.json").read_text())["root"])
    return HKDF(hashes.SHA256(), 32, None, purpose.encode()).derive(root)


COOKIE_KEY = derive("cookie")
TRAIL = Trail(INSTANCE / "audit-head", derive("audit chain"), derive("audit value"))
SEAL, HASHER = AESGCM(derive("seal")), PasswordHasher()
_of_thread = threading.local()


def connection() -> sqlite3.Connection:
    """One connection a thread, with the portal's own pragmas."""
    if not hasattr(_of_thread, "connection"):
        opened = sqlite3.connect(INSTANCE / "portal.db", isolation_level=None)
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000"):
            opened.execute(f"PRAGMA {pragma}")
        _of_thread.connection = opened
    kept: sqlite3.Connection = _of_thread.connection
    return kept


class Visit:
    """A request with whoever makes it: the session's row, the role, and what presses."""

    def __init__(self, environ: dict[str, Any]) -> None:
        self.environ, self.rows = environ, connection()
        self.path, self.query = environ["PATH_INFO"], parse_qs(environ["QUERY_STRING"])
        self.today = datetime.now(ZoneInfo("Asia/Ho_Chi_Minh")).date()
        cookie = SimpleCookie(environ.get("HTTP_COOKIE", ""))
        self.token = cookie["floor"].value if "floor" in cookie else ""
        self.user: tuple[Any, ...] = ()

    def arg(self, name: str) -> str:
        return self.query.get(name, [""])[0]

    def form(self) -> dict[str, str]:
        body = self.environ["wsgi.input"].read(int(self.environ.get("CONTENT_LENGTH") or 0)).decode()
        return {name: values[0] for name, values in parse_qs(body).items()}

    def csrf(self) -> str:
        return hmac.new(COOKIE_KEY, self.token.encode(), hashlib.sha256).hexdigest()

    def admit(self) -> bool:
        """Read the session and the grants; the scope of every later query comes from them."""
        hashed = hashlib.sha256(self.token.encode()).hexdigest()
        self.user = self.rows.execute(SESSION, (hashed,)).fetchone() or ()
        if not self.user:
            return False
        day = self.today.isoformat()
        self.role, self.unit_id, self.commune_id = self.rows.execute(GRANT, (self.user[4], day, day)).fetchone()
        self.user_id = self.user[4]
        heir = self.rows.execute("SELECT heir_id, name, superior FROM unit WHERE id = ?", (self.commune_id,)).fetchone()
        self.heir, self.commune = heir[0], heir[1]
        self.scope = {"heir": self.heir, "user": self.user_id, "role": self.role, "today": day}
        return True

    def frame(self) -> dict[str, Any]:
        """What the frame of a page shows."""
        demo = self.rows.execute("SELECT EXISTS (SELECT 1 FROM user WHERE demo = 1)").fetchone()[0]
        count, first = self.rows.execute(PRESSING, self.scope).fetchone()
        late = bool(count) and date.fromisoformat(first) < self.today
        return {"demo": demo, "count": count, "late": late, "name": self.user[5], "title": self.user[6],
                "commune": self.commune, "role": self.role, "csrf": self.csrf()}  # fmt: skip

    def tell(self, action: str, changes: dict[str, Any], about: dict[str, Any] | None = None) -> None:
        """An event that is no change: in a transaction of its own, on the disk before the page leaves."""
        self.rows.execute("COMMIT")
        self.rows.execute("BEGIN IMMEDIATE")
        head = TRAIL.append(self.rows, [self.event(action, changes, about)])
        self.rows.execute("COMMIT")
        TRAIL.keep(head)
        self.rows.execute("BEGIN")

    def event(self, action: str, changes: dict[str, Any], about: dict[str, Any] | None = None) -> dict[str, Any]:
        return {"user_id": self.user_id, "role": self.role, "unit_id": self.unit_id, "commune_id": self.commune_id,
                "address": self.environ.get("REMOTE_ADDR", ""), "action": action, "changes": changes,
                **(about or {})}  # fmt: skip


Page = tuple[str, str, list[tuple[str, str]]]


def sign_in(visit: Visit) -> Page:
    rows = visit.rows
    commune = rows.execute("SELECT name, superior FROM unit WHERE kind = 'commune' ORDER BY id LIMIT 1").fetchone()
    demo = rows.execute("SELECT EXISTS (SELECT 1 FROM user WHERE demo = 1)").fetchone()[0]
    if visit.environ["REQUEST_METHOD"] == "GET":
        return "200 OK", floor_pages.sign_in(commune, demo), []
    form = visit.form()
    user = rows.execute("SELECT id, password_hash FROM user WHERE username = ?", (form["username"],)).fetchone()
    address = TRAIL.digest(visit.environ.get("REMOTE_ADDR", ""))
    rows.execute("SELECT until FROM sign_in_waiting WHERE key IN (?, ?)", (TRAIL.digest(form["username"]), address)).fetchall()  # fmt: skip
    try:
        HASHER.verify(user[1], form["password"])
    except VerificationError:
        return "422 Unprocessable Content", "", []
    visit.token = os.urandom(24).hex()
    _begin_session(visit, user[0])
    visit.admit()
    visit.tell("sign_in", {}, {"record_type": "user", "record_id": user[0], "root_type": "user", "root_id": user[0]})
    _remember(visit, user[0])
    return "302 Found", "", [("Location", "/"), ("Set-Cookie", f"floor={visit.token}; HttpOnly; Path=/")]


def _write(rows: sqlite3.Connection, statement: str, values: tuple[Any, ...]) -> None:
    rows.execute("COMMIT")
    rows.execute("BEGIN IMMEDIATE")
    rows.execute(statement, values)
    rows.execute("COMMIT")
    rows.execute("BEGIN")


def _begin_session(visit: Visit, user_id: int) -> None:
    now = datetime.now(ZoneInfo("UTC")).replace(tzinfo=None).isoformat(" ")
    hashed = hashlib.sha256(visit.token.encode()).hexdigest()
    _write(visit.rows, """INSERT INTO user_session (token_hash, user_id, acting_key, address, browser, started_at, seen_at,
        proved_at) VALUES (?, ?, '', '', 'bench', ?, ?, ?)""", (hashed, user_id, now, now, now))  # fmt: skip


def _remember(visit: Visit, user_id: int) -> None:
    """The browser is known from its second time on, as in the portal."""
    cookie = SimpleCookie(visit.environ.get("HTTP_COOKIE", ""))
    if "floor" not in cookie:
        now = datetime.now(ZoneInfo("UTC")).replace(tzinfo=None).isoformat(" ")
        _write(visit.rows, "INSERT INTO known_browser (user_id, token_hash, since) VALUES (?, ?, ?)", (user_id, visit.token, now))  # fmt: skip


def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    visit = Visit(environ)
    visit.rows.execute("BEGIN")
    try:
        status, page, headers = _answer(visit)
    finally:
        if visit.rows.in_transaction:
            visit.rows.execute("ROLLBACK")
    body = page.encode()
    if body and "gzip" in environ.get("HTTP_ACCEPT_ENCODING", ""):
        body = floor_pages.zipped(body)
        headers.append(("Content-Encoding", "gzip"))
    headers += [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(body)))]
    start_response(status, headers)
    return [body]


def _answer(visit: Visit) -> Page:
    if visit.path == "/login":
        return sign_in(visit)
    if not visit.admit():
        return "302 Found", "", [("Location", "/login")]
    if visit.path == "/":
        return "200 OK", floor_pages.home(visit), []
    if visit.path == "/cases/round":
        return "200 OK", floor_round.page(visit), []
    if visit.path == "/cases/":
        return "200 OK", floor_pages.listed(visit), []
    number, _slash, deed = visit.path.removeprefix("/cases/").partition("/")
    if deed == "check-in":
        return floor_pages.check_in(visit, int(number))
    return "200 OK", floor_pages.case(visit, int(number)), []
