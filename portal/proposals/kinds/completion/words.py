"""What the law asks of a completion, in words."""

from collections.abc import Mapping

from portal.engine.text import _
from portal.proposals.kinds.kind import Sentence

SENTENCES: Mapping[str, Sentence] = {
    "checked": lambda of: _("%(name)s compared the last day, %(day)s, with the papers and confirmed it", **of),
    "differs": lambda of: _(
        "The paper (%(paper)s) gives %(day)s; by the law it would be %(computed)s. The paper wins, and says so", **of
    ),
    "ahead": lambda of: _(
        "Signed ahead, so that the certificate is asked for in time: the case closes on %(day)s", **of
    ),
    "completed": lambda of: _("Completed on %(day)s, the last day of the term is %(last)s", **of),
}
