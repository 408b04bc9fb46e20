"""How tests are shared out: what is dear to set up is set up by one worker, all else goes to whoever is free.

The groups come first, those of most tests at their head, so that no worker is left with a long one at the end.
"""

import re

from xdist.scheduler import LoadScopeScheduling

GROUPS = (  # what they share, by their names
    ("a server of PostgreSQL", r"[\[-]postgresql[\]-]"),
    ("the example, told for two days", r"^tests/(demo/|guide/|privacy/test_retention\.py::test_every_figure)"),
    ("the example, served", r"^tests/journeys/"),
    (
        "the world of markers",
        r"^tests/security/test_(exports|headers_and_tokens|links|lists_and_totals|matrix|reads|revoked_rights|versions)\.py",
    ),
    ("the forms that were found and tried", r"^tests/security/test_(hostile_forms|sent_twice)\.py"),
)


def group_of(test: str) -> str:
    """What a test shares with others; most share nothing but the two communes, and are groups of their own."""
    return next((shared for shared, pattern in GROUPS if re.search(pattern, test)), test)


class Grouped(LoadScopeScheduling):
    """Gives out whole groups."""

    def _split_scope(self, nodeid: str) -> str:
        return group_of(nodeid)
