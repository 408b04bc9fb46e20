"""What the law asks of a completion, in words."""

from collections.abc import Mapping

from portal.engine.text import _
from portal.proposals.kinds.kind import Sentence

SENTENCES: Mapping[str, Sentence] = {
    "completed": lambda of: _("Completed on %(day)s, the last day of the term is %(last)s", **of),
}
