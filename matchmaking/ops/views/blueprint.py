"""The blueprint of this part."""

from flask import Blueprint

bp = Blueprint("ops", __name__)
