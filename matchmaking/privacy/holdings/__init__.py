"""What the platform holds about a person, as tables that people and programs can read."""

from collections.abc import Callable, Iterator

from matchmaking.privacy.holdings import account, delegate, doings, meetings
from matchmaking.privacy.holdings.table import Table
from matchmaking.privacy.person import Person

HOLDINGS: tuple[Callable[[Person], Table], ...] = (
    delegate.details,
    delegate.answers,
    delegate.identities,
    delegate.consents,
    delegate.badges,
    delegate.sessions,
    doings.scans,
    meetings.companies,
    meetings.requests,
    meetings.meetings,
    meetings.interpreting,
    doings.mails,
    account.account,
    account.browsers,
    account.roles,
    doings.history,
)


def held_about(person: Person) -> Iterator[Table]:
    """The tables that have a row, in the order people read them."""
    for find in HOLDINGS:
        table = find(person)
        if table.rows:
            yield table


__all__ = ["Table", "held_about"]
