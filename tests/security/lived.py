"""Communes as they are after some months, records in every state that offers a form; and who walks through them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import Table, select

from portal.cases.actions import assign_officer
from portal.engine.db import Base, db
from portal.engine.transaction import transaction
from portal.incidents.books import INCIDENTS
from portal.organisation import actions as accounts
from tests import builders
from tests.books import samples
from tests.security import councils, offices, shelves, world
from tests.security.found_forms import Form, forms_in, pages
from tests.security.still import Still
from tests.security.trial import A_CARD

WALKERS = (
    "officer", "chief", "leader", "clerk", "military", "border", "helper", "village_head", "inspector", "administrator",
    "nobody",
)  # fmt: skip
SAMPLES = "/styleguide"  # forms to look at, that lead nowhere


def build(commune: builders.Commune, neighbour: builders.Commune) -> None:
    """Records in every state that offers a form, of two communes."""
    world.build(commune, neighbour)
    offices.build(commune, neighbour)
    councils.build(commune, neighbour)
    shelves.beside(neighbour)
    _written_down(commune)
    case = builders.a_case(commune, "Phạm Thị Mẫu")
    builders.a_case(commune, "Lê Văn Nháp", state="draft")
    builders.a_case(commune, "Đinh Văn Hết", starts_on=date(2025, 11, 25), term_months=12)  # its file goes up now
    for reason in range(3):
        builders.an_absence(commune, case, date(2026, 12, 1 + reason), date(2026, 12, 5))
    _carried_on(commune, case)
    with transaction(commune.chief):
        free = builders.a_case(commune, "Võ Văn Chờ", officer="officer2")
        assign_officer(free, commune.officer)
    with transaction(commune.clerk):
        card, _digits = accounts.make_card(commune.village_head.grants[0])
        card.code_hash = accounts.code_hash(A_CARD)


def _written_down(commune: builders.Commune) -> None:
    """An entry with lines, which is mended and struck out as those of all books are, and what others stand on: a
    positive test, without which there is no fine."""
    village = commune.place("BPH")
    for sample in samples.SAMPLES:
        with transaction(getattr(commune, sample.by)):
            sample.ahead(commune, village)
            if sample.book is INCIDENTS:
                samples.kept(sample, commune)


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
    case = builders.a_case(neighbour, "Trần Văn Mẫu")
    several = {
        "unit": [neighbour.place(code).id for code, _name, _kind in builders.UNITS],
        "user": [getattr(neighbour, name).id for name in ("officer", "chief", "leader", "village_head", "helper")],
        "person": [case.person_id],
    }
    found: dict[str, list[int]] = {}
    for name, table in naming():  # a name that leads to two tables is tried with the records of both
        found[name] = [*found.get(name, ()), *(several.get(table.name) or _some_of(neighbour, table))]
    return {**found, "grant_id": [neighbour.village_head.grants[0].id]}


def naming() -> Iterable[tuple[str, Table]]:
    """The columns by which records name others, each with the table that it leads to: fields are named as they are."""
    columns = (column for mapper in Base.registry.mappers for column in mapper.local_table.columns)
    found = {(column.name, key.column.table) for column in columns for key in column.foreign_keys}
    return sorted(found, key=lambda one: (one[0], one[1].name))


def _some_of(neighbour: builders.Commune, table: Table) -> list[int]:
    """The first records of a table that belong to the neighbour; none where its rows are of no commune."""
    if "commune_id" not in table.c:
        return []
    own = select(table.c.id).where(table.c.commune_id == neighbour.id)
    return list(db.session.scalars(own.order_by(table.c.id).limit(2)))


@dataclass
class Scene:
    """The portal as it lies, a browser for each of those who walk, and what belongs to the neighbour."""

    still: Still
    clients: Mapping[str, FlaskClient]
    foreign: Mapping[str, list[int]]
    found: dict[str, list[Form]] = field(default_factory=dict)

    def forms(self, who: str) -> Iterable[Form]:
        """Every form that somebody is shown on any page. Every scene lies the same way, so each walks but once."""
        if who not in self.found:
            walk = pages(self.clients[who], "/", "/more", "/login")
            self.found[who] = [form for page, text in walk if page != SAMPLES for form in forms_in(page, text)]
        return self.found[who]
