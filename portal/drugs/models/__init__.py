"""Who is reviewed for the use of drugs, who was tested, who was fined: for the commune police alone."""

from portal.drugs.models.fine import ANNULLED, FINED, SECOND_FINE, SIGNER_NAMES, FineDecision
from portal.drugs.models.review import LISTED, REMOVED, SOURCE_NAMES, DrugReviewEntry, ReviewSource
from portal.drugs.models.test import (
    CONTEXT_NAMES,
    DETERMINATION_NAMES,
    RESULT_NAMES,
    RESULT_STATES,
    Determination,
    DrugTest,
    TestContext,
    TestResult,
)

__all__ = [
    "ANNULLED", "CONTEXT_NAMES", "DETERMINATION_NAMES", "FINED", "LISTED", "REMOVED", "RESULT_NAMES", "RESULT_STATES",
    "SECOND_FINE", "SIGNER_NAMES", "SOURCE_NAMES", "Determination", "DrugReviewEntry", "DrugTest",
    "FineDecision", "ReviewSource", "TestContext", "TestResult",
]  # fmt: skip
