"""People who serve a sentence in the community or come back from prison: their files from receipt to closing."""

from portal.cases.actions.keeping import keep_days
from portal.cases.agenda import AGENDA, REVIEWS
from portal.cases.duties import SOURCES
from portal.cases.holdings import HOLDINGS
from portal.cases.indicators import INDICATORS
from portal.cases.jobs import JOBS
from portal.cases.models import (
    Assignment,
    Case,
    CheckIn,
    Death,
    FileHandover,
    Reception,
    Reckoning,
    ReviewMeeting,
    RoundSignature,
    Summons,
    Violation,
    WrittenWarning,
)
from portal.cases.notices import NOTICES
from portal.cases.papers import FOLLOWS, PAPERS, WORDINGS
from portal.cases.reckoned import RECKONED
from portal.cases.sync import PHONE_FORMS
from portal.cases.views import bp
from portal.engine.area import Area, Place
from portal.engine.text import _l
from portal.engine.transaction import done_here

AREA = Area(
    "cases",
    records=(Case, RoundSignature, Summons, Reception),
    blueprints=(bp,),
    places=(
        Place(_l("Cases"), "cases.index", "cases", (Case, "read"), on_phone=True),
        Place(_l("Days that differ"), "cases.differences", "law", (Case, "oversee_days"), under="cases.index"),
        Place(_l("Monthly round"), "cases.monthly_round", "check", (Case, "stand_in"), under="cases.index"),
        Place(_l("Self-reports by month"), "cases.regularity", "check", (Case, "read_notes"), under="cases.index"),
        Place(_l("Asked of you"), "cases.requests", "check", (Assignment, "accept_many"), under="cases.index"),
    ),
    indicators=INDICATORS,
    duty_sources=SOURCES,
    notices=NOTICES,
    quick=(
        Place(_l("Check-in"), "cases.on_duty", "check", (Case, "record"), arguments={"show": "mine"}),
        Place(_l("For a colleague"), "cases.on_duty", "people", (Case, "stand_in"), arguments={"show": "all"}),
        Place(_l("New case"), "cases.new", "plus", (Case, "draft")),
    ),
    subjects=(
        (Case, "cases.show"),
        (Reckoning, "cases.reckoning"),
        (RoundSignature, "cases.signed_round"),
        (Summons, "cases.summoned"),
        (Reception, "cases.received"),
        (CheckIn, "cases.checked"),
        (Death, "cases.dead"),
        (FileHandover, "cases.handed_over"),
        (Violation, "cases.breach"),
        (WrittenWarning, "cases.written_warning"),
        (ReviewMeeting, "cases.review"),
    ),
    agenda=AGENDA,
    reviews=REVIEWS,
    reckoned=RECKONED,
    follows=tuple(map(done_here, (keep_days, *FOLLOWS))),
    jobs=JOBS,
    papers=PAPERS,
    wordings=WORDINGS,
    phone_forms=PHONE_FORMS,
    holdings=HOLDINGS,
)
