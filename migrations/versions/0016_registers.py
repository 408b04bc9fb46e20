"""Notices, the outbox of mails, the roster, and one register of documents, into which the numbers of decided papers move."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

from portal.engine.vietnamese import fold

revision = "0016_registers"
down_revision = "0015_findings"
branch_labels = None
depends_on = None

UNREAD = sa.text("read_at IS NULL")
ABSTRACTS = {
    "absence": "Về việc cho phép vắng mặt tại nơi cư trú",
    "helper": "Về việc phân công người giúp đỡ",
    "open_case": "Về việc phân công cán bộ quản lý, giám sát, giáo dục",
    "completion": "Về việc cấp giấy chứng nhận chấp hành xong",
}
UNIT = sa.table("unit", *(sa.column(name) for name in ("id", "kind", "commune_id", "heir_id")),
                sa.column("valid_from", sa.Date()), sa.column("valid_to", sa.Date()))  # fmt: skip
DOCUMENT = sa.table(
    "official_document", sa.column("id", sa.Integer()), *(
        sa.column(name) for name in (
            "commune_id", "unit_id", "direction", "code", "category", "symbol", "number", "sender", "abstract",
            "recipients", "signer", "authority", "case_id", "subject_type", "subject_id", "created_by_id",
            "changed_by_id", "void_reason", "version", "folded",
        )
    ), *(sa.column(name, sa.Date()) for name in ("dated_on", "drafted_on")),
    *(sa.column(name, sa.DateTime(timezone=True)) for name in ("created_at", "changed_at")),
)  # fmt: skip


def upgrade() -> None:
    with op.batch_alter_table("user", recreate="never") as user:
        user.add_column(sa.Column("email", sa.String(), nullable=False, server_default=""))
    add_notices()
    add_outbox()
    add_roster()
    add_register()
    move_numbers()


def add_notices() -> None:
    op.create_table(
        "notification",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject_type", sa.String(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_notification_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notification")),
    )
    op.create_index(op.f("ix_notification_user_id"), "notification", ["user_id"])
    op.create_index("ix_notification_about", "notification", ["subject_type", "subject_id"])
    op.create_index(
        "ix_notification_unread", "notification", ["user_id", "kind"], sqlite_where=UNREAD, postgresql_where=UNREAD
    )


def add_outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("recipient", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("error", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_outbox_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
    )
    op.create_index(op.f("ix_outbox_next_at"), "outbox", ["next_at"])
    op.create_index(op.f("ix_outbox_user_id"), "outbox", ["user_id"])


def add_roster() -> None:
    op.create_table(
        "duty_roster",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("commune_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("from_hour", sa.Integer(), nullable=False),
        sa.Column("hours", sa.Integer(), nullable=False),
        *kept(),
        sa.ForeignKeyConstraint(["commune_id"], ["unit.id"], name=op.f("fk_duty_roster_commune_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_duty_roster_unit_id")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_duty_roster_user_id")),
        sa.ForeignKeyConstraint(["created_by_id"], ["user.id"], name=op.f("fk_duty_roster_created_by_id")),
        sa.ForeignKeyConstraint(["changed_by_id"], ["user.id"], name=op.f("fk_duty_roster_changed_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty_roster")),
    )
    op.create_index(op.f("ix_duty_roster_commune_id"), "duty_roster", ["commune_id"])
    op.create_index("ix_duty_roster_of", "duty_roster", ["unit_id", "on"])


def add_register() -> None:
    """The table, and what leads to it from files: one that is about a document is about no case."""
    op.create_table(
        "official_document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("commune_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("direction", sa.String(length=40), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column("symbol", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=True),
        sa.Column("arrival", sa.Integer(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("sender", sa.String(), nullable=False),
        sa.Column("abstract", sa.String(), nullable=False),
        sa.Column("recipients", sa.String(), nullable=False),
        sa.Column("signer", sa.String(), nullable=False),
        sa.Column("authority", sa.String(), nullable=False),
        sa.Column("drafted_on", sa.Date(), nullable=True),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("subject_type", sa.String(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=True),
        sa.Column("folded", sa.String(), nullable=False),
        *kept(),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_official_document_case_id")),
        sa.ForeignKeyConstraint(["commune_id"], ["unit.id"], name=op.f("fk_official_document_commune_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_official_document_unit_id")),
        sa.ForeignKeyConstraint(["created_by_id"], ["user.id"], name=op.f("fk_official_document_created_by_id")),
        sa.ForeignKeyConstraint(["changed_by_id"], ["user.id"], name=op.f("fk_official_document_changed_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_official_document")),
    )
    op.create_index(op.f("ix_official_document_commune_id"), "official_document", ["commune_id"])
    op.create_index(op.f("ix_official_document_case_id"), "official_document", ["case_id"])
    op.create_index("ix_official_document_register", "official_document", ["unit_id", "direction", "dated_on"])
    op.create_index("ix_official_document_about", "official_document", ["subject_type", "subject_id"])
    with op.batch_alter_table("attachment") as files:
        files.alter_column("case_id", existing_type=sa.Integer(), nullable=True)
        files.add_column(sa.Column("document_id", sa.Integer(), nullable=True))
        files.create_foreign_key(op.f("fk_attachment_document_id"), "official_document", ["document_id"], ["id"])
        files.create_index(op.f("ix_attachment_document_id"), ["document_id"])


def kept() -> tuple[sa.Column[Any], ...]:
    """What every record has."""
    return (
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("void_reason", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
    )


def move_numbers() -> None:
    """Each paper that bears a number or a day enters the register of the body that its symbol names."""
    rows = op.get_bind()
    numbered = sa.text("SELECT * FROM proposal WHERE decision_number <> '' OR decision_on IS NOT NULL ORDER BY id")
    for proposal in rows.execute(numbered).mappings().all():
        entry = rows.scalar(sa.insert(DOCUMENT).values(**entry_of(proposal)).returning(DOCUMENT.c.id))
        scans = sa.text(
            "UPDATE attachment SET document_id = :document WHERE proposal_id = :proposal AND kind = 'signed_page'"
        )
        rows.execute(scans, {"document": entry, "proposal": proposal["id"]})
    with op.batch_alter_table("proposal", recreate="never") as table:
        table.drop_column("decision_number")
        table.drop_column("decision_on")


def entry_of(proposal: Mapping[str, Any]) -> dict[str, Any]:
    """What the register says of a paper: its kind, and nothing of the person."""
    symbol = proposal["decision_number"].partition("/")[2]
    day, decided_on = (as_day(proposal[name]) for name in ("decision_on", "decided_on"))
    abstract, now = ABSTRACTS.get(proposal["kind"], "Quyết định"), datetime.now(UTC)
    return {
        "commune_id": proposal["commune_id"], "unit_id": body_of(proposal["commune_id"], symbol, day or decided_on),
        "direction": "outgoing", "code": "TTr" if symbol.startswith("TTr") else "QĐ",
        "category": "letter" if symbol.startswith("TTr") else "individual", "symbol": symbol,
        "number": proposal["decision_number"], "dated_on": day, "sender": "",
        "abstract": abstract, "recipients": "", "signer": "", "authority": "",
        "drafted_on": decided_on, "case_id": proposal["case_id"], "subject_type": "proposal",
        "subject_id": proposal["id"], "created_at": now, "created_by_id": proposal["changed_by_id"],
        "changed_at": now, "changed_by_id": proposal["changed_by_id"], "void_reason": "", "version": 1,
        "folded": fold(f"{proposal['decision_number']} {abstract}"),
    }  # fmt: skip


def as_day(value: Any) -> date | None:
    """A day, however the engine gives it."""
    return date.fromisoformat(value) if isinstance(value, str) else value


def body_of(commune_id: int, symbol: str, day: date | None) -> int:
    """The police or the committee of the commune's line that there was on the day; the commune itself where none is
    known."""
    kind = "police" if symbol.upper().endswith("CAX") else "committee"
    line = sa.select(UNIT.c.id).where(
        UNIT.c.heir_id == sa.select(UNIT.c.heir_id).where(UNIT.c.id == commune_id).scalar_subquery()
    )
    found = sa.select(UNIT.c.id).where(UNIT.c.kind == kind, UNIT.c.commune_id.in_(line))
    if day is not None:
        found = found.where(UNIT.c.valid_from <= day, sa.or_(UNIT.c.valid_to.is_(None), UNIT.c.valid_to >= day))
    return op.get_bind().scalar(found.order_by(UNIT.c.id).limit(1)) or commune_id


def take_numbers_back() -> None:
    with op.batch_alter_table("proposal", recreate="never") as table:
        table.add_column(sa.Column("decision_number", sa.String(), nullable=False, server_default=""))
        table.add_column(sa.Column("decision_on", sa.Date(), nullable=True))
    entered = "SELECT {} FROM official_document WHERE subject_type = 'proposal' AND subject_id = proposal.id"
    number, day = entered.format("MAX(number)"), entered.format("MAX(dated_on)")
    op.execute(f"UPDATE proposal SET decision_number = COALESCE(({number}), ''), decision_on = ({day})")  # noqa: S608


def downgrade() -> None:
    take_numbers_back()
    op.execute("DELETE FROM attachment WHERE case_id IS NULL")
    with op.batch_alter_table("attachment") as files:
        files.drop_index(op.f("ix_attachment_document_id"))
        files.drop_constraint(op.f("fk_attachment_document_id"), type_="foreignkey")
        files.drop_column("document_id")
        files.alter_column("case_id", existing_type=sa.Integer(), nullable=False)
    op.drop_table("official_document")
    op.drop_table("duty_roster")
    op.drop_table("outbox")
    op.drop_table("notification")
    with op.batch_alter_table("user", recreate="never") as user:
        user.drop_column("email")
