"""Companies: what is sent and what is answered."""

import uuid
from typing import Annotated, Any

from pydantic import BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticKnownError

from matchmaking.api.schemas.base import (
    SOMETHING,
    Bilingual,
    Input,
    Line,
    Listing,
    ListQuery,
    OneOf,
    Output,
    Query,
    without_defaults,
)
from matchmaking.api.schemas.registrations import Country
from matchmaking.companies.models import CompanyStatus, Side
from matchmaking.companies.services.profile import MOST_SECTORS
from matchmaking.reference import languages, sectors

Sector = Annotated[str, OneOf(tuple(sector.code for sector in sectors()))]
Sectors = Annotated[list[Sector], Field(max_length=MOST_SECTORS)]
Language = Annotated[str, OneOf(tuple(language.code for language in languages()))]
Name = Annotated[str, Line(200)]


class Names(Input):
    """A name in Vietnamese and English; one of them may be left out."""

    vi: Name = ""
    en: Name = ""


def _as_names(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if not any(map(str.isalnum, value)):
        raise PydanticKnownError("string_pattern_mismatch", {"pattern": SOMETHING})
    return {"vi": value}


NameOrNames = Annotated[
    Names,
    BeforeValidator(_as_names, json_schema_input_type=Annotated[str, Line(200, SOMETHING)] | Names),
]


class CompanyFields(Input):
    """`name` alone, as text, is the name in Vietnamese. `unavailable_slots` are ids of slots."""

    sectors: Sectors = []
    offering: Sectors = []
    seeking: Sectors = []
    languages: Annotated[list[Language], Field(max_length=20)] = []
    needs_interpreter: bool = False
    unavailable_slots: Annotated[list[uuid.UUID], Field(max_length=1000)] = []


class NewCompany(CompanyFields):
    """A company that takes part; it is confirmed at once."""

    name: NameOrNames
    side: Side
    country: Country


class CompanyChange(CompanyFields):
    """What shall be different; what is not named stays as it is."""

    model_config = ConfigDict(json_schema_extra=without_defaults)

    name: NameOrNames = Names()
    side: Side = Side.LOCAL
    country: Country = ""


class CompanyQuery(ListQuery):
    """`q` is looked for in names, texts and people, without diacritics."""

    q: Annotated[str, Line(200)] = ""
    side: Side | None = None
    status: CompanyStatus | None = None


class CompanyOut(Output):
    """A company of the event. Sectors are ids of the sector list."""

    id: uuid.UUID
    name: Bilingual
    side: Side
    status: CompanyStatus
    country: str
    sectors: list[str]
    offering: list[str]
    seeking: list[str]
    languages: list[str]
    needs_interpreter: bool
    unavailable_slots: list[uuid.UUID]


CompanyList = Listing[CompanyOut]


class RecommendationQuery(Query):
    """How many of the best; there is no further part."""

    limit: int = Field(20, ge=1, le=500)


class ReasonOut(Output):
    """`text` is a sentence in the language of Accept-Language."""

    code: str
    text: str


class RecommendationOut(Output):
    company: CompanyOut
    score: Annotated[float, Field(ge=0, le=1)]
    reasons: list[ReasonOut]


Recommendations = Listing[RecommendationOut]
