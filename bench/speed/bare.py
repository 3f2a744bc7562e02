"""The measure: `gunicorn 'bench.speed.bare:bare()'` inserts one row and commits."""

import os
import uuid

from flask import Flask
from flask.typing import ResponseReturnValue
from sqlalchemy import create_engine, text

PATH = "/rows"
TABLE = "CREATE TABLE bare (id uuid PRIMARY KEY, content text)"


def bare() -> Flask:
    app = Flask("bare")
    engine = create_engine(os.environ["DATABASE_URL"], pool_size=32)

    @app.post(PATH)
    def insert() -> ResponseReturnValue:
        with engine.begin() as connection:
            row = {"id": uuid.uuid4(), "content": "x" * 100}
            connection.execute(text("INSERT INTO bare VALUES (:id, :content)"), row)
        return {"ok": True}

    return app
