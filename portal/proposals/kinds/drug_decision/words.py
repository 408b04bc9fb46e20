"""What the law asks of the decision on a management, in words."""

from collections.abc import Mapping

from portal.engine.text import _
from portal.proposals.kinds.kind import Sentence

SENTENCES: Mapping[str, Sentence] = {
    "positive": lambda of: _("Test %(number)s of %(day)s was positive", **of),
    "in_time_hours": lambda of: _("To be decided by %(hour)s on %(day)s: 24 hours, days off included", **of),
    "late_hours": lambda of: _(
        "Late: the 24 hours passed at %(hour)s on %(day)s. The decision can still be made", **of
    ),
    "in_time_days": lambda of: _("To be decided by %(day)s", **of),
    "late_days": lambda of: _("Late: the time to decide passed on %(day)s. The decision can still be made", **of),
    "anew": lambda _of: _("Drugs were used again within the year: a new year begins, and the case before is closed"),
}
