"""Breaches: the days away without permission, which a residence supervision does not count as served."""

from alembic import op

from migrations.tables import day

revision = "0102_days_not_served"
down_revision = "0101_grounds_of_a_last_day"
branch_labels = None
depends_on = None

COLUMNS = ("away_from", "away_until")


def upgrade() -> None:
    for column in COLUMNS:
        op.add_column("violation", day(column, nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("violation", recreate="never") as violation:
        for column in COLUMNS:
            violation.drop_column(column)
