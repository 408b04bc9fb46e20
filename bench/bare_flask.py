"""A second floor, for memory: the list and a case with bare Flask, SQLAlchemy and Jinja, and the libraries it all needs.

It signs in by a row of a session, asks through the ORM, writes the event, and renders a template. Nothing else.
"""

import hashlib
import os
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import argon2
import cryptography.hazmat.primitives.ciphers.aead  # noqa: F401 - what seals numbers is part of the work
from flask import Flask, abort, redirect, render_template_string, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import func, or_, select
from sqlalchemy.orm import DeclarativeBase, relationship, selectinload

from bench.floor import TRAIL
from portal.law import REGIMES
from portal.law.rule import Term

INSTANCE = Path(os.environ.get("PORTAL_INSTANCE", "instance"))
TABLES = (
    "unit", "user", "role_grant", "user_session", "person", "case", "check_in", "roll_call", "assessment", "contact",
    "violation", "measure", "term_change", "assignment", "proposal", "attachment", "duty", "step",
)  # fmt: skip
LIST = """<!doctype html><title>Cases</title><h1>Cases</h1><p>{{ total }}</p><table>{% for case, last in rows %}
<tr><th><a href="/cases/{{ case.id }}">{{ case.person.full_name }}</a></th><td>{{ case.type }}</td><td>{{ last }}</td>
<td>{{ case.owner.full_name }}</td></tr>{% endfor %}</table>"""
CASE = """<!doctype html><title>{{ case.person.full_name }}</title><h1>{{ case.person.full_name }}</h1><table>
{% for due in dues %}<tr><th>{{ due.due_on }}</th><td>{{ due.label }}</td><td>{{ due.source }}</td></tr>{% endfor %}</table>
<ol>{% for one in case.check_ins %}<li>{{ one.month }} {{ one.received_on }}</li>{% endfor %}</ol>"""


class Base(DeclarativeBase):
    pass


app = Flask(__name__)
app.config["SQLALCHEMY_DATABASE_URI"] = f"sqlite:///{INSTANCE / 'portal.db'}"
db = SQLAlchemy(app, model_class=Base)
HASHER = argon2.PasswordHasher()
with app.app_context():
    db.reflect()
    of: dict[str, Any] = {
        name: type(name.title().replace("_", ""), (db.Model,), {"__table__": db.metadata.tables[name]})
        for name in TABLES
    }
    Case, Person, User = of["case"], of["person"], of["user"]
    Case.person = relationship(Person, foreign_keys=Case.person_id)
    Case.owner = relationship(User, foreign_keys=Case.owner_id)
    Case.check_ins = relationship(of["check_in"], foreign_keys=of["check_in"].case_id, viewonly=True)
    db.engine.dispose()


@app.before_request
def admit() -> Any:
    if request.path == "/login":
        return None
    hashed = hashlib.sha256(request.cookies.get("bare", "").encode()).hexdigest()
    return None if db.session.scalar(select(of["user_session"]).filter_by(token_hash=hashed)) else redirect("/login")


@app.route("/login", methods=["GET", "POST"])
def sign_in() -> Any:
    if request.method == "GET":
        return render_template_string('<form method="post"><input name="csrf_token" value="none"></form>')
    user = db.session.scalar(select(User).filter_by(username=request.form["username"]))
    HASHER.verify(user.password_hash, request.form["password"])
    token, now = os.urandom(16).hex(), func.datetime()
    db.session.add(of["user_session"](token_hash=hashlib.sha256(token.encode()).hexdigest(), user_id=user.id,
                                      acting_key="", address="", browser="", started_at=now, seen_at=now, proved_at=now))  # fmt: skip
    db.session.commit()
    answer = redirect("/cases/")
    answer.set_cookie("bare", token)
    return answer


@app.get("/cases/")
def index() -> str:
    words = request.args.get("q", "").lower()
    found = select(Case).join(Case.person).where(Case.commune_id == 1, Case.state == "open")
    if words:
        found = found.where(or_(Person.folded.contains(words), Case.number.contains(words)))
    total = db.session.scalar(select(func.count()).select_from(found.subquery()))
    ordered = found.order_by(Person.sort_key).limit(25).options(selectinload(Case.person), selectinload(Case.owner))
    rows = [(case, REGIMES[case.type].last_day(_term(case)).due_on) for case in db.session.scalars(ordered)]
    return render_template_string(LIST, rows=rows, total=total)


@app.get("/cases/<int:id>")
def show(id: int) -> str:
    case = db.session.get(Case, id) or abort(404)
    db.session.rollback()
    about = {
        "record_type": "case",
        "record_id": id,
        "root_type": "case",
        "root_id": id,
        "action": "look",
        "changes": {},
    }
    head = TRAIL.append(db.session.connection().connection.driver_connection, [about])
    db.session.commit()
    TRAIL.keep(head)
    term, regime = _term(case), REGIMES[case.type]
    months = [date.today().replace(day=1) - timedelta(days=31 * back) for back in range(24)]  # noqa: DTZ011
    dues = [*regime.calendar(term), *(due for month in months for due in regime.monthly(term, month))]
    return render_template_string(CASE, case=case, dues=dues)


def _term(case: Any) -> Term:
    return Term(case.starts_on, case.term_months, case.received_on, born_on=case.person.birth_date)
