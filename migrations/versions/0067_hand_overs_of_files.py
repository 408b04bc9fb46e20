"""The file of a case goes to the agency before the end, or to the commune to which the person moves."""

from alembic import op

from migrations.tables import create_record, day, number, refers, text, word

revision = "0067_hand_overs_of_files"
down_revision = "0066_deaths"
branch_labels = None
depends_on = None

TABLE = "file_handover"


def upgrade() -> None:
    op.add_column("case", day("handed_over_on", nullable=True))
    create_record(
        TABLE, number("case_id"), word("to"), day("handed_on"), text("receiver"), text("received_by"), text("items"),
        text("note"), refers(TABLE, "case_id", "case"), indexed=("case_id",),
    )  # fmt: skip


def downgrade() -> None:
    op.drop_table(TABLE)
    with op.batch_alter_table("case", recreate="never") as case:
        case.drop_column("handed_over_on")
