"""Files of records, the papers that the portal writes, and the register of what a unit received and issued."""

from portal.documents.indicators import INDICATORS
from portal.documents.jobs import JOBS
from portal.documents.models import Attachment, OfficialDocument
from portal.documents.notices import NOTICES
from portal.documents.views import blueprints
from portal.engine.area import Area, Place
from portal.engine.text import _l

AREA = Area(
    "documents",
    records=(Attachment, OfficialDocument),
    blueprints=blueprints,
    notices=NOTICES,
    indicators=INDICATORS,
    jobs=JOBS,
    places=(
        Place(
            _l("Documents"), "register.index", "documents", (OfficialDocument, "read"), _l("Management"), on_phone=True
        ),
    ),
    subjects=((OfficialDocument, "register.show"),),
)
