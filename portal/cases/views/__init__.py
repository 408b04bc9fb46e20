"""Pages of cases."""

from portal.cases.views import (
    assignment,
    attaching,
    breaches,
    correcting,
    files,
    helping,
    keeping,
    management,
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
    "assignment", "attaching", "bp", "breaches", "correcting", "files", "helping", "keeping", "management", "opening",
    "person", "reassigning", "recording", "regularity", "round_prints", "rounds", "signing", "what_if",
]  # fmt: skip
