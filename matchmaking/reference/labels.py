"""One name in the languages it is known in."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Labels:
    """Vietnamese and English always; Korean, Japanese and Chinese where the data has them."""

    vi: str
    en: str
    ko: str = ""
    ja: str = ""
    zh: str = ""

    def in_(self, language: str) -> str:
        """The name in this language, or else in English."""
        names = {"vi": self.vi, "ko": self.ko, "ja": self.ja, "zh": self.zh}
        return names.get(language) or self.en or self.vi
