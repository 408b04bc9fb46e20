"""One signature under all assessments, or all roll-calls, of a month. What was written before it stays unsigned."""

import sqlalchemy as sa
from alembic import op

from migrations.tables import create_record, day, moment, number, refers, text, word

revision = "0049_signatures_of_rounds"
down_revision = "0048_kept_days"
branch_labels = None
depends_on = None

SIGNED = ("assessment", "roll_call")
TABLE = "round_signature"


def upgrade() -> None:
    create_record(
        TABLE,
        word("kind"), day("month"), number("unit_id"), moment("signed_at", nullable=False), number("signed_by_id"),
        text("role"), text("capacity"), number("count"),
        refers(TABLE, "unit_id", "unit"), refers(TABLE, "signed_by_id", "user"),
        indexed=("month",),
    )  # fmt: skip
    for name in SIGNED:
        with op.batch_alter_table(name) as table:
            table.add_column(sa.Column("signature_id", sa.Integer(), nullable=True))
            table.create_foreign_key(op.f(f"fk_{name}_signature_id"), TABLE, ["signature_id"], ["id"])
            table.create_index(op.f(f"ix_{name}_signature_id"), ["signature_id"])


def downgrade() -> None:
    for name in SIGNED:
        with op.batch_alter_table(name) as table:
            table.drop_index(op.f(f"ix_{name}_signature_id"))
            table.drop_constraint(op.f(f"fk_{name}_signature_id"), type_="foreignkey")
            table.drop_column("signature_id")
    op.drop_table(TABLE)
