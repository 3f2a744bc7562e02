"""Text in the two languages of every page."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Bilingual:
    """A text in Vietnamese and English; either may be empty, and the other then stands in."""

    vi: str = ""
    en: str = ""

    def in_(self, language: str) -> str:
        return (self.en or self.vi) if language == "en" else (self.vi or self.en)

    def __bool__(self) -> bool:
        return bool(self.vi or self.en)

    def as_json(self) -> dict[str, str]:
        return {"vi": self.vi, "en": self.en}

    @classmethod
    def from_json(cls, value: dict[str, Any] | None) -> "Bilingual":
        return cls(**(value or {}))
