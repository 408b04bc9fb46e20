"""What the doctor asks of the keys: whether they are those that the audit trail was sealed with."""

from collections.abc import Iterator

from flask import current_app
from flask_babel import gettext

from portal.engine import chain
from portal.engine.db import db
from portal.engine.doctor import Finding
from portal.engine.keys import keys_differ, keys_missing


def keys_fit() -> Iterator[Finding]:
    if current_app.extensions["keys"] is None:
        yield Finding(gettext("The keys are missing."), keys_missing())
    elif not chain.is_of_these_keys(db.session()):
        yield Finding(gettext("The keys do not fit."), keys_differ())
    else:
        yield Finding(gettext("The keys are those that the database was written with."))
