"""The pages of this feature."""

from flask import Blueprint

bp = Blueprint("companies", __name__)
