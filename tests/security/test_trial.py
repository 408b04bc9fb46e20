"""A trial of several fields at once finds what a trial of each would find, and says at which field it is."""

import re
from types import SimpleNamespace

import pytest
from flask import Flask, request
from markupsafe import escape

from tests.security.found_forms import forms_in
from tests.security.hostile import ABSENT, REPEATED, Value
from tests.security.trial import Trial

NAMES = ("begun_on", "seen_on", "ended_on")
NO_DAY = Value("day", "31/02/2026")
UNTOUCHED = SimpleNamespace(changed=list, restore=lambda: None)


def drawn(told):
    """A form of three days, with what was typed and what is wrong."""
    fields = "".join(
        f'<input id="{name}" name="{name}" class="w-day" value="{escape(request.form.get(name, ""))}">'
        + (f'<p class="error" id="{name}-error">{told[name]}</p>' if name in told else "")
        for name in NAMES
    )
    hidden = '<input type="hidden" name="send_id">'
    return f'<html><body><form method="post" action="/days/new">{hidden}{fields}</form></body></html>'


@pytest.fixture
def trial():
    """Tries that form, of which a check of each field says what is wrong with what came in."""

    def begun(**checks):
        app = Flask(__name__)

        @app.route("/days/new", methods=["GET", "POST"])
        def new():
            told = {name: wrong for name in NAMES if (wrong := checks[name](request.form.getlist(name)))}
            if request.method == "POST" and not told:
                return "", 302, {"Location": "/days"}
            return drawn(told if request.method == "POST" else {}), 422 if request.method == "POST" else 200

        client = app.test_client()
        (form,) = forms_in("/days/new", client.get("/days/new").text)
        return Trial(client, form, UNTOUCHED, {})

    return begun


def strict(came):
    good = len(came) == 1 and re.fullmatch(r"20/11/2026|", came[0])
    return "" if good else "Please write a day."


def lax(came):
    return ""


def broken(came):
    return strict(came) if came != [NO_DAY.text] else 1 / 0


def test_nothing_is_found_where_each_field_says_what_is_wrong_and_one_request_asks_it(trial):
    one = trial(begun_on=strict, seen_on=strict, ended_on=strict)
    one.put_into_each(list(NAMES), NO_DAY)
    assert (one.faults, one.inputs) == ([], 1)


@pytest.mark.parametrize(("value", "told"), [(NO_DAY, "took it with 302"), (REPEATED, "took it with 302")])
def test_the_one_field_that_takes_what_is_wrong_is_found_among_those_that_refuse_it(trial, value, told):
    one = trial(begun_on=strict, seen_on=lax, ended_on=strict)
    one.put_into_each(list(NAMES), value)
    assert [("[seen_on]" in fault, told in fault) for fault in one.faults] == [(True, True)]


def test_a_field_that_breaks_the_page_is_found_among_those_that_refuse(trial):
    one = trial(begun_on=strict, seen_on=strict, ended_on=broken)
    one.put_into_each(list(NAMES), NO_DAY)
    assert [("[ended_on]" in fault, "status 500" in fault) for fault in one.faults] == [(True, True)]


def test_what_may_be_left_out_is_left_out_without_what_may_not(trial):
    one = trial(begun_on=strict, seen_on=lax, ended_on=lax)
    one.put_into_each(list(NAMES), ABSENT)
    assert (one.faults, one.inputs) == ([], 2)
