"""The death of a person: what one recorded and another confirmed, and what followed."""

from alembic import op

from migrations.tables import create_record, day, number, refers, text

revision = "0066_deaths"
down_revision = "0065_custody_and_moves"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("person", day("died_on", nullable=True))
    create_record(
        "death", number("case_id"), day("died_on"), day("known_on"), text("paper"), day("reported_on", nullable=True),
        day("court_told_on", nullable=True), day("decided_on", nullable=True), text("decision"), text("state"),
        refers("death", "case_id", "case"), indexed=("case_id",),
    )  # fmt: skip


def downgrade() -> None:
    op.drop_table("death")
    with op.batch_alter_table("person", recreate="never") as person:
        person.drop_column("died_on")
