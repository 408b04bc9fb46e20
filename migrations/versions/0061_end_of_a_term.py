"""The end of a term: its last day checked by two, what holds the certificate, what is left undone; and shortenings."""

import sqlalchemy as sa
from alembic import op

from migrations.tables import create_record, day, number, refers, text, word, yes_or_no

revision = "0061_end_of_a_term"
down_revision = "0059_reviews_and_revocations"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("case", recreate="never") as case:
        case.add_column(day("printed_paper_on", nullable=True))
    with op.batch_alter_table("term_change", recreate="never") as change:
        change.add_column(day("printed_ends_on", nullable=True))
    create_record(
        "end_check",
        number("case_id"), day("last_on"), day("computed_on", nullable=True), word("ground", nullable=True),
        text("paper"), day("paper_on", nullable=True), text("reason"), text("facts"),
        sa.Column("shown", sa.JSON(), nullable=False), text("state"), refers("end_check", "case_id", "case"),
        indexed=("case_id",),
    )  # fmt: skip
    create_record(
        "certificate_hold",
        number("case_id"), word("ground"), day("since"), text("paper"), day("ended_on", nullable=True),
        text("how_ended"), refers("certificate_hold", "case_id", "case"),
        indexed=("case_id",),
    )  # fmt: skip
    create_record(
        "left_undone",
        number("case_id"), text("rule"), text("key"), day("due_on"), text("reason"),
        refers("left_undone", "case_id", "case"),
        indexed=("case_id",),
    )  # fmt: skip
    _create_proposal(
        "shortening_proposal", word("ground"), day("round_on"), number("months"), yes_or_no("whole_rest"),
        text("evidence"), text("answer_to_doubts"), *_of_court(), number("term_change_id", nullable=True),
        refers("shortening_proposal", "term_change_id", "term_change"),
    )  # fmt: skip
    _create_proposal(
        "helper_end_proposal", number("assignment_id"), word("ground"), day("ground_on"),
        number("successor_id", nullable=True), refers("helper_end_proposal", "assignment_id", "assignment"),
        refers("helper_end_proposal", "successor_id", "user"),
    )  # fmt: skip
    op.create_index(op.f("ix_helper_end_proposal_assignment_id"), "helper_end_proposal", ["assignment_id"])


def downgrade() -> None:
    for name in ("helper_end_proposal", "shortening_proposal", "left_undone", "certificate_hold", "end_check"):
        op.drop_table(name)
    with op.batch_alter_table("term_change", recreate="never") as change:
        change.drop_column("printed_ends_on")
    with op.batch_alter_table("case", recreate="never") as case:
        case.drop_column("printed_paper_on")


def _of_court() -> tuple[sa.Column[object], ...]:
    """Where the file is on its way, and what the court answered."""
    return (
        day("file_built_on", nullable=True), day("session_on", nullable=True), day("answered_on", nullable=True),
        word("answer", nullable=True), text("decision_number"), text("answer_reason"),
    )  # fmt: skip


def _create_proposal(name: str, *parts: sa.schema.SchemaItem) -> None:
    """The table of a kind of proposal, beside that of all of them."""
    op.create_table(
        name, number("id"), *parts, refers(name, "id", "proposal"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )  # fmt: skip
