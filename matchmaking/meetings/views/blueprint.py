"""The blueprint of this feature."""

from flask import Blueprint

bp = Blueprint("meetings", __name__)
