"""Pages and answers for phones."""

from portal.offline.views import file, held, phones, shell, syncing
from portal.offline.views.blueprint import bp, root_bp

__all__ = ["bp", "file", "held", "phones", "root_bp", "shell", "syncing"]
