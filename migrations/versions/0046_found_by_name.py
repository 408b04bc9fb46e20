"""An entry about somebody is found by the name that is kept of the person, and keeps no copy of it."""

import sqlalchemy as sa
from alembic import op

from portal.engine.vietnamese import fold

revision = "0046_found_by_name"
down_revision = "0045_one_fine"
branch_labels = None
depends_on = None

OWN_WORDS = {"drug_review_entry": (), "drug_test": (), "fine_decision": ("paper_number",)}
PEOPLE = sa.table("person", sa.column("id", sa.Integer), sa.column("full_name", sa.String))


def upgrade() -> None:
    for name, own in OWN_WORDS.items():
        _refold(_table(name, own), own)


def downgrade() -> None:
    for name, own in OWN_WORDS.items():
        table = _table(name, own)
        named = sa.select(PEOPLE.c.full_name).where(PEOPLE.c.id == table.c.person_id).scalar_subquery()
        _refold(table, own, named)


def _table(name: str, own: tuple[str, ...]) -> sa.TableClause:
    texts = (sa.column(one, sa.String) for one in ("number", "folded", *own))
    return sa.table(name, sa.column("id", sa.Integer), sa.column("person_id", sa.Integer), *texts)


def _refold(table: sa.TableClause, own: tuple[str, ...], *named: sa.ScalarSelect[str]) -> None:
    """The words by which its entries are found: their number, the name where it is *named*, texts of their own."""
    asked = sa.select(table.c.id, table.c.number, *named, *(table.c[one] for one in own))
    told = [(id, fold(" ".join(words))) for id, *words in op.get_bind().execute(asked)]
    for id, folded in told:
        op.execute(sa.update(table).where(table.c.id == id).values(folded=folded))
