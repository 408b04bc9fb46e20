"""What the law asks of a review, in words."""

from collections.abc import Mapping

from portal.engine.presentation import day
from portal.engine.text import _
from portal.proposals.kinds.kind import Sentence

SENTENCES: Mapping[str, Sentence] = {
    "hold_by": lambda of: _(
        "To be held by %(day)s; it is planned for %(planned)s", day=of["day"], planned=day(of["planned"])
    ),
}
