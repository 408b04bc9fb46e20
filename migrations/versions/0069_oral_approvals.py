"""Proposals: that the time of the law has passed, and what was approved orally."""

import sqlalchemy as sa
from alembic import op

from migrations.tables import moment

revision = "0069_oral_approvals"
down_revision = "0068_residence_and_transfer"
branch_labels = None
depends_on = None

EMPTY = sa.text("''")
ORAL_BY = 'oral_by_id INTEGER CONSTRAINT fk_proposal_oral_by_id REFERENCES "user" (id)'


def upgrade() -> None:
    op.execute(f"ALTER TABLE proposal ADD COLUMN {ORAL_BY}")
    with op.batch_alter_table("proposal", recreate="never") as proposal:
        proposal.add_column(moment("timed_out_at"))
        proposal.add_column(moment("oral_at"))
        proposal.add_column(sa.Column("oral_how", sa.String(), nullable=False, server_default=EMPTY))
        proposal.add_column(sa.Column("oral_why", sa.String(), nullable=False, server_default=EMPTY))


def downgrade() -> None:
    with op.batch_alter_table("proposal") as proposal:
        proposal.drop_constraint(op.f("fk_proposal_oral_by_id"), type_="foreignkey")
        for name in ("oral_why", "oral_how", "oral_at", "oral_by_id", "timed_out_at"):
            proposal.drop_column(name)
