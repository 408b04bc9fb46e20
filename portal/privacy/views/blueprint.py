"""The pages of the room stand together under one name."""

from flask import Blueprint

bp = Blueprint("privacy", __name__)
