"""Sentences of papers that a commune words otherwise."""

import sqlalchemy as sa
from alembic import op

from migrations.tables import create_record, day, moment, number, refers, text

revision = "0070_wording_of_papers"
down_revision = "0069_oral_approvals"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_record(
        "wording_change",
        text("number"), text("paper"), text("block"), text("sub_kind"), text("text"), day("holds_from"),
        text("reason"), text("state"), text("decider_role"), moment("decided_at"),
        number("decided_by_id", nullable=True), refers("wording_change", "decided_by_id", "user"),
        sa.UniqueConstraint("commune_id", "number", name=op.f("uq_wording_change_commune_id_number")),
        indexed=("paper", "state"),
    )  # fmt: skip


def downgrade() -> None:
    op.drop_table("wording_change")
