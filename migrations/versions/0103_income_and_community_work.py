"""What a non-custodial reform takes: deductions of income, days of work for the community, and who lost their work."""

import sqlalchemy as sa
from alembic import op

from migrations.tables import create_record, day, number, refers, yes_or_no

revision = "0103_income_and_community_work"
down_revision = "0102_days_not_served"
branch_labels = None
depends_on = None

MONEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TABLES = ("income_deduction", "work_day", "job_loss")


def upgrade() -> None:
    _create("income_deduction", day("deducted_on"), _money("income_vnd"), _money("amount_vnd"), yes_or_no("waived"))
    _create("work_day", day("worked_on"), number("hours"))
    _create("job_loss", day("known_on"))


def _create(name: str, *parts: sa.Column) -> None:
    create_record(name, number("case_id"), *parts, refers(name, "case_id", "case"), indexed=("case_id",))


def _money(name: str) -> sa.Column:
    return sa.Column(name, MONEY, nullable=False)


def downgrade() -> None:
    for name in TABLES:
        op.drop_table(name)
