"""On one test one fine is in force: of two that stood there the first stays, the others are struck out."""

import sqlalchemy as sa
from alembic import op

revision = "0045_one_fine"
down_revision = "0044_codes_of_own_kinds"
branch_labels = None
depends_on = None

HOLDS = sa.text("voided_at IS NULL AND annulled_on IS NULL")
REASON = "Two fines stood on one test: the first of them stays."
FINES = sa.table(
    "fine_decision",
    sa.column("id", sa.Integer), sa.column("test_id", sa.Integer), sa.column("annulled_on", sa.Date),
    sa.column("voided_at", sa.DateTime(timezone=True)), sa.column("void_reason", sa.String),
    sa.column("version", sa.Integer),
)  # fmt: skip


def upgrade() -> None:
    first = FINES.alias()
    earlier = sa.select(first.c.id).where(
        first.c.test_id == FINES.c.test_id, first.c.id < FINES.c.id, first.c.voided_at.is_(None),
        first.c.annulled_on.is_(None),
    )  # fmt: skip
    later = FINES.c.voided_at.is_(None) & FINES.c.annulled_on.is_(None) & earlier.exists()
    doubled = op.get_bind().scalars(sa.select(FINES.c.id).where(later)).all()
    struck = {"voided_at": sa.func.current_timestamp(), "void_reason": REASON, "version": FINES.c.version + 1}
    op.execute(sa.update(FINES).where(FINES.c.id.in_(doubled)).values(struck))
    op.create_index(
        "uq_fine_in_force", "fine_decision", ["test_id"], unique=True, sqlite_where=HOLDS, postgresql_where=HOLDS
    )


def downgrade() -> None:
    op.drop_index("uq_fine_in_force", "fine_decision")
    back = {"voided_at": None, "void_reason": "", "version": FINES.c.version + 1}
    op.execute(sa.update(FINES).where(FINES.c.void_reason == REASON).values(back))
