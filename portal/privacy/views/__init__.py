"""Pages of what people ask of their data, of what holds it, and of rounds in which closed files lose their names."""

from portal.privacy.views import holds, requests, rounds
from portal.privacy.views.blueprint import bp

__all__ = ["bp", "holds", "requests", "rounds"]
