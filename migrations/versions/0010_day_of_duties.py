"""Keep the day that a commune's duties are of. None is kept yet, so the first page of each makes them anew."""

import sqlalchemy as sa
from alembic import op

revision = "0010_day_of_duties"
down_revision = "0009_custody"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("unit", recreate="never") as unit:
        unit.add_column(sa.Column("duties_on", sa.Date(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("unit", recreate="never") as unit:
        unit.drop_column("duties_on")
