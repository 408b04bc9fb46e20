"""What the law asks of a supervision plan, in words."""

from collections.abc import Mapping

from portal.engine.text import _
from portal.proposals.kinds.kind import Sentence

SENTENCES: Mapping[str, Sentence] = {
    "asked_for": lambda _of: _("The law asks for a plan of its own for each person"),
    "plan_ends": lambda of: _("The plan ends on %(day)s, the last day of the term is %(last)s", **of),
}
