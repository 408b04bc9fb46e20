"""Bad input in every form: told at the field, everything typed kept, nothing half-written, never an error of ours."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.security.found_forms import Control, Form, family
from tests.security.hostile import SOME, values_for
from tests.security.lived import WALKERS, Scene
from tests.security.still import Still
from tests.security.trial import Trial

# A form that several are shown is tried by the first of them.
# A field that several forms of a room ask for is tried whole in the first of them.
TRIED: set[Any] = set()  # all of them run in one worker (tests/workers.py): another would try the same forms again
ASKED: set[tuple[str, str, str]] = set()


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


def try_field(trial: Trial, control: Control, foreign: Mapping[str, list[int]]) -> None:
    """Everything that can be wrong with one field."""
    asked = (trial.form.action.split("/")[1], family(control.name), control.kind)
    for value in values_for(control.kind, again=asked in ASKED):
        trial.put([control.name], value)
    ASKED.add(asked)
    trial.leave_out(control.name)
    trial.repeat(control.name)
    if control.name.endswith("_id") and control.name != "send_id" and control.kind in ("choice", "hidden"):
        assert foreign.get(family(control.name)), f"the neighbour has nothing that {control.name} could name"
        trial.put_foreign(control.name, foreign[family(control.name)])


@pytest.mark.parametrize("who", WALKERS)
def test_no_field_of_any_form_is_harmed_by_what_is_typed(scene, who, record_property):
    faults, inputs = [], 0
    for trial in trials(scene, who):
        controls = [one for one in trial.form.controls.values() if one.kind != "file" and one.name != "csrf_token"]
        for control in one_of_each(controls):
            try_field(trial, control, scene.foreign)
        for value in SOME:
            trial.put([one.name for one in controls if one.visible], value)
        faults += trial.faults
        inputs += trial.inputs
    record_property("inputs", inputs)
    assert not faults, "\n".join(faults)
