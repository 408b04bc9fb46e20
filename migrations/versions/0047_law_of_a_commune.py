"""Numbers and readings of the law that a commune decided on, and the days off of a year as two people entered them."""

import sqlalchemy as sa
from alembic import op

from migrations.tables import create_record, day, number, refers, text, yes_or_no

revision = "0047_law_of_a_commune"
down_revision = "0046_found_by_name"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("unit", recreate="never") as unit:
        unit.add_column(sa.Column("own_law", sa.Boolean(), nullable=False, server_default=sa.false()))
    create_record(
        "rule_change",
        text("number"), text("kind"), text("key"), text("value"), day("holds_from", nullable=True), text("source"),
        yes_or_no("seen"), text("reason"), text("state"), text("decider_role"), day("decided_on", nullable=True),
        number("decided_by_id", nullable=True), refers("rule_change", "decided_by_id", "user"),
        sa.UniqueConstraint("commune_id", "number", name=op.f("uq_rule_change_commune_id_number")),
        indexed=("key", "state"),
    )  # fmt: skip
    create_record(
        "year_off",
        number("year"), text("off"), text("worked"), text("unknown"), text("source"), text("state"),
        text("decider_role"), day("confirmed_on", nullable=True),
        indexed=("year", "state"),
    )  # fmt: skip
    op.create_table(
        "moved_day",
        number("id"), number("rule_change_id"), text("subject_type"), number("subject_id"), text("number"),
        text("rule"), text("period"), text("label"), day("before", nullable=True), day("after", nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moved_day")), refers("moved_day", "rule_change_id", "rule_change"),
    )  # fmt: skip
    op.create_index(op.f("ix_moved_day_rule_change_id"), "moved_day", ["rule_change_id"])


def downgrade() -> None:
    for table in ("moved_day", "year_off", "rule_change"):
        op.drop_table(table)
    with op.batch_alter_table("unit", recreate="never") as unit:
        unit.drop_column("own_law")
