"""Bad input in every form: told at the field, everything typed kept, nothing half-written, never an error of ours."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient

from portal.cases.actions import assign_officer
from portal.engine.transaction import transaction
from portal.organisation import actions as accounts
from tests import builders
from tests.security import councils, offices, world
from tests.security.found_forms import Control, Form, family, forms_in, pages
from tests.security.hostile import SOME, values_for
from tests.security.still import Still
from tests.security.trial import A_CARD, Trial

# Who walks. A form that several are shown is tried by the first of them.
WALKERS = ("officer", "chief", "leader", "helper", "village_head", "inspector", "administrator", "nobody")
TRIED: set[Any] = set()

SAMPLES = "/styleguide"  # forms to look at, that lead nowhere


def lived_in(commune: builders.Commune, neighbour: builders.Commune) -> None:
    """Records in every state that offers a form, of two communes."""
    world.build(commune, neighbour)
    offices.build(commune, neighbour)
    councils.build(commune, neighbour)
    case = builders.a_case(commune, "Phạm Thị Mẫu")
    builders.a_case(commune, "Lê Văn Nháp", state="draft")
    for reason in range(3):
        builders.an_absence(commune, case, date(2026, 12, 1 + reason), date(2026, 12, 5))
    _carried_on(commune, case)
    with transaction(commune.chief):
        free = builders.a_case(commune, "Võ Văn Chờ", officer="officer2")
        assign_officer(free, commune.officer)
    with transaction(commune.clerk):
        card, _digits = accounts.make_card(commune.village_head.grants[0])
        card.code_hash = accounts.code_hash(A_CARD)


def _carried_on(commune: builders.Commune, case: Any) -> None:
    """One proposal submitted, one decided on, one still a draft."""
    first, second, *_draft = case.proposals
    with transaction(commune.officer):
        for one in (first, second):
            one.workflow.take("submit", one, commune.officer)
    for who, step in (("chief", "endorse"), ("leader", "approve")):
        with transaction(getattr(commune, who)):
            second.workflow.take(step, second, getattr(commune, who))


def foreign_ids(neighbour: builders.Commune) -> dict[str, list[int]]:
    """Records of the neighbour commune, by the name of the field in which somebody could name them."""
    units = [neighbour.place(code).id for code, _name, _kind in builders.UNITS]
    people = [getattr(neighbour, name).id for name in ("officer", "chief", "leader", "village_head", "helper")]
    case = builders.a_case(neighbour, "Trần Văn Mẫu")
    return {
        "village_id": units, "unit_id": units, "successor_id": units, "officer_id": people, "helper_id": people,
        "supervising_unit_id": units, "on_behalf_of_id": people, "person_id": [case.person_id], "chair_unit_id": units,
        **dict.fromkeys(("chair_id", "secretary_id", "user_id"), people),
    }  # fmt: skip


@dataclass
class Scene:
    """The portal as it lies, a browser for each of those who walk, and what belongs to the neighbour."""

    still: Still
    clients: Mapping[str, FlaskClient]
    foreign: Mapping[str, list[int]]


@pytest.fixture
def scene(app: Any, commune: builders.Commune, neighbour: builders.Commune, browse_as: Any) -> Scene:
    lived_in(commune, neighbour)
    foreign = foreign_ids(neighbour)
    clients = {name: app.test_client() if name == "nobody" else browse_as(getattr(commune, name)) for name in WALKERS}
    return Scene(Still(app), clients, foreign)


def trials(client: FlaskClient, still: Still) -> Iterator[Trial]:
    """Every form that this person is shown, once."""
    found: dict[Any, list[Form]] = {}
    for page, text in list(pages(client, "/", "/more", "/login")):
        if page == SAMPLES:
            continue
        for form in forms_in(page, text):
            found.setdefault(form.kind, []).append(form)
    for kind, forms in found.items():
        if kind not in TRIED:
            TRIED.add(kind)
            yield begun(client, forms, still)


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
    """Of fields that are alike but for a number the first: one day of a month, one force."""
    found: dict[str, Control] = {}
    for one in controls:
        found.setdefault(family(one.name), one)
    return list(found.values())


def try_field(trial: Trial, control: Control, foreign: Mapping[str, list[int]]) -> None:
    """Everything that can be wrong with one field."""
    for value in values_for(control.kind):
        trial.put([control.name], value)
    trial.leave_out(control.name)
    trial.repeat(control.name)
    if control.name.endswith("_id") and control.name != "send_id" and control.kind in ("choice", "hidden"):
        trial.put_foreign(control.name, foreign[control.name])  # a new field of the kind must name its record there


@pytest.mark.parametrize("who", WALKERS)
def test_no_field_of_any_form_is_harmed_by_what_is_typed(scene, who, record_property):
    faults, inputs = [], 0
    for trial in trials(scene.clients[who], scene.still):
        controls = [one for one in trial.form.controls.values() if one.kind != "file" and one.name != "csrf_token"]
        for control in one_of_each(controls):
            try_field(trial, control, scene.foreign)
        for value in SOME:
            trial.put([one.name for one in controls if one.visible], value)
        faults += trial.faults
        inputs += trial.inputs
    record_property("inputs", inputs)
    assert not faults, "\n".join(faults)
