"""Proposals of a review and of a revocation, and the answer of the court."""

import sqlalchemy as sa
from alembic import op

from migrations.tables import create_record, day, number, refers, text, yes_or_no

revision = "0059_reviews_and_revocations"
down_revision = "0058_fines_for_broken_duties"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _create_proposal(
        "review_proposal", day("planned_on"), sa.Column("planned_at", sa.Time(), nullable=True), text("location"),
        text("invited"),
    )  # fmt: skip
    for name in ("revocation_proposal", "parole_revocation_proposal"):
        _create_proposal(name, text("evidence"))
    create_record(
        "court_answer", number("case_id"), number("proposal_id"), text("body"), text("paper_number"),
        day("decided_on"), yes_or_no("accepted"), day("leaves_on", nullable=True), text("note"), text("state"),
        refers("court_answer", "case_id", "case"), refers("court_answer", "proposal_id", "proposal"),
        indexed=("case_id", "proposal_id"),
    )  # fmt: skip


def downgrade() -> None:
    for name in ("court_answer", "parole_revocation_proposal", "revocation_proposal", "review_proposal"):
        op.drop_table(name)


def _create_proposal(name: str, *parts: sa.schema.SchemaItem) -> None:
    """The table of a kind of proposal, beside that of all of them."""
    op.create_table(
        name, number("id"), *parts, refers(name, "id", "proposal"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )  # fmt: skip
