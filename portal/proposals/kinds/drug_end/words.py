"""What the law asks where a management ends, in words."""

from collections.abc import Mapping

from portal.engine.text import _
from portal.proposals.kinds.kind import Sentence

SENTENCES: Mapping[str, Sentence] = {
    "year_passed": lambda of: _("The year of management passed on %(day)s", **of),
    "moved_away": lambda of: _("Another commune has the person since %(day)s", **of),
    "not_addicted": lambda of: _(
        "Drugs were used again on %(day)s, without addiction being found: whether the year then ends the act does not "
        "say, to be reviewed",
        **of,
    ),
    "signer_in_doubt": lambda of: _(
        "The chair decided on %(day)s. Who ends that decision since 01/07/2026 the act does not say: to be reviewed",
        **of,
    ),
}
