"""The pages of cases stand together under one name."""

from flask import Blueprint

bp = Blueprint("cases", __name__)
