"""Who has which work in hand, and how it comes to somebody else's."""

from portal.cases.models import Case
from portal.engine.area import Area, Place
from portal.engine.text import _l
from portal.organisation.models import User
from portal.workload.models import HandoverLine, WorkHandover
from portal.workload.notices import NOTICES
from portal.workload.register import PAPERS, enter_minutes
from portal.workload.views import bp

AREA = Area(
    "workload",
    records=(WorkHandover, HandoverLine),
    blueprints=(bp,),
    places=(
        Place(_l("Work of the officers"), "workload.board", "people", (Case, "assign"), also=("workload.duties",),
              under="cases.index"),
        Place(_l("Hand-overs"), "workload.handovers", "people", (User, "pass_on"),
              also=("workload.hand_over", "workload.handover"), under="accounts.index"),
    ),
    notices=NOTICES,
    follows=(enter_minutes,),
    papers=(PAPERS,),
    subjects=((WorkHandover, "workload.handover"),),
)  # fmt: skip
