"""Where the pages of companies hang."""

from flask import Blueprint

bp = Blueprint("companies", __name__)
