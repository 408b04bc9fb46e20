"""Bad input in every form: told at the field, everything typed kept, nothing half-written, never an error of ours."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from flask.testing import FlaskClient
from PIL import Image

from portal.cases.actions import assign_officer
from portal.engine.letters import kept, plain
from portal.engine.transaction import transaction
from tests import builders
from tests.security import world
from tests.security.found_forms import Control, Form, error_at, forms_in, pages
from tests.security.hostile import MARK, Value, values_for
from tests.security.still import Still

# Who walks. A form that several are shown is tried by the first of them.
WALKERS = ("officer", "chief", "leader", "helper", "village_head", "inspector", "administrator", "nobody")
TRIED: set[Any] = set()

# What a field takes, by its name, where neither what stands in it nor a line of text would do.
EXAMPLES = {
    "full_name": "Trần Văn Mẫu", "birth_date": "12/03/1979", "birth_year": "1979", "national_id": "001079012345",
    "phone": "0901234567", "judgment_on": "14/07/2026", "received_on": "31/07/2026", "starts_on": "14/07/2026",
    "prison_months": "12", "term_months": "24", "printed_ends_on": "14/07/2028", "amount_vnd": "1.500.000",
    "given_on": "20/11/2026", "happened_on": "20/11/2026", "occurred_on": "20/11/2026", "recorded_on": "21/11/2026",
    "leaves_on": "01/12/2026", "returns_on": "10/12/2026", "completed_on": "20/11/2026", "decision_on": "23/11/2026",
    "username": "nguoi.moi", "valid_to": "31/12/2026", "password": builders.PASSWORD, "present": builders.PASSWORD,
    "new": "mười hai con trâu 84", "again": "mười hai con trâu 84", "from": "01/01/2026", "to": "31/10/2026",
    "q": "trần", "number": "2026-001",
}  # fmt: skip
SAMPLES = "/styleguide"  # forms to look at, that lead nowhere
FREE_OF_FIELD = {"locale", "next", "send_id"}  # what is mistyped there changes nothing and is told nowhere


def lived_in(commune: builders.Commune, neighbour: builders.Commune) -> None:
    """Records in every state that offers a form, of two communes."""
    world.build(commune, neighbour)
    case = builders.a_case(commune, "Phạm Thị Mẫu")
    builders.a_case(commune, "Lê Văn Nháp", state="draft")
    for reason in range(3):
        builders.an_absence(commune, case, date(2026, 12, 1 + reason), date(2026, 12, 5))
    _carried_on(commune, case)
    with transaction(commune.chief):
        free = builders.a_case(commune, "Võ Văn Chờ", officer="officer2")
        assign_officer(free, commune.officer)


def _carried_on(commune: builders.Commune, case: Any) -> None:
    """One proposal submitted, one decided on, one still a draft."""
    first, second, *_draft = case.proposals
    with transaction(commune.officer):
        for one in (first, second):
            one.workflow.take("submit", one, commune.officer)
    for who, step in (("chief", "endorse"), ("leader", "approve")):
        with transaction(getattr(commune, who)):
            second.workflow.take(step, second, getattr(commune, who))


@dataclass
class Trial:
    """One form, its browser, and what was found wrong with it."""

    client: FlaskClient
    form: Form
    still: Still
    cookies: dict[Any, Any]
    faults: list[str] = field(default_factory=list)

    def valid(self) -> dict[str, str]:
        typed = {one.name: good(one) for one in self.form.controls.values() if one.kind != "file"}
        if "held_on" in typed:  # within the month that stands chosen
            typed["held_on"] = f"15/{typed['month'][5:7]}/{typed['month'][:4]}"
        if typed.get("on_behalf_of_id") == "":  # nobody is there to act for
            typed["capacity"] = ""
        if "password" in typed:
            typed["username"] = "by.officer"
        return typed

    def begin(self) -> None:
        """Send what is right: only then it tells something that a wrong value is refused."""
        answer = self.send(self.valid())
        if answer.status_code >= 400:
            self.faults.append(f"{self.form.action} does not take {self.valid()}: {answer.status_code}")
        self.back()

    def send(self, typed: Any) -> Any:
        if self.form.method == "post":
            files = {one.name: a_picture() for one in self.form.controls.values() if one.kind == "file"}
            return self.client.post(self.form.action, data={**typed, **files})
        return self.client.get(self.form.action.split("?", maxsplit=1)[0], query_string=typed)

    def put(self, names: list[str], value: Value) -> None:
        """Write one value into some fields, and look at what comes back."""
        sent = {**self.valid(), **dict.fromkeys(names, value.text)}
        answer = self.send(sent)
        told = f"{self.form.method} {self.form.action} [{', '.join(names)}] {value.kind}: {value.text[:40]!r}"
        self.faults += [f"{told}: {fault}" for fault in self._faults(names, value, sent, answer)]
        if answer.status_code < 400 and self.form.method == "post":
            self.back()

    def back(self) -> None:
        """Undo what was accepted, a sign-out included."""
        self.still.restore()
        self.client._cookies = dict(self.cookies)

    def _faults(self, names: list[str], value: Value, sent: dict[str, str], answer: Any) -> Iterator[str]:
        status, text = answer.status_code, answer.text if answer.mimetype == "text/html" else ""
        if status >= 500:
            yield f"status {status}"
            return
        if MARK in value.text and re.search(r"<[^>]*" + MARK, value.text) and value.text in text:
            yield "stands raw in the page"
        if "Traceback" in text or "sqlalchemy" in text:
            yield "tells of the program"
        accepted = status < 400
        if status in (301, 302, 303) and not answer.location.startswith("/"):
            yield f"leads to {answer.location}"
        if not accepted and (changed := self.still.changed()):
            yield f"refused, but {changed} changed"
        for control in (self.form.controls[name] for name in names):
            if accepted and not may_take(control, value) and self.form.method == "post":
                yield f"{control.name} ({control.kind}) took it with {status}"
        if status == 422:
            yield from self._missing(names, sent, text)

    def _missing(self, names: list[str], sent: dict[str, str], text: str) -> Iterator[str]:
        """What the page lost, and whether it says at a field what is wrong."""
        again = max(
            (one for one in forms_in(self.form.page, text)),
            key=lambda one: len(one.controls.keys() & sent.keys()), default=None,
        )  # fmt: skip
        if again is None or not again.controls.keys() & sent.keys():
            yield "the form is gone"
            return
        if not self._told(names, text):
            yield "no error at the field"
        yield from self._lost(again, sent)

    def _told(self, names: list[str], text: str) -> bool:
        """Whether it says at the field what is wrong; a sign-in does not say which of the two is."""
        controls = [self.form.controls[name] for name in names if self.form.controls[name].visible]
        if any(one.kind == "password" for one in self.form.controls.values()):
            controls = list(self.form.controls.values())
        return not controls or any(error_at(text, one) for one in controls)

    @staticmethod
    def _lost(again: Form, sent: dict[str, str]) -> Iterator[str]:
        for name, typed in sent.items():
            control = again.controls.get(name)
            if control is None or control.kind in ("password", "hidden", "checkbox"):
                continue
            if control.kind == "choice" and typed not in control.options:
                continue
            if shown(control.value) != shown(typed):
                yield f"{name} shows {control.value[:40]!r}"


def a_picture() -> tuple[BytesIO, str]:
    drawn = BytesIO()
    Image.new("RGB", (8, 8)).save(drawn, "PNG")
    drawn.seek(0)
    return drawn, "anh.png"


def good(control: Control) -> str:
    """A value that the field takes."""
    if control.name == "officer_id":
        return control.options[-1]  # the first has the case already
    if control.kind == "choice":
        return control.value or next((one for one in control.options if one), "")
    if control.name == "not_classified":
        return "y"  # nothing is taken without it
    if control.kind in ("hidden", "checkbox"):
        return control.value
    if control.name in EXAMPLES and not (control.kind == "day" and control.value):
        return EXAMPLES[control.name]
    return control.value or ("20/11/2026" if control.kind == "day" else "12" if control.kind == "digits" else "Một câu")


def may_take(control: Control, value: Value) -> bool:
    """Whether a field of this kind may keep such a value."""
    if value.kind == "empty":
        return True  # whether a field may be empty is the form's to say
    if control.kind == "choice":
        return value.text.strip() in control.options or control.name in FREE_OF_FIELD
    if control.kind == "digits":
        return re.fullmatch(r"[0-9]{1,12}|[0-9]{1,3}(\.[0-9]{3})*", value.text.strip()) is not None
    if control.kind == "day":
        return False
    if control.kind == "hidden":
        return control.name in FREE_OF_FIELD or not control.value  # nobody looks at a version of what is new
    return value.plain or control.kind == "checkbox"


def shown(text: str) -> str:
    """A text as far as a page can show it."""
    return "".join(kept(plain(text)).split())


@pytest.fixture
def still(app: Any, commune: builders.Commune, neighbour: builders.Commune, browse_as: Any) -> Any:
    lived_in(commune, neighbour)
    clients = {name: app.test_client() if name == "nobody" else browse_as(getattr(commune, name)) for name in WALKERS}
    return Still(app), clients


def trials(client: FlaskClient, still: Still) -> Iterator[Trial]:
    """Every form that this person is shown, once."""
    found: dict[Any, Form] = {}
    for page, text in list(pages(client, "/", "/more", "/login")):
        if page == SAMPLES:
            continue
        for form in forms_in(page, text):
            found.setdefault(form.kind, form)
    for kind, form in found.items():
        if kind not in TRIED:
            TRIED.add(kind)
            yield Trial(client, form, still, dict(client._cookies))


@pytest.mark.parametrize("who", WALKERS)
def test_no_field_of_any_form_is_harmed_by_what_is_typed(still, who):
    lying, clients = still
    faults = []
    for trial in trials(clients[who], lying):
        trial.begin()
        for name, control in trial.form.controls.items():
            if control.kind == "file" or name == "csrf_token":
                continue
            for value in values_for(control.kind):
                trial.put([name], value)
        faults += trial.faults
    assert not faults, "\n".join(faults)
