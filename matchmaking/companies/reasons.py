"""Why two companies fit, in a sentence of the reader's language."""

from collections.abc import Iterable

from matchmaking import reference
from matchmaking.companies.recommendations import Reason
from matchmaking.core.i18n import _, current_language


def sentence(reasons: Iterable[Reason], *, to_organizer: bool = False) -> str:
    """For the company's own people ("you"), or for an organizer who reads about it."""
    tell = _to_organizer if to_organizer else _to_reader
    clauses = [tell(reason) for reason in reasons]
    words = "; ".join(clauses)
    return words[:1].upper() + words[1:] + "." if words else ""


def _to_reader(reason: Reason) -> str:
    match reason.code, reason.values:
        case "they_offer", (sought, offered) if sought == offered:
            return _("they offer %(sector)s, which you seek", sector=sector(sought))
        case "they_offer", (sought, offered):
            return _(
                "they offer %(offered)s, close to the %(sought)s you seek",
                offered=sector(offered),
                sought=sector(sought),
            )
        case "they_seek", (sought, offered) if sought == offered:
            return _("they seek %(sector)s, which you offer", sector=sector(sought))
        case "they_seek", (sought, offered):
            return _(
                "they seek %(sought)s, close to the %(offered)s you offer",
                offered=sector(offered),
                sought=sector(sought),
            )
        case "languages", codes:
            return _("you both speak %(languages)s", languages=_spoken(codes))
    return _of_the_place(reason)


def _to_organizer(reason: Reason) -> str:
    match reason.code, reason.values:
        case "they_offer", (sought, offered):
            return _(
                "it seeks %(sought)s, the other offers %(offered)s",
                sought=sector(sought),
                offered=sector(offered),
            )
        case "they_seek", (sought, offered):
            return _(
                "it offers %(offered)s, the other seeks %(sought)s",
                sought=sector(sought),
                offered=sector(offered),
            )
        case "languages", codes:
            return _("both speak %(languages)s", languages=_spoken(codes))
    return _of_the_place(reason)


def _of_the_place(reason: Reason) -> str:
    (code,) = reason.values
    if reason.code == "province":
        place = reference.province(code).labels.in_(current_language())
        return _("both are in %(province)s", province=place)
    return _("%(sector)s is a priority of this event", sector=sector(code))


def sector(code: str) -> str:
    """A sector's name inside a sentence: no capital, but for an abbreviation."""
    name = reference.sector(code).labels.in_(current_language())
    return name[:1].lower() + name[1:] if name[1:2].islower() else name


def _spoken(codes: Iterable[str]) -> str:
    names = [reference.language(code).labels.in_(current_language()) for code in codes]
    if current_language() == "vi":
        names = [name[:1].lower() + name[1:] for name in names]
    if len(names) == 1:
        return names[0]
    return _("%(first)s and %(last)s", first=", ".join(names[:-1]), last=names[-1])
