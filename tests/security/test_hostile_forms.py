"""Bad input in every form: told at the field, everything typed kept, nothing half-written, never an error of ours."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.security.found_forms import Control, Form, family
from tests.security.hostile import ABSENT, AGAIN, ALL, REPEATED, SOME, VALUES, values_for
from tests.security.lived import WALKERS, Scene
from tests.security.still import Still
from tests.security.trial import Trial

# A form that several are shown is tried by the first of them.
# A field that several forms of a room ask for is tried whole in the first of them, and what lists are looked through by
# in the first list; the others are tried with the values of `AGAIN`.
TRIED: set[Any] = set()  # all of them run in one worker (tests/workers.py): another would try the same forms again
ASKED: set[tuple[str, str, str]] = set()
AGAIN_SOME = tuple(value for value in SOME if value.kind in AGAIN)


def trials(scene: Scene, who: str) -> Iterator[Trial]:
    """Every form that this person is shown, once."""
    found: dict[Any, list[Form]] = {}
    for form in scene.forms(who):
        found.setdefault(form.kind, []).append(form)
    for kind, forms in found.items():
        if kind not in TRIED:
            TRIED.add(kind)
            yield begun(scene.clients[who], forms, scene.still)


def begun(client: FlaskClient, forms: list[Form], still: Still) -> Trial:
    """The trial of the first form of a kind that takes what is right: of somebody who has the role not yet, say."""
    tried = []
    for form in forms:
        trial = Trial(client, form, still, dict(client._cookies))
        if trial.begin():
            return trial
        tried.append(trial)
    return tried[0]


def one_of_each(controls: Iterable[Control]) -> list[Control]:
    """Of fields that are alike but for a number the first: one day of a month, one force.

    The cells of a register are the fields of its book's form, each of which is tried there: of them one of each kind.
    """
    found: dict[str, Control] = {}
    for one in controls:
        in_row = one.name.startswith("row") and not one.name.endswith("_id")
        found.setdefault(f"cell {one.kind}" if in_row else family(one.name), one)
    return list(found.values())


def try_form(trial: Trial, foreign: Mapping[str, list[int]]) -> None:
    """Everything that can be wrong with each of its fields, and with all of them at once."""
    controls = [one for one in trial.form.controls.values() if one.kind != "file" and one.name != "csrf_token"]
    each = one_of_each(controls)
    visible, fresh = [one.name for one in controls if one.visible], [one for one in each if not asked(trial, one)]
    for value in VALUES if ALL else SOME:
        fitting = [one for one in each if value in values_for(one.kind, again=one not in fresh)]
        left = trial.put(visible, value) if visible and value in (SOME if fresh else AGAIN_SOME) else visible
        trial.put_into_each([one.name for one in fitting if one.name in left], value)
        trial.put_into_each([one.name for one in fitting if not one.visible], value)
    alone = fresh if trial.form.method == "post" else []
    for control in alone:
        trial.put([control.name], ABSENT)
    trial.put_into_each([one.name for one in each if one not in alone], ABSENT)
    for control in each:
        if control.name.endswith("_id") and control.name != "send_id" and control.kind in ("choice", "hidden"):
            assert foreign.get(family(control.name)), f"the neighbour has nothing that {control.name} could name"
            trial.put_foreign(control.name, foreign[family(control.name)])
    trial.put_into_each([one.name for one in each], REPEATED)
    ASKED.update(known_by(trial, one) for one in each)


def known_by(trial: Trial, control: Control) -> tuple[str, str, str]:
    """Who asks, what for and how: forms that share it ask by the same field. Lists are looked through alike."""
    action = trial.form.action.split("?", maxsplit=1)[0]
    is_list = trial.form.method == "get" and re.fullmatch(r"/[a-z-]+/", action)
    return "a list" if is_list else action.split("/")[1], family(control.name), control.kind


def asked(trial: Trial, control: Control) -> bool:
    return known_by(trial, control) in ASKED


@pytest.mark.parametrize("who", WALKERS)
def test_no_field_of_any_form_is_harmed_by_what_is_typed(scene, who, record_property):
    faults, inputs = [], 0
    for trial in trials(scene, who):
        try_form(trial, scene.foreign)
        faults += trial.faults
        inputs += trial.inputs
    record_property("inputs", inputs)
    assert not faults, "\n".join(faults)
