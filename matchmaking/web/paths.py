"""Where to go next, when the address itself says so."""

from urllib.parse import urlsplit


def own_path(text: str | None) -> str:
    """The path, if it leads to a page of this site; else nothing.

    Browsers read a backslash as a slash and drop control characters, so neither is let through.
    """
    if not text or not text.startswith("/") or len(text) > 300 or not text.isprintable():
        return ""
    if text.startswith("//") or "\\" in text:
        return ""
    parts = urlsplit(text)
    return "" if parts.scheme or parts.netloc else text
