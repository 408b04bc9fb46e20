"""Keep the days in custody as the judgment tells them, of which the law makes the days that they take off.

So far nothing asked for them; what stands there was counted in days of the term, three for each in custody. The moment
on which a duty is due was never kept either: no duty of today is counted in hours.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009_custody"
down_revision = "0008_note_of_duty"
branch_labels = None
depends_on = None


# in place: to build the table anew, others that refer to it would have to let go of it
IN_PLACE = {"recreate": "never"}


def upgrade() -> None:
    with op.batch_alter_table("case", **IN_PLACE) as case:
        case.add_column(sa.Column("detained_days", sa.Integer(), nullable=True))
    op.execute('UPDATE "case" SET detained_days = (credit_days + 2) / 3 WHERE credit_days > 0')
    with op.batch_alter_table("case", **IN_PLACE) as case:
        case.drop_column("credit_days")
    with op.batch_alter_table("duty", **IN_PLACE) as duty:
        duty.drop_column("due_at")


def downgrade() -> None:
    with op.batch_alter_table("duty", **IN_PLACE) as duty:
        duty.add_column(sa.Column("due_at", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("case", **IN_PLACE) as case:
        case.add_column(sa.Column("credit_days", sa.Integer(), nullable=False, server_default="0"))
    op.execute('UPDATE "case" SET credit_days = detained_days * 3 WHERE detained_days IS NOT NULL')
    with op.batch_alter_table("case", **IN_PLACE) as case:
        case.drop_column("detained_days")
