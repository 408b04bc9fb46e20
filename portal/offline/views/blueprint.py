"""The blueprints of this room: its pages, and what a browser looks for at the root."""

from flask import Blueprint

bp = Blueprint("offline", __name__, url_prefix="/offline")
root_bp = Blueprint("phone", __name__)
