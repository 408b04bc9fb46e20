"""Security teams and their members; models, commendations and titles, and the campaigns under a title."""

from alembic import op

from migrations.tables import create_entries, create_record, day, number, refers, text, word, yes_or_no

revision = "0037_movement"
down_revision = "0036_drugs"
branch_labels = None
depends_on = None

TABLES = (
    "title_evidence", "title_criterion", "title_programme", "commendation", "model_training", "model_review",
    "model_village", "model", "reorganisation", "team_member", "security_team",
)  # fmt: skip


def upgrade() -> None:
    create_teams()
    create_models()
    create_titles()
    op.execute(  # in place, since pledges refer to campaigns
        "ALTER TABLE pledge_campaign ADD COLUMN programme_id INTEGER"
        " CONSTRAINT fk_pledge_campaign_programme_id REFERENCES title_programme (id)"
    )
    op.create_index(op.f("ix_pledge_campaign_programme_id"), "pledge_campaign", ["programme_id"])


def create_teams() -> None:
    create_entries(
        "security_team",
        word("kind"), number("village_id"), text("name"), day("established_on"), text("decision"),
        day("dissolved_on", nullable=True), text("note"), refers("security_team", "village_id", "unit"),
        indexed=("kind", "village_id", "established_on"),
    )  # fmt: skip
    create_record(
        "team_member",
        number("team_id"), text("name"), number("birth_year", nullable=True), word("task"), day("joined_on"),
        day("left_on", nullable=True), number("same_as_id", nullable=True), text("note"),
        refers("team_member", "team_id", "security_team"), refers("team_member", "same_as_id", "team_member"),
        indexed=("team_id", "joined_on", "same_as_id"),
    )  # fmt: skip
    create_record(
        "reorganisation",
        number("team_id"), day("reorganised_on"), text("decision"), text("note"),
        refers("reorganisation", "team_id", "security_team"),
        indexed=("team_id", "reorganised_on"),
    )  # fmt: skip


def create_models() -> None:
    create_entries(
        "model",
        text("name"), word("kind"), day("launched_on"), day("ended_on", nullable=True), text("decision"),
        text("led_by"), text("about"),
        indexed=("kind", "launched_on"),
    )  # fmt: skip
    create_record(
        "model_village",
        number("model_id"), number("village_id"),
        refers("model_village", "model_id", "model"), refers("model_village", "village_id", "unit"),
        indexed=("model_id", "village_id"),
    )  # fmt: skip
    create_record(
        "model_review",
        number("model_id"), day("reviewed_on"), word("verdict"), text("reason"),
        refers("model_review", "model_id", "model"),
        indexed=("model_id", "reviewed_on"),
    )  # fmt: skip
    create_record(
        "model_training",
        number("model_id"), day("held_on"), number("count"), text("subject"),
        refers("model_training", "model_id", "model"),
        indexed=("model_id", "held_on"),
    )  # fmt: skip
    create_entries(
        "commendation",
        word("whom"), text("name"), number("village_id", nullable=True), word("honour"), text("given_by"),
        day("given_on"), text("decision"), text("reason"), refers("commendation", "village_id", "unit"),
        indexed=("village_id", "honour", "given_on"),
    )  # fmt: skip


def create_titles() -> None:
    create_entries(
        "title_programme",
        text("name"), word("kind"), number("year"), day("first_on"), day("last_on"), text("plan"), word("outcome"),
        day("decided_on", nullable=True), text("decision"), text("note"),
        indexed=("kind", "first_on"),
    )  # fmt: skip
    create_record(
        "title_criterion",
        number("programme_id"), text("text"), word("basis"), text("clause"), yes_or_no("confirmed"), text("figure"),
        number("count", nullable=True), yes_or_no("of_whole"), text("whole_figure"),
        number("whole_count", nullable=True), word("comparison"), number("target", nullable=True), text("unit"),
        word("by_hand", nullable=True), refers("title_criterion", "programme_id", "title_programme"),
        indexed=("programme_id",),
    )  # fmt: skip
    create_record(
        "title_evidence",
        number("programme_id"), number("criterion_id", nullable=True), number("model_id", nullable=True),
        number("campaign_id", nullable=True), text("paper"), text("note"),
        refers("title_evidence", "programme_id", "title_programme"),
        refers("title_evidence", "criterion_id", "title_criterion"), refers("title_evidence", "model_id", "model"),
        refers("title_evidence", "campaign_id", "pledge_campaign"),
        indexed=("programme_id", "criterion_id"),
    )  # fmt: skip


def downgrade() -> None:
    op.drop_index(op.f("ix_pledge_campaign_programme_id"), "pledge_campaign")
    with op.batch_alter_table("pledge_campaign", recreate="never") as table:
        table.drop_column("programme_id")
    for name in TABLES:
        op.drop_table(name)
