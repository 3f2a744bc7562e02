"""The pages of this feature."""

from flask import Blueprint

bp = Blueprint("checkin", __name__)
