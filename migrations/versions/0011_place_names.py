"""Keep the names of units as they are searched for, without diacritics."""

import sqlalchemy as sa
from alembic import op

from portal.engine.vietnamese import fold

revision = "0011_place_names"
down_revision = "0010_day_of_duties"
branch_labels = None
depends_on = None

UNIT = sa.table("unit", sa.column("id", sa.Integer), sa.column("name", sa.String), sa.column("folded", sa.String))


def upgrade() -> None:
    with op.batch_alter_table("unit", recreate="never") as unit:
        unit.add_column(sa.Column("folded", sa.String(), nullable=True))
    rows = op.get_bind()
    for number, name in rows.execute(sa.select(UNIT.c.id, UNIT.c.name)).all():
        rows.execute(sa.update(UNIT).where(UNIT.c.id == number).values(folded=fold(name)))


def downgrade() -> None:
    with op.batch_alter_table("unit", recreate="never") as unit:
        unit.drop_column("folded")
