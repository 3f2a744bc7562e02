"""Vietnamese text: comparing without diacritics, sorting by given name."""

import re
import unicodedata
from functools import lru_cache

_D_WITH_STROKE = str.maketrans({"đ": "d", "Đ": "D", "Ð": "D", "ð": "d"})
_ORDER = {
    letter: index
    for index, letter in enumerate("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz", start=ord("0"))
}
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_MODIFIERS = {"\u0302", "\u0306", "\u031b"}


def clean(text: str) -> str:
    """One line in NFC, without control characters, runs of white space folded."""
    composed = unicodedata.normalize("NFC", text)
    if composed.isprintable():  # most are, and this looks at each letter a hundred times faster
        return " ".join(composed.split())
    visible = "".join(
        c if unicodedata.category(c)[0] != "C" or c == "\u200d" else " " for c in composed
    )
    return " ".join(visible.split())


def fold(text: str) -> str:
    """Lower case, no diacritics, đ as d: "Nguyễn" and "nguyen" are one."""
    if text.isascii():
        return " ".join(text.casefold().split())
    decomposed = unicodedata.normalize("NFD", text.translate(_D_WITH_STROKE))
    marks_off = "".join(c for c in decomposed if unicodedata.category(c) != "Mn")
    return " ".join(unicodedata.normalize("NFC", marks_off).casefold().split())


@lru_cache(maxsize=4096)
def sort_key(text: str) -> str:
    """ASCII text that sorts as a Vietnamese dictionary does: letters first, tones after.

    Order of letters and of tones: TCVN 6909 practice (a ă â, d đ, e ê, o ô ơ, u ư;
    level, falling, hook, tilde, rising, heavy).
    """
    letters, tones = [], []
    for character in unicodedata.normalize("NFC", text).casefold():
        decomposed = unicodedata.normalize("NFD", character)
        base = decomposed[0] + "".join(m for m in decomposed[1:] if m in _MODIFIERS)
        base = unicodedata.normalize("NFC", base)
        rank = _ORDER.get(base)
        letters.append(chr(rank) if rank else _outside_alphabet(base))
        tones.append(next((_TONES[m] for m in decomposed[1:] if m in _TONES), "0"))
    return "".join(letters) + "!" + "".join(tones)


def _outside_alphabet(character: str) -> str:
    if character.isspace() or not character.isalnum():
        return " "
    if character.isdigit() and character.isascii():
        return "!" + character
    return f"~{ord(character):06x}"


def name_sort_key(full_name: str) -> str:
    """Sorts people by given name (the last word), then by the rest of the name."""
    words = clean(full_name).split(" ")
    return sort_key(" ".join([words[-1], *words[:-1]]))[:250]


_LEGAL_FORM = re.compile(
    r"^(?:Công ty (?:TNHH(?: MTV)?|Cổ phần|CP)|CTCP|Hợp tác xã|Tập đoàn|Doanh nghiệp tư nhân)\s+"
    r"|,?\s+(?:Co\.?,? ?Ltd|LLC|Inc|JSC|Corp(?:oration)?|Limited|Pte\.? Ltd|GmbH)\.?$",
    re.IGNORECASE,
)


def brief_name(name: str) -> str:
    """A company's name without its legal form, for places too small for the whole."""
    return _LEGAL_FORM.sub("", name) or name
