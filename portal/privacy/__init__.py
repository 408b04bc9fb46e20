"""The person's side: what they ask of their data, what holds it, and when closed files lose their names."""

from portal.cases.models import Case
from portal.engine.area import Area, Place
from portal.engine.offers import RARE, Offer
from portal.engine.text import _l
from portal.people.models import LegalHold, PersonRequest
from portal.privacy.duties import SOURCES
from portal.privacy.jobs import JOBS
from portal.privacy.models import RetentionRound
from portal.privacy.notices import NOTICES
from portal.privacy.papers import enter_answers
from portal.privacy.views import bp

AREA = Area(
    "privacy",
    records=(RetentionRound,),
    blueprints=(bp,),
    places=(
        Place(
            _l("Personal data"), "privacy.requests", "people", (PersonRequest, "read"), under="cases.index",
            also=("privacy.request", "privacy.answer", "privacy.of_person", "privacy.new_request"),
        ),
        Place(
            _l("Legal holds"), "privacy.holds", "people", (LegalHold, "read"), under="cases.index",
            also=("privacy.hold", "privacy.new_hold"),
        ),
        Place(
            _l("Closed files"), "privacy.rounds", "people", (RetentionRound, "read"), under="cases.index",
            also=("privacy.round", "privacy.new_round", "privacy.approve_round"),
        ),
    ),
    offers=(
        Offer("data", "take_request", _l("What the person asks of their data"), "privacy.of_case",
              lambda case: case.state != "draft", RARE, of=Case),
    ),
    duty_sources=SOURCES,
    notices=NOTICES,
    jobs=JOBS,
    follows=(enter_answers,),
    subjects=((PersonRequest, "privacy.request"), (LegalHold, "privacy.hold"), (RetentionRound, "privacy.round")),
)  # fmt: skip
