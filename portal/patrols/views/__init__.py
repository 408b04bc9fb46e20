"""Pages of patrols, of the points that they pass, and of protected events."""

from portal.patrols.views import asking, logging, months, on_the_way, pages, planning, signing
from portal.patrols.views.blueprint import bp
from portal.patrols.views.coverage import bp as coverage_bp
from portal.patrols.views.landmarks import bp as landmarks_bp
from portal.patrols.views.protections import bp as protections_bp

__all__ = [
    "asking",
    "bp",
    "coverage_bp",
    "landmarks_bp",
    "logging",
    "months",
    "on_the_way",
    "pages",
    "planning",
    "protections_bp",
    "signing",
]
