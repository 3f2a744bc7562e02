"""The lines above a letter: written as they are, and folded by the library only where they must be.

The library parses every header into a tree and folds that anew, which took a fifth of a letter's
time. Few need it: those that are long or not ASCII, and most of these are the same in many letters.
"""

from email.policy import SMTP, EmailPolicy
from functools import lru_cache
from typing import Any

WIDTH = 78


class LetterPolicy(EmailPolicy):
    """Headers stay plain text. ValueError for one that would be two."""

    def header_store_parse(self, name: str, value: Any) -> tuple[str, str]:
        text = str(value)
        if len(text.splitlines()) > 1:
            raise ValueError(f"{name} has a line break")
        return name, text

    def header_fetch_parse(self, _name: str, value: str) -> str:
        return value

    def fold_binary(self, name: str, value: str) -> bytes:
        line = f"{name}: {value}\r\n"
        if line.isascii() and len(line) <= WIDTH + 2:
            return line.encode()
        return _folded(name, value, utf8=self.utf8)


@lru_cache(maxsize=256)
def _folded(name: str, value: str, *, utf8: bool) -> bytes:
    policy = SMTP.clone(utf8=utf8)
    folded: str = policy.header_factory(name, value).fold(policy=policy)
    return folded.encode()


LETTER = LetterPolicy(linesep="\r\n")
