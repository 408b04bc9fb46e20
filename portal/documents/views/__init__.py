"""Pages of files and of the register of documents."""

from portal.documents.views import register
from portal.documents.views.files import bp

blueprints = (bp, register.bp)

__all__ = ["blueprints", "bp"]
