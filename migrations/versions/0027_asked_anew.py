"""Whether somebody was in the room for an item can be asked anew."""

import sqlalchemy as sa
from alembic import op

revision = "0027_asked_anew"
down_revision = "0026_hours_and_titles"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _let_present_be(nullable=True)


def downgrade() -> None:
    op.execute("DELETE FROM item_attendance WHERE present IS NULL")
    _let_present_be(nullable=False)


def _let_present_be(*, nullable: bool) -> None:
    with op.batch_alter_table("item_attendance") as table:
        table.alter_column("present", existing_type=sa.Boolean(), nullable=nullable)
