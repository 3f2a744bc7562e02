"""Reading untrusted JSON: each value is asked for by its path and refused by its path."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")


class MalformedFile(ValueError):
    """A file says something that cannot be; `path` is where in the file."""

    def __init__(self, path: str, complaint: str) -> None:
        super().__init__(f"{path}: {complaint}" if path else complaint)
        self.path = path
        self.complaint = complaint


def read_text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise MalformedFile("", f"cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise MalformedFile("", f"is not UTF-8 text: byte {error.start}") from error


def read_json(file: Path) -> Any:
    text = read_text(file)
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno} column {error.colno}"
        raise MalformedFile("", f"is not JSON: {error.msg} at {where}") from error
    except RecursionError as error:
        raise MalformedFile("", "is not JSON that can be read: nested too deep") from error
    except ValueError as error:
        raise MalformedFile("", "a number has too many digits") from error


def dictionary(value: Any, path: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise MalformedFile(path, "must be an object")
    return value


def array(value: Any, path: str) -> list[Any]:
    if not isinstance(value, list):
        raise MalformedFile(path, "must be a list")
    return value


def present(container: dict[str, Any], key: str, path: str) -> Any:
    if key not in container:
        raise MalformedFile(path, "is missing")
    return container[key]


def whole(value: Any, path: str, *, least: int = 0, most: int | None = None) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise MalformedFile(path, "must be a whole number")
    if value < least:
        raise MalformedFile(path, f"must be at least {least}")
    if most is not None and value > most:
        raise MalformedFile(path, f"must be at most {most}")
    return value


def text(value: Any, path: str) -> str:
    if not isinstance(value, str):
        raise MalformedFile(path, "must be a string")
    return value


def index(value: Any, path: str, *, kind: str, count: int) -> int:
    """The number of an existing thing, such as the participant `a` of a meeting."""
    number = whole(value, path, least=-(10**18))
    if not 0 <= number < count:
        raise MalformedFile(path, f"no {kind} {number}")
    return number


def each(value: Any, path: str, read: Callable[[Any, str], T]) -> tuple[T, ...]:
    return tuple(
        read(item, f"{path}[{position}]") for position, item in enumerate(array(value, path))
    )


def row(value: Any, path: str, length: int) -> list[Any]:
    if len(array(value, path)) != length:
        raise MalformedFile(path, f"must have {length} entries")
    return list(value)
