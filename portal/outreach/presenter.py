"""What may be told of a session that was planned: that it was held, on a page of its own, or that it was cancelled."""

from collections.abc import Mapping
from typing import Any

from flask import url_for
from flask_login import current_user

from portal.engine.text import _
from portal.outreach.models import OutreachSession


def steps_of(session: OutreachSession) -> Mapping[str, Any]:
    """The steps that its page takes, and the links to the page of the one that asks for a day and a number."""
    stands = session.planned and session.voided_at is None
    offered = {one.transition.name: one for one in session.workflow.offers(current_user, session)} if stands else {}
    held = (
        [(_("Record that it was held"), url_for("outreach.hold", id=session.id))] if offered.pop("hold", None) else []
    )
    return {"steps": list(offered.values()), "step_links": held}
