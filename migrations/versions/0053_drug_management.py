"""Managing drug users: the moment of a result and what followed it, who signs a fine, decisions, custody, moves."""

import sqlalchemy as sa
from alembic import op

from migrations.tables import create_record, day, number, refers, text, word, yes_or_no

revision = "0053_drug_management"
down_revision = "0052_hand_overs"
branch_labels = None
depends_on = None

EMPTY = sa.text("('')")
OF_TEST = (
    day("received_on", nullable=True), sa.Column("received_time", sa.Time(), nullable=True),
    day("residence_checked_on", nullable=True), day("determined_on", nullable=True),
    word("determination", nullable=True), sa.Column("determination_number", sa.String(), nullable=False,
                                                    server_default=EMPTY),
    day("answered_on", nullable=True),
)  # fmt: skip


def upgrade() -> None:
    for column in OF_TEST:
        op.add_column("drug_test", column)
    op.add_column("fine_decision", word("signer", nullable=True))
    _create_proposal(
        "drug_decision_proposal", number("test_id"), number("officer_id", nullable=True), yes_or_no("homeless"),
        refers("drug_decision_proposal", "test_id", "drug_test"),
        refers("drug_decision_proposal", "officer_id", "user"),
    )  # fmt: skip
    op.create_index(op.f("ix_drug_decision_proposal_test_id"), "drug_decision_proposal", ["test_id"])
    _create_proposal("drug_stop_proposal", day("stopped_on"), word("ground"), text("evidence"))
    _create_proposal("drug_end_proposal", day("ended_on"), word("closing_reason"))
    create_record(
        "management_custody", number("case_id"), day("detained_on"), day("released_on", nullable=True),
        sa.Column("paper", sa.String(), nullable=False, server_default=EMPTY),
        refers("management_custody", "case_id", "case"), indexed=("case_id",),
    )  # fmt: skip
    create_record(
        "management_move", number("case_id"), text("moves_to"), day("known_on"),
        sa.Column("known_time", sa.Time(), nullable=False), *_moment("told"), *_moment("arrived"),
        day("received_on", nullable=True), refers("management_move", "case_id", "case"), indexed=("case_id",),
    )  # fmt: skip
    op.execute("UPDATE unit SET duties_on = NULL")  # the next page draws all duties anew: some name other values now


def downgrade() -> None:
    for name in ("management_move", "management_custody"):
        op.drop_table(name)
    for name in ("drug_end_proposal", "drug_stop_proposal", "drug_decision_proposal"):
        op.drop_table(name)
    with op.batch_alter_table("fine_decision", recreate="never") as fine:
        fine.drop_column("signer")
    with op.batch_alter_table("drug_test", recreate="never") as test:
        for column in OF_TEST:
            test.drop_column(column.name)


def _moment(name: str) -> tuple[sa.Column[object], ...]:
    """A day and an hour, of something that has not happened yet."""
    return day(f"{name}_on", nullable=True), sa.Column(f"{name}_time", sa.Time(), nullable=True)


def _create_proposal(name: str, *parts: sa.schema.SchemaItem) -> None:
    """The table of a kind of proposal, beside that of all of them."""
    op.create_table(
        name, number("id"), *parts, refers(name, "id", "proposal"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )  # fmt: skip
