"""The page that asks whether something was entered in error, and why; one for entries of every kind, and for files."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import redirect, render_template

from portal.engine import notice, versions
from portal.engine.db import Kept
from portal.engine.deeds import attempt
from portal.engine.forms import VoidForm
from portal.engine.refusal import Refused
from portal.engine.voiding import void


@dataclass(frozen=True)
class Question:
    """What the page says: the question, where it stands, what follows, the verb, and how the deed is told.

    *way* is the label and the address of the page on which what stands in the way is mended, where there is one.
    """

    title: str
    text: str
    verb: str
    done: str
    back: str
    crumbs: Sequence[tuple[str, str]]
    facts: Sequence[str] = ()
    way: tuple[str, str] | None = None


def ask(record: Kept, question: Question, strike_out: Callable[[str], Any] | None = None) -> Any:
    """Ask for the reason and void, then go back. Where something stands against it, tell that instead of the form.

    *strike_out* is the deed where more is struck out than the record alone; it takes the reason.
    """
    form = VoidForm(data=versions.carried(record))
    tried = attempt(form, lambda: (strike_out or partial(void, record))(form.reason.data or ""), record)
    if tried.done:
        notice.done(question.done)
        return redirect(question.back)
    against = record.against_voiding
    refused = tried.refused or (Refused(*against) if against else None)
    shown = {"form": form, "question": question, "refused": refused, "blocked": bool(against)}
    return render_template("void.html", **shown), refused.status if refused else tried.status
