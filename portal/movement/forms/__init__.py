"""What may be typed about models, commendations and titles."""

from portal.movement.forms.commendation import CommendationForm
from portal.movement.forms.model import ModelForm, ReviewForm, TrainingForm, VillageForm
from portal.movement.forms.title import CriterionForm, EvidenceForm, ProgrammeForm

__all__ = [
    "CommendationForm", "CriterionForm", "EvidenceForm", "ModelForm", "ProgrammeForm", "ReviewForm", "TrainingForm",
    "VillageForm",
]  # fmt: skip
