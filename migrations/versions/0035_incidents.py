"""Incidents with their people, seizures and vehicles; tips and their boxes; disputes."""

import sqlalchemy as sa
from alembic import op

from migrations.tables import create_entries, create_record, day, number, refers, text, word, yes_or_no

revision = "0035_incidents"
down_revision = "0034_cameras"
branch_labels = None
depends_on = None

MONEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
LEADS_TO = ("observation", "attachment")  # what may belong to an incident


def hour(name: str) -> sa.Column:
    return sa.Column(name, sa.Time(), nullable=True)


def large(name: str) -> sa.Column:
    return sa.Column(name, MONEY, nullable=True)


def upgrade() -> None:
    _incidents()
    _tips()
    create_entries(
        "dispute",
        day("taken_up_on"), number("village_id"), word("kind"), number("parties"), text("text"), text("mediator"),
        word("result"), day("result_on", nullable=True),
        refers("dispute", "village_id", "unit"),
        indexed=("village_id", "taken_up_on"),
    )  # fmt: skip
    for name in LEADS_TO:
        op.execute(  # in place: hand-overs refer to observations, and a table that is referred to is not made anew
            f"ALTER TABLE {name} ADD COLUMN incident_id INTEGER"
            f" CONSTRAINT fk_{name}_incident_id REFERENCES incident (id)"
        )
        op.create_index(op.f(f"ix_{name}_incident_id"), name, ["incident_id"])


def _incidents() -> None:
    create_entries(
        "incident",
        word("kind"), word("category", nullable=True), day("occurred_on", nullable=True), hour("happened_at"),
        day("detected_on"), number("village_id"), text("location"), text("text"), text("cause"), word("detected_by"),
        word("received_by", nullable=True), word("handled_by", nullable=True), text("agencies"), word("outcome"),
        day("outcome_on", nullable=True), number("deaths"), number("injured"), large("property_vnd"),
        refers("incident", "village_id", "unit"),
        indexed=("village_id", "occurred_on", "detected_on"),
    )  # fmt: skip
    create_record(
        "incident_person",
        number("incident_id"), word("role"), text("full_name"), number("birth_year", nullable=True),
        text("residence"), number("person_id", nullable=True), text("note"),
        refers("incident_person", "incident_id", "incident"),
        refers("incident_person", "person_id", "person"),
        indexed=("incident_id", "person_id"),
    )  # fmt: skip
    create_record(
        "seizure",
        number("incident_id"), word("substance"), large("grams"), text("text"),
        refers("seizure", "incident_id", "incident"),
        indexed=("incident_id",),
    )  # fmt: skip
    create_record(
        "incident_vehicle",
        number("incident_id"), word("kind"), number("quantity"), word("harm"),
        refers("incident_vehicle", "incident_id", "incident"),
        indexed=("incident_id",),
    )  # fmt: skip


def _tips() -> None:
    create_entries(
        "tip",
        day("received_on"), word("channel"), number("village_id", nullable=True), text("text"),
        yes_or_no("giver_agrees"), sa.Column("giver_name", sa.String(), nullable=True),
        sa.Column("giver_contact", sa.String(), nullable=True), word("assessment"), day("assessed_on", nullable=True),
        number("incident_id", nullable=True),
        refers("tip", "village_id", "unit"),
        refers("tip", "incident_id", "incident"),
        indexed=("village_id", "received_on", "incident_id"),
    )  # fmt: skip
    create_entries(
        "tip_box",
        word("place_kind"), number("village_id", nullable=True), text("location"), day("installed_on"),
        day("removed_on", nullable=True), text("note"),
        refers("tip_box", "village_id", "unit"),
        indexed=("village_id", "installed_on"),
    )  # fmt: skip
    create_record(
        "tip_box_opening",
        number("box_id"), day("opened_on"), hour("opened_at"), number("first_id", nullable=True), text("first_name"),
        number("second_id", nullable=True), text("second_name"), number("found"), text("note"),
        refers("tip_box_opening", "box_id", "tip_box"),
        *(refers("tip_box_opening", by, "user") for by in ("first_id", "second_id")),
        indexed=("box_id",),
    )  # fmt: skip


def downgrade() -> None:
    for name in LEADS_TO:
        op.drop_index(op.f(f"ix_{name}_incident_id"), name)
        with op.batch_alter_table(name, recreate="never") as table:
            table.drop_column("incident_id")
    for name in (
        "dispute", "tip_box_opening", "tip_box", "tip", "incident_vehicle", "seizure", "incident_person", "incident",
    ):  # fmt: skip
        op.drop_table(name)
