"""The public programme on paper: by day, sub-events under the session they belong to."""

from collections.abc import Iterable
from dataclasses import dataclass

from matchmaking.core.bilingual import Bilingual
from matchmaking.documents import words
from matchmaking.documents.masthead import masthead_of
from matchmaking.documents.pdf import laid_out, written
from matchmaking.documents.rows import NOTHING, session_times
from matchmaking.events.models import AgendaSession, Event, Speaker
from matchmaking.events.queries import ProgrammeItem, programme


@dataclass(frozen=True)
class Part:
    """A session as the programme prints it; `depth` counts the sessions around it."""

    starts: str
    ends: str
    depth: int
    title: Bilingual
    description: Bilingual
    place: Bilingual
    track: Bilingual
    speakers: tuple[Bilingual, ...]


@dataclass(frozen=True)
class ProgrammeDay:
    label: Bilingual
    parts: tuple[Part, ...]


def programme_pdf(event: Event, language: str) -> bytes:
    days = [
        ProgrammeDay(words.day_label(day.day), tuple(_parts(event, day.items, 0)))
        for day in programme(event)
    ]
    head = masthead_of(event, with_version=False)
    sheet = laid_out(
        "programme",
        styles=("paper", "programme"),
        head=head,
        days=days,
        lang=language,
        words=words,
        theme=event.theme,
        description=event.description,
    )
    return written([sheet], motif_colour=head.motif)


def _parts(event: Event, items: Iterable[ProgrammeItem], depth: int) -> Iterable[Part]:
    for item in items:
        yield _part(event, item.session, depth)
        yield from _parts(event, item.children, depth + 1)


def _part(event: Event, session: AgendaSession, depth: int) -> Part:
    _, starts, ends = session_times(event, session.starts_at, session.ends_at)
    return Part(
        starts=starts,
        ends=ends,
        depth=depth,
        title=session.title,
        description=session.description,
        place=session.hall.name if session.hall else NOTHING,
        track=session.track.name if session.track else NOTHING,
        speakers=tuple(_speaker(speaker) for speaker in session.speakers),
    )


def _speaker(speaker: Speaker) -> Bilingual:
    """Name, position, organization, in each language."""
    return Bilingual(
        *(
            ", ".join(
                filter(
                    None,
                    (
                        speaker.full_name,
                        speaker.job_title.in_(language),
                        speaker.organization.in_(language),
                    ),
                )
            )
            for language in ("vi", "en")
        )
    )
