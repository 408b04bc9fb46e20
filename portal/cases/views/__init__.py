"""Pages of cases."""

from portal.cases.views import (
    assignment,
    attaching,
    correcting,
    files,
    helping,
    keeping,
    leaving,
    opening,
    person,
    reassigning,
    recording,
    regularity,
    round_prints,
    rounds,
    signing,
    what_if,
)
from portal.cases.views.blueprint import bp

__all__ = [
    "assignment", "attaching", "bp", "correcting", "files", "helping", "keeping", "leaving", "opening", "person",
    "reassigning", "recording", "regularity", "round_prints", "rounds", "signing", "what_if",
]  # fmt: skip
