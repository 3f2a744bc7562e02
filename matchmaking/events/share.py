"""The picture that stands beside a link to an event: what it says, and the picture itself."""

import hashlib
from dataclasses import dataclass
from functools import lru_cache

from flask_babel import force_locale

from matchmaking.core.bilingual import Bilingual
from matchmaking.events.models import Event, HostRole
from matchmaking.web.days import days_in_words

OWN_ACCENT = "#a5211b"
HOSTS_NAMED = 3


@dataclass(frozen=True)
class SharePicture:
    """Everything the picture shows; equal ones are drawn once."""

    name: str
    theme: str
    days: str
    place: str
    hosts: str
    accent: str

    @property
    def version(self) -> str:
        return hashlib.sha256(repr(self).encode()).hexdigest()[:16]


def share_picture_of(event: Event, language: str) -> SharePicture:
    def words(text: Bilingual) -> str:
        return text.in_(language)

    hosts = [words(host.name) for host in event.hosts if host.role is HostRole.HOST]
    with force_locale(language):
        days = days_in_words(event.starts_on, event.ends_on)
    return SharePicture(
        name=words(event.name),
        theme=words(event.theme),
        days=days,
        place=words(event.venue),
        hosts=" · ".join(hosts[:HOSTS_NAMED]),
        accent=event.accent or OWN_ACCENT,
    )


@lru_cache(maxsize=128)
def share_picture(content: SharePicture) -> bytes:
    """The picture as PNG."""
    from matchmaking.events.drawing import drawn  # noqa: PLC0415  loads what draws pictures

    return drawn(content)
