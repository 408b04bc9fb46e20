"""The blueprint that the pages of the room share."""

from flask import Blueprint

bp = Blueprint("exchange", __name__, url_prefix="/exchange")
