"""The wording of papers: sentences that a commune words otherwise, proposed by one and approved by another."""

from portal.engine.area import Area, Place
from portal.engine.text import _l
from portal.wordings.duties import SOURCES
from portal.wordings.models import WordingChange
from portal.wordings.notices import NOTICES
from portal.wordings.views import bp

AREA = Area(
    "wordings",
    records=(WordingChange,),
    blueprints=(bp,),
    places=(
        Place(
            _l("Texts of papers"), "wordings.index", "documents", (WordingChange, "read"), under="home.show",
            also=("wordings.paper", "wordings.propose", "wordings.changes", "wordings.change"),
        ),
    ),
    duty_sources=SOURCES,
    notices=NOTICES,
    subjects=((WordingChange, "wordings.change"),),
)  # fmt: skip
