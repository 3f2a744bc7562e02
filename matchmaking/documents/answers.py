"""Documents as answers of the server."""

from flask import Response, make_response


def paper(content: bytes, name: str, content_type: str = "application/pdf") -> Response:
    """A document with personal data: opened in the browser, kept by no cache."""
    response = make_response(content)
    response.content_type = content_type
    response.headers.set("Content-Disposition", "inline", filename=name)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def public_paper(content: bytes, name: str, content_type: str = "application/pdf") -> Response:
    """One that anybody may see, and that may be some minutes old."""
    response = paper(content, name, content_type)
    response.headers["Cache-Control"] = "public, max-age=300"
    return response
