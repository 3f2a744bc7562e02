"""An event with a security list: half of its delegates have given their numbers, all invented."""

from collections.abc import Sequence

from matchmaking.events.models import Event
from matchmaking.registration.models import Registration
from matchmaking.registration.services.identities import Identity, IdentityKind, give_identity
from matchmaking.web.settings import settings


def load_identities(event: Event, delegates: Sequence[Registration]) -> None:
    event.security_list = True
    for number, delegate in enumerate(delegates, start=1):
        given = (
            Identity(IdentityKind.CITIZEN_ID, f"0380990{number:05}")
            if delegate.country == "VN"
            else Identity(IdentityKind.PASSPORT, f"M{number:08}")
        )
        give_identity(delegate, given, secret=settings().data_secret)
