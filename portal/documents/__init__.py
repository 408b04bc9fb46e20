"""Files of records, and the papers that the portal writes."""

from portal.documents.models import Attachment
from portal.documents.views import bp
from portal.engine.area import Area

AREA = Area("documents", records=(Attachment,), blueprints=(bp,))
