"""The part of MiniZinc's data language (.dzn) that the published files use."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from matchmaking.scheduling.formats import MalformedFile

T = TypeVar("T")
Number = int
Set = frozenset[int]
Value = Number | list[Number] | list[Set] | list[list[Number]] | Set

TOKEN = re.compile(
    r"(?P<skip>\s+|%[^\n]*|/\*.*?\*/)|(?P<number>-?\d+)|(?P<name>[A-Za-z]\w*)"
    r"|(?P<sign>\[\||\|\]|\.\.|[][{}|,;=])",
    re.DOTALL,
)
MOST_DIGITS = 12
WIDEST_RANGE = 100_000


@dataclass(frozen=True)
class Token:
    kind: str
    text: str
    line: int


def assignments(text: str) -> dict[str, Value]:
    """Every `name = value;` of a file; `MalformedFile` says at which line one is not."""
    return _Reader(text).assignments()


def _tokens(text: str) -> Iterator[Token]:
    position, line = 0, 1
    while position < len(text):
        match = TOKEN.match(text, position)
        if match is None:
            raise MalformedFile(f"line {line}", f"{text[position]!r} has no meaning here")
        if match.lastgroup != "skip":
            yield Token(str(match.lastgroup), match.group(), line)
        line += match.group().count("\n")
        position = match.end()
    yield Token("end", "the end of the file", line)


class _Reader:
    """Recursive descent with one token of foresight."""

    def __init__(self, text: str) -> None:
        self.tokens = _tokens(text)
        self.next = next(self.tokens)

    def assignments(self) -> dict[str, Value]:
        found: dict[str, Value] = {}
        while self.next.kind != "end":
            name = self._take("name", "a name")
            if name.text in found:
                raise MalformedFile(f"line {name.line}", f"{name.text} is given twice")
            self._sign("=")
            found[name.text] = self._value()
            self._sign(";")
        return found

    def _value(self) -> Value:
        if self.next.kind == "number":
            return self._number()
        if self._passes("[|"):
            return self._rows()
        if self._passes("["):
            return self._array()
        if self._passes("{"):
            return self._set()
        raise self._refusal("a number, an array or a set")

    def _array(self) -> list[Number] | list[Set]:
        if self.next.text == "{":
            return self._list("]", self._set_from_brace)
        return self._list("]", self._number)

    def _rows(self) -> list[list[Number]]:
        rows: list[list[Number]] = []
        while not self._passes("|]"):
            row = [self._number()]
            while self._passes(","):
                if self.next.kind == "number":
                    row.append(self._number())
            rows.append(row)
            if self.next.text != "|]":
                self._sign("|")
        return rows

    def _set_from_brace(self) -> Set:
        self._sign("{")
        return self._set()

    def _set(self) -> Set:
        return frozenset().union(*self._list("}", self._range))

    def _range(self) -> Set:
        first = last = self._number()
        if self._passes(".."):
            line, last = self.next.line, self._number()
            if last - first > WIDEST_RANGE:
                raise MalformedFile(f"line {line}", f"{first}..{last} is too wide a range")
        return frozenset(range(first, last + 1))

    def _list(self, end: str, item: Callable[[], T]) -> list[T]:
        items: list[T] = []
        while not self._passes(end):
            items.append(item())
            if self.next.text != end:
                self._sign(",")
        return items

    def _number(self) -> Number:
        token = self._take("number", "a number")
        if len(token.text) > MOST_DIGITS:
            raise MalformedFile(f"line {token.line}", "a number has too many digits")
        return int(token.text)

    def _passes(self, sign: str) -> bool:
        if (self.next.kind, self.next.text) != ("sign", sign):
            return False
        self._advance()
        return True

    def _sign(self, sign: str) -> None:
        if not self._passes(sign):
            raise self._refusal(f'"{sign}"')

    def _take(self, kind: str, what: str) -> Token:
        if self.next.kind != kind:
            raise self._refusal(what)
        return self._advance()

    def _advance(self) -> Token:
        token, self.next = self.next, next(self.tokens)
        return token

    def _refusal(self, wanted: str) -> MalformedFile:
        found = self.next.text if self.next.kind == "end" else f'"{self.next.text}"'
        return MalformedFile(f"line {self.next.line}", f"{wanted} was expected, {found} is there")
