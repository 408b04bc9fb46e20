"""`users …` and `prepare`: the way from an empty portal to a commune that works."""

import re
from html import unescape

import pytest

from portal.app import create_app
from portal.engine import clock, commands
from portal.engine.audit import AuditEvent
from portal.engine.db import db
from portal.engine.transaction import transaction
from portal.organisation.models import Role, RoleGrant, Unit, User
from tests.conftest import CHEAP, Browser
from tests.organisation.doing import account, confirm, give, latest_grant, open_account, shown

NEW = "suối chảy qua bản 88"


@pytest.fixture
def run(commune, app, monkeypatch):
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")

    def runs(*words):
        db.session.rollback()
        return app.test_cli_runner().invoke(args=words)

    return runs


def password_in(output):
    return re.search(r"First password: ([a-z2-9-]+)", output).group(1)


@pytest.fixture
def empty(tmp_path, monkeypatch, today):
    """A portal with a schema and nothing in it."""
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    nowhere = str(tmp_path / "none")
    app = create_app(instance=tmp_path, TESTING=True, WTF_CSRF_ENABLED=False, PASSWORD_COST=CHEAP,
                     BABEL_TRANSLATION_DIRECTORIES=nowhere)  # fmt: skip
    app.test_client_class = Browser
    with app.app_context():
        db.create_all()
        yield app
        db.session.remove()
        db.engine.dispose()


def sign_in(app, username, first):
    """Sign in with a first password and choose one's own."""
    client = app.test_client()
    assert client.post("/login", data={"username": username, "password": first}).status_code == 302
    client.post("/account/password", data={"present": first, "new": NEW, "again": NEW})
    return client


def test_an_empty_portal_says_at_the_door_how_the_first_account_is_opened(empty):
    page = empty.test_client().get("/login").text
    assert "This portal is empty" in page
    assert "users create" in page


def test_a_command_that_is_printed_finds_the_same_data_and_tells_no_password(empty, monkeypatch):
    monkeypatch.setenv("PORTAL_INSTANCE", "/var/lib/my portal")
    monkeypatch.setenv("DATABASE_URL", "postgresql://portal:suoi-chay@db/portal?password=ban-88")
    line = (
        "PORTAL_INSTANCE='/var/lib/my portal' DATABASE_URL='postgresql://portal:***@db/portal?password=***' .venv/bin/"
    )
    runner = empty.test_cli_runner()
    door = empty.test_client().get("/login").text
    assert "PORTAL_INSTANCE, DATABASE_URL" in door
    assert "/var/lib" not in door
    made = runner.invoke(args=["users", "create", "huong", "Lý Thị Hường", "--commune", "xã Đăk Dục"])
    administrator = sign_in(empty, "huong", password_in(made.output))
    for page in ("/", "/accounts/"):
        told = unescape(administrator.get(page).text)
        assert f"{line}flask --app wsgi users grant" in told
        assert "suoi-chay" not in told
        assert "ban-88" not in told


def test_a_portal_with_accounts_says_nothing_of_commands_at_the_door(app, commune):
    assert "users create" not in app.test_client().get("/login").text


def test_from_an_empty_portal_to_a_case_officer(empty):
    """The whole way that docs/how-to.md tells under “Set up a new commune”."""
    runner = empty.test_cli_runner()
    made = runner.invoke(args=["users", "create", "huong", "Lý Thị Hường", "--commune", "xã Đăk Dục"])
    administrator = sign_in(empty, "huong", password_in(made.output))
    assert "Set the commune up" in administrator.get("/accounts/").text
    home = administrator.get("/").text
    assert "Set the commune up" in home
    assert "Nothing waits for you" not in home
    for kind, name in (
        ("committee", "UBND xã Đăk Dục"),
        ("police", "Công an xã Đăk Dục"),
        ("village", "thôn Đăk Răng"),
    ):
        administrator.post("/units/new", data={"name": name, "kind": kind, "valid_from": "01/11/2026"})
    open_account(administrator, "chair", "Kiều Minh Tấn")
    office = db.session.scalars(db.select(Unit).where(Unit.kind == "committee")).one().code
    assert f"commune_leader {office}" in administrator.get("/accounts/").text
    first = runner.invoke(args=["users", "grant", "chair", "commune_leader", office, "--confirmed-by", "QĐ 1/QĐ-UBND"])
    chair = sign_in(empty, "chair", password_in(first.output))
    assert "Set the commune up" not in administrator.get("/accounts/").text
    assert "Set the commune up" not in administrator.get("/").text
    open_account(administrator, "officer", "Võ Hữu Thanh")
    police = db.session.scalars(db.select(Unit).where(Unit.kind == "police")).one()
    half = shown(give(administrator, account("officer"), "police_officer", police))
    second = shown(confirm(chair, latest_grant(account("officer"))))
    assert sign_in(empty, "officer", f"{half}-{second}").get("/cases/").status_code == 200


@pytest.mark.both_engines
def test_create_opens_another_administrator_of_the_commune_that_is_there(run, commune):
    made = run("users", "create", "huong", "Lý Thị Hường", "--commune", "DN")
    assert made.exit_code == 0
    assert password_in(made.output)
    assert latest_grant(account("huong")).unit.code == "DN"
    assert db.session.scalar(db.select(db.func.count(Unit.id)).where(Unit.kind == "commune")) == 2


@pytest.mark.parametrize(("username", "status"), [("by.officer", 1), ("Lý Hường", 2), ("x", 2)])
def test_create_refuses_a_name_that_is_taken_or_cannot_be_typed(run, username, status):
    answer = run("users", "create", username, "Lý Thị Hường")
    assert (answer.exit_code, password_count(answer)) == (status, 0)


def password_count(answer):
    return answer.output.count("First password")


@pytest.mark.both_engines
def test_a_paper_confirms_the_first_leader_and_nobody_after_them(run, commune):
    run("users", "create", "huong", "Lý Thị Hường", "--commune", "BY")
    refused = run("users", "grant", "huong", "commune_leader", "BY-UB", "--confirmed-by", "QĐ 2")
    assert refused.exit_code == 1
    assert latest_grant(account("huong")).role == Role.ADMINISTRATOR
    end_all(commune.chief, commune.leader)
    done = run("users", "grant", "huong", "commune_leader", "BY-UB", "--confirmed-by", "QĐ 2/QĐ-UBND")
    assert (done.exit_code, password_count(done)) == (0, 1)
    assert [grant.role for grant in account("huong").held_today] == [Role.ADMINISTRATOR, Role.COMMUNE_LEADER]
    told = [event for event in db.session.scalars(db.select(AuditEvent)) if event.changes.get("paper")]
    assert [event.changes["paper"] for event in told] == ["QĐ 2/QĐ-UBND"]
    again = run("users", "grant", "by.clerk", "police_chief", "BY-CA", "--confirmed-by", "QĐ 3")
    assert again.exit_code == 1


def test_a_paper_confirms_the_first_leader_also_where_the_role_was_given_before_and_waits(run, commune):
    end_all(commune.chief, commune.leader)
    run("users", "create", "huong", "Lý Thị Hường", "--commune", "BY")
    assert "--confirmed-by" in run("users", "grant", "huong", "commune_leader", "BY-UB").output
    waits = latest_grant(account("huong")).id
    done = run("users", "grant", "huong", "commune_leader", "BY-UB", "--confirmed-by", "QĐ 2/QĐ-UBND")
    assert (done.exit_code, password_count(done)) == (0, 1)
    assert latest_grant(account("huong")).id == waits
    assert Role.COMMUNE_LEADER in [grant.role for grant in account("huong").held_today]


def test_a_role_that_waits_is_not_called_held_where_it_is_given_twice(run, commune):
    words = ("users", "grant", "by.clerk", "police_officer", "BY-CA")
    run(*words)
    again = run(*words)
    assert again.exit_code == 1
    assert "waits for confirmation" in again.output
    assert "is held" not in again.output


def test_a_paper_for_other_days_than_those_of_the_role_that_waits_is_refused(run, commune):
    end_all(commune.chief, commune.leader)
    run("users", "grant", "by.clerk", "commune_leader", "BY-UB")
    other = run("users", "grant", "by.clerk", "commune_leader", "BY-UB", "--to", "2027-01-31", "--confirmed-by", "QĐ 2")
    assert other.exit_code == 1
    assert latest_grant(commune.clerk).needs_confirmation


def test_a_paper_confirms_no_officer_even_while_nobody_else_can(run, commune):
    end_all(commune.chief, commune.leader)
    answer = run("users", "grant", "by.clerk", "police_officer", "BY-CA", "--confirmed-by", "QĐ 2")
    assert answer.exit_code == 2
    assert latest_grant(commune.clerk).role == Role.OFFICE_CLERK


def end_all(*users):
    with transaction(None):
        for user in users:
            db.session.get_one(User, user.id).disabled_at = clock.now()


def test_a_role_given_by_command_waits_for_the_chief_like_any_other(run, commune, browse_as):
    answer = run("users", "grant", "by.clerk", "police_officer", "BY-CA", "--from", "2026-11-23", "--to", "31/12/2026")
    assert answer.exit_code == 0
    assert "they find it on their page of today" in answer.output
    assert [grant.role for grant in account("by.clerk").held_today] == [Role.OFFICE_CLERK]
    assert f"/grants/{latest_grant(commune.clerk).id}" in browse_as(commune.chief).get("/").text


def test_a_role_given_by_command_that_nobody_can_confirm_says_so_and_names_no_page(run, commune):
    end_all(commune.chief, commune.leader)
    answer = run("users", "grant", "by.clerk", "police_officer", "BY-CA")
    assert answer.exit_code == 0
    assert "today nobody can confirm it" in answer.output
    assert "--confirmed-by" in answer.output
    assert "page of today" not in answer.output


def test_a_deputy_is_named_by_command(run, commune):
    run("users", "grant", "by.clerk", "commune_leader", "BY-UB", "--on-behalf-of", "by.leader", "--capacity", "kt")
    grant = latest_grant(commune.clerk)
    assert (grant.on_behalf_of_id, grant.capacity) == (commune.leader.id, "KT")


@pytest.mark.parametrize(
    ("words", "status", "why"),
    [
        (["nobody", "police_officer", "BY-CA"], 2, "There is no account 'nobody'"),
        (["by.clerk", "king", "BY-CA"], 2, "There is no role 'king'"),
        (["by.clerk", "police_officer", "XX"], 2, "There is no unit 'XX'"),
        (["by.clerk", "police_officer", "BY-BPH"], 1, "is not held in a unit of this kind"),
        (["by.clerk", "police_officer", "DN-CA"], 1, "belongs to another commune"),
        (["by.clerk", "police_officer", "BY-CA", "--from", "31/02/2026"], 2, "is no day"),
        (["by.clerk", "police_officer", "BY-CA", "--to", "2026-01-01"], 1, "cannot lie before the first"),
        (["by.clerk", "inspector", "BY"], 1, "for a limited time"),
        (["by.clerk"], 2, "ROLE is missing"),
    ],
)
def test_what_does_not_fit_is_told_in_one_line_with_its_status(run, commune, words, status, why):
    answer = run("users", "grant", *words)
    assert answer.exit_code == status
    assert why in answer.output
    assert answer.output.count("\n") == 1
    assert db.session.scalar(db.select(db.func.count(RoleGrant.id)).where(RoleGrant.user_id == commune.clerk.id)) == 1


def test_reset_by_command_is_for_whom_nobody_can_help_on_a_page(run, commune):
    assert run("users", "reset", "by.officer").exit_code == 1
    assert password_in(run("users", "reset", "by.administrator").output)
    end_all(commune.leader)
    assert password_in(run("users", "reset", "by.chief").output)


def test_accounts_and_units_are_listed(run):
    assert re.search(r"by\.officer\s+Officer xã Bờ Y\n\s+police_officer\s+BY-CA", run("users", "list").output)
    assert re.search(r"BY-BPH\s+village\s+01/01/2020–\s+thôn Bắc Phong", run("users", "units").output)


@pytest.mark.parametrize("words", [["users", "--help"], ["users", "grant", "--help"], ["demo", "--help"],
                                   ["jobs", "--help"], ["prepare", "--help"]])  # fmt: skip
def test_help_comes_in_both_languages(app, monkeypatch, words):
    monkeypatch.setattr(commands, "say", lambda text, **_: f"«{text}»")
    output = app.test_cli_runner().invoke(args=words).output
    assert "«" in output
    described = re.findall(r"^  (?:--?\w\S*|\w[\w-]*)  +(.*)$", output, re.MULTILINE)
    assert [text for text in described if not text.startswith("«") and "Show this message" not in text
            and not text.startswith("YYYY")] == []  # fmt: skip
