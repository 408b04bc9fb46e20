"""Who is reviewed for drugs, tested and fined; the day of a decision on management; weapons handed over."""

import sqlalchemy as sa
from alembic import op

from migrations.tables import create_entries, create_record, day, number, refers, text, word, yes_or_no
revision = "0036_drugs"
down_revision = "0035_incidents"
branch_labels = None
depends_on = None

MONEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _of_people()
    _weapons()
    op.add_column("case", day("decision_on", nullable=True))
    op.execute(sa.text("UPDATE \"case\" SET decision_on = starts_on WHERE type = 'drug_user_management'"))
    op.create_index(op.f("ix_case_decision_on"), "case", ["decision_on"])


def _of_people() -> None:
    create_entries(
        "drug_review_entry",
        number("person_id"), number("village_id"), day("listed_on"), word("source_kind", nullable=True), text("reason"),
        number("reviewer_id", nullable=True), day("review_until", nullable=True), day("removed_on", nullable=True),
        text("removal_reason"),
        refers("drug_review_entry", "person_id", "person"), refers("drug_review_entry", "village_id", "unit"),
        refers("drug_review_entry", "reviewer_id", "user"),
        indexed=("person_id", "village_id", "listed_on", "reviewer_id"),
    )  # fmt: skip
    create_entries(
        "drug_test",
        number("person_id"), number("village_id", nullable=True), word("context"), day("taken_on"), word("result"),
        text("location"), text("device"), number("entry_id", nullable=True), number("incident_id", nullable=True),
        text("note"),
        refers("drug_test", "person_id", "person"), refers("drug_test", "village_id", "unit"),
        refers("drug_test", "entry_id", "drug_review_entry"), refers("drug_test", "incident_id", "incident"),
        indexed=("person_id", "village_id", "taken_on", "entry_id", "incident_id"),
    )  # fmt: skip
    create_entries(
        "fine_decision",
        number("person_id"), number("village_id", nullable=True), number("test_id", nullable=True),
        number("incident_id", nullable=True), text("paper_number"), day("decided_on"),
        sa.Column("amount_vnd", MONEY, nullable=False), text("deviation"), day("annulled_on", nullable=True),
        text("annulment_reason"),
        refers("fine_decision", "person_id", "person"), refers("fine_decision", "village_id", "unit"),
        refers("fine_decision", "test_id", "drug_test"), refers("fine_decision", "incident_id", "incident"),
        indexed=("person_id", "village_id", "test_id", "incident_id", "decided_on"),
    )  # fmt: skip


def _weapons() -> None:
    create_entries(
        "weapon_handover",
        number("village_id"), day("handed_over_on"), yes_or_no("giver_agrees"), text("giver"), text("received_by"),
        text("note"),
        refers("weapon_handover", "village_id", "unit"),
        indexed=("village_id", "handed_over_on"),
    )  # fmt: skip
    create_record(
        "weapon_item",
        number("handover_id"), word("weapon_type"), text("other_name"), number("quantity"), text("marks"),
        refers("weapon_item", "handover_id", "weapon_handover"),
        indexed=("handover_id", "weapon_type"),
    )  # fmt: skip
    create_record(
        "weapon_custody",
        number("handover_id"), word("step"), day("since_on"), text("kept_at"), text("to_whom"), text("paper_number"),
        refers("weapon_custody", "handover_id", "weapon_handover"),
        indexed=("handover_id",),
    )  # fmt: skip


def downgrade() -> None:
    op.drop_index(op.f("ix_case_decision_on"), "case")
    with op.batch_alter_table("case") as table:
        table.drop_column("decision_on")
    for name in (
        "weapon_custody", "weapon_item", "weapon_handover", "fine_decision", "drug_test", "drug_review_entry",
    ):  # fmt: skip
        op.drop_table(name)
