"""Documents as answers of the server."""

from flask import Response, make_response

from matchmaking.events.models import Event


def paper(content: bytes, name: str, content_type: str = "application/pdf") -> Response:
    """A document with personal data: opened in the browser, kept by no cache."""
    response = make_response(content)
    response.content_type = content_type
    response.headers.set("Content-Disposition", "inline", filename=name)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def paper_about(
    event: Event, content: bytes, name: str, content_type: str = "application/pdf"
) -> Response:
    """One without personal data, in the reader's language: that of a draft is for its staff alone."""
    response = paper(content, name, content_type)
    if event.is_public:
        response.headers["Cache-Control"] = "public, max-age=300"
        response.vary.update(("Cookie", "Accept-Language"))
    return response
