"""What minutes of a breach tell, the written warning, and the review of somebody's conduct."""

import sqlalchemy as sa
from alembic import op

from migrations.tables import create_record, day, number, refers, text, word

revision = "0057_after_a_breach"
down_revision = "0056_supervision_plans"
branch_labels = None
depends_on = None

EMPTY = sa.text("('')")
OF_MINUTES = (
    sa.Column("deliberate", sa.Boolean(), nullable=False, server_default=sa.false()),
    sa.Column("happened_at", sa.Time(), nullable=True),
    *(sa.Column(name, sa.String(), nullable=False, server_default=EMPTY)
      for name in ("duty", "location", "statement", "witness")),
)  # fmt: skip


def upgrade() -> None:
    for column in OF_MINUTES:
        op.add_column("violation", column)
    create_record(
        "written_warning", number("case_id"), number("violation_id"), day("written_on"), text("text"),
        day("signed_on", nullable=True), day("given_on", nullable=True), _said("handed_how"), text("state"),
        refers("written_warning", "case_id", "case"), refers("written_warning", "violation_id", "violation"),
        indexed=("case_id", "violation_id"),
    )  # fmt: skip
    create_record(
        "review_meeting", number("case_id"), number("proposal_id", nullable=True), day("paper_on"), day("planned_on"),
        sa.Column("planned_at", sa.Time(), nullable=True), text("location"), _said("invited"), text("organiser"),
        day("hold_by", nullable=True), _said("source"), day("put_off_from", nullable=True),
        day("held_on", nullable=True), word("came", nullable=True), word("good_reason", nullable=True),
        *(_said(name) for name in ("absence_reason", "attendees", "statements", "conclusion")), text("state"),
        refers("review_meeting", "case_id", "case"), refers("review_meeting", "proposal_id", "proposal"),
        indexed=("case_id", "proposal_id"),
    )  # fmt: skip
    op.execute(
        "ALTER TABLE violation ADD COLUMN review_id INTEGER CONSTRAINT fk_violation_review_id "
        "REFERENCES review_meeting (id)"
    )


def downgrade() -> None:
    op.drop_table("written_warning")
    with op.batch_alter_table("violation", recreate="never") as violation:  # others refer to it
        for name in ("review_id", *(column.name for column in OF_MINUTES)):
            violation.drop_column(name)
    op.drop_table("review_meeting")


def _said(name: str) -> sa.Column[str]:
    """A text that may be empty."""
    return sa.Column(name, sa.String(), nullable=False, server_default=EMPTY)
