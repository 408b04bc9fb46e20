"""Hand-overs of somebody's whole work, with a line for each thing that they held."""

import sqlalchemy as sa
from alembic import op

from migrations.tables import create_record, day, number, refers, text, word, yes_or_no

revision = "0052_hand_overs"
down_revision = "0051_why_given"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_record(
        "work_handover",
        number("giver_id"), number("taker_id"), number("unit_id"), day("on"), text("reason"), yes_or_no("giver_left"),
        *(refers("work_handover", one, "user") for one in ("giver_id", "taker_id")),
        refers("work_handover", "unit_id", "unit"),
        indexed=("giver_id", "taker_id"),
    )  # fmt: skip
    create_record(
        "handover_line",
        number("work_id"), number("position"), text("holding"), text("subject_type"), number("subject_id"),
        text("told"), sa.Column("values", sa.JSON(), nullable=False), number("many"), word("outcome"), text("why"),
        sa.Column("why_values", sa.JSON(), nullable=False),
        refers("handover_line", "work_id", "work_handover"),
        indexed=("work_id",),
    )  # fmt: skip


def downgrade() -> None:
    op.drop_table("handover_line")
    op.drop_table("work_handover")
