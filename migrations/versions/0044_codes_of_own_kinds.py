"""Give each kind of report of a commune's own a code of its own, made of its title; they all had the same."""

import re
from itertools import count

import sqlalchemy as sa
from alembic import op

from portal.engine.vietnamese import fold

revision = "0044_codes_of_own_kinds"
down_revision = "0043_records_of_figures"
branch_labels = None
depends_on = None

OWN = "own"
USUAL = ("mass_movement", *(f"order_{length}" for length in ("month", "quarter", "half", "nine_months", "year")))
LETTERS = 40
KINDS = sa.table("report_kind", *(sa.column(name) for name in ("id", "commune_id", "code", "title")))
UNITS = sa.table("unit", sa.column("id"), sa.column("heir_id"))


def upgrade() -> None:
    """A code is free where no kind of the commune's line has it."""
    connection = op.get_bind()
    line = sa.func.coalesce(UNITS.c.heir_id, UNITS.c.id).label("line")
    asked = sa.select(KINDS, line).join(UNITS, UNITS.c.id == KINDS.c.commune_id).order_by(KINDS.c.id)
    kinds = connection.execute(asked).all()
    taken = {(one.line, one.code) for one in kinds} | {(one.line, code) for one in kinds for code in USUAL}
    for kind in (one for one in kinds if one.code == OWN):
        words = re.sub("[^a-z0-9]+", "_", fold(kind.title)).strip("_")[:LETTERS].strip("_") or OWN
        codes = (words if number == 1 else f"{words}_{number}" for number in count(1))
        code = next(one for one in codes if (kind.line, one) not in taken)
        taken.add((kind.line, code))
        connection.execute(sa.update(KINDS).where(KINDS.c.id == kind.id).values(code=code))


def downgrade() -> None:
    op.get_bind().execute(sa.update(KINDS).where(KINDS.c.code.not_in(USUAL)).values(code=OWN))
