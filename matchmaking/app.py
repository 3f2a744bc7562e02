"""The application: extensions, features, error pages."""

from flask import Flask

from matchmaking import (
    accounts,
    api,
    checkin,
    cli,
    companies,
    documents,
    events,
    meetings,
    ops,
    privacy,
    registration,
)
from matchmaking.config import ROOT, Config
from matchmaking.core import audit, erasures, files, jobs, outbox  # noqa: F401  (their tables)
from matchmaking.core.database import db, prepare_engine
from matchmaking.web import (
    assets,
    compiled,
    components,
    compression,
    days,
    errors,
    filters,
    icons,
    labels,
    language,
    pagination,
    panels,
    security,
    site,
    throttle,
    tracing,
    typesetting,
)
from matchmaking.web.extensions import Sessions, babel, csrf, login

WEB = (
    tracing,
    security,
    compiled,
    assets,
    language,
    days,
    filters,
    errors,
    labels,
    icons,
    components,
    compression,
    pagination,
    panels,
    site,
    throttle,
    typesetting,
)
FEATURES = (
    accounts,
    events,
    registration,
    companies,
    meetings,
    checkin,
    documents,
    ops,
    api,
    cli,
    privacy,
)


def create_app(config: Config) -> Flask:
    """Build the WSGI application for one configuration."""
    config.data_dir.mkdir(parents=True, exist_ok=True)
    app = Flask(
        "matchmaking",
        template_folder=str(ROOT / "templates"),
        static_folder=None,
        instance_path=str(config.data_dir),
    )
    app.jinja_environment = compiled.Templates
    app.config.from_mapping(config.flask_settings())
    app.url_map.merge_slashes = False  # that redirect would name whatever host was asked for
    app.extensions["gap-go"] = config
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    _init_extensions(app)
    for part in WEB:
        part.init_app(app)
    for feature in FEATURES:
        feature.init_app(app)
    return app


def _init_extensions(app: Flask) -> None:
    app.session_interface = Sessions()
    db.init_app(app)
    with app.app_context():
        prepare_engine(db.engine)
    babel.init_app(
        app,
        default_translation_directories=str(ROOT / "matchmaking" / "translations"),
        locale_selector=language.reader_language,
    )
    csrf.init_app(app)
    login.init_app(app)
