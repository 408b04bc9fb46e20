"""What the movement of all the people for security leaves on record: models, commendations, titles."""

from portal.movement.models.commendation import COMMENDED_NAMES, HONOUR_NAMES, Commendation, Commended, Honour
from portal.movement.models.model import (
    MODEL_KIND_NAMES,
    VERDICT_NAMES,
    Model,
    ModelKind,
    ModelReview,
    ModelTraining,
    ModelVillage,
    Verdict,
)
from portal.movement.models.title import (
    BASIS_NAMES,
    BY_HAND_NAMES,
    COMPARISON_NAMES,
    OUTCOME_NAMES,
    TITLE_KIND_NAMES,
    Basis,
    ByHand,
    Comparison,
    Outcome,
    TitleCriterion,
    TitleEvidence,
    TitleKind,
    TitleProgramme,
)

__all__ = [
    "BASIS_NAMES", "BY_HAND_NAMES", "COMMENDED_NAMES", "COMPARISON_NAMES", "HONOUR_NAMES", "MODEL_KIND_NAMES",
    "OUTCOME_NAMES", "TITLE_KIND_NAMES", "VERDICT_NAMES", "Basis", "ByHand", "Commendation", "Commended", "Comparison",
    "Honour", "Model", "ModelKind", "ModelReview", "ModelTraining", "ModelVillage", "Outcome", "TitleCriterion",
    "TitleEvidence", "TitleKind", "TitleProgramme", "Verdict",
]  # fmt: skip
