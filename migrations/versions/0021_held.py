"""Why an item was concluded that too few units heard, outcomes that were taken back or changed, and drafts of them;
whether the records still tell an item, which its reason for being struck out has said until now; and which meetings
carried a task over, of which only the number was kept.
"""

import sqlalchemy as sa
from alembic import op

revision = "0021_held"
down_revision = "0020_owed_by_forces"
branch_labels = None
depends_on = None

NO_LONGER = "no longer reported by the records"
ITEMS = sa.table("agenda_item", sa.column("void_reason", sa.String), sa.column("reported", sa.Boolean))
TASKS = sa.table(
    "action_item", sa.column("id", sa.Integer), sa.column("meeting_id", sa.Integer), sa.column("ended_on", sa.Date),
    sa.column("carried", sa.Integer),
)  # fmt: skip
MEETINGS = sa.table(
    "meeting", sa.column("id", sa.Integer), sa.column("commune_id", sa.Integer), sa.column("kind", sa.String),
    sa.column("began_at", sa.DateTime), sa.column("held_on", sa.Date),
)  # fmt: skip
UNITS = sa.table("unit", sa.column("id", sa.Integer), sa.column("heir_id", sa.Integer))
CARRYINGS = sa.table("carrying", sa.column("task_id", sa.Integer), sa.column("meeting_id", sa.Integer))


def upgrade() -> None:
    with op.batch_alter_table("agenda_item", recreate="never") as item:
        item.add_column(sa.Column("why_without_quorum", sa.String(), nullable=False, server_default=""))
        item.add_column(sa.Column("reported", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.execute(sa.update(ITEMS).where(ITEMS.c.void_reason == NO_LONGER).values(reported=False))
    op.create_table(
        "earlier_outcome",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("commune_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("void_reason", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["commune_id"], ["unit.id"], name=op.f("fk_earlier_outcome_commune_id")),
        sa.ForeignKeyConstraint(["item_id"], ["agenda_item.id"], name=op.f("fk_earlier_outcome_item_id")),
        sa.ForeignKeyConstraint(["created_by_id"], ["user.id"], name=op.f("fk_earlier_outcome_created_by_id")),
        sa.ForeignKeyConstraint(["changed_by_id"], ["user.id"], name=op.f("fk_earlier_outcome_changed_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_earlier_outcome")),
    )
    op.create_table(
        "item_draft",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=True),
        sa.Column("outcome_text", sa.String(), nullable=False),
        sa.Column("no_conclusion_reason", sa.String(), nullable=False),
        sa.Column("why_without_quorum", sa.String(), nullable=False),
        sa.Column("task", sa.String(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["item_id"], ["agenda_item.id"], name=op.f("fk_item_draft_item_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_item_draft_unit_id")),
        sa.PrimaryKeyConstraint("item_id", name=op.f("pk_item_draft")),
    )
    with op.batch_alter_table("earlier_outcome") as earlier:
        earlier.create_index(op.f("ix_earlier_outcome_commune_id"), ["commune_id"])
        earlier.create_index(op.f("ix_earlier_outcome_item_id"), ["item_id"])
    _create_carrying()
    _say_who_carried()
    with op.batch_alter_table("action_item", recreate="never") as task:
        task.drop_column("carried")


def _create_carrying() -> None:
    op.create_table(
        "carrying",
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["task_id"], ["action_item.id"], name=op.f("fk_carrying_task_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_carrying_meeting_id")),
        sa.PrimaryKeyConstraint("task_id", "meeting_id", name=op.f("pk_carrying")),
    )
    op.create_index(op.f("ix_carrying_meeting_id"), "carrying", ["meeting_id"])


def _say_who_carried() -> None:
    """The next meetings of the kind, as many as were counted, that were held before the task ended."""
    connection = op.get_bind()
    line = sa.select(MEETINGS, UNITS.c.heir_id).join(UNITS, UNITS.c.id == MEETINGS.c.commune_id)
    held = connection.execute(line.where(MEETINGS.c.began_at.is_not(None)).order_by(MEETINGS.c.began_at)).all()
    gave = {one.id: one for one in held}
    for task in connection.execute(sa.select(TASKS).where(TASKS.c.carried > 0)).all():
        if first := gave.get(task.meeting_id):
            later = [
                one.id for one in held
                if one.id != first.id and (one.kind, one.heir_id) == (first.kind, first.heir_id)
                and one.began_at >= first.began_at and (task.ended_on is None or one.held_on <= task.ended_on)
            ]  # fmt: skip
            for meeting_id in later[: task.carried]:
                connection.execute(sa.insert(CARRYINGS).values(task_id=task.id, meeting_id=meeting_id))


def downgrade() -> None:
    with op.batch_alter_table("action_item", recreate="never") as task:
        task.add_column(sa.Column("carried", sa.Integer(), nullable=False, server_default="0"))
    counted = sa.select(sa.func.count()).where(CARRYINGS.c.task_id == TASKS.c.id).scalar_subquery()
    op.execute(sa.update(TASKS).values(carried=counted))
    op.drop_table("carrying")
    op.drop_table("item_draft")
    op.drop_table("earlier_outcome")
    with op.batch_alter_table("agenda_item", recreate="never") as item:
        item.drop_column("reported")
        item.drop_column("why_without_quorum")
