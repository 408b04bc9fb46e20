"""The days of a case as an act worked them out, with their reasons; and the version of the rule behind each finding."""

import sqlalchemy as sa
from alembic import op

from migrations.tables import create_record, day, number, refers, text, yes_or_no

revision = "0048_kept_days"
down_revision = "0047_law_of_a_commune"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_record(
        "reckoning",
        number("case_id"), day("made_on"), text("because"), text("reason"), text("facts"),
        day("last_on", nullable=True), text("state"), refers("reckoning", "case_id", "case"),
        indexed=("case_id",),
    )  # fmt: skip
    op.create_table(
        "reckoned_day",
        number("id"), number("reckoning_id"), text("rule"), text("period"), text("kind"), text("label"), day("due_on"),
        text("source"), yes_or_no("confirmed"), day("holds_from", nullable=True),
        sa.Column("inputs", sa.JSON(), nullable=False), text("note"),
        sa.Column("note_values", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reckoned_day")), refers("reckoned_day", "reckoning_id", "reckoning"),
    )  # fmt: skip
    op.create_index(op.f("ix_reckoned_day_reckoning_id"), "reckoned_day", ["reckoning_id"])
    with op.batch_alter_table("case", recreate="never") as case:
        case.add_column(sa.Column("kept_facts", sa.String(), nullable=False, server_default=""))
        case.add_column(sa.Column("kept_ends_on", sa.Date(), nullable=True))
    with op.batch_alter_table("finding", recreate="never") as finding:
        finding.add_column(sa.Column("holds_from", sa.Date(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("finding", recreate="never") as finding:
        finding.drop_column("holds_from")
    with op.batch_alter_table("case", recreate="never") as case:
        case.drop_column("kept_ends_on")
        case.drop_column("kept_facts")
    for table in ("reckoned_day", "reckoning"):
        op.drop_table(table)
