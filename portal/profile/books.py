"""The books about what a commune is."""

from flask_babel import format_decimal
from sqlalchemy import ColumnElement, and_
from sqlalchemy.orm import joinedload

from portal.books import Book, Column, Words, village_of
from portal.engine import clock
from portal.engine.listing import Chip
from portal.engine.presentation import day
from portal.engine.spans import going_on
from portal.engine.text import _, _l
from portal.organisation.models import Role
from portal.profile.catalogue import FACT_NAMES
from portal.profile.forms import FactForm, ForeignVillageForm, VillageStatForm
from portal.profile.models import COUNTRY_NAMES, CommuneFact, ForeignVillage, VillageStat


def _holds() -> ColumnElement[bool]:
    today = clock.today()
    return and_(CommuneFact.valid_from <= today, going_on(CommuneFact.ended_on, today))


def _both(households: int, persons: int) -> str:
    """Households and inhabitants in one cell."""
    told = {"households": format_decimal(households), "persons": format_decimal(persons)}
    return _("%(households)s households/%(persons)s inhabitants", **told)


TOTALS = Book(
    name="village_totals", record=VillageStat, icon="people", form=VillageStatForm,
    keeper=Role.OFFICE_CLERK,
    words=Words(
        _l("Totals of the villages"), _l("Totals of a village"), _l("Enter totals of a village"),
        _l("No totals are entered."),
        _l("Each village declares its households and inhabitants once or twice a year; figures take the latest."),
        _l("Households and inhabitants by village and day. Of ethnic groups and religions there are totals only."),
    ),
    columns=(
        Column(_l("Village"), lambda one: one.village.title, 24), Column(_l("As of"), lambda one: one.as_of, 12),
        Column(_l("Households"), lambda one: one.households, 10),
        Column(_l("Inhabitants"), lambda one: one.persons, 10),
        Column(_l("Ethnic minorities"), lambda one: _both(one.minority_households, one.minority_persons), 20),
        Column(_l("With a religion"), lambda one: _both(one.religious_households, one.religious_persons), 20),
        Column(_l("Source"), lambda one: one.source, 28),
    ),
    called=lambda one: f"{one.village.title}, {day(one.as_of)}", twice=("village_id", "as_of"),
    options=(joinedload(VillageStat.village),),
)  # fmt: skip

FACTS = Book(
    name="commune_facts", record=CommuneFact, icon="info", form=FactForm,
    keeper=Role.OFFICE_CLERK,
    words=Words(
        _l("Facts of the commune"), _l("Fact"), _l("Enter a fact"), _l("No fact is entered."),
        _l("Area, border, distances: typed once, with the day from which it holds."),
        _l("What the report says of the commune and no record can count, each from a day on."),
    ),
    columns=(
        Column(_l("Fact"), lambda one: str(FACT_NAMES[one.key]), 40), Column(_l("Value"), lambda one: one.told, 20),
        Column(_l("Holds from"), lambda one: one.valid_from, 12), Column(_l("Ended on"), lambda one: one.ended_on, 12),
        Column(_l("Source"), lambda one: one.source, 28),
    ),
    called=lambda one: f"{FACT_NAMES[one.key]}: {one.told}", quick=("key", "value", "valid_from"),
    twice=("key", "valid_from"), chips=(Chip("today", _l("Hold today"), _holds), Chip("all", _l("All"))),
)  # fmt: skip

ABROAD = Book(
    name="foreign_villages", record=ForeignVillage, icon="people", form=ForeignVillageForm,
    keeper=Role.OFFICE_CLERK,
    words=Words(
        _l("Villages across the border"), _l("Village across the border"), _l("Enter a village across the border"),
        _l("No village is entered."), _l("Each with what is known of its households and inhabitants, as of a day."),
        _l("The villages that face those of the commune."),
    ),
    columns=(
        Column(_l("Name of the village"), lambda one: one.name, 24),
        Column(_l("Country"), lambda one: str(COUNTRY_NAMES[one.country]), 14),
        Column(_l("Households"), lambda one: one.households, 10),
        Column(_l("Inhabitants"), lambda one: one.persons, 10), Column(_l("As of"), lambda one: one.as_of, 12),
        Column(_l("Faces"), village_of, 20),
    ),
    called=lambda one: f"{one.name} ({COUNTRY_NAMES[one.country]})", twice=("country", "name", "as_of"),
    options=(joinedload(ForeignVillage.village),),
)  # fmt: skip

BOOKS = (TOTALS, FACTS, ABROAD)
