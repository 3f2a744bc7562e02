"""The audit log in words: each feature registers the sentence of every act it records."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from matchmaking.core.audit import AuditEntry, history_of
from matchmaking.core.i18n import _l
from matchmaking.web.filters import moment

_sentences: dict[str, tuple[Any, Mapping[str, Mapping[Any, Any]]]] = {}
_kinds: dict[str, Any] = {}


@dataclass(frozen=True)
class Line:
    """One act as the component `history` shows it."""

    when: str
    who: str
    what: str


def act(action: str, sentence: Any, **words: Mapping[Any, Any]) -> None:
    """Register the sentence of an action.

    Its placeholders are `actor` and the details recorded with it; `words` names the
    codes a detail may hold: `act("member.invited", _l("…%(role)s…"), role=ROLE_NAMES)`.
    """
    _sentences[action] = (sentence, words)


def kind_of_acts(prefix: str, name: Any) -> None:
    """Name all actions that start with `prefix.` for the filter of the history page."""
    _kinds[prefix] = name


def kinds() -> list[tuple[str, str]]:
    """(prefix, name) of every kind of act, by name."""
    return sorted(((prefix, str(name)) for prefix, name in _kinds.items()), key=lambda k: k[1])


def in_words(entry: AuditEntry) -> str:
    """The sentence of an entry in the reader's language; its code when nobody registered one."""
    if entry.action not in _sentences:
        return entry.action
    sentence, words = _sentences[entry.action]
    return str(sentence) % _Details(entry, words)


def actor_of(entry: AuditEntry) -> str:
    return entry.actor_name or str(_ACTORS.get(entry.actor_kind, entry.actor_kind))


def lines(entries: Iterable[AuditEntry], zone: ZoneInfo) -> list[Line]:
    return [
        Line(when=moment(entry.happened_at, zone), who=actor_of(entry), what=in_words(entry))
        for entry in entries
    ]


def history(subject: Any, zone: ZoneInfo) -> list[Line]:
    """What was done to one object, newest first, for its own page."""
    return lines(history_of(subject), zone)


class _Details(dict[str, str]):
    """The details of an entry as words; a detail that was not recorded is an ellipsis."""

    def __init__(self, entry: AuditEntry, words: Mapping[str, Mapping[Any, Any]]) -> None:
        named = {
            name: str(words.get(name, {}).get(value, value) if isinstance(value, str) else value)
            for name, value in entry.details.items()
        }
        super().__init__(named, actor=actor_of(entry))

    def __missing__(self, name: str) -> str:
        return "…"


_ACTORS = {
    "system": _l("Gặp Gỡ"),
    "delegate": _l("The delegate"),
    "user": _l("A colleague"),
    "program": _l("A program"),
}
