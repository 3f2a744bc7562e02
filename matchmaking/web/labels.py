"""Names of what the reference lists hold, in the reader's language or another."""

from flask import Flask

from matchmaking import reference
from matchmaking.core.i18n import current_language


def sector_name(code: str, language: str = "") -> str:
    return reference.sector(code).labels.in_(language or current_language())


def country_name(code: str, language: str = "") -> str:
    return reference.country(code).labels.in_(language or current_language())


def province_name(code: str, language: str = "") -> str:
    return reference.province(code).labels.in_(language or current_language())


def language_name(code: str, language: str = "") -> str:
    return reference.language(code).labels.in_(language or current_language())


def choice_name(code: str, choices: str) -> str:
    """`"11-50" | choice_name("employee_bands")`"""
    return reference.choice(choices, code).labels.in_(current_language())


def init_app(app: Flask) -> None:
    app.jinja_env.filters.update(
        sector_name=sector_name,
        country_name=country_name,
        province_name=province_name,
        language_name=language_name,
        choice_name=choice_name,
    )
