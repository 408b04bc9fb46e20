"""Outreach as a book, with material and visits; what a commune is; whose paper an outgoing document is."""

from collections import Counter

import sqlalchemy as sa
from alembic import op

from migrations.tables import create_entries, day, number, refers, text, word
from portal.engine.vietnamese import fold

revision = "0038_outreach"
down_revision = "0037_movement"
branch_labels = None
depends_on = None

SESSION = sa.table(
    "outreach_session", sa.column("id", sa.Integer()), sa.column("commune_id", sa.Integer()),
    sa.column("held_on", sa.Date()), sa.column("attendance", sa.Integer()), sa.column("village_id", sa.Integer()),
    *(sa.column(name, sa.String()) for name in ("number", "topic", "folded")),
)  # fmt: skip
TEXTS = {"extent": "village", "audience": "", "note": "", "state": "held", "why_cancelled": ""}


def upgrade() -> None:
    _widen_sessions()
    create_entries(
        "material",
        word("kind"), number("quantity"), text("topic"), day("distributed_on"), number("village_id", nullable=True),
        text("note"), refers("material", "village_id", "unit"),
        indexed=("distributed_on", "village_id"),
    )  # fmt: skip
    create_entries(
        "community_visit",
        word("body"), number("count"), text("occasion"), day("visited_on"), number("village_id", nullable=True),
        number("unit_id", nullable=True),
        *(refers("community_visit", column, "unit") for column in ("village_id", "unit_id")),
        indexed=("visited_on", "village_id"),
    )  # fmt: skip
    _add_profile()
    with op.batch_alter_table("official_document", recreate="never") as document:
        document.add_column(sa.Column("issued_by", sa.String(length=40), nullable=False, server_default="unit"))


def _widen_sessions() -> None:
    """Sessions of before were held, in one village; each gets its number in the year of its day."""
    with op.batch_alter_table("outreach_session") as session:
        for name in ("number", *TEXTS):
            length = 40 if name == "extent" else None
            session.add_column(sa.Column(name, sa.String(length=length), nullable=True))
        session.add_column(sa.Column("from_paper", sa.Boolean(), nullable=True))
        session.add_column(sa.Column("folded", sa.String(), nullable=False, server_default=sa.text("('')")))
        session.add_column(sa.Column("unit_id", sa.Integer(), nullable=True))
    op.execute(sa.update(sa.table("outreach_session", *(sa.column(name) for name in TEXTS))).values(TEXTS))
    op.execute(sa.update(sa.table("outreach_session", sa.column("from_paper", sa.Boolean()))).values(from_paper=False))
    _number_sessions()
    with op.batch_alter_table("outreach_session") as session:
        for name in ("number", *TEXTS):
            session.alter_column(name, existing_type=sa.String(), nullable=False)
        session.alter_column("from_paper", existing_type=sa.Boolean(), nullable=False)
        for name in ("village_id", "attendance"):
            session.alter_column(name, existing_type=sa.Integer(), nullable=True)
        session.create_foreign_key(op.f("fk_outreach_session_unit_id"), "unit", ["unit_id"], ["id"])
        session.create_unique_constraint(op.f("uq_outreach_session_commune_id_number"), ["commune_id", "number"])


def _number_sessions() -> None:
    connection, given = op.get_bind(), Counter[tuple[int, int]]()
    found = sa.select(SESSION.c.id, SESSION.c.commune_id, SESSION.c.held_on, SESSION.c.topic)
    for one in connection.execute(found.order_by(SESSION.c.held_on, SESSION.c.id)).all():
        year = one.held_on.year
        given[one.commune_id, year] += 1
        told = f"TT-{year}-{given[one.commune_id, year]:03d}"
        named = {"number": told, "folded": fold(f"{told} {one.topic}")}
        connection.execute(sa.update(SESSION).where(SESSION.c.id == one.id).values(named))


def _add_profile() -> None:
    counts = (
        "households", "persons", "minority_households", "minority_persons", "religious_households",
        "religious_persons",
    )  # fmt: skip
    create_entries(
        "village_stat",
        number("village_id"), day("as_of"), *(number(name) for name in counts), text("source"),
        refers("village_stat", "village_id", "unit"),
        indexed=("village_id", "as_of"),
    )  # fmt: skip
    create_entries(
        "commune_fact",
        word("key"), text("value"), day("valid_from"), day("ended_on", nullable=True), text("source"),
        indexed=("key", "valid_from"),
    )  # fmt: skip
    create_entries(
        "foreign_village",
        word("country"), text("name"), number("households"), number("persons"), day("as_of"),
        number("village_id", nullable=True), refers("foreign_village", "village_id", "unit"),
        indexed=("as_of", "village_id"),
    )  # fmt: skip


def downgrade() -> None:
    with op.batch_alter_table("official_document", recreate="never") as document:
        document.drop_column("issued_by")
    for name in ("foreign_village", "commune_fact", "village_stat", "community_visit", "material"):
        op.drop_table(name)
    _only_what_was_held()
    with op.batch_alter_table("outreach_session") as session:
        session.drop_constraint(op.f("uq_outreach_session_commune_id_number"), type_="unique")
        session.drop_constraint(op.f("fk_outreach_session_unit_id"), type_="foreignkey")
        for name in ("village_id", "attendance"):
            session.alter_column(name, existing_type=sa.Integer(), nullable=False)
        for name in ("number", *TEXTS, "from_paper", "folded", "unit_id"):
            session.drop_column(name)


def _only_what_was_held() -> None:
    """The version before knows no session without a village or without attendance, and none that was not held."""
    unknown = sa.or_(SESSION.c.village_id.is_(None), SESSION.c.attendance.is_(None))
    op.execute(sa.delete(SESSION).where(unknown))
