"""What a commune does before its people: sessions, material, and visits to those whose word is heard."""

from portal.outreach.models.material import MATERIAL_KIND_NAMES, Material, MaterialKind
from portal.outreach.models.session import (
    EXTENT_NAMES,
    FACE_TO_FACE,
    SESSION_FORM_NAMES,
    SESSION_FORMS,
    Extent,
    FormOfSession,
    OutreachSession,
    SessionForm,
)
from portal.outreach.models.visit import VISITED_NAMES, CommunityVisit, Visited

__all__ = [
    "EXTENT_NAMES", "FACE_TO_FACE", "MATERIAL_KIND_NAMES", "SESSION_FORMS", "SESSION_FORM_NAMES", "VISITED_NAMES",
    "CommunityVisit", "Extent", "FormOfSession", "Material", "MaterialKind", "OutreachSession", "SessionForm",
    "Visited",
]  # fmt: skip
