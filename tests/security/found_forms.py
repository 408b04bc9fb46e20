"""Finds the forms of the portal by itself: it walks through all pages that somebody is shown and reads them."""

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from flask.testing import FlaskClient
from lxml import html

EACH_KIND = 8  # pages of one kind that are looked at: of proposals in different states, for example
_OTHER_ROWS = re.compile(r"row(?!1-)\d+-")  # of rows that are typed as into a sheet the first stands for all
NO_FIELDS = {"submit", "button", "image", "reset"}


@dataclass
class Control:
    """What can be filled in: its name, what is asked for, and what stands in it."""

    name: str
    kind: str  # line, text, day, digits, amount, choice, checkbox, hidden, password, file
    id: str = ""
    value: str = ""
    options: list[str] = field(default_factory=list)

    @property
    def visible(self) -> bool:
        return self.kind != "hidden"


@dataclass
class Form:
    page: str
    action: str
    method: str
    controls: dict[str, Control]
    buttons: dict[str, str]

    @property
    def kind(self) -> tuple[str, str, tuple[str, ...]]:
        """What two pages share that show the same form."""
        return self.method, page_kind(self.action), tuple(sorted({family(name) for name in self.controls}))


def family(name: str) -> str:
    """What fields share that are alike but for a number: of each day of a month, of each force, of each row."""
    return re.sub(r"^row\d+-|_\d+$", "", name)


def page_kind(address: str) -> str:
    return re.sub(r"\d+", "N", address.split("?", maxsplit=1)[0])


def pages(client: FlaskClient, *starts: str) -> Iterator[tuple[str, str]]:
    """Every page that links lead to, some of each kind."""
    waiting, known, looked_at = deque(starts), set(starts), dict[str, int]()
    while waiting:
        address = waiting.popleft()
        if looked_at.get(page_kind(address), 0) >= EACH_KIND:
            continue
        answer = client.get(address)
        assert answer.status_code < 500, address
        if answer.status_code != 200 or answer.mimetype != "text/html":
            continue
        looked_at[page_kind(address)] = looked_at.get(page_kind(address), 0) + 1
        yield address, answer.text
        for link in re.findall(r'href="(/[^"#]*)', answer.text):
            link = link.replace("&amp;", "&")
            if link not in known and not link.startswith("/static/"):
                known.add(link)
                waiting.append(link)


@lru_cache(maxsize=1)
def parsed(text: str) -> Any:
    """A page that is looked at in many ways, one after the other. Nobody changes it."""
    return html.document_fromstring(text)


def forms_in(page: str, text: str) -> Iterator[Form]:
    for drawn in parsed(text).iter("form"):
        controls: dict[str, Control] = {}
        buttons: dict[str, str] = {}
        for one in drawn.iter("input", "select", "textarea", "button"):
            name = one.get("name")
            if not name or _OTHER_ROWS.match(name):
                continue
            if one.tag == "button" or one.get("type") in NO_FIELDS:
                buttons[name] = one.get("value", "")
            else:
                _read(one, name, controls)
        yield Form(page, drawn.get("action") or page, (drawn.get("method") or "get").lower(), controls, buttons)


def _read(one: Any, name: str, controls: dict[str, Control]) -> None:
    kind = _kind(one)
    control = controls.setdefault(name, Control(name, kind, one.get("id") or _id_around(one)))
    if one.tag == "select":
        control.options = [option.get("value") for option in one.iter("option")]
        chosen = [option.get("value") for option in one.iter("option") if option.get("selected") is not None]
        control.value = chosen[0] if chosen else (control.options or [""])[0]
    elif one.get("type") == "radio":
        control.options.append(one.get("value"))
        control.id = _id_around(one)
        control.value = one.get("value") if one.get("checked") is not None else control.value
    elif kind == "checkbox":
        control.options.append(one.get("value", "y"))
        control.id = _id_around(one) if len(control.options) > 1 else control.id
        control.value = one.get("value", "y") if one.get("checked") is not None else ""
    elif one.tag == "textarea":
        control.value = (one.text or "").removeprefix("\n")
    else:
        control.value = one.get("value") or ""


def _id_around(one: Any) -> str:
    """What is wrong with one of several buttons stands at the field set around them."""
    fieldset = next(one.iterancestors("fieldset"), None)
    return (fieldset.get("id") or "") if fieldset is not None else ""


def _kind(one: Any) -> str:
    if one.tag == "textarea":
        return "text"
    if one.tag == "select" or one.get("type") == "radio":
        return "choice"
    if one.get("type") in ("checkbox", "hidden", "password", "file"):
        return str(one.get("type"))
    if "w-day" in (one.get("class") or ""):
        return "day"
    return {"numeric": "digits", "tel": "digits", "decimal": "amount"}.get(one.get("inputmode"), "line")


def leading_nowhere(text: str) -> list[str]:
    """Where the summary of what must be mended leads without anything being there."""
    page = parsed(text)
    targets = [link.removeprefix("#") for link in page.xpath("//*[contains(@class, 'summary')]//a/@href")]
    return [target for target in targets if not page.xpath("//*[@id=$id]", id=target)]


def error_at(text: str, control: Control) -> str:
    """What the page says is wrong with a field; nothing if it says nothing there."""
    found = parsed(text).xpath("//*[@id=$id]", id=f"{control.id}-error")
    return " ".join(found[0].text_content().split()) if found and "error" in found[0].get("class", "") else ""
