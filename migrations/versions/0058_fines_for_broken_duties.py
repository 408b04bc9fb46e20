"""Fines for broken duties too: what was fined and when, in which case it counts, and by which proposal."""

import sqlalchemy as sa
from alembic import op

from migrations.tables import day, number, refers, text, word, yes_or_no

revision = "0058_fines_for_broken_duties"
down_revision = "0057_after_a_breach"
branch_labels = None
depends_on = None

EMPTY = sa.text("('')")
MONEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
HOLDS = sa.text("voided_at IS NULL AND annulled_on IS NULL")
OFFENCE = sa.Column("offence", sa.String(length=40), nullable=False, server_default=sa.text("'FINE-DRUG-USE'"))
MORE = (
    OFFENCE, day("committed_on", nullable=True),
    sa.Column("milder", sa.Boolean(), nullable=False, server_default=sa.false()),
    sa.Column("milder_reason", sa.String(), nullable=False, server_default=EMPTY),
)  # fmt: skip
NAMES = {"case_id": "case", "violation_id": "violation", "proposal_id": "proposal"}


def upgrade() -> None:
    for column in MORE:
        op.add_column("fine_decision", column)
    for name, to in NAMES.items():  # plainly: a table that is written anew would lose what its indexes leave out
        op.execute(
            f"ALTER TABLE fine_decision ADD COLUMN {name} INTEGER CONSTRAINT fk_fine_decision_{name} "
            f'REFERENCES "{to}" (id)'
        )
    op.create_index(op.f("ix_fine_decision_case_id"), "fine_decision", ["case_id"])
    op.create_index("uq_fine_of_proposal", "fine_decision", ["proposal_id"], unique=True)
    op.create_table(
        "fine_proposal", number("id"), word("offence"), day("committed_on"), yes_or_no("milder"),
        text("milder_reason"), sa.Column("amount_vnd", MONEY, nullable=False), text("deviation"),
        number("test_id", nullable=True), number("incident_id", nullable=True), number("violation_id", nullable=True),
        refers("fine_proposal", "id", "proposal"), refers("fine_proposal", "test_id", "drug_test"),
        refers("fine_proposal", "incident_id", "incident"), refers("fine_proposal", "violation_id", "violation"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fine_proposal")),
    )  # fmt: skip


def downgrade() -> None:
    op.drop_table("fine_proposal")
    for name in ("uq_fine_of_proposal", op.f("ix_fine_decision_case_id"), "uq_fine_in_force"):
        op.drop_index(name, "fine_decision")
    with op.batch_alter_table("fine_decision") as fine:  # what refers to another table goes with its column
        for name in (*(column.name for column in MORE), *NAMES):
            fine.drop_column(name)
    op.create_index(
        "uq_fine_in_force", "fine_decision", ["test_id"], unique=True, sqlite_where=HOLDS, postgresql_where=HOLDS
    )
