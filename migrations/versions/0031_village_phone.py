"""What a village head's phone needs: cards to sign in with, helpers' reports, hotlines, ceremonies and meetings held."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0031_village_phone"
down_revision = "0030_phones"
branch_labels = None
depends_on = None

STANDS = sa.text("voided_at IS NULL")


def create_record(name: str, *parts: Any) -> None:
    """A table of records: whose commune, who made them and changed them last, and whether they were struck out."""
    op.create_table(
        name,
        number("id"),
        number("commune_id"),
        *parts,
        moment("created_at", nullable=False),
        number("created_by_id", nullable=True),
        moment("changed_at", nullable=False),
        number("changed_by_id", nullable=True),
        moment("voided_at"),
        text("void_reason"),
        number("version"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        refers(name, "commune_id", "unit"),
        refers(name, "created_by_id", "user"),
        refers(name, "changed_by_id", "user"),
    )
    index(name, "commune_id")


def refers(name: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{name}_{column}"))


def index(name: str, column: str, *, unique: bool = False) -> None:
    op.create_index(op.f(f"ix_{name}_{column}"), name, [column], unique=unique)


def text(name: str) -> sa.Column:
    return sa.Column(name, sa.String(), nullable=False)


def word(name: str) -> sa.Column:
    return sa.Column(name, sa.String(length=40), nullable=False)


def number(name: str, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def day(name: str) -> sa.Column:
    return sa.Column(name, sa.Date(), nullable=False)


def moment(name: str, nullable: bool = True) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def upgrade() -> None:
    create_record(
        "sign_in_card",
        number("user_id"), number("village_id"), text("code_hash"), moment("valid_until", nullable=False),
        moment("used_at"), moment("taken_back_at"),
        refers("sign_in_card", "user_id", "user"),
        refers("sign_in_card", "village_id", "unit"),
        sa.UniqueConstraint("code_hash", name=op.f("uq_sign_in_card_code_hash")),
    )  # fmt: skip
    index("sign_in_card", "user_id")
    index("sign_in_card", "village_id")
    with op.batch_alter_table("user_session") as table:
        table.add_column(sa.Column("card_id", sa.Integer(), nullable=True))
        table.create_foreign_key(op.f("fk_user_session_card_id"), "sign_in_card", ["card_id"], ["id"])
        table.create_index(op.f("ix_user_session_card_id"), ["card_id"])
    create_record(
        "helper_report",
        number("case_id"), number("assignment_id"), text("quarter"), day("written_on"), word("getting_on"),
        text("help_given"), text("to_know"),
        refers("helper_report", "case_id", "case"),
        refers("helper_report", "assignment_id", "assignment"),
    )  # fmt: skip
    index("helper_report", "case_id")
    index("helper_report", "assignment_id")
    op.create_index(
        "uq_helper_report_quarter", "helper_report", ["case_id", "quarter"], unique=True, sqlite_where=STANDS,
        postgresql_where=STANDS,
    )  # fmt: skip
    create_record("hotline", text("name"), text("phone"), text("purpose"), number("position"))
    create_record(
        "outreach_session",
        word("form"), day("held_on"), number("village_id"), number("attendance"), text("topic"),
        refers("outreach_session", "village_id", "unit"),
    )
    index("outreach_session", "held_on")
    index("outreach_session", "village_id")


def downgrade() -> None:
    for name in ("outreach_session", "hotline", "helper_report"):
        op.drop_table(name)
    with op.batch_alter_table("user_session") as table:
        table.drop_index(op.f("ix_user_session_card_id"))
        table.drop_constraint(op.f("fk_user_session_card_id"), type_="foreignkey")
        table.drop_column("card_id")
    op.drop_table("sign_in_card")
