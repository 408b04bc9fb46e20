"""The whole file of a case on paper, for whoever inspects it."""

from portal.case_file.views import bp
from portal.cases.models import Case
from portal.engine.area import Area
from portal.engine.offers import RARE, Offer
from portal.engine.text import _l


def always(_case: Case) -> bool:
    return True


AREA = Area(
    "case_file",
    blueprints=(bp,),
    offers=(Offer("file", "take_file", _l("Printable file of the case"), "case_file.ask", always, RARE, of=Case),),
)
