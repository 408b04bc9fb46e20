"""The blueprint that all pages of patrols share."""

from flask import Blueprint

bp = Blueprint("patrols", __name__, url_prefix="/patrols")
