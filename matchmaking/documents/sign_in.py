"""The sign-in sheet: delegates by given name, with room for a signature."""

from collections.abc import Sequence
from dataclasses import dataclass

from matchmaking.documents import words
from matchmaking.documents.masthead import Masthead
from matchmaking.documents.pdf import laid_out, written
from matchmaking.registration.models import Registration


@dataclass(frozen=True)
class Signatory:
    number: int
    full_name: str
    job_title: str
    organization: str
    code: str


def signatories(registrations: Sequence[Registration]) -> list[Signatory]:
    return [
        Signatory(number, one.full_name, one.job_title, one.organization, one.code)
        for number, one in enumerate(registrations, start=1)
    ]


def sign_in_pdf(people: Sequence[Signatory], head: Masthead, language: str) -> bytes:
    sheet = laid_out(
        "sign_in",
        styles=("paper", "programme"),
        people=people,
        head=head,
        lang=language,
        words=words,
    )
    return written([sheet], motif_colour=head.motif)
