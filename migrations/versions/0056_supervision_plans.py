"""Supervision plans, which the chief decides on since 01/07/2026."""

import sqlalchemy as sa
from alembic import op

from migrations.tables import day, number, refers, text

revision = "0056_supervision_plans"
down_revision = "0055_receptions"
branch_labels = None
depends_on = None

NAME = "supervision_plan_proposal"


def upgrade() -> None:
    op.create_table(
        NAME, number("id"), number("replaces_id", nullable=True), number("officer_id"), day("starts_on"),
        day("ends_on"), text("summary"), text("partners"), text("tasks"),
        refers(NAME, "id", "proposal"), refers(NAME, "replaces_id", NAME), refers(NAME, "officer_id", "user"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{NAME}")),
    )  # fmt: skip


def downgrade() -> None:
    op.drop_table(NAME)
