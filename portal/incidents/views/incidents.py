"""What the pages of incidents have beside those of every book: photos and papers."""

from typing import Any

from flask import Blueprint, url_for

from portal.documents.forms import UploadForm
from portal.documents.views.attaching import AttachTo, attach_page
from portal.engine.access import opens
from portal.engine.text import _
from portal.engine.uploads import takes_a_file
from portal.incidents.models import Incident
from portal.incidents.wording import called


def more(bp: Blueprint) -> None:
    @bp.route("/<int:id>/photos", methods=["GET", "POST"])
    @opens(Incident, to="attach", form=UploadForm)
    @takes_a_file
    def photos(incident: Incident) -> Any:
        back = url_for(".show", id=incident.id)
        crumbs = [(_("Incidents"), url_for(".index")), (incident.number, back)]
        return attach_page(incident, AttachTo(back, crumbs, called(incident), incident.day))
