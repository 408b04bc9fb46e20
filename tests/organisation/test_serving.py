"""While demo accounts exist the portal serves this machine alone."""

import os
import subprocess
import sys

import pytest

from portal import config
from portal.app import create_app
from portal.engine.db import db
from portal.engine.transaction import transaction
from portal.organisation import actions, passwords
from portal.organisation.models import UnitKind
from tests.conftest import CHEAP, TODAY
from tests.server import ROOT, environment, free_port

EVERYWHERE = "0.0.0.0"  # noqa: S104 (refused is what is tested)
SHOWN = """import runpy, wsgi
application = type('Application', (), {'wsgi': lambda self: wsgi.app})
server = type('Server', (), {'address': %r, 'app': application()})
runpy.run_path('gunicorn.conf.py')['on_starting'](server)
"""


@pytest.fixture
def instance(tmp_path, request):
    """A portal with one account, invented or real."""
    app = create_app(instance=tmp_path, TESTING=True, PASSWORD_COST=CHEAP)
    with app.app_context():
        db.create_all()
        with transaction(None):
            commune = actions.create_unit("BY", "xã Bờ Y", UnitKind.COMMUNE, TODAY)
            user, _first = actions.create_user("somebody", "Lý Thị Hường", commune)
            user.demo, user.password_hash = request.param == "example", passwords.hashed("x")
        db.session.remove()
        db.engine.dispose()
    return tmp_path


def start(instance, host, **more):
    """Ask the server's own first step, with an address that it was told to listen on."""
    port = free_port()
    kept = {**environment(instance, port), "LC_ALL": "en", "HOST": host, **more}
    return subprocess.run([sys.executable, "-c", SHOWN % [(host, port)]], cwd=ROOT, env=kept, capture_output=True,
                          text=True, timeout=60, check=False)  # fmt: skip


@pytest.mark.parametrize(
    ("instance", "host", "served"),
    [("example", EVERYWHERE, False), ("example", "127.0.0.1", True), ("example", "localhost", True),
     ("real", EVERYWHERE, True)],
    indirect=["instance"],
)  # fmt: skip
def test_a_portal_with_demo_accounts_is_not_served_to_others(instance, host, served):
    done = start(instance, host)
    assert (done.returncode == 0) is served, done.stderr
    assert ("passwords everybody knows" in done.stderr) is not served
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("instance", ["example"], indirect=True)
def test_nor_under_a_name_that_others_reach_through_a_proxy(instance):
    done = start(instance, "127.0.0.1", PORTAL_HOSTS="127.0.0.1,portal.example.vn")
    assert done.returncode == 1
    assert "portal.example.vn" in done.stderr


@pytest.mark.parametrize("instance", ["example"], indirect=True)
def test_the_server_itself_ends_with_one_plain_line(instance):
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "--config", "gunicorn.conf.py", "--bind", f"{EVERYWHERE}:{port}"]
    done = subprocess.run([*command, "wsgi:app"], cwd=ROOT, env={**environment(instance, port), "LC_ALL": "en"},
                          capture_output=True, text=True, timeout=60, check=False)  # fmt: skip
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "passwords everybody knows" in done.stderr


def test_an_address_is_taken_from_the_server_and_not_from_the_environment_alone(tmp_path):
    """`gunicorn --bind 0.0.0.0:8000` wins over HOST."""
    code = (
        "import runpy; found = runpy.run_path('gunicorn.conf.py')['reached_at']("
        "type('Server', (), {'address': [('0.0.0.0', 8000), 'unix:/run/x']})); print(found)"
    )
    kept = {**environment(tmp_path), "HOST": "127.0.0.1"}
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=kept, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['0.0.0.0']"


def test_the_example_is_not_loaded_where_others_come_in(app, commune, monkeypatch):
    monkeypatch.setenv("HOST", EVERYWHERE)
    monkeypatch.setenv("LC_ALL", "en")
    answer = app.test_cli_runner().invoke(args=["demo", "load"])
    assert answer.exit_code == 1
    assert "serves this machine alone" in answer.output


@pytest.mark.parametrize(("url", "read"), [
    ("postgres://u@h/d", "postgresql+psycopg://u@h/d"),
    ("postgresql://u@h/d", "postgresql+psycopg://u@h/d"),
    ("postgresql+psycopg://u@h/d", "postgresql+psycopg://u@h/d"),
    ("sqlite:////srv/x.db", "sqlite:////srv/x.db"),
])  # fmt: skip
def test_a_database_is_named_in_any_spelling(monkeypatch, tmp_path, url, read):
    monkeypatch.setenv("DATABASE_URL", url)
    assert config.database_url(tmp_path) == read
    assert os.environ["DATABASE_URL"] == url
