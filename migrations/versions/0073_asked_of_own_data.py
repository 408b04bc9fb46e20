"""What people ask of their data, what holds it, and since when a pseudonym stands for a name and a file is gone."""

import sqlalchemy as sa
from alembic import op

from migrations.tables import create_record, day, number, refers, text, word, yes_or_no

revision = "0073_asked_of_own_data"
down_revision = "0070_wording_of_papers"
branch_labels = None
depends_on = None

NAME = "person_request"


def upgrade() -> None:
    op.add_column("person", day("forgotten_on", nullable=True))
    op.add_column("person", sa.Column("questioned", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_index(op.f("ix_person_forgotten_on"), "person", ["forgotten_on"])
    op.add_column("attachment", day("forgotten_on", nullable=True))
    create_record(
        NAME, text("number"), word("kind"), number("person_id"), day("asked_on"), word("asker"), text("asker_name"),
        text("authority"), word("proof"), word("about", nullable=True), text("wrong"), text("right"), text("evidence"),
        text("state"), day("due_on"), text("source"), yes_or_no("confirmed"), text("answer"),
        day("answered_on", nullable=True), number("answered_by_id", nullable=True),
        number("corrected_by", nullable=True), number("copies", nullable=True), yes_or_no("with_texts"), number("household_id", nullable=True),
        day("told_on", nullable=True), refers(NAME, "person_id", "person"), refers(NAME, "answered_by_id", "user"),
        refers(NAME, "household_id", "household"),
        sa.UniqueConstraint("commune_id", "number", name=op.f("uq_person_request_commune_id_number")),
        indexed=("person_id", "state"),
    )  # fmt: skip
    create_record(
        "legal_hold", number("person_id"), text("asked_by"), text("paper"), text("reason"), day("until", nullable=True),
        text("state"), day("lifted_on", nullable=True), refers("legal_hold", "person_id", "person"),
        indexed=("person_id", "state"),
    )  # fmt: skip


def downgrade() -> None:
    op.drop_table("legal_hold")
    op.drop_table(NAME)
    with op.batch_alter_table("attachment", recreate="never") as attachment:
        attachment.drop_column("forgotten_on")
    op.drop_index(op.f("ix_person_forgotten_on"), "person")
    with op.batch_alter_table("person", recreate="never") as person:
        person.drop_column("forgotten_on")
        person.drop_column("questioned")
