"""Papers that no register has are entered a record at a time."""

import pytest
from flask_migrate import stamp
from sqlalchemy import select

from portal.documents.jobs import NotEnteredError, enter_missing
from portal.documents.models import OfficialDocument
from portal.engine.db import db
from portal.engine.transaction import transaction
from portal.proposals.papers import register
from tests.documents.test_register import a_decided_leave


@pytest.fixture
def faulty(commune, monkeypatch):
    """Two decided proposals that no register has; the paper of the first cannot be written."""
    first, second = (a_decided_leave(commune, name) for name in ("Đặng Thị Phượng", "A Thảo"))
    with transaction(None):
        for leave in (first, second):
            leave.document.subject_id = None
    written = register.paper_of
    monkeypatch.setattr(register, "paper_of", lambda one: 1 / 0 if one.id == first.id else written(one))
    return first, second


def test_one_record_with_a_fault_costs_no_other_its_paper_and_is_named(faulty):
    first, second = faulty
    with pytest.raises(NotEnteredError, match=f"^proposal {first.id}$"):
        enter_missing()
    about = select(OfficialDocument.subject_id).where(OfficialDocument.subject_id.is_not(None))
    assert list(db.session.scalars(about)) == [second.id]


def test_the_portal_starts_all_the_same_and_the_command_tells_of_it(app, faulty):
    first, _second = faulty
    told = app.test_cli_runner().invoke(args=["jobs", "run", "registers"])
    assert told.exit_code != 0
    assert f"could not be entered: proposal {first.id}." in told.output
    stamp()  # the schema of the tests is the newest, which no migration made
    start = app.test_cli_runner().invoke(args=["prepare", "--no-demo"])
    assert (start.exit_code, f"could not be entered: proposal {first.id}." in start.output) == (0, True)
