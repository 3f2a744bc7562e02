"""Times, languages and lists as words of a sentence."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from babel.lists import format_list

from matchmaking import reference
from matchmaking.core.i18n import _, current_language
from matchmaking.meetings.models import Slot

MOST_NAMED = 4


def times_of(slots: Sequence[Slot], zone: ZoneInfo, *, is_one_day: bool) -> str:
    """When the slots begin: "10:20, 10:40", or "10:20, 10:40 on 21/03, 09:00 on 22/03"."""
    shown = [slot.starts_at.astimezone(zone) for slot in slots[:MOST_NAMED]]
    if is_one_day:
        words = ", ".join(_clock(moment) for moment in shown)
    else:
        words = ", ".join(
            _on_day(", ".join(_clock(moment) for moment in moments), day)
            for day, moments in groupby(shown, key=lambda moment: moment.strftime("%d/%m"))
        )
    return _and_more(words, len(slots) - len(shown))


def from_to(slots: Sequence[Slot], zone: ZoneInfo, *, is_one_day: bool) -> tuple[str, str]:
    """From the first slot's beginning to the last one's end; a day is said once."""
    start, end = (moment.astimezone(zone) for moment in (slots[0].starts_at, slots[-1].ends_at))
    if is_one_day:
        return _clock(start), _clock(end)
    last = _on_day(_clock(end), end.strftime("%d/%m"))
    if start.date() == end.date():
        return _clock(start), last
    return _on_day(_clock(start), start.strftime("%d/%m")), last


def language_name(code: str) -> str:
    """As it stands within a sentence: "Korean", but "tiếng Hàn"."""
    name = reference.language(code).labels.in_(current_language())
    return name[:1].lower() + name[1:] if current_language() == "vi" else name


def listed(words: Sequence[str]) -> str:
    """ "A, B and C"; of many the first few, and how many more."""
    if len(words) <= MOST_NAMED:
        return format_list(words, locale=current_language())
    return _and_more(", ".join(words[:MOST_NAMED]), len(words) - MOST_NAMED)


def _and_more(words: str, number: int) -> str:
    return _("%(some)s and %(number)s more", some=words, number=number) if number else words


def _on_day(times: str, day: str) -> str:
    return _("%(times)s on %(day)s", times=times, day=day)


def _clock(moment: datetime) -> str:
    return moment.strftime("%H:%M")
