"""Rounds in which closed files lose their names: what was counted, who decided, and each person of a round."""

import sqlalchemy as sa
from alembic import op

from migrations.tables import create_record, day, number, refers, text

revision = "0074_rounds_of_retention"
down_revision = "0073_asked_of_own_data"
branch_labels = None
depends_on = None

NAME, ITEM = "retention_round", "retention_item"


def upgrade() -> None:
    create_record(
        NAME, text("number"), day("counted_on"), number("people"), number("records"), number("files"), text("reason"),
        text("state"), text("decider_role"), day("decided_on", nullable=True), number("decided_by_id", nullable=True),
        day("carried_out_on", nullable=True), refers(NAME, "decided_by_id", "user"),
        sa.UniqueConstraint("commune_id", "number", name=op.f("uq_retention_round_commune_id_number")),
        indexed=("state",),
    )  # fmt: skip
    op.create_table(
        ITEM, number("id"), number("round_id"), number("place"), number("person_id"), text("told"), day("ended_on"),
        text("state"), day("done_on", nullable=True), text("why"), refers(ITEM, "round_id", NAME),
        refers(ITEM, "person_id", "person"), sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{ITEM}")),
    )  # fmt: skip
    for column in ("round_id", "person_id"):
        op.create_index(op.f(f"ix_{ITEM}_{column}"), ITEM, [column])


def downgrade() -> None:
    op.drop_table(ITEM)
    op.drop_table(NAME)
