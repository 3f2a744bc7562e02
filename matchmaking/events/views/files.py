"""Pictures of events, by an id nobody can guess."""

import uuid

from flask import Response, abort
from flask.typing import ResponseReturnValue

from matchmaking.core.database import db
from matchmaking.core.files import StoredFile
from matchmaking.events.views.blueprint import bp
from matchmaking.web.assets import YEAR


@bp.get("/files/<uuid:file_id>")
def file(file_id: uuid.UUID) -> ResponseReturnValue:
    """A public file. Its bytes never change: a new picture has a new id."""
    stored = db.session.get(StoredFile, file_id)
    if stored is None or not stored.is_public:
        abort(404)
    response = Response(stored.content, mimetype=stored.content_type)
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Content-Disposition"] = "inline"
    response.cache_control.public = True
    response.cache_control.max_age = YEAR
    response.cache_control.immutable = True
    return response
