"""Pages of cases."""

from portal.cases.views import (
    assignment,
    attaching,
    correcting,
    files,
    helping,
    management,
    opening,
    person,
    recording,
    regularity,
)
from portal.cases.views.blueprint import bp

__all__ = [
    "assignment", "attaching", "bp", "correcting", "files", "helping", "management", "opening", "person",
    "recording", "regularity",
]  # fmt: skip
