"""What `make run` does on a machine: settings are respected, and what is wrong is said with the mend."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.server import ROOT, environment, running

FLASK = (sys.executable, "-m", "flask", "--app", "wsgi")
GUNICORN = (sys.executable, "-m", "gunicorn", "--config", "gunicorn.conf.py", "wsgi:app")


def run(*command, typed="", **settings):
    """Run to the end, in the environment of somebody who set these."""
    return subprocess.run(
        command, cwd=ROOT, env={**environment(Path("/nowhere")), "LC_ALL": "en_US.UTF-8", **settings}, check=False,
        capture_output=True, text=True, timeout=120, input=typed,
    )  # fmt: skip


@pytest.fixture(scope="module")
def started(tmp_path_factory):
    """An instance after its first start without the example, and what was said."""
    instance = tmp_path_factory.mktemp("started") / "deep" / "instance"
    return instance, run(*FLASK, "prepare", "--no-demo", PORTAL_INSTANCE=str(instance))


def test_an_empty_portal_starts_in_the_folder_that_was_named_and_leads_to_the_first_account(started):
    instance, told = started
    assert told.returncode == 0, told.stderr
    assert (instance / "portal.db").stat().st_size
    assert f"PORTAL_INSTANCE={instance} .venv/bin/flask --app wsgi users create" in told.stdout
    assert "demo" not in told.stdout


def test_keys_and_database_are_for_their_owner_alone(started):
    instance, _told = started
    assert (instance / "keys.json").stat().st_mode & 0o077 == 0


def test_a_second_start_keeps_keys_and_migrates_nothing(started):
    instance, _told = started
    keys = (instance / "keys.json").read_bytes()
    again = run(*FLASK, "prepare", "--no-demo", PORTAL_INSTANCE=str(instance))
    assert again.returncode == 0
    assert "Running upgrade" not in again.stderr
    assert (instance / "keys.json").read_bytes() == keys
    assert not (instance / "copies").exists()


def test_the_database_may_lie_elsewhere(tmp_path):
    elsewhere = tmp_path / "elsewhere.db"
    told = run(
        *FLASK,
        "prepare",
        "--no-demo",
        PORTAL_INSTANCE=str(tmp_path / "instance"),
        DATABASE_URL=f"sqlite:///{elsewhere}",
    )
    assert told.returncode == 0, told.stderr
    assert elsewhere.stat().st_size
    assert not (tmp_path / "instance" / "portal.db").exists()


def test_the_server_listens_on_the_port_that_was_asked_for_and_nowhere_but_here(started):
    with running(started[0]) as address:
        assert address.startswith("http://127.0.0.1:")
        port = int(address.rsplit(":", 1)[1])
        others = {here[4][0] for here in socket.getaddrinfo(socket.gethostname(), None)} - {"127.0.0.1", "::1"}
        for other in others:
            with socket.socket(socket.AF_INET6 if ":" in other else socket.AF_INET) as trial:
                trial.settimeout(2)
                assert trial.connect_ex((other, port)) != 0


def test_a_port_that_is_taken_is_told_with_the_way_out(started):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        told = run(*GUNICORN, PORTAL_INSTANCE=str(started[0]), PORT=str(port))
    assert told.returncode != 0
    assert f"cannot listen on 127.0.0.1:{port}" in told.stderr
    assert "PORT=8001 make run" in told.stderr
    assert "Traceback" not in told.stderr


@pytest.mark.parametrize("port", ["", "abc", "0", "70000", "-1"])
def test_a_port_that_is_none_is_told(port):
    told = run(*GUNICORN, PORT=port)
    assert told.returncode != 0
    assert "PORT must be a number from 1 to 65535" in told.stderr


def test_a_python_that_is_too_old_is_told_with_the_way_out(tmp_path):
    old = tmp_path / "python3.8"
    old.write_text('#!/bin/sh\ncase "$1" in --version) echo "Python 3.8.10";; *) exit 1;; esac\n')
    old.chmod(0o755)
    told = run(str(ROOT / "scripts" / "venv"), str(tmp_path / "venv"), "requirements.txt", PYTHON=str(old))
    assert told.returncode == 1
    assert "needs Python 3.11 or newer" in told.stderr
    assert "Python 3.8.10" in told.stderr
    assert "PYTHON=" in told.stderr
    assert not (tmp_path / "venv").exists()


@pytest.mark.parametrize(("language", "first", "last"), [
    ("en_US.UTF-8", "Environment: installing what is missing", "Server: starting on"),
    ("vi_VN.UTF-8", "Môi trường: cài đặt", "Máy chủ: đang khởi động"),
    ("C.UTF-8", "Môi trường: cài đặt", "Máy chủ: đang khởi động"),
])  # fmt: skip
def test_the_phases_of_a_start_are_told_in_the_language_of_the_commands(language, first, last):
    told = run("make", "--dry-run", "run", PATH=os.environ["PATH"], LC_ALL=language)
    assert f"1/4 {first}" in told.stdout
    assert f"4/4 {last}" in told.stdout


def test_make_tells_what_it_knows():
    told = run("make", "help", PATH=os.environ["PATH"])
    for target in ("run", "test", "lint", "pictures", "bench"):
        assert f"make {target}" in told.stdout
