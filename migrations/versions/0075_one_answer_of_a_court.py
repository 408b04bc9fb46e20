"""One record of what a court answered: also of shortenings, whose answer stood in the proposal itself."""

import sqlalchemy as sa
from alembic import op

from migrations.tables import day, number, refers, word

revision = "0075_one_answer_of_a_court"
down_revision = "0074_rounds_of_retention"
branch_labels = None
depends_on = None

BASE, OF_SHORTENING, OF_REVOCATION = "court_answer", "shortening_answer", "revocation_answer"
MOVED = ("answered_on", "answer", "decision_number", "answer_reason", "term_change_id")
KEPT = "commune_id, created_at, created_by_id, changed_at, changed_by_id, voided_at, void_reason, version"
OLD_RULE, NEW_RULE = "SHORTENING-ANSWER", "COURT-ANSWER"

# A shortening that counts, or did, was confirmed by two; a refusal was written down by one.
ANSWERED = """
    SELECT proposal.id AS proposal_id, proposal.case_id, shortening.answer, shortening.answered_on,
           shortening.decision_number, shortening.answer_reason, shortening.term_change_id,
           proposal.commune_id, COALESCE(change.created_at, proposal.changed_at) AS created_at,
           COALESCE(change.created_by_id, proposal.changed_by_id) AS created_by_id,
           COALESCE(change.changed_at, proposal.changed_at) AS changed_at,
           COALESCE(change.changed_by_id, proposal.changed_by_id) AS changed_by_id,
           change.voided_at, COALESCE(change.void_reason, '') AS void_reason, 1 AS version,
           change.months, change.printed_ends_on,
           CASE WHEN change.state IN ('confirmed', 'taking_back', 'taken_back') THEN 'confirmed'
                WHEN change.state = 'refused' THEN 'refused' ELSE 'recorded' END AS state
    FROM shortening_proposal AS shortening JOIN proposal ON proposal.id = shortening.id
    LEFT JOIN term_change AS change ON change.id = shortening.term_change_id
    WHERE shortening.answer IS NOT NULL AND shortening.answered_on IS NOT NULL
"""
STANDING = f"""
    SELECT answer.*, told.months, told.printed_ends_on, told.term_change_id FROM {BASE} AS answer
    JOIN {OF_SHORTENING} AS told ON told.id = answer.id
    WHERE answer.state <> 'refused' AND answer.voided_at IS NULL ORDER BY answer.id
"""
WAITING = f"""
    INSERT INTO term_change (case_id, decided_on, months, decision_number, printed_ends_on, state, {KEPT})
    VALUES (:case_id, :decided_on, :months, :paper_number, :printed_ends_on, 'recorded', :commune_id, :created_at,
            :created_by_id, :changed_at, :changed_by_id, NULL, '', 1) RETURNING id
"""
BACK = """
    UPDATE shortening_proposal SET answered_on = :answered_on, answer = :answer, decision_number = :number,
           answer_reason = :why, term_change_id = :change WHERE id = :id
"""


def upgrade() -> None:
    _add_kinds()
    op.execute(
        f"INSERT INTO {BASE} (kind, case_id, proposal_id, body, paper_number, decided_on, accepted, note, state, {KEPT})"  # noqa: S608
        " SELECT 'shortening', case_id, proposal_id, '', decision_number, answered_on, answer = 'granted',"
        f" answer_reason, state, {KEPT} FROM ({ANSWERED}) AS answered ORDER BY proposal_id"
    )
    op.execute(
        f"INSERT INTO {OF_SHORTENING} (id, months, printed_ends_on, term_change_id)"  # noqa: S608
        f" SELECT {BASE}.id, answered.months, answered.printed_ends_on, answered.term_change_id FROM {BASE}"
        f" JOIN ({ANSWERED}) AS answered ON answered.proposal_id = {BASE}.proposal_id WHERE {BASE}.kind = 'shortening'"
    )
    op.execute(_steps_of_answers())
    _rename_duties(OLD_RULE, NEW_RULE)
    with op.batch_alter_table("shortening_proposal") as proposal:
        proposal.drop_constraint("fk_shortening_proposal_term_change_id", type_="foreignkey")
        for name in MOVED:
            proposal.drop_column(name)


def _add_kinds() -> None:
    with op.batch_alter_table(BASE) as answer:
        answer.add_column(sa.Column("kind", sa.String(), nullable=False, server_default="revocation"))
    with op.batch_alter_table(BASE) as answer:
        answer.alter_column("kind", server_default=None, existing_type=sa.String(), existing_nullable=False)
    op.create_table(
        OF_REVOCATION, number("id"), day("leaves_on", nullable=True), refers(OF_REVOCATION, "id", BASE),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{OF_REVOCATION}")),
    )  # fmt: skip
    op.create_table(
        OF_SHORTENING, number("id"), number("months", nullable=True), day("printed_ends_on", nullable=True),
        number("term_change_id", nullable=True), refers(OF_SHORTENING, "id", BASE),
        refers(OF_SHORTENING, "term_change_id", "term_change"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{OF_SHORTENING}")),
    )  # fmt: skip
    op.execute(f"INSERT INTO {OF_REVOCATION} (id, leaves_on) SELECT id, leaves_on FROM {BASE}")  # noqa: S608
    with op.batch_alter_table(BASE, recreate="never") as answer:
        answer.drop_column("leaves_on")


def _steps_of_answers() -> str:
    """Who confirmed or refused a shortening did so to the answer that made it."""
    told = "name, from_state, to_state, reason, at, by_id, role, unit_id, on_behalf_of_id, capacity, record_version"
    return (
        f"INSERT INTO step (record_type, record_id, {told})"  # noqa: S608
        f" SELECT '{BASE}', answer.id, {told} FROM step"
        f" JOIN {OF_SHORTENING} AS answer ON answer.term_change_id = step.record_id"
        " WHERE step.record_type = 'term_change' AND step.name IN ('confirm', 'refuse') ORDER BY step.id"
    )


def _rename_duties(before: str, after: str, of: str = "") -> None:
    op.execute(f"UPDATE duty SET rule = '{after}' WHERE rule = '{before}'{of}")  # noqa: S608


def downgrade() -> None:
    with op.batch_alter_table("shortening_proposal") as proposal:
        for column in (
            day("answered_on", nullable=True), word("answer", nullable=True), _empty("decision_number"),
            _empty("answer_reason"), number("term_change_id", nullable=True),
        ):  # fmt: skip
            proposal.add_column(column)
        proposal.create_foreign_key("fk_shortening_proposal_term_change_id", "term_change", ["term_change_id"], ["id"])
    _write_back()
    ours = f"IN (SELECT id FROM {OF_SHORTENING})"  # noqa: S608
    _rename_duties(NEW_RULE, OLD_RULE, " AND subject_type = 'proposal' AND subject_id IN (SELECT id FROM shortening_proposal)")
    op.execute(f"DELETE FROM step WHERE record_type = '{BASE}' AND record_id {ours}")  # noqa: S608
    asked = f"subject_type = '{BASE}' AND subject_id {ours}"
    op.execute(f"DELETE FROM escalation WHERE duty_id IN (SELECT id FROM duty WHERE {asked})")  # noqa: S608
    op.execute(f"DELETE FROM duty WHERE {asked}")  # noqa: S608
    op.drop_table(OF_SHORTENING)
    op.execute(f"DELETE FROM {BASE} WHERE kind = 'shortening'")  # noqa: S608
    with op.batch_alter_table(BASE, recreate="never") as answer:
        answer.add_column(day("leaves_on", nullable=True))
    op.execute(
        f"UPDATE {BASE} SET leaves_on = (SELECT told.leaves_on FROM {OF_REVOCATION} AS told WHERE told.id = {BASE}.id)"  # noqa: S608
    )
    op.drop_table(OF_REVOCATION)
    with op.batch_alter_table(BASE, recreate="never") as answer:
        answer.drop_column("kind")


def _write_back() -> None:
    """Each answer that stands goes back into its proposal; one that grants and waits becomes a shortening that does."""
    database = op.get_bind()
    for one in database.execute(sa.text(STANDING)).mappings().all():
        change = one["term_change_id"]
        if one["accepted"] and change is None:
            change = database.scalar(sa.text(WAITING), dict(one))
        told = {
            "id": one["proposal_id"], "answered_on": one["decided_on"], "number": one["paper_number"],
            "answer": "granted" if one["accepted"] else "refused", "why": "" if one["accepted"] else one["note"],
            "change": change,
        }  # fmt: skip
        database.execute(sa.text(BACK), told)


def _empty(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=False, server_default="")
