"""Custody and moves in cases of any type: what befell the person, what was learnt, and what the agency decided."""

import sqlalchemy as sa
from alembic import op

from migrations.tables import day

revision = "0065_custody_and_moves"
down_revision = "0061_end_of_a_term"
branch_labels = None
depends_on = None

EMPTY = sa.text("('')")
CUSTODY, MOVE = "management_custody", "management_move"
OF_CUSTODY = (
    sa.Column("kind", sa.String(length=40), nullable=False, server_default=sa.text("('detained')")),
    sa.Column("held_by", sa.String(), nullable=False, server_default=EMPTY),
    day("informed_on", nullable=True),
    sa.Column("informed", sa.String(), nullable=False, server_default=EMPTY),
)
OF_MOVE = (
    sa.Column("other_province", sa.Boolean(), nullable=True), day("agreed_on", nullable=True),
    day("decided_on", nullable=True), sa.Column("granted", sa.Boolean(), nullable=True),
    sa.Column("decision", sa.String(), nullable=False, server_default=EMPTY),
)  # fmt: skip
REFERS = (("proposal_id", "proposal", True), ("transfer_id", "proposal", True), ("unit_id", "unit", False))


def upgrade() -> None:
    for column in OF_CUSTODY:
        op.add_column(CUSTODY, column)
    for column in OF_MOVE:
        op.add_column(MOVE, column)
    for name, to, indexed in REFERS:
        key = f'CONSTRAINT "fk_{MOVE}_{name}" REFERENCES "{to}" (id)'
        op.execute(f'ALTER TABLE "{MOVE}" ADD COLUMN {name} INTEGER {key}')
        if indexed:
            op.create_index(op.f(f"ix_{MOVE}_{name}"), MOVE, [name])


def downgrade() -> None:
    with op.batch_alter_table(MOVE) as move:
        for name, _to, indexed in REFERS:
            if indexed:
                move.drop_index(op.f(f"ix_{MOVE}_{name}"))
            move.drop_constraint(op.f(f"fk_{MOVE}_{name}"), type_="foreignkey")
            move.drop_column(name)
        for column in OF_MOVE:
            move.drop_column(column.name)
    with op.batch_alter_table(CUSTODY, recreate="never") as custody:
        for column in OF_CUSTODY:
            custody.drop_column(column.name)
