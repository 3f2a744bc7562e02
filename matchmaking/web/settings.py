"""The configuration of the application that answers this request."""

from flask import current_app

from matchmaking.config import Config


def settings() -> Config:
    config: Config = current_app.extensions["gap-go"]
    return config


def absolute(path: str) -> str:
    """The full address of a path here, for mails, QR codes and PDFs."""
    return settings().base_url.rstrip("/") + path
