"""A body of many items, one of which is not quite JSON: read so that the others are not lost with it."""

import json
import re

from matchmaking.api.errors import Malformed

DEEPEST = 16
"""No field of an item nests as deep; a parser gives up at some hundreds of levels."""
LONGEST_NUMBER = 100
PART = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[\[{\]}]', re.DOTALL)


def as_far_as_legible(content: bytes) -> bytes:
    """The same as JSON that every parser reads. Raises Malformed.

    Some scanners read half characters, bytes of other encodings and control characters: they become
    "?" or are kept. Null stands for what is nested too deep, and a number of too many digits is a text.
    """
    text = _shallow(content.decode(errors="replace"))
    try:
        read = json.loads(text, strict=False, parse_int=_number)
        return json.dumps(read, ensure_ascii=False).encode(errors="replace")
    except (ValueError, RecursionError):
        raise Malformed from None


def _shallow(text: str) -> str:
    """With null in place of each list or object more than DEEPEST levels down."""
    kept, depth, begin = [], 0, 0
    for part in PART.finditer(text):
        if part[0] in "[{":
            depth += 1
            if depth == DEEPEST + 1:
                kept += [text[begin : part.start()], "null"]
        elif part[0] in "]}":
            if depth == DEEPEST + 1:
                begin = part.end()
            depth -= 1
    if depth > DEEPEST:
        raise Malformed
    return "".join([*kept, text[begin:]])


def _number(digits: str) -> int | str:
    return int(digits) if len(digits) <= LONGEST_NUMBER else digits
