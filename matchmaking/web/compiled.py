"""Templates as they were compiled once: a process that starts need not do it again."""

from collections.abc import MutableMapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from flask import Flask
from flask.templating import Environment
from jinja2 import FileSystemBytecodeCache
from jinja2.bccache import Bucket

from matchmaking.config import Config


class Templates(Environment):
    """All templates share one mapping of globals: comparing a mapping of each took a tenth of a page."""

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return super().make_globals(d) if d else self.globals


class CompiledTemplates(FileSystemBytecodeCache):
    """A template that has changed since is compiled anew; where nothing can be kept, each time."""

    def dump_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError):
            super().dump_bytecode(bucket)


def init_app(app: Flask) -> None:
    config: Config = app.extensions["gap-go"]
    folder: Path = config.data_dir / "templates"
    with suppress(OSError):
        folder.mkdir(mode=0o700, exist_ok=True)
    app.jinja_env.bytecode_cache = CompiledTemplates(str(folder))
