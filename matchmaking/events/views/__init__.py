"""The pages of this feature."""

from flask import Blueprint

bp = Blueprint("events", __name__)
