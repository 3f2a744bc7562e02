"""The pages of this feature."""

from flask import Blueprint

bp = Blueprint("registration", __name__)
