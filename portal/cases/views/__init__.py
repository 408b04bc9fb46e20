"""Pages of cases."""

from portal.cases.views import (
    assignment,
    attaching,
    correcting,
    files,
    helping,
    opening,
    person,
    recording,
    regularity,
    what_if,
)
from portal.cases.views.blueprint import bp

__all__ = [
    "assignment", "attaching", "bp", "correcting", "files", "helping", "opening", "person", "recording", "regularity",
    "what_if",
]  # fmt: skip
