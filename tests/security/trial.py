"""One form under trial: what is right is sent first, then what is wrong, and each answer is looked at."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict

from portal.engine.letters import kept, plain
from tests import builders
from tests.security.found_forms import Control, Form, error_at, family, forms_in, leading_nowhere, parsed
from tests.security.hostile import ABSENT, MARK, REPEATED, Value
from tests.security.sample_files import a_list, a_picture
from tests.security.still import Still

# What a field takes, by its name, where neither what stands in it nor a line of text would do.
EXAMPLES = {
    "full_name": "Trần Văn Mẫu", "birth_date": "12/03/1979", "birth_year": "1979", "national_id": "001079012345",
    "phone": "0901234567", "judgment_on": "14/07/2026", "received_on": "31/07/2026", "starts_on": "14/07/2026",
    "prison_months": "12", "detained_days": "", "reception_on": "",
    "term_months": "24", "supervising_unit_id": "", "printed_ends_on": "14/07/2028", "amount_vnd": "1.500.000",
    "held_on": "20/11/2026",
    "given_on": "20/11/2026", "happened_on": "20/11/2026", "occurred_on": "20/11/2026", "recorded_on": "21/11/2026",
    "leaves_on": "01/12/2026", "returns_on": "10/12/2026", "completed_on": "20/11/2026", "dated_on": "23/11/2026",
    "username": "nguoi.moi", "email": "nguoi.moi@example.vn", "valid_to": "31/12/2026",
    "password": builders.PASSWORD, "present": builders.PASSWORD,
    "new": "mười hai con trâu 84", "again": "mười hai con trâu 84", "from": "01/01/2026", "to": "31/10/2026",
    "q": "trần", "number": "2026-001", "on": "24/12/2026", "at": "09:00", "began": "07:00", "ended": "09:30",
    "residence_checked_on": "", "off": "1/1 5/2 8/2 9/2 10/2 11/2 16/4 30/4 3/5 2/9 3/9 24/11", "value": "1/3",
    "starts": "07:00", "ends": "07:45", "ends_on": "", "happened_at": "07:00", "outcome_on": "23/11/2026",
    "symbol": "KH-UBND",
    "appear_on": "30/11/2026", "appear_time": "08:30", "begun_at": "08:00", "closed_at": "09:30",
    "minutes_on": "23/11/2026", "written_on": "20/11/2026",
    "by_rule_on": "04/12/2026", "moved_to": "07/12/2026", "due_on": "24/12/2026", "last_day": "31/12/2026",
}  # fmt: skip
A_CARD = "441188226633"  # the digits of one that is out
FREE_OF_FIELD = {"locale", "next", "send_id"}  # what is mistyped there changes nothing and is told nowhere
# What is typed instead, one after the other, where a field does not take what is usual.
INSTEAD = {
    "line": ("", "12", "mau_1"), "text": ("",), "day": ("", "01/11/2026", "24/12/2026"),
    "digits": ("", "1", "2026", "001079012345"), "amount": ("", "1"),
}  # fmt: skip
MOST_TRIES = 12
UNDECIDED = {"pending", "open"}  # what lies so has neither a day nor a paper of its end


@dataclass
class Trial:
    """One form, its browser, and what was found wrong with it."""

    client: FlaskClient
    form: Form
    still: Still
    cookies: dict[Any, Any]
    faults: list[str] = field(default_factory=list)
    inputs: int = 0
    tried: set[tuple[tuple[str, ...], Value]] = field(default_factory=set)
    mended: dict[str, list[str]] = field(default_factory=dict)  # what else each field could take, the next one first

    def valid(self) -> dict[str, Any]:
        typed = {one.name: good(one) for one in self.form.controls.values() if one.kind != "file"}
        if "held_on" in typed and "month" in typed:  # within the month that stands chosen
            typed["held_on"] = f"15/{typed['month'][5:7]}/{typed['month'][:4]}"
        if typed.get("on_behalf_of_id") == "":  # nobody is there to act for
            typed["capacity"] = ""
        if "password" in typed:
            typed["username"] = "by.officer"
        typed |= dict.fromkeys((name for name in typed if name.startswith("party_")), "y")  # no plan is of one alone
        typed |= {name: f"Người {name}" for name in typed if name.startswith("in_charge_")}  # nobody leads two forces
        if self.form.action.endswith("/card"):
            typed["code"] = A_CARD
        if "agreed_on" in typed:  # what became of a move, step by step from the day on which it was asked for
            typed |= dict.fromkeys(("told_on", "agreed_on", "decided_on"), "23/11/2026")
        if self.form.action.endswith("/patrols/new"):  # nobody plans what is over
            typed["on"] = "24/12/2026"
        if self.form.action.startswith("/texts/"):  # it is worded otherwise than now
            typed["text"] += " (nói rõ thêm)"
        if "determination" in typed:  # nobody was asked whether the person is addicted
            typed |= dict.fromkeys(("determination", "determined_on", "determination_number"), "")
        if "afterwards" in typed:  # nothing is older than the portal
            typed["afterwards"] = ""
        return {**typed, **self._of_meetings(typed), **self._several(), **self._mended()}

    def _mended(self) -> dict[str, str]:
        return {name: others[0] for name, others in self.mended.items()}

    def _several(self) -> dict[str, Any]:
        """Where several may be ticked, all are: the paper is signed by everybody."""
        return {name: one.options for name, one in self.form.controls.items() if len(one.options) > 1
                and one.kind == "checkbox"}  # fmt: skip

    def _of_meetings(self, typed: Mapping[str, str]) -> dict[str, str]:
        """A meeting moves to another day, is held by today, and asks for somebody by account or by name, not both."""
        if self.form.action.startswith("/meetings/") and self.form.action.endswith("/move"):
            return {"on": "24/12/2026"}
        if self.form.action.endswith("/series/new"):
            return {"kind": "steering_committee"}  # no briefing beside that of the world
        if "began" in typed:
            open_ = ("substitute_", "came_", "left_")  # most come themselves, and stay
            return {"on": "23/11/2026", **{name: "" for name in typed if name.startswith(open_)}}
        if "comes" in typed:
            return {"substitute": ""}
        return {"user_id": ""} if {"user_id", "name"} <= typed.keys() else {}

    def begin(self) -> bool:
        """Send what is right: only if it is taken, it tells something that a wrong value is refused.

        As people do, it mends what the page says is wrong, until the form is taken or nothing else is left to type.
        """
        answer = self.send(self.valid())
        for _again in range(MOST_TRIES):
            if answer.status_code != 422 or not self._mend(answer.text):
                break
            answer = self.send(self.valid())
        if answer.status_code >= 400:
            self.faults.append(f"{self.form.action} does not take {self.valid()}: {answer.status_code}")
        self.back()
        return not self.faults

    def _mend(self, page: str) -> bool:
        """Type something else where the page says that something is wrong: of fields of which it says the same, in one.

        Says whether there was anything left to type.
        """
        chosen: dict[str, tuple[str, list[str]]] = {}
        for control in self.form.controls.values():
            told, left = error_at(page, control) if control.visible else "", self._left_for(control)
            if told and left:
                chosen.setdefault(told, (control.name, left))
        self.mended |= dict(chosen.values())
        return bool(chosen)

    def _left_for(self, control: Control) -> list[str]:
        return self.mended[control.name][1:] if control.name in self.mended else instead_of(control)

    def send(self, typed: Mapping[str, Any]) -> Any:
        self.inputs += 1
        if self.form.method == "post":
            files = {one.name: self._file() for one in self.form.controls.values() if one.kind == "file"}
            return self.client.post(self.form.action, data={**typed, **files})
        return self.client.get(self.form.action.split("?", maxsplit=1)[0], query_string=MultiDict(typed))

    def _file(self) -> tuple[BytesIO, str]:
        if self.form.action == "/exchange/import":
            return BytesIO(self.client.get("/exchange/template").data), "mau.xlsx"
        return a_list() if self.form.action == "/exchange/households" else a_picture()

    def put(self, names: list[str], value: Value) -> list[str]:
        """Write one value into some fields, once, and look at what comes back. Gives those of which nothing is told."""
        if (tuple(names), value) in self.tried:
            return names
        self.tried.add((tuple(names), value))
        left, faults = self._left(names, value)
        told = f"{self.form.method} {self.form.action} [{', '.join(names)}] {value.kind}: {value.text[:40]!r}"
        self.faults += [f"{told}: {fault}" for fault in faults]
        return left

    def put_into_each(self, names: list[str], value: Value) -> None:
        """What `put` would find field by field, in few requests.

        All are filled at once; those of which nothing is told are filled again without the others. What is amiss is
        looked for field by field, so that it is told where it is.
        """
        while len(names) > 1:
            left, faults = self._left(names, value)
            if faults or left == names:
                break
            names = left
        for name in names:
            self.put([name], value)

    def _left(self, names: list[str], value: Value) -> tuple[list[str], list[str]]:
        """Fill in a form, undo what was accepted; which fields are neither taken nor told wrong, and what is amiss."""
        sent = self._with(names, value)
        answer = self.send(sent)
        faults = list(self._faults(names, value, sent, answer))
        accepted, refused = answer.status_code < 400, answer.status_code == 422
        left = [] if accepted else [one for one in names if not (refused and error_at(answer.text, self._control(one)))]
        if accepted and self.form.method == "post":
            self.back()
        return left, faults

    def _control(self, name: str) -> Control:
        return self.form.controls[name]

    def _with(self, names: list[str], value: Value) -> dict[str, Any]:
        """What is right, but for one value in some fields: left out, sent beside what is right, or put in its place."""
        right = self.valid()
        if value is ABSENT:
            return {name: typed for name, typed in right.items() if name not in names}
        if value is REPEATED:
            firsts = {name: right[name] if isinstance(right[name], list) else [right[name]] for name in names}
            return {**right, **{name: [*first, value.text] for name, first in firsts.items()}}
        return {**right, **dict.fromkeys(names, value.text)}

    def put_foreign(self, name: str, ids: Iterable[int]) -> None:
        """Choose a record of the neighbour commune, which no list offers."""
        for number in ids:
            if str(number) in self.form.controls[name].options:
                self.faults.append(f"{self.form.action} offers {name} {number} of the neighbour")
            self.put([name], Value("foreign", str(number)))

    def back(self) -> None:
        """Undo what was accepted, a sign-out included."""
        self.still.restore()
        self.client._cookies = dict(self.cookies)

    def _faults(self, names: list[str], value: Value, sent: Mapping[str, Any], answer: Any) -> Iterator[str]:
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
            yield from self._missing(names, value, sent, text)
            yield from (f"the summary leads to #{target}, which is not there" for target in leading_nowhere(text))

    def _missing(self, names: list[str], value: Value, sent: Mapping[str, Any], text: str) -> Iterator[str]:
        """What the page lost, and whether it says at a field what is wrong."""
        again = max(
            (one for one in forms_in(self.form.page, text)),
            key=lambda one: (len(one.controls.keys() & sent.keys()), one.action == self.form.action), default=None,
        )  # fmt: skip
        if again is None or not again.controls.keys() & sent.keys():
            yield "the form is gone"
            return
        yield from self._silent(names, value, text)
        yield from self._lost(again, sent)

    def _silent(self, names: list[str], value: Value, text: str) -> Iterator[str]:
        """Each field that cannot keep the value says so; a sign-in does not say which of the two is wrong."""
        controls = [self.form.controls[name] for name in names if self.form.controls[name].visible]
        sign_in = any(one.kind == "password" for one in self.form.controls.values())
        unticked = value is ABSENT and all(one.kind == "checkbox" for one in controls)  # told at what needs the tick
        emptied = value is ABSENT or value.kind == "empty"
        if emptied and all(one.kind in ("checkbox", "choice") for one in controls) and told_as_a_whole(text):
            return
        asked = list(self.form.controls.values()) if sign_in or unticked else controls
        if controls and not any(error_at(text, one) for one in asked):
            yield "no error at the field"
        elif not sign_in:
            silent = [one.name for one in controls if not may_take(one, value) and not error_at(text, one)]
            yield from (f"no error at {name}" for name in silent)

    @staticmethod
    def _lost(again: Form, sent: Mapping[str, Any]) -> Iterator[str]:
        for name, typed in sent.items():
            control = again.controls.get(name)
            if control is None or isinstance(typed, list) or control.kind in ("password", "hidden", "checkbox"):
                continue
            if control.kind == "choice" and typed not in control.options:
                continue
            if shown(control.value) != shown(typed):
                yield f"{name} shows {control.value[:40]!r}"


def told_as_a_whole(text: str) -> bool:
    """Whether the page says of its form, and not of a field, what is wrong: that nothing was chosen in a long list."""
    return bool(parsed(text).xpath("//*[contains(@class, 'summary')]//li/b"))


def good(control: Control) -> str:
    """A value that the field takes."""
    if control.name == "officer_id":
        return control.options[-1]  # the first has the case already
    if control.kind == "choice":
        chosen = "" if control.value in UNDECIDED else control.value
        return chosen or next((one for one in control.options if one and one not in UNDECIDED), "")
    if control.name == "not_classified" or control.name.endswith("_agrees"):
        return "y"  # nothing is taken without it
    if control.kind in ("hidden", "checkbox"):
        return control.value
    stands = control.value and (control.kind == "day" or control.name == "number")  # the number that is next
    if family(control.name) in EXAMPLES and not stands:
        return EXAMPLES[family(control.name)]
    return control.value or {"day": "20/11/2026", "digits": "12", "amount": "12"}.get(control.kind, "Một câu")


def instead_of(control: Control) -> list[str]:
    """What else could stand in the field."""
    if control.kind == "checkbox":
        return ["" if good(control) else control.options[0]]
    return [one for one in (*INSTEAD.get(control.kind, ()), *control.options) if one != good(control)]


def may_take(control: Control, value: Value) -> bool:
    """Whether a field of this kind may keep such a value."""
    if value is REPEATED:
        return control.name in FREE_OF_FIELD or control.kind == "hidden"
    if value is ABSENT and control.kind == "choice":
        settled = control.options == [control.value]  # what stands chosen is all that there is
        return settled or "" in control.options or control.name in FREE_OF_FIELD
    if value.kind == "empty" or value is ABSENT:
        return True  # whether a field may be empty is the form's to say
    if control.kind == "choice":
        return value.text.strip() in control.options or control.name in FREE_OF_FIELD
    if control.kind == "digits":
        return re.fullmatch(r"[0-9]{1,12}|[0-9]{1,3}(\.[0-9]{3})*", value.text.strip()) is not None
    if control.kind == "amount":
        return re.fullmatch(r"[0-9]{1,12}([.,][0-9]{1,9})?|[0-9]{1,3}([.,][0-9]{3})*", value.text.strip()) is not None
    if control.kind == "day":
        return False
    if control.kind == "hidden":
        return control.name in FREE_OF_FIELD or not control.value  # nobody looks at a version of what is new
    return value.plain or control.kind == "checkbox"


def shown(text: str) -> str:
    """A text as far as a page can show it."""
    return "".join(kept(plain(text)).split())
