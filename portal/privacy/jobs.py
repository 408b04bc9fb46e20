"""What the night does: approved rounds, a batch at a time; and after a restore, once more what was done before."""

from flask_babel import gettext, ngettext
from sqlalchemy import select

from portal.documents import store
from portal.documents.models import Attachment
from portal.engine.db import db
from portal.engine.jobs import NIGHTLY, Job
from portal.engine.text import mark
from portal.engine.transaction import transaction
from portal.privacy import actions, remembered
from portal.privacy.models import RetentionRound

BATCH = 50  # people a transaction


def pseudonymise() -> str:
    """Carry out what was approved; each batch is saved by itself, so that a run that is cut short goes on next time."""
    with transaction(None):
        again = actions.forget_again()
    done = sum(_carry_out(one) for one in _approved())
    remembered.note_all()
    removed = _swept()
    told = ngettext("%(num)s person lost their name.", "%(num)s people lost their names.", done)
    if again:
        told += " " + ngettext(
            "A restore had brought %(num)s name back: it is gone again.",
            "A restore had brought %(num)s names back: they are gone again.", again,
        )  # fmt: skip
    if removed:
        told += " " + ngettext("%(num)s file was removed.", "%(num)s files were removed.", removed)
    return told if done or again or removed else gettext("Nothing was to be done.")


def _approved() -> list[int]:
    asked = select(RetentionRound.id).where(RetentionRound.state == "approved", RetentionRound.voided_at.is_(None))
    return list(db.session.scalars(asked.order_by(RetentionRound.id)))


def _carry_out(round_id: int) -> int:
    done = 0
    while True:
        with transaction(None):
            round_ = db.session.get_one(RetentionRound, round_id)
            if round_.state != "approved":
                return done
            done += actions.carry_out(round_, BATCH)


def _swept() -> int:
    """Remove the content of files that are gone: what a cut left behind is found by the next run."""
    gone = select(Attachment.stored_as).where(Attachment.forgotten_on.is_not(None))
    return sum(store.remove(name) for name in db.session.scalars(gone))


JOBS = (
    Job("pseudonymise", mark("Carries out approved rounds of closed files, and again what a restore brought back."),
        pseudonymise, NIGHTLY),
)  # fmt: skip
