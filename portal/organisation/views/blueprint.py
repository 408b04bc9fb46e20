"""The blueprint of the door and of one's own account."""

from flask import Blueprint

bp = Blueprint("organisation", __name__)
