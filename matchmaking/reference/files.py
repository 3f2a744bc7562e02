"""The JSON files of the package."""

import json
from importlib.resources import files
from typing import Any


def read(name: str) -> Any:
    return json.loads(files(__package__).joinpath("data", f"{name}.json").read_text("utf-8"))
