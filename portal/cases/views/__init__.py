"""Pages of cases."""

from portal.cases.views import (
    assignment,
    attaching,
    breaches,
    correcting,
    ending,
    files,
    helping,
    keeping,
    leaving,
    opening,
    person,
    reassigning,
    receiving,
    recording,
    reform,
    regularity,
    round_prints,
    rounds,
    signing,
    what_if,
)
from portal.cases.views.blueprint import bp

__all__ = [
    "assignment", "attaching", "bp", "breaches", "correcting", "ending", "files", "helping", "keeping", "leaving",
    "management", "opening", "person", "reassigning", "receiving", "recording", "reform", "regularity",
    "round_prints", "rounds", "signing", "what_if",
]  # fmt: skip
