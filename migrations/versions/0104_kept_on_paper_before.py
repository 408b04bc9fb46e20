"""Files that ran on paper before: from when they are kept here, what that paper had, and what was decided on it."""

import sqlalchemy as sa
from alembic import op

from migrations.tables import day, word

revision = "0104_kept_on_paper_before"
down_revision = "0103_income_and_community_work"
branch_labels = None
depends_on = None

DAYS = ("kept_from", "paper_report_on", "paper_assessed_on")
BY_NUMBER = ("written_warning", "review_meeting", "absence_proposal")


def upgrade() -> None:
    for name in DAYS:
        op.add_column("case", day(name, nullable=True))
    op.add_column("case", word("paper_rating", nullable=True))
    for name in BY_NUMBER:
        op.add_column(name, sa.Column("paper_number", sa.String(), nullable=False, server_default=sa.text("''")))


def downgrade() -> None:
    for name in BY_NUMBER:
        with op.batch_alter_table(name, recreate="never") as table:
            table.drop_column("paper_number")
    with op.batch_alter_table("case", recreate="never") as case:
        for column in ("paper_rating", *reversed(DAYS)):
            case.drop_column(column)
