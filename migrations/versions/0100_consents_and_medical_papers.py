"""Absences: the consent of the commune of a banned place, and the paper of the doctor or of the hospital."""

import sqlalchemy as sa
from alembic import op

from migrations.tables import day

revision = "0100_consents_and_medical_papers"
down_revision = "0099_how_far_a_leave_goes"
branch_labels = None
depends_on = None

NAME = "absence_proposal"
PAPERS = ("consent", "proof")


def upgrade() -> None:
    for paper in PAPERS:
        op.add_column(NAME, sa.Column(f"{paper}_number", sa.String(), nullable=False, server_default=sa.text("''")))
        op.add_column(NAME, day(f"{paper}_on", nullable=True))


def downgrade() -> None:
    with op.batch_alter_table(NAME, recreate="never") as absence:
        for paper in PAPERS:
            absence.drop_column(f"{paper}_on")
            absence.drop_column(f"{paper}_number")
