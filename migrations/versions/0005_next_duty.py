"""Find the next open duty of a case without looking at those that are done."""

import sqlalchemy as sa
from alembic import op

revision = "0005_next_duty"
down_revision = "0004_remarks"
branch_labels = None
depends_on = None

STILL_OPEN = sa.text("done_on IS NULL AND dropped_on IS NULL AND voided_at IS NULL")


def upgrade() -> None:
    op.create_index(
        "ix_duty_next", "duty", ["case_id", "due_on"], sqlite_where=STILL_OPEN, postgresql_where=STILL_OPEN
    )


def downgrade() -> None:
    op.drop_index("ix_duty_next", table_name="duty")
