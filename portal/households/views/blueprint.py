"""The blueprints that the pages of the room share."""

from flask import Blueprint

campaigns_bp = Blueprint("campaigns", __name__, url_prefix="/campaigns")
households_bp = Blueprint("households", __name__, url_prefix="/households")
establishments_bp = Blueprint("establishments", __name__, url_prefix="/establishments")
pledges_bp = Blueprint("pledges", __name__, url_prefix="/pledges")
