"""Running the platform: the worker, health, logs."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Nothing yet needs the app."""
