"""After the meeting: what was found wrong in its minutes."""

from portal.engine import audit
from portal.engine.db import db, touch
from portal.engine.refusal import Plain, Refused
from portal.engine.text import mark
from portal.meetings.models import Erratum, Meeting


def correct(meeting: Meeting, text: str, reason: str) -> Erratum:
    """Say what is to be read instead. The minutes stay as they were approved."""
    if meeting.minutes is None:
        raise Refused(Plain(mark("The minutes are not approved yet: return them and mend the text itself.")))
    erratum = Erratum(minutes=meeting.minutes, commune_id=meeting.commune_id, text=text, reason=reason)
    db.session.add(erratum)
    touch(meeting)
    db.session.flush()
    audit.note("correct", erratum)
    return erratum
