"""What all shapes are made of."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any, Generic, TypeVar

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, PlainSerializer
from pydantic_core import core_schema

from matchmaking.core import bilingual
from matchmaking.core.i18n import _l
from matchmaking.core.text import clean

Item = TypeVar("Item", bound=BaseModel)


class Shape(BaseModel):
    """Made ready when it is used for the first time: no process uses all of them."""

    model_config = ConfigDict(defer_build=True)


class Input(Shape):
    """A body: nothing unknown, nothing guessed ("5" is no number)."""

    model_config = ConfigDict(extra="forbid", strict=True)


class EachForItself(Input):
    """A body of many items, none of which may spoil the others."""


class Query(Shape):
    """Parameters of an address: nothing unknown; all of them are text."""

    model_config = ConfigDict(extra="forbid")


class Output(Shape):
    """What is answered. Every field is always there, if only as null."""

    model_config = ConfigDict(json_schema_serialization_defaults_required=True)


def without_defaults(schema: dict[str, Any]) -> None:
    """For changes: a field that is not sent stays as it is, so none has a default."""
    for field in schema["properties"].values():
        field.pop("default", None)


class Nothing(Input):
    """A call that needs nothing said."""


class Bilingual(Output):
    """A text in Vietnamese and English; either may be empty."""

    vi: str
    en: str

    @classmethod
    def of(cls, text: bilingual.Bilingual) -> "Bilingual":
        return cls(vi=text.vi, en=text.en)


class ListQuery(Query):
    """Which part of a list."""

    limit: int = Field(100, ge=1, le=500)
    cursor: str = Field("", pattern=r"^([0-9]{1,10}\.[0-9a-f]{32})?$")


class Listing(Output, Generic[Item]):
    """A part of a list; `next_cursor` leads to what follows and is null at its end."""

    items: list[Item]
    next_cursor: str | None


class Problem(Shape):
    """Why not (RFC 9457). `errors` maps a field to its messages, on 422 only."""

    model_config = ConfigDict(extra="allow")

    type: str
    title: str
    status: int
    detail: str
    code: str
    errors: dict[str, list[str]] | None = None


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


Moment = Annotated[AwareDatetime, PlainSerializer(_utc, when_used="json")]
"""ISO 8601 with offset; answered in UTC with a Z."""


@dataclass(frozen=True)
class Whole:
    """Makes an `int` one of `least` to `most`, however it is written: in JSON 5.0 is 5."""

    least: int
    most: int

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> core_schema.CoreSchema:
        number = core_schema.int_schema(ge=self.least, le=self.most, strict=True)
        return core_schema.no_info_before_validator_function(self._without_point, number)

    def _without_point(self, value: Any) -> Any:
        return int(value) if isinstance(value, float) and value.is_integer() else value


SOMETHING = r"[\p{L}\p{N}]"
"""At least one letter or digit."""


@dataclass(frozen=True)
class Line:
    """Makes a `str` one line: NFC, no control characters, `most` letters. `like` is its pattern."""

    most: int
    like: str = ""
    format: str = ""

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> core_schema.CoreSchema:
        text = core_schema.str_schema(max_length=self.most, pattern=self.like or None, strict=True)
        return core_schema.no_info_after_validator_function(self._tidied, text)

    def __get_pydantic_json_schema__(self, schema: Any, handler: Any) -> dict[str, Any]:
        described: dict[str, Any] = handler(schema)
        return described | ({"format": self.format} if self.format else {})

    def _tidied(self, text: str) -> str:
        tidy = self._clean(text)
        if len(tidy) > self.most:
            raise ValueError(str(_TOO_LONG) % {"max_length": self.most})
        return tidy

    def _clean(self, text: str) -> str:
        return clean(text)


class Lines(Line):
    """Makes a `str` several lines, each cleaned."""

    def _clean(self, text: str) -> str:
        return "\n".join(map(clean, text.splitlines())).strip()


@dataclass(frozen=True)
class OneOf:
    """Makes a `str` one of these codes, so that the documentation lists them."""

    codes: tuple[str, ...]

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> core_schema.CoreSchema:
        return core_schema.literal_schema(list(self.codes))


_TOO_LONG = _l("Shorten this to %(max_length)s letters or fewer.")
