"""People that cases speak of, what they ask of their data, and what keeps it from being forgotten."""

from portal.people.models.hold import LegalHold
from portal.people.models.person import NAME_GONE, PSEUDONYM, SEX_NAMES, Person, Sex, end_digest, number_digest
from portal.people.models.request import (
    ASKED_ABOUT_NAMES,
    ASKER_NAMES,
    PROOF_NAMES,
    REQUEST_KIND_NAMES,
    AskedAbout,
    Asker,
    PersonRequest,
    Proof,
    RequestKind,
)

__all__ = [
    "ASKED_ABOUT_NAMES", "ASKER_NAMES", "NAME_GONE", "PROOF_NAMES", "PSEUDONYM", "REQUEST_KIND_NAMES", "SEX_NAMES",
    "AskedAbout", "Asker",
    "LegalHold", "Person", "PersonRequest", "Proof", "RequestKind", "Sex", "end_digest", "number_digest",
]  # fmt: skip
