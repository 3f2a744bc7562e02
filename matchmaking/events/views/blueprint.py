"""The blueprint the views of this feature hang on."""

from flask import Blueprint

bp = Blueprint("events", __name__)
