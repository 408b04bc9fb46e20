"""What is loaded before workers are forked, and what no worker holds."""

import subprocess
import sys
from pathlib import Path

from sqlalchemy import event

from portal.app import create_app
from portal.engine.db import db
from tests.server import ROOT, environment

TOOLS = ("alembic", "openpyxl", "docx", "PIL")
LOADED = f"import sys, wsgi; wsgi.app.extensions['preload'](); print({{*{TOOLS}}} & {{*sys.modules}} or 'none')"


def test_whatever_is_loaded_before_workers_are_forked_opens_no_connection(tmp_path):
    app, opened = create_app(instance=tmp_path, TESTING=True), []
    with app.app_context():
        event.listen(db.engine, "connect", lambda *connection: opened.append(connection))
        assert db.engine.pool.checkedin() == db.engine.pool.checkedout() == 0
    app.extensions["preload"]()
    assert not opened


def test_a_worker_holds_no_library_that_only_commands_and_rare_pages_use(tmp_path):
    served = {**environment(Path(tmp_path)), "SERVER_SOFTWARE": "gunicorn"}
    told = subprocess.run(
        [sys.executable, "-c", LOADED], cwd=ROOT, env=served, check=False, capture_output=True, text=True
    )
    assert told.stdout.strip() == "none", told.stderr
